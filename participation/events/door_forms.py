"""Forms at the door: short, for one hand."""

from wtforms import HiddenField, SelectField, StringField

from participation.events.door import MOST_AT_ONCE
from participation.forms import Form, NumberField, at_most, between, number_needed, required
from participation.i18n import _, _l, languages


class ArriveForm(Form):
    """Somebody from the list has come."""

    registration = HiddenField()
    mark = HiddenField()
    persons = NumberField(_l("People who came"), [number_needed(), between(1, MOST_AT_ONCE)])


class WalkInForm(Form):
    """People without a registration."""

    mark = HiddenField()
    persons = NumberField(_l("Number of people"), [number_needed(), between(1, MOST_AT_ONCE)], default=1)
    tongue = SelectField(_l("Their language"), default="")

    def __init__(self) -> None:
        super().__init__()
        named = [(one.tag, one.name) for one in languages() if "-" not in one.tag]
        self.tongue.choices = [("", _("Not asked")), *named]


class SearchForm(Form):
    """Looking for a name. It is sent as a POST, so that the name stands in no address (V21)."""

    words = StringField(_l("Name or ticket"), [at_most(100)])


class TicketForm(Form):
    """A ticket that was scanned or typed."""

    ticket = StringField(_l("Ticket"), [required(), at_most(300)])
    mark = HiddenField()
