"""The rows of the survey sheet as a tree: questions in groups and repeats, each still knowing its row."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from participation.i18n import LazyText, LocalizedText, _l
from participation.questionnaires.definition import Question, QuestionType, Repeat
from participation.questionnaires.xlsform import types
from participation.questionnaires.xlsform.columns import Row, Table
from participation.questionnaires.xlsform.questions import (
    NAME_NEEDED,
    QuestionMaker,
    check_name,
    is_required,
    logic,
)
from participation.questionnaires.xlsform.types import Kind, RowType

MOST_DEPTH = 20
MOST_INSTANCES = 100
USUAL_INSTANCES = Repeat(name="").most

NAME_TWICE = _l("The name “%(name)s” is taken: it also stands in row %(row)s. Each name may stand only once.")
NOT_OPEN = _l("This row ends a group or repeat that does not begin anywhere.")
WRONG_END = _l("Here ends another kind of block than the one that began in row %(row)s.")
NOT_CLOSED = _l("The group or repeat that begins here does not end anywhere.")
REPEAT_IN_REPEAT = _l("A repeat within a repeat is not supported.")
TOO_DEEP = _l("Groups are nested more than %(limit)s levels deep.")
COUNT_TOO_HIGH = _l("A repeat can come at most %(limit)s times.")
COUNT_BOUNDED = _l(
    "This part comes as often as an answer says, but at most %(limit)s times. The column “maximum” can change that."
)
NEEDED_TYPE = _l("An answer is required here, but this kind of question does not exist. %(reason)s")


@dataclass
class Item:
    """One question in its place."""

    row: Row
    question: Question
    looks: frozenset[str] = frozenset()
    list_name: str = ""


@dataclass
class LeftOut:
    """What is not taken over, and why; whether it can be missed shows when all is read."""

    row: Row
    name: str
    reason: LazyText


@dataclass
class Group:
    """A group or a repeat with what is in it."""

    row: Row
    name: str
    is_repeat: bool
    title: LocalizedText = field(default_factory=LocalizedText)
    hint: LocalizedText = field(default_factory=LocalizedText)
    relevant: str = ""
    looks: frozenset[str] = frozenset()
    repeat: Repeat | None = None
    page: str = ""
    children: list["Item | Group"] = field(default_factory=list)

    @property
    def has_repeat(self) -> bool:
        return self.is_repeat or any(isinstance(one, Group) and one.has_repeat for one in self.children)

    def items(self) -> Iterator[Item]:
        """All questions in it, in reading order."""
        yield from items(self.children)

    def groups(self) -> Iterator["Group"]:
        """It and all groups in it."""
        yield self
        for child in self.children:
            if isinstance(child, Group):
                yield from child.groups()


def items(children: list[Item | Group]) -> Iterator[Item]:
    """All questions in a list of questions and groups."""
    for child in children:
        if isinstance(child, Group):
            yield from child.items()
        else:
            yield child


class Tree:
    """Reads the survey sheet from its first row to its last."""

    def __init__(self, table: Table, maker: QuestionMaker) -> None:
        self.maker = maker
        self.children: list[Item | Group] = []
        self.left_out: dict[str, LeftOut] = {}
        self.names: dict[str, Row] = {}
        self.open: list[Group] = []
        for row in table.rows:
            self._take(row)
        for group in self.open:
            group.row.refuse(NOT_CLOSED, "type")

    def groups(self) -> Iterator[Group]:
        for child in self.children:
            if isinstance(child, Group):
                yield from child.groups()

    def items(self) -> Iterator[Item]:
        return items(self.children)

    def _take(self, row: Row) -> None:
        written = row.cell("type")
        if written.startswith("#") or row.cell("disabled").lower() in {"yes", "true"}:
            return
        if not written and not row.cell("name"):
            return  # a note of the author
        row_type = types.understood(written)
        match row_type.kind:
            case Kind.BEGIN_GROUP | Kind.BEGIN_REPEAT:
                self._begin(row, is_repeat=row_type.kind is Kind.BEGIN_REPEAT)
            case Kind.END_GROUP | Kind.END_REPEAT:
                self._end(row, is_repeat=row_type.kind is Kind.END_REPEAT)
            case Kind.UNKNOWN:
                row.refuse(row_type.reason, "type")
                self._claim(row, row.cell("name"))
            case Kind.LEFT_OUT:
                self._leave_out(row, row_type)
            case Kind.QUESTION:
                self._add(row, row_type)

    def _begin(self, row: Row, *, is_repeat: bool) -> None:
        name = row.cell("name")
        if not check_name(row, name):
            name = f"row_{row.number}"
        if is_repeat:
            self._claim(row, name)
        group = Group(
            row,
            name,
            is_repeat,
            row.texts("label"),
            row.texts("hint"),
            logic(row.cell("relevant")),
            frozenset(row.cell("appearance").lower().split()),
            page=row.cell("page"),
        )
        if is_repeat:
            group.repeat = _repeat(row, name)
            if any(outer.is_repeat for outer in self.open):
                row.refuse(REPEAT_IN_REPEAT, "type")
        is_too_deep = len(self.open) >= MOST_DEPTH
        if len(self.open) == MOST_DEPTH:
            row.refuse(LazyText(TOO_DEEP.message, limit=MOST_DEPTH), "type")
        (self.children if is_too_deep else self._here()).append(group)  # the file is refused: only the depth matters
        self.open.append(group)

    def _end(self, row: Row, *, is_repeat: bool) -> None:
        if not self.open:
            row.refuse(NOT_OPEN, "type")
            return
        group = self.open.pop()
        if group.is_repeat != is_repeat:
            row.refuse(LazyText(WRONG_END.message, row=group.row.number), "type")

    def _leave_out(self, row: Row, row_type: RowType) -> None:
        name = row.cell("name")
        if row_type.is_today and check_name(row, name) and self._claim(row, name):
            # The day may be known; whether anybody asks for it shows later.
            day = Question(name=name, type=QuestionType.CALCULATION, label=LocalizedText(), calculation="today()")
            self._here().append(Item(row, day, frozenset({"metadata"})))
            return
        if is_required(row) and row_type.reason is not types.NO_DEVICE_DATA:
            row.refuse(LazyText(NEEDED_TYPE.message, reason=row_type.reason), "type")
        else:
            row.warn(row_type.reason, "type")
        if name and self._claim(row, name):
            self.left_out[name] = LeftOut(row, name, row_type.reason)

    def _add(self, row: Row, row_type: RowType) -> None:
        name = row.cell("name")
        if not check_name(row, name):
            return
        for question in self.maker.make(row, row_type):
            if self._claim(row, question.name):
                looks = frozenset(row.cell("appearance").lower().split())
                self._here().append(Item(row, question, looks, row_type.list_name))
        self.names.setdefault(name, row)

    def _here(self) -> list[Item | Group]:
        return self.open[-1].children if self.open else self.children

    def _claim(self, row: Row, name: str) -> bool:
        """Names are what expressions speak of, so each stands for one thing."""
        if not name:
            row.refuse(NAME_NEEDED, "name")
            return False
        first = self.names.setdefault(name, row)
        if first is not row:
            row.refuse(LazyText(NAME_TWICE.message, name=name, row=first.number), "name")
        return first is row


def _repeat(row: Row, name: str) -> Repeat:
    count = logic(row.cell("repeat_count"))
    least, most = (_times(row, column) for column in ("minimum", "maximum"))
    if most is None and count.isdecimal():
        if int(count[:9]) > MOST_INSTANCES:
            row.refuse(LazyText(COUNT_TOO_HIGH.message, limit=MOST_INSTANCES), "repeat_count")
        most = max(int(count[:9]), USUAL_INSTANCES)
    elif most is None and count:
        row.warn(LazyText(COUNT_BOUNDED.message, limit=USUAL_INSTANCES), "repeat_count")
    return Repeat(name=name, count=count, least=1 if least is None else least, most=most or USUAL_INSTANCES)


def _times(row: Row, column: str) -> int | None:
    cell = row.cell(column)
    if not cell:
        return None
    if not cell.isdecimal() or int(cell[:9]) > MOST_INSTANCES:
        row.refuse(LazyText(COUNT_TOO_HIGH.message, limit=MOST_INSTANCES), column)
        return None
    return int(cell)
