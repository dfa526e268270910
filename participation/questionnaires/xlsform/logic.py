"""Looks at all expressions and inserted names of a tree: what cannot be read, and what needs something left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from participation.i18n import LazyText, LocalizedText, _l
from participation.questionnaires.definition import Question, QuestionType
from participation.questionnaires.expressions import Expression, ExpressionError, columns, parse, references
from participation.questionnaires.xlsform import types
from participation.questionnaires.xlsform.columns import Row
from participation.questionnaires.xlsform.tree import Group, Item, LeftOut, Tree
from participation.questionnaires.xlsform.types import NO_DEVICE_DATA

INSERTED = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
NEVER = {"false()", "0"}
DISPENSABLE = {QuestionType.CALCULATION, QuestionType.INFORMATION}
FORMULAS = ("relevant", "constraint", "calculation", "choice_filter")
WORDED = ("label", "hint", "constraint_message", "unit", "least_label", "most_label")

UNREADABLE = _l("Character %(position)s of this expression: %(reason)s")
NO_SUCH_QUESTION = _l("There is no question called “%(name)s”.")
NEEDS_LEFT_OUT = _l("“%(name)s” (row %(row)s) cannot be taken over, but it is needed here.")
LEFT_OUT_TOO = _l("Left out, because it only works out or shows “%(name)s” (row %(row)s), which cannot be taken over.")
LEFT_OUT_UNREADABLE = _l("Left out, because nothing needs it and it cannot be worked out: %(reason)s")
BARE_WORD = _l("“%(name)s” is neither a question nor a text. Write questions as ${name} and texts in quotation marks.")
NO_SUCH_COLUMN = _l("The choices of this question have no column called “%(name)s”.")
NEVER_SHOWN = _l("Left out, because it is never shown.")
CALCULATED_ANSWER = _l("This answer is calculated. People neither see nor change it.")


@dataclass
class Formula:
    """An expression in its cell."""

    row: Row
    column: str
    expression: Expression


@dataclass
class Lost:
    """A value or a text that is lost, with the left-out thing it depends on, if it is that."""

    item: Item
    reason: LazyText
    column: str = ""
    needs: str = ""


class Logic:
    """Checks a tree and takes out of it what can be missed."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.left_out = tree.left_out
        self.lost: dict[str, Lost] = {}
        self.names = {item.question.name: frozenset(_names(item.question)) for item in tree.items()}
        self._lose_unseen()
        self._lose_unreadable()
        while self._lose_dependents():
            pass
        self._lose_days()
        self._check()
        self._tell_lost()
        self._tell_calculated()

    @property
    def referenced(self) -> set[str]:
        """All names that something kept refers to."""
        found = {name for item in self.tree.items() for name in self.names[item.question.name]}
        for group in self.tree.groups():
            found |= set(_names_in_group(group))
        return found

    def _lose_unseen(self) -> None:
        for item in list(self.tree.items()):
            if item.question.relevant.replace(" ", "").lower() in NEVER:
                self._lose(Lost(item, NEVER_SHOWN, "relevant"))

    def _lose_unreadable(self) -> None:
        for item in list(self.tree.items()):
            if item.question.type is QuestionType.CALCULATION:
                reason = _trouble(item.question, "calculation")
                if reason:
                    self._lose(Lost(item, reason, "calculation"))

    def _lose_dependents(self) -> bool:
        """Values and texts about what is left out go with it; says whether there were any."""
        before = len(self.lost)
        for item in list(self.tree.items()):
            if item.question.type in DISPENSABLE:
                missed = min(self.names[item.question.name] & self.left_out.keys(), default=None)
                if missed:
                    row = self.left_out[missed].row.number
                    self._lose(Lost(item, LazyText(LEFT_OUT_TOO.message, name=missed, row=row), needs=missed))
        return len(self.lost) > before

    def _lose_days(self) -> None:
        referenced = self.referenced
        for item in list(self.tree.items()):
            if "metadata" in item.looks and item.question.name not in referenced:
                self._lose(Lost(item, NO_DEVICE_DATA, "type"))

    def _lose(self, lost: Lost) -> None:
        name = lost.item.question.name
        self.lost[name] = lost
        self.left_out[name] = LeftOut(lost.item.row, name, lost.reason)
        for children in (self.tree.children, *(group.children for group in self.tree.groups())):
            if lost.item in children:
                children.remove(lost.item)
                return

    def _tell_lost(self) -> None:
        """What nothing needs is left out with a warning; what something needs is a reason to refuse."""
        needed = self.referenced
        for name in reversed(self.lost):  # a dependent is lost after what it depends on
            lost = self.lost[name]
            if name not in needed or lost.reason is NEVER_SHOWN:
                unreadable = lost.column == "calculation"
                told = LazyText(LEFT_OUT_UNREADABLE.message, reason=lost.reason) if unreadable else lost.reason
                lost.item.row.warn(told, lost.column)
            elif lost.needs:
                needed.add(lost.needs)
                row = self.left_out[lost.needs].row.number
                lost.item.row.refuse(LazyText(NEEDS_LEFT_OUT.message, name=lost.needs, row=row))
            else:
                lost.item.row.refuse(lost.reason, lost.column)

    def _tell_calculated(self) -> None:
        for item in self.tree.items():
            is_own = types.understood(item.row.cell("type")).question is QuestionType.CALCULATION
            if item.question.type is QuestionType.CALCULATION and not is_own and "metadata" not in item.looks:
                item.row.warn(CALCULATED_ANSWER, "calculation")

    def _check(self) -> None:
        known = {item.question.name for item in self.tree.items()}
        known |= {group.name for group in self.tree.groups() if group.is_repeat}
        for formula in self._formulas():
            self._check_names(formula.row, formula.column, references(formula.expression), known)
        for item in self.tree.items():
            for column in WORDED:
                self._check_names(item.row, column, set(_inserted(getattr(item.question, column))), known)
            for option in item.question.options:
                self._check_names(item.row, "type", set(_inserted(option.label)), known)
        for group in self.tree.groups():
            for column, text in (("label", group.title), ("hint", group.hint)):
                self._check_names(group.row, column, set(_inserted(text)), known)

    def _check_names(self, row: Row, column: str, names: frozenset[str] | set[str], known: set[str]) -> None:
        for name in sorted(names - known):
            missing = self.left_out.get(name)
            if missing:
                row.refuse(LazyText(NEEDS_LEFT_OUT.message, name=name, row=missing.row.number), column)
            elif name not in self.tree.names:  # else that row is refused itself
                row.refuse(LazyText(NO_SUCH_QUESTION.message, name=name), column)

    def _formulas(self) -> Iterator[Formula]:
        for group in self.tree.groups():
            yield from _read(group.row, "relevant", group.relevant)
            if group.repeat and group.repeat.count:
                yield from _read(group.row, "repeat_count", group.repeat.count)
        for item in self.tree.items():
            for column in FORMULAS:
                yield from _read(item.row, column, getattr(item.question, column), item.question)


def _read(row: Row, column: str, source: str, question: Question | None = None) -> Iterator[Formula]:
    if not source:
        return
    try:
        expression = parse(source)
    except ExpressionError as error:
        row.refuse(_unreadable(error), column)
        return
    trouble = _bare_word(expression, column, question)
    if trouble:
        row.refuse(trouble, column)
    yield Formula(row, column, expression)


def _trouble(question: Question, column: str) -> LazyText | None:
    try:
        return _bare_word(parse(getattr(question, column)), column, question)
    except ExpressionError as error:
        return _unreadable(error)


def _unreadable(error: ExpressionError) -> LazyText:
    reason = LazyText(error.message, **error.params)
    return LazyText(UNREADABLE.message, position=error.position, reason=reason)


def _bare_word(expression: Expression, column: str, question: Question | None) -> LazyText | None:
    """A word without quotation marks is a column of choices, and means something in a choice filter only."""
    words = columns(expression)
    if column != "choice_filter" or question is None:
        return LazyText(BARE_WORD.message, name=min(words)) if words else None
    known = {"name", *(name for option in question.options for name in option.attributes)}
    missing = sorted(words - known)
    return LazyText(NO_SUCH_COLUMN.message, name=missing[0]) if missing else None


def _names(question: Question) -> Iterator[str]:
    """All names that a question's expressions and texts speak of."""
    for column in FORMULAS:
        yield from _referenced(getattr(question, column))
    if "(" in question.default or "$" in question.default:
        yield from _referenced(question.default)
    for column in WORDED:
        yield from _inserted(getattr(question, column))
    for option in question.options:
        yield from _inserted(option.label)


def _names_in_group(group: Group) -> Iterator[str]:
    yield from _referenced(group.relevant)
    yield from _referenced(group.repeat.count if group.repeat else "")
    yield from _inserted(group.title)
    yield from _inserted(group.hint)


def _referenced(source: str) -> Iterator[str]:
    if source:
        try:
            yield from references(parse(source))
        except ExpressionError:
            return


def _inserted(text: LocalizedText) -> Iterator[str]:
    for words in text.values():
        if "${" in words:
            yield from INSERTED.findall(words)
