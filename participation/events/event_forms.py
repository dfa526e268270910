"""Forms of the events desk: begin an event, what it is, when and where, how one can take part, what is owed."""

from collections.abc import Mapping
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from participation.contacts.forms import ContactField
from participation.events import staff_queries
from participation.events.models import Event, Format, Offer
from participation.forms import (
    DayField,
    Form,
    GermanRequired,
    LocalizedField,
    LocalizedRichField,
    MomentField,
    NeededToPublish,
    NumberField,
    at_most,
    between,
    must_choose,
    number_needed,
    required,
)
from participation.i18n import LazyText, _, _l, languages
from participation.i18n import language as language_of
from participation.places.choosing import places_to_choose, spot_key, spots
from participation.reading import is_web_address

NAME_YOUR_AREA = _l("Please choose at least one of the districts that you are responsible for.")
NO_WEB_ADDRESS = _l("Please enter a web address that begins with https://.")
REQUESTS_MISSING = _l("Please say until which day people can ask for it.")
REQUESTS_TOO_LATE = _l("This day must lie before the event.")
NOT_INTERPRETED = _l("Please choose how these languages are interpreted, or choose no languages.")

SPOKEN_ANYWAY = _l("A language that is spoken at the event needs no interpreter. Please choose it only once.")

FORMATS = {
    Format.ON_SITE: _l("At a place"),
    Format.ONLINE: _l("Online"),
    Format.BOTH: _l("At a place and online"),
}
OFFERS = {
    Offer.NO: _l("No"),
    Offer.YES: _l("Yes, for everybody"),
    Offer.ON_REQUEST: _l("For whoever asks for it in time"),
}


def one_of(label: LazyText, words: Mapping[Any, LazyText]) -> RadioField:
    """One of the members of an enum, each in words."""
    kind = type(next(iter(words)))

    def choices() -> list[SelectChoice]:
        return [SelectChoice(one.value, str(said)) for one, said in words.items()]

    return RadioField(label, [must_choose()], coerce=kind, choices=choices)


class AreasForm(Form):
    """What names districts; whoever is responsible for some districts names at least one of them."""

    areas = SelectMultipleField(_l("Districts; none means the whole city"), coerce=int)

    def __init__(self, mine: staff_queries.Areas, event: Event | None = None, **options: Any) -> None:
        super().__init__(**options)
        chosen = event.areas if event else []
        self.mine, self.offered = mine, staff_queries.areas_to_name(chosen, mine)
        self.areas.choices = [(one.id, one.name) for one in self.offered.values()]
        if self.areas.raw_data is None:
            self.areas.data = [area.id for area in chosen] or (list(mine) if mine and len(mine) == 1 else [])

    def validate_areas(self, field: SelectMultipleField) -> None:
        if self.mine is not None and not self.mine & set(field.data or ()):
            raise ValidationError(str(NAME_YOUR_AREA))

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        return {**given, "areas": [self.offered[area_id] for area_id in given["areas"]]}


class NewEventForm(AreasForm):
    """A title and a time are enough to begin with."""

    title = LocalizedField(_l("Title"), [GermanRequired()])
    starts_at = MomentField(_l("Begins"), [required()])
    ends_at = MomentField(_l("Ends"), [Optional()])


class TextsForm(AreasForm):
    """What an event is about, and for whom."""

    title = LocalizedField(_l("Title"), [GermanRequired()])
    summary = LocalizedField(_l("In one or two sentences, for lists"), is_long=True)
    text = LocalizedRichField(_l("What happens at the event?"))
    target_group = LocalizedField(_l("For whom is the event?"))
    topics = SelectMultipleField(_l("Topics"), coerce=int)
    organiser = LocalizedField(_l("Who organises it?"))
    contact_name = StringField(_l("Whom can residents ask?"), [at_most(120)])
    contact_phone = StringField(_l("Telephone number for questions"), [at_most(40)])
    contact_email = ContactField(_l("E-mail address for questions"), [Optional(), at_most(254)], description="")

    def __init__(self, mine: staff_queries.Areas, event: Event) -> None:
        super().__init__(mine, event, obj=event)
        self.known_topics = {one.id: one for one in staff_queries.topics()}
        self.topics.choices = [(one.id, one.name) for one in self.known_topics.values()]
        if self.topics.raw_data is None:
            self.topics.data = [one.id for one in event.topics]

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        return {**given, "topics": [one for number, one in self.known_topics.items() if number in given["topics"]]}


class OnlineForm(Form):
    """Where one takes part online."""

    online_address = StringField(_l("Web address for taking part online"), [at_most(500)])

    def validate_online_address(self, field: StringField) -> None:
        field.data = (field.data or "").strip()
        if field.data and not is_web_address(field.data):
            raise ValidationError(str(NO_WEB_ADDRESS))


class TimesForm(OnlineForm):
    """When and where an event is that residents do not know yet."""

    starts_at = MomentField(_l("Begins"), [required()])
    ends_at = MomentField(_l("Ends"), [required()])
    format = one_of(_l("How do people meet?"), FORMATS)
    where = SelectField(_l("Place and room"))

    def __init__(self, event: Event) -> None:
        super().__init__(obj=event)
        self.spots = spots(places_to_choose(event.place))
        self.where.choices = [("", _("No place yet")), *((key, label) for key, (_spot, label) in self.spots.items())]
        if self.where.raw_data is None:
            self.where.data = spot_key(event.place_id, event.room_id)

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        (place, room), _label = self.spots.get(given.pop("where") or "", ((None, None), ""))
        if given["format"] is Format.ONLINE:
            place = room = None
        return {**given, "place": place, "room": room}


class AccessForm(Form):
    """What helps people to take part."""

    spoken = SelectMultipleField(_l("Languages that are spoken"))
    interpretation = one_of(_l("Is the event interpreted?"), OFFERS)
    interpreted = SelectMultipleField(_l("Languages into which it is interpreted"))
    sign_language = one_of(_l("Are there interpreters for German Sign Language?"), OFFERS)
    child_care = one_of(_l("Is there child care?"), OFFERS)
    requests_until = DayField(_l("Until which day can people ask for what is arranged on request?"))

    def __init__(self, event: Event) -> None:
        super().__init__(obj=event)
        self.event = event
        tags = dict.fromkeys([*(one.tag for one in languages()), *event.spoken, *event.interpreted])
        offered = [(tag, language_of(tag).name) for tag in tags]
        for field, chosen in ((self.spoken, event.spoken), (self.interpreted, event.interpreted)):
            field.choices = offered
            if field.raw_data is None:
                field.data = chosen

    def validate_interpreted(self, field: SelectMultipleField) -> None:
        if field.data and self.interpretation.data is Offer.NO:
            raise ValidationError(str(NOT_INTERPRETED))
        if set(field.data or ()) & set(self.spoken.data or ()):
            raise ValidationError(str(SPOKEN_ANYWAY))

    def validate_requests_until(self, field: DayField) -> None:
        asked = {self.interpretation.data, self.sign_language.data, self.child_care.data}
        if field.data and field.data > self.event.local_start.date():
            raise ValidationError(str(REQUESTS_TOO_LATE))
        if Offer.ON_REQUEST in asked and not field.data:
            raise ValidationError(str(REQUESTS_MISSING))

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        spoken, interpreted = given.pop("spoken"), given.pop("interpreted")
        return {**given, "languages": {**dict.fromkeys(spoken, False), **dict.fromkeys(interpreted, True)}}


class DutiesForm(Form):
    """What is owed to those who register (D2)."""

    purpose = LocalizedField(_l("Purpose: what are the data of registered people for?"), is_long=True)
    legal_basis = LocalizedField(_l("Legal basis: which law or consent allows it?"), is_long=True)
    person_in_charge = StringField(_l("Person in charge"), [NeededToPublish(), at_most(200)])
    retention_days = NumberField(
        _l("How many days after the event are the registrations deleted?"), [number_needed(), between(1, 365)]
    )

    def __init__(self, event: Event) -> None:
        super().__init__(obj=event)
