"""Forms of the events desk about registration: by which rules, in which sessions, with which consents."""

from typing import Any

from wtforms import BooleanField
from wtforms.validators import Optional, ValidationError

from participation.events.event_forms import one_of
from participation.events.models import ContactRule, Event, EventSession, Format, GroupRule, Mode
from participation.events.session_keeping import EndsBeforeItBegins
from participation.forms import (
    Form,
    GermanRequired,
    LocalizedField,
    MomentField,
    NumberField,
    between,
    check_order,
    number_needed,
)
from participation.i18n import _l

MOST_PLACES = 100_000
LINK_NEEDS_CONTACT = _l("A link can only be sent to people who must give an e-mail address or telephone number.")
MODES = {
    Mode.OPEN: _l("Just come, nobody registers"),
    Mode.REGISTRATION: _l("With registration"),
    Mode.INVITATION: _l("With registration, for people with an invitation code"),
}
CONTACT_RULES = {
    ContactRule.NEEDED: _l("People must give an e-mail address or a telephone number"),
    ContactRule.VOLUNTARY: _l("People may give an e-mail address or a telephone number"),
    ContactRule.NONE: _l("We do not ask how to reach people"),
}
GROUP_RULES = {
    GroupRule.NEXT_THAT_FITS: _l("The next ones who fit are offered the places; the group keeps its turn"),
    GroupRule.STRICT_ORDER: _l("The places stay free until there are enough for the group"),
}


def _bounded(least: int, most: int) -> list[Any]:
    return [number_needed(), between(least, most)]


class RegistrationSettingsForm(Form):
    """By which rules people register."""

    mode = one_of(_l("How do people come to the event?"), MODES)
    registration_opens_at = MomentField(_l("People can register from"), [Optional()])
    registration_closes_at = MomentField(_l("People can register until"), [Optional()])
    contact_rule = one_of(_l("How can we reach people?"), CONTACT_RULES)
    confirms_by_link = BooleanField(_l("People with an e-mail address confirm their registration by a link"))
    hold_hours = NumberField(_l("For how many hours is a place kept until the link is opened?"), _bounded(1, 48))
    most_persons = NumberField(_l("How many people can one registration be for?"), _bounded(1, 50))
    most_in_group = NumberField(_l("How many people can an organisation register?"), _bounded(0, 500))
    several_sessions = BooleanField(_l("One registration can choose several parts of the event"))
    has_waiting_list = BooleanField(_l("There is a waiting list when all places are taken"))
    offer_hours = NumberField(_l("For how many hours is an offered place kept?"), _bounded(1, 336))
    group_rule = one_of(_l("What happens when a group waits for more places than are free?"), GROUP_RULES)

    def __init__(self, event: Event) -> None:
        super().__init__(obj=event)

    def validate_confirms_by_link(self, field: BooleanField) -> None:
        if field.data and self.contact_rule.data is not ContactRule.NEEDED:
            raise ValidationError(str(LINK_NEEDS_CONTACT))


class SessionForm(Form):
    """A part of an event with its own places."""

    title = LocalizedField(_l("Name of this part"))
    starts_at = MomentField(_l("Begins"), [Optional()])
    ends_at = MomentField(_l("Ends"), [Optional()])
    is_online = BooleanField(_l("This part is online"))
    capacity = NumberField(_l("How many places are there?"), [Optional(), between(1, MOST_PLACES)])

    def __init__(self, event: Event, part: EventSession | None = None) -> None:
        super().__init__(obj=part)
        self.needs_title = len(event.sessions) > (1 if part else 0)
        if event.format is not Format.BOTH:
            del self.is_online

    def validate_title(self, field: LocalizedField) -> None:
        if self.needs_title:
            GermanRequired()(self, field)

    def validate_ends_at(self, field: MomentField) -> None:
        check_order(self.starts_at, field, EndsBeforeItBegins.message)


class ConsentForm(Form):
    """Something that people may agree to when they register."""

    text = LocalizedField(_l("What do people agree to?"), [GermanRequired()], is_long=True)
