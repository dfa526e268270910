"""Forms of the ideas desk: what the city says to an idea."""

from typing import Any

from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import StopValidation, ValidationError

from participation import clock
from participation.forms import (
    DayField,
    Form,
    LineField,
    at_most,
    must_choose,
    required,
)
from participation.i18n import SOURCE_LANGUAGE, LocalizedText, _l, language, languages
from participation.ideas import staff_queries
from participation.ideas.models import Answer, Idea
from participation.ideas.wordings import ANSWERS
from participation.media.fields import PictureField

LONGEST_ANSWER = 10_000
NO_OFFICE = ""
TOO_LONG = _l("This text is too long. At most %(max)d characters fit here.")


class IdeaForm(Form):
    """Something about one idea, written while looking at a certain version of it."""

    version = HiddenField()

    def __init__(self, idea: Idea, **options: Any) -> None:
        super().__init__(**options)
        if self.version.raw_data is None:
            self.version.data = str(idea.version)

    @property
    def seen(self) -> int:
        """The version that the person was looking at; nonsense is no version at all."""
        typed = self.version.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0

    @property
    def answers(self) -> dict[str, Any]:
        return {**super().answers, "version": self.seen}


class RemarkForm(Form):
    """For colleagues."""

    text = TextAreaField(_l("New remark; only colleagues can read it"), [required(), at_most(5_000)])


class TakeOnForm(IdeaForm):
    """Which office answers, and by when."""

    office = SelectField(_l("Office in charge"))
    due_on = DayField(_l("Answer due by"), [required()])

    def __init__(self, idea: Idea) -> None:
        super().__init__(idea, data={"office": str(idea.office_id or NO_OFFICE), "due_on": idea.due_on})
        self.office.choices = [(NO_OFFICE, _l("No office yet")), *office_choices(idea)]

    def validate_due_on(self, field: DayField) -> None:
        """A promise is about the future."""
        if field.data and field.data < clock.today():
            raise ValidationError(str(_l("This day has passed.")))

    @property
    def answers(self) -> dict[str, Any]:
        return chosen_office(super().answers)


class SourceFirstField(LineField):
    """One text in several languages, of which that of the idea stands first and must be there."""

    kind = "source_first"
    source = SOURCE_LANGUAGE

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(formdata, data, extra_filters)  # type: ignore[no-untyped-call]  # WTForms has no types
        self.typed: dict[str, str] = {}
        self.sent = formdata

    def begin_with(self, source: str) -> None:
        """Say which language comes first; only then it is known what was sent."""
        self.source = source
        if self.sent:
            typed = {tag: self.sent.get(self.input_name(tag), "").strip() for tag in self.tags}
            self.typed, self.data = typed, LocalizedText(typed)

    @property
    def tags(self) -> list[str]:
        """The languages in the order of the page."""
        return [self.source, *(one.tag for one in languages() if one.tag != self.source)]

    @property
    def others(self) -> list[Any]:
        """The languages that may stay empty."""
        return [language(tag) for tag in self.tags[1:]]

    def input_name(self, tag: str) -> str:
        return f"{self.name}-{tag}"

    def pre_validate(self, _form: Any) -> None:
        if not self.typed.get(self.source):
            raise StopValidation(str(_l("Please write the text in the language of the idea.")))
        if any(len(text) > LONGEST_ANSWER for text in self.typed.values()):
            raise StopValidation(str(TOO_LONG) % {"max": LONGEST_ANSWER})


class AnswerForm(IdeaForm):
    """What the city says to an idea, and why."""

    answer = RadioField(_l("Answer"), [must_choose()])
    responsible = StringField(_l("If it is not for the city: who is responsible?"), [at_most(200)])
    office = SelectField(_l("Office that answers"), [required()])
    reason = SourceFirstField(_l("Reason, as everybody can read it"))

    def __init__(self, idea: Idea) -> None:
        super().__init__(idea, data={"office": str(idea.office_id or NO_OFFICE)})
        self.answer.choices = [(one.value, label) for one, label in ANSWERS.items()]
        self.office.choices = [(NO_OFFICE, _l("Please choose")), *office_choices(idea)]
        self.reason.begin_with(idea.language)

    def validate_responsible(self, field: StringField) -> None:
        """Whoever is sent on needs to know where to."""
        if self.answer.data == Answer.NOT_OURS.value and not (field.data or "").strip():
            raise ValidationError(str(_l("Please write who is responsible, if it is not the city.")))

    @property
    def answers(self) -> dict[str, Any]:
        given = chosen_office(super().answers)
        return {**given, "answer": Answer(given["answer"]), "responsible": given["responsible"] or ""}


class ProgressForm(IdeaForm):
    """What has happened, with a day and perhaps a picture."""

    happened_on = DayField(_l("On which day?"), [required()])
    text = SourceFirstField(_l("What has happened?"))
    picture = PictureField(_l("Picture"))

    def __init__(self, idea: Idea) -> None:
        super().__init__(idea, data={"happened_on": clock.today()})
        self.text.begin_with(idea.language)

    def validate_happened_on(self, field: DayField) -> None:
        """News are about what has happened."""
        if field.data and field.data > clock.today():
            raise ValidationError(str(_l("This day is still to come.")))


class ExportForm(Form):
    """In which form the list is wanted, and what for (D15)."""

    form = RadioField(_l("File format"), [must_choose()], default="xlsx")
    purpose = StringField(_l("What do you need the file for?"), [required(), at_most(300)])

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.form.choices = [("xlsx", _l("Excel workbook (XLSX)")), ("csv", _l("Plain table (CSV)"))]


def office_choices(idea: Idea) -> list[tuple[str, Any]]:
    """The offices that answer at present, and the one that has this idea already."""
    offered = staff_queries.offices(active=True)
    if idea.office is not None and idea.office not in offered:
        offered.append(idea.office)
    return [(str(one.id), one.name) for one in offered]


def chosen_office(given: dict[str, Any]) -> dict[str, Any]:
    """The office itself in place of its number, which was among the choices."""
    number = given["office"]
    return {**given, "office": staff_queries.office(int(number)) if number else None}
