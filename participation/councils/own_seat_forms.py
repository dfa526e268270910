"""The forms on a member's own page."""

from collections.abc import Sequence

from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from participation.contributions.forms import page_language, typed_text, written_languages
from participation.councils import agreements
from participation.councils.meeting_models import AgendaItem, Answer, Attendance
from participation.councils.models import ConsentPurpose, CouncilPerson
from participation.councils.wordings import ANSWERS
from participation.forms import Form, at_most, must_choose, required
from participation.i18n import LazyText, _, _l

LONGEST_OBJECTION = 5_000


class AnswerForm(Form):
    """What somebody says to an invitation; the office enters answers by telephone with it, too."""

    answer = RadioField(_l("Are you coming?"), [must_choose()], coerce=str)
    note = TextAreaField(_l("A note for the office"), [at_most(1_000)], filters=[typed_text])

    def __init__(
        self, attendance: Attendance | None, *, has_deputy: bool, words: dict[Answer, LazyText] = ANSWERS
    ) -> None:
        said = attendance.answer if attendance else None
        super().__init__(data={"answer": said.value if said else None, "note": attendance.note if attendance else ""})
        self.answer.choices = [
            SelectChoice(one.value, str(label))
            for one, label in words.items()
            if has_deputy or one is not Answer.DEPUTY
        ]

    @property
    def said(self) -> Answer:
        """The answer."""
        return Answer(self.answer.data)


class ObjectionForm(Form):
    """What is wrong in minutes."""

    item_id = SelectField(_l("What is it about?"), [Optional()], coerce=str)
    text = TextAreaField(
        _l("What is wrong, and how should it be?"), [required(), at_most(LONGEST_OBJECTION)], filters=[typed_text]
    )
    language = SelectField(_l("Which language is your text written in?"), [must_choose()], coerce=str)

    def __init__(self, items: Sequence[AgendaItem]) -> None:
        super().__init__()
        self.items = {str(one.id): one for one in items}
        named = [SelectChoice(key, f"{one.number} {one.title}") for key, one in self.items.items()]
        self.item_id.choices = [SelectChoice("", _("The minutes as a whole")), *named]
        self.language.choices = written_languages()
        if self.language.data is None:
            self.language.data = page_language()

    @property
    def item(self) -> AgendaItem | None:
        """The item that is wrong, if it is only one."""
        return self.items.get(self.item_id.data or "")


class AgreementsForm(Form):
    """What may be shown of a member; each purpose has a tick of its own, and taking it away takes the yes back (D3)."""

    name = BooleanField(agreements.TEXTS[ConsentPurpose.NAME])
    about = BooleanField(agreements.TEXTS[ConsentPurpose.ABOUT])
    portrait = BooleanField(agreements.TEXTS[ConsentPurpose.PORTRAIT])

    def __init__(self, person: CouncilPerson) -> None:
        given = {purpose.value: person.agrees_to(purpose) for purpose in ConsentPurpose}
        super().__init__(data=given)
        if not person.about and not given["about"]:
            del self.about
        if person.picture_id is None and not given["portrait"]:
            del self.portrait

    @property
    def agreed(self) -> dict[ConsentPurpose, bool]:
        """What was ticked, of what was asked."""
        return {one: bool(self[one.value].data) for one in ConsentPurpose if one.value in self}
