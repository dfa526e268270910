"""Forms about places, their rooms, and topics."""

from typing import Any

from wtforms import BooleanField, StringField
from wtforms.validators import Optional, ValidationError

from participation.events.event_forms import one_of
from participation.forms import Form, GermanRequired, LineField, LocalizedField, NumberField, at_most, between, required
from participation.i18n import LocalizedText, _l
from participation.places.models import StepFree
from participation.reading import western

DIGITS = 6  # a step or less
MOST_PEOPLE = 100_000
NOT_ON_EARTH = _l("Please enter degrees as a number, for example 51.2345.")
BOTH_OR_NONE = _l("A point on the map needs both numbers. Please enter both, or none.")

STEPS = {
    StepFree.YES: _l("Yes"),
    StepFree.PARTLY: _l("Partly"),
    StepFree.NO: _l("No"),
    StepFree.UNKNOWN: _l("We do not know"),
}


class DegreesField(LineField):
    """Degrees with a point or a comma, in any digits."""

    kind = "number"

    def __init__(self, label: Any, most: int, **options: Any) -> None:
        super().__init__(label, **options)
        self.most = most

    def _value(self) -> str:
        kept = "" if self.data is None else f"{self.data:.{DIGITS}f}".rstrip("0").rstrip(".")
        return str(self.raw_data[0]) if self.raw_data else kept

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = western(valuelist[0]).replace(",", ".") if valuelist else ""
        if not typed:
            return
        try:
            number = round(float(typed[:40]), DIGITS)
        except ValueError as error:
            raise ValueError(str(NOT_ON_EARTH)) from error
        if not abs(number) <= self.most:  # also what is no number at all
            raise ValueError(str(NOT_ON_EARTH))
        self.data = number


class PlaceForm(Form):
    """A place with what people need to know to get there and in."""

    name = LocalizedField(_l("Name of the place"), [GermanRequired()])
    address = StringField(_l("Street and house number"), [required(), at_most(200)])
    postal_code = StringField(_l("Postal code"), [at_most(10)], default="")
    town = StringField(_l("Town"), [at_most(100)], default="")
    latitude = DegreesField(_l("Latitude"), 90)
    longitude = DegreesField(_l("Longitude"), 180)
    step_free = one_of(_l("Can people get in and around without a step?"), STEPS)
    has_accessible_toilet = BooleanField(_l("There is an accessible toilet"))
    has_hearing_loop = BooleanField(_l("There is a hearing loop"))
    access = LocalizedField(
        _l("How do people get in? Where is the lift, how wide is the door?"), is_long=True, default=LocalizedText
    )
    transport = LocalizedField(_l("Which bus or train stops nearby?"), is_long=True, default=LocalizedText)

    def validate_longitude(self, field: DegreesField) -> None:
        if not self.latitude.errors and (field.data is None) != (self.latitude.data is None):
            raise ValidationError(str(BOTH_OR_NONE))


class RoomForm(Form):
    """A room of a place."""

    label = LocalizedField(_l("Name of the room"), [GermanRequired()])
    holds = NumberField(_l("How many people does it hold?"), [Optional(), between(1, MOST_PEOPLE)])
    step_free = one_of(_l("Can people get into the room without a step?"), STEPS)

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        return {"name": given.pop("label"), **given}


class TopicForm(Form):
    """What events are about."""

    label = LocalizedField(_l("Name of the topic"), [GermanRequired()])
