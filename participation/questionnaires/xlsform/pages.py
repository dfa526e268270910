"""From the tree of a spreadsheet to our pages: what people see at once.

A group is a page. A group that does not ask to stay together (appearance `field-list`) and is long becomes several
pages; so does one that holds a repeat, because a repeat is a page of its own. Questions outside groups are gathered.
"""

import math
from collections.abc import Iterable, Iterator

from participation.i18n import LocalizedText
from participation.questionnaires.definition import Page, Question, QuestionType, Section
from participation.questionnaires.xlsform.tree import Group, Item

MOST_ON_A_PAGE = 8
TOGETHER = "field-list"
SAME_OPTIONS = "table-list"
ONLY_LABELS = {"label"}
ONLY_BOXES = {"list-nolabel"}
ONE, SEVERAL = QuestionType.SINGLE_CHOICE, QuestionType.MULTIPLE_CHOICE


class Binder:
    """Binds the tree into pages; `taken` are names that elements already have."""

    def __init__(self, taken: set[str], referenced: set[str]) -> None:
        self.taken = set(taken)
        self.referenced = referenced
        self.page_names: set[str] = set()

    def pages(self, children: Iterable[Item | Group]) -> tuple[Page, ...]:
        return tuple(page for page in self._bound(children) if page.elements)

    def _bound(self, children: Iterable[Item | Group]) -> Iterator[Page]:
        loose: list[Item | Group] = []
        for child in children:
            if isinstance(child, Group):
                yield from self._gathered(loose)
                loose = []
                yield from self._group(child, "", LocalizedText())
            else:
                loose.append(child)
        yield from self._gathered(loose)

    def _gathered(self, loose: list[Item | Group]) -> Iterator[Page]:
        for run in _runs(loose):
            yield Page(name=self._page_name("page_1"), elements=self._elements(run))

    def _group(self, group: Group, relevant: str, title: LocalizedText) -> Iterator[Page]:
        relevant = both(relevant, group.relevant)
        title = group.title or title
        if group.is_repeat:
            name = self._page_name(group.page or group.name)
            elements = self._elements(group.children)
            yield Page(
                name=name, title=title, hint=group.hint, relevant=relevant, repeat=group.repeat, elements=elements
            )
        elif group.has_repeat or (TOGETHER not in group.looks and _weight(group.children) > MOST_ON_A_PAGE):
            yield from self._split(group, relevant, title)
        else:
            yield self._page(group.name, title, group.hint, relevant, self._in(group))

    def _split(self, group: Group, relevant: str, title: LocalizedText) -> Iterator[Page]:
        """Runs of questions and, where there is no end in sight, its groups become pages of their own."""
        stays_together = TOGETHER in group.looks or _weight(group.children) <= MOST_ON_A_PAGE
        run: list[Item | Group] = []
        hint = group.hint
        parts: list[Page] = []
        for child in [*group.children, None]:
            leaves = isinstance(child, Group) and (child.has_repeat or not stays_together)
            if child is None or leaves:
                for elements in [run] if stays_together and run else _runs(run):
                    parts.append(self._page(group.name, title, hint, relevant, self._elements(elements)))
                    hint = LocalizedText()
                run = []
            if isinstance(child, Group) and leaves:
                parts.extend(self._group(child, relevant, title))
            elif child is not None:
                run.append(child)
        yield from parts

    def _page(
        self,
        name: str,
        title: LocalizedText,
        hint: LocalizedText,
        relevant: str,
        elements: tuple[Question | Section, ...],
    ) -> Page:
        return Page(name=self._page_name(name), title=title, hint=hint, relevant=relevant, elements=elements)

    def _in(self, group: Group) -> tuple[Question | Section, ...]:
        """What is on the page of a group; one that is a table itself needs a section to be one."""
        if SAME_OPTIONS not in group.looks:
            return self._elements(group.children)
        elements = self._elements(group.children)
        if not _is_matrix(elements):
            return elements
        return (Section(name=self._element_name(f"{group.name}_table"), is_matrix=True, elements=elements),)

    def _elements(self, children: list[Item | Group]) -> tuple[Question | Section, ...]:
        elements: list[Question | Section] = []
        waiting = list(children)
        while waiting:
            child = waiting.pop(0)
            if isinstance(child, Group):
                elements.extend(self._section(child))
            elif child.looks & ONLY_LABELS and child.question.name not in self.referenced:
                elements.append(self._headed(child, waiting))
            else:
                elements.append(child.question)
        return tuple(elements)

    def _section(self, group: Group) -> Iterator[Section]:
        elements = self._elements(group.children)
        if elements:
            yield Section(
                name=self._element_name(group.name),
                title=group.title,
                hint=group.hint,
                relevant=group.relevant,
                is_matrix=SAME_OPTIONS in group.looks and _is_matrix(elements),
                elements=elements,
            )

    def _headed(self, header: Item, waiting: list[Item | Group]) -> Question | Section:
        """ODK writes a table as a row of labels followed by rows of boxes over the same options."""
        rows: list[Question] = []
        while waiting and _goes_under(header, waiting[0]):
            first = waiting.pop(0)
            assert isinstance(first, Item)
            rows.append(first.question)
        head = header.question
        if not rows:
            return Question(
                name=head.name,
                type=QuestionType.INFORMATION,
                label=head.label,
                hint=head.hint,
                relevant=head.relevant,
            )
        return Section(
            name=head.name,
            title=head.label,
            hint=head.hint,
            relevant=head.relevant,
            is_matrix=_is_matrix(tuple(rows)),
            elements=tuple(rows),
        )

    def _page_name(self, wished: str) -> str:
        name = _free(wished, self.page_names)
        self.page_names.add(name)
        return name

    def _element_name(self, wished: str) -> str:
        name = _free(wished, self.taken)
        self.taken.add(name)
        return name


def both(first: str, second: str) -> str:
    """Two conditions as one."""
    if not first or not second or first == second:
        return first or second
    return f"({first}) and ({second})"


def _free(wished: str, taken: set[str]) -> str:
    if wished not in taken:
        return wished
    base, _, digits = wished.rpartition("_")
    stem, number = (base, int(digits)) if base and digits.isdecimal() and len(digits) < 4 else (wished, 1)
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"


def _goes_under(header: Item, child: Item | Group) -> bool:
    return (
        isinstance(child, Item)
        and _is_boxes(child)
        and child.list_name == header.list_name
        and child.question.type in {ONE, SEVERAL}
    )


def _is_matrix(elements: tuple[Question | Section, ...]) -> bool:
    """Single choices over the same options can be one table."""
    questions = [one for one in elements if isinstance(one, Question)]
    return (
        len(questions) == len(elements) > 0
        and all(one.type is ONE and not one.choice_filter for one in questions)
        and all(one.options == questions[0].options for one in questions)
    )


def _weight(children: Iterable[Item | Group]) -> int:
    """How much there is to read and answer."""
    return sum(
        _weight(one.children) if isinstance(one, Group) else one.question.type is not QuestionType.CALCULATION
        for one in children
    )


def _runs(children: list[Item | Group]) -> Iterator[list[Item | Group]]:
    """Cut into pieces of like size that fit on a page; a table written as several rows stays in one piece."""
    weights = [0 if _is_boxes(child) else _weight([child]) for child in children]
    count = math.ceil(sum(weights) / MOST_ON_A_PAGE)
    room = math.ceil(sum(weights) / count) if count else MOST_ON_A_PAGE
    run: list[Item | Group] = []
    filled = 0
    for child, weight in zip(children, weights, strict=True):
        if run and filled + weight > room and not _is_boxes(child):
            yield run
            run, filled = [], 0
        run.append(child)
        filled += weight
    if run:
        yield run


def _is_boxes(child: Item | Group) -> bool:
    return isinstance(child, Item) and bool(child.looks & ONLY_BOXES)
