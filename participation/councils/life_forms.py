"""Forms of the minutes' way from the draft to the public."""

from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from participation import clock
from participation.councils import approving, redacting, summaries
from participation.councils.meeting_models import AgendaItem
from participation.councils.minutes_models import ObjectionDecision, RedactionReason
from participation.councils.models import Membership
from participation.forms import DayField, Form, at_most, must_choose, required
from participation.i18n import LazyText, _, _l

DECISIONS: dict[ObjectionDecision, LazyText] = {
    ObjectionDecision.ACCEPTED: _l("It is right, the minutes will be corrected"),
    ObjectionDecision.REJECTED: _l("The minutes stay as they are"),
}


class CirculateForm(Form):
    """Until when members can object."""

    until = DayField(_l("Last day for objections"), [required()])

    def validate_until(self, field: Any) -> None:
        if field.data and field.data <= clock.today():
            raise ValidationError(str(approving.DayIsOver.message))


class DecisionForm(Form):
    """What comes of an objection."""

    decision = RadioField(
        _l("What comes of the objection?"),
        [must_choose()],
        choices=lambda: [SelectChoice(decision.value, str(label)) for decision, label in DECISIONS.items()],
    )
    reason = TextAreaField(_l("Reasons, which the member reads"), [required(), at_most(approving.LONGEST)])


class ObjectionForm(Form):
    """For what a member says on the telephone, or writes on paper."""

    membership = SelectField(_l("Who objects?"), [must_choose()])
    item = SelectField(_l("To which item?"))
    text = TextAreaField(_l("What is wrong?"), [required(), at_most(approving.LONGEST)])

    def __init__(self, members: list[Membership], items: list[AgendaItem]) -> None:
        super().__init__()
        self.members = {str(one.id): one for one in members}
        self.items = {str(one.id): one for one in items}
        self.membership.choices = [SelectChoice(number, one.person.name) for number, one in self.members.items()]
        numbered = [SelectChoice(number, f"{one.number} {one.title}") for number, one in self.items.items()]
        self.item.choices = [SelectChoice("", _("To the minutes as a whole")), *numbered]


class ApproveForm(Form):
    """Who approved the minutes, in words for everybody."""

    how = StringField(_l("Who has approved the minutes, and when?"), [required(), at_most(300)])


class RedactForm(Form):
    """Words that residents are not to read."""

    passage = StringField(_l("Words to black out"), [required(), at_most(redacting.LONGEST)])
    reason = RadioField(
        _l("Why may residents not read these words?"),
        [must_choose()],
        choices=lambda: [SelectChoice(reason.value, str(label)) for reason, label in redacting.REASONS.items()],
    )

    @property
    def why(self) -> RedactionReason:
        return RedactionReason(self.reason.data)


class PublishForm(Form):
    """Asks for a second look only where there is something to look at."""

    is_checked = BooleanField(_l("I have looked at these words. They may be published."))

    def __init__(self, *, has_findings: bool) -> None:
        super().__init__()
        if not has_findings:
            del self.is_checked

    @property
    def was_checked(self) -> bool:
        return "is_checked" in self and bool(self.is_checked.data)


class CorrectForm(Form):
    """Why a new revision is needed."""

    reason = TextAreaField(_l("Why are the minutes corrected? Everybody can read this."), [required(), at_most(1_000)])


class SummaryForm(Form):
    """The minutes in short, in one language."""

    text = TextAreaField(_l("The minutes in short"), [required(), at_most(summaries.LONGEST)])


class ReleaseForm(Form):
    """The words that somebody has read before they release them."""

    text = StringField(validators=[Optional()])
