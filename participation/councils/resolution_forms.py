"""Forms of the register: steps, plans, cards, tasks, and papers for committees."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError

from participation import clock
from participation.councils import following
from participation.councils.hand_overs import MOST_ANNEXES
from participation.councils.meeting_models import Paper
from participation.councils.models import Membership
from participation.councils.resolution_labels import COMMITTEE_ANSWERS, STATES, TASK_STATES
from participation.councils.resolution_models import (
    CommitteeAnswer,
    HandOver,
    Resolution,
    ResolutionCard,
    ResolutionState,
    Task,
    TaskState,
)
from participation.forms import DayField, Form, at_most, must_choose, required
from participation.i18n import SOURCE_LANGUAGE, _l, languages

NOBODY = ""
LONGEST_TEXT, LONGEST_NAME, LONGEST_TITLE = 10_000, 200, 200
LONGEST_NUMBER, LONGEST_TOP = 40, 20


def language_choices() -> list[tuple[str, str]]:
    """The languages that staff may have written in."""
    return [(one.tag, one.name) for one in languages()]


class Written(Form):
    """Texts that were left out are empty texts."""

    @property
    def answers(self) -> dict[str, Any]:
        said = super().answers
        return {name: said[name] or "" if isinstance(self[name], StringField) else said[name] for name in said}


class StepForm(Written):
    """How far a resolution is now."""

    state = RadioField(_l("State"), [must_choose()])
    note = TextAreaField(_l("What happened"), [at_most(LONGEST_TEXT)])
    language = SelectField(_l("Written in"), default=SOURCE_LANGUAGE)
    seen = HiddenField()  # the last step that the person was looking at

    def __init__(self, resolution: Resolution, last: int) -> None:
        super().__init__(data={"state": resolution.state.value, "language": SOURCE_LANGUAGE, "seen": str(last)})
        self.state.choices = [(one.value, words) for one, words in STATES.items()]
        self.language.choices = language_choices()

    @property
    def answers(self) -> dict[str, Any]:
        typed = self.seen.data or ""
        seen = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
        return {**super().answers, "state": ResolutionState(self.state.data), "seen": seen}


class PlanForm(Written):
    """Who does what was decided, and by when."""

    responsible = StringField(_l("Who is responsible"), [at_most(LONGEST_NAME)])
    due_on = DayField(_l("Due by"))


class CardForm(Written):
    """A resolution in plain words of one language."""

    title = StringField(_l("Title of the card"), [required(), at_most(LONGEST_TITLE)])
    text = TextAreaField(_l("The resolution in plain words"), [required(), at_most(2_000)])

    def __init__(self, card: ResolutionCard | None) -> None:
        super().__init__(obj=card)


class ReleaseForm(Form):
    """A person has read the card and stands for it."""

    seen = HiddenField()  # a mark of the words that were read

    def __init__(self, card: ResolutionCard) -> None:
        super().__init__(data={"seen": following.print_of(card)})


class TaskPlanForm(Written):
    """Who does it, and by when."""

    membership_id = SelectField(_l("A member of the council"))
    responsible = StringField(_l("Or somebody else, as an office"), [at_most(LONGEST_NAME)])
    due_on = DayField(_l("Due by"))

    def __init__(self, task: Task, members: Sequence[Membership]) -> None:
        chosen = str(task.membership_id or NOBODY)
        super().__init__(data={"membership_id": chosen, "responsible": task.responsible, "due_on": task.due_on})
        self.membership_id.choices = [
            (NOBODY, _l("No member of the council")),
            *((str(one.id), one.person.name) for one in members),
        ]

    @property
    def answers(self) -> dict[str, Any]:
        chosen = self.membership_id.data
        return {**super().answers, "membership_id": int(chosen) if chosen else None}


class TaskEndForm(Written):
    """What came of a task."""

    state = RadioField(_l("What came of it"), [must_choose()])
    outcome = TextAreaField(_l("In words"), [required(), at_most(LONGEST_TEXT)])

    def __init__(self) -> None:
        super().__init__()
        self.state.choices = [(one.value, words) for one, words in TASK_STATES.items() if one is not TaskState.OPEN]

    @property
    def answers(self) -> dict[str, Any]:
        return {**super().answers, "state": TaskState(self.state.data)}


class HandOverForm(Written):
    """A paper for a committee of the city."""

    committee = StringField(_l("Committee"), [required(), at_most(LONGEST_NAME)])
    committee_on = DayField(_l("Day of its meeting"))
    top = StringField(_l("Number on its agenda (TOP)"), [at_most(LONGEST_TOP)])
    reference = StringField(_l("Number of the paper (Vorlage-Nr.)"), [at_most(LONGEST_NUMBER)])
    proposal = TextAreaField(_l("What the committee is asked to decide"), [required(), at_most(LONGEST_TEXT)])
    reasons = TextAreaField(_l("Reasons"), [at_most(LONGEST_TEXT)])
    papers = SelectMultipleField(_l("Papers of the council that go along with it"))
    more = TextAreaField(_l("Other annexes, one per line"), [at_most(4_000)])

    def __init__(self, resolution: Resolution, papers: Sequence[Paper], handed: HandOver | None = None) -> None:
        super().__init__(obj=handed, data=None if handed else {"proposal": resolution.text})
        self.titles = {str(one.id): str(one.title) for one in papers}
        self.papers.choices = [(str(one.id), f"{one.reference} {one.title}") for one in papers]
        if handed is not None and self.more.raw_data is None:
            self.papers.data = [str(one.paper_id) for one in handed.annexes if one.paper_id]
            self.more.data = "\n".join(one.title for one in handed.annexes if not one.paper_id)

    def validate_more(self, _field: Any) -> None:
        """As many annexes as fit, each with a title that fits."""
        if len(self.annexes) > MOST_ANNEXES:
            raise ValidationError(str(_l("At most %(most)s annexes fit.", most=MOST_ANNEXES)))
        if any(len(title) > LONGEST_TITLE for title, _paper in self.annexes):
            raise ValidationError(
                str(_l("A title is too long. At most %(most)s characters fit in a line.", most=LONGEST_TITLE))
            )

    @property
    def annexes(self) -> list[tuple[str, int | None]]:
        """Papers first, then what else goes along with it."""
        chosen = [(self.titles[one][:LONGEST_TITLE], int(one)) for one in self.papers.data or () if one in self.titles]
        lines = [" ".join(line.split()) for line in (self.more.data or "").splitlines()]
        return [*chosen, *((line, None) for line in lines if line)]

    @property
    def answers(self) -> dict[str, Any]:
        said = {name: value for name, value in super().answers.items() if name not in {"papers", "more"}}
        return {**said, "annexes": self.annexes}


class CommitteeAnswerForm(Written):
    """What a committee made of a paper."""

    answer = RadioField(_l("Answer of the committee"), [must_choose()])
    text = TextAreaField(_l("In words"), [required(), at_most(LONGEST_TEXT)])
    language = SelectField(_l("Written in"))
    answered_on = DayField(_l("Day of the answer"), [required()])

    def __init__(self) -> None:
        super().__init__(data={"language": SOURCE_LANGUAGE, "answered_on": clock.today()})
        self.answer.choices = [(one.value, words) for one, words in COMMITTEE_ANSWERS.items()]
        self.language.choices = language_choices()

    @property
    def answers(self) -> dict[str, Any]:
        return {**super().answers, "answer": CommitteeAnswer(self.answer.data)}
