"""Forms of the calls desk: calls, their categories and questions, and the offices that answer."""

from typing import Any

from wtforms import (
    BooleanField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import Optional

from participation.contacts.forms import ContactField
from participation.districts import queries as districts
from participation.forms import (
    Form,
    GermanRequired,
    LocalizedField,
    LocalizedRichField,
    MomentField,
    NeededToPublish,
    NumberField,
    at_most,
    between,
    check_order,
    number_needed,
)
from participation.i18n import _l
from participation.ideas.models import Call
from participation.ideas.operations import EndsBeforeItBegins


class NewCallForm(Form):
    """How the new call is called."""

    title = LocalizedField(_l("Title"), [GermanRequired()])


class CallForm(Form):
    """What is said about a call, and by which rules it goes."""

    title = LocalizedField(_l("Title"), [GermanRequired()])
    introduction = LocalizedRichField(_l("Introduction: what is the call about?"))
    house_rules = LocalizedRichField(_l("Rules in plain words: what may be proposed, who decides, what happens then?"))
    opens_at = MomentField(_l("Ideas can be sent from"), [Optional()])
    closes_at = MomentField(_l("Ideas can be sent until"), [Optional()])
    areas = SelectMultipleField(_l("Districts; none means the whole city"), coerce=int)
    has_comments = BooleanField(_l("Residents may write comments on ideas"))
    answer_within_days = NumberField(
        _l("Within how many days does the city answer an idea?"), [number_needed(), between(1, 365)]
    )
    shows_overdue = BooleanField(_l("Everybody can see when an answer is late"))
    purpose = LocalizedField(_l("Purpose: what are the ideas for?"), is_long=True)
    legal_basis = LocalizedField(_l("Legal basis: which law or consent allows it?"), is_long=True)
    person_in_charge = StringField(_l("Person in charge"), [NeededToPublish(), at_most(200)])
    retention_days = NumberField(
        _l("How many days after the answer are addresses and receipts deleted?"), [number_needed(), between(1, 3650)]
    )

    def __init__(self, call: Call) -> None:
        super().__init__(obj=call)
        layer = districts.default_layer()
        offered = {one.id: one for one in [*(districts.areas(layer) if layer else []), *call.areas]}
        self.areas.choices = [(one.id, one.name) for one in offered.values()]
        self.offered = offered
        if self.areas.raw_data is None:
            self.areas.data = [area.id for area in call.areas]
        if call.is_letter_box:
            del self.opens_at, self.closes_at

    def validate_closes_at(self, field: MomentField) -> None:
        check_order(self.opens_at, field, EndsBeforeItBegins.message)

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        return {**given, "areas": [self.offered[area_id] for area_id in given["areas"]]}


class CategoryForm(Form):
    """What ideas can be about."""

    label = LocalizedField(_l("Name of the category"), [GermanRequired()])


class OfficeForm(Form):
    """Who answers, and where they are told of ideas."""

    label = LocalizedField(_l("Name of the office"), [GermanRequired()])
    email = ContactField(
        _l("E-mail address of the office"),
        [Optional(), at_most(254)],
        description=_l("The office hears there of ideas that come its way, and of answers that are due."),
    )
    is_active = BooleanField(_l("Answers ideas at present"), default=True)

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        return {"name": given.pop("label"), **given}
