"""Walks the paths through a questionnaire: which questions nobody reaches, and which nobody can answer.

All answers that the conditions can tell apart are tried, up to a bound. Only where everything was tried is a question
said to be out of reach; where that would take too long, or a condition looks at days or texts, nothing is said.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from participation import clock
from participation.i18n import _l
from participation.questionnaires.checking.domains import Uses, comparisons, domain, known_values
from participation.questionnaires.checking.findings import Finding, said
from participation.questionnaires.checking.formulas import formulas
from participation.questionnaires.definition import Definition, Option, Page, Question, QuestionType, Section, compiled
from participation.questionnaires.expressions import ExpressionError, Value, boolean, evaluate, references, text

MOST_TRIALS = 2_000  # for one question
MOST_ALTOGETHER = 20_000
MOST_INVOLVED = 25  # questions that one question depends on; with more there is no trying everything

NEVER_REACHED = _l("No path leads to this question: its conditions are never all true.")
PAGE_NEVER_REACHED = _l("No path leads to this page: its condition is never true.")
SECTION_NEVER_REACHED = _l("No path leads to the group “%(name)s”: its condition is never true.")
NO_OPTION_LEFT = _l("The choice filter never leaves an option to choose from.")
NEVER_ACCEPTED = _l("No answer to this question is ever accepted: its constraint is never true.")
NO_SUCH_OPTION = _l("A condition here compares “%(name)s” with “%(value)s”, which is not one of its options.")

Assignment = dict[str, str]
Goal = Callable[[Assignment], bool]


def findings(definition: Definition) -> Iterator[Finding]:
    walker = Walker(definition)
    yield from _strange_options(definition)
    for page in definition.pages:
        if walker.is_impossible((page.relevant,)):
            yield Finding(PAGE_NEVER_REACHED, page=page.name)
        else:
            yield from _in(page, page, (page.relevant,), walker)


def _in(parent: Page | Section, page: Page, conditions: tuple[str, ...], walker: "Walker") -> Iterator[Finding]:
    for element in parent.elements:
        inner = (*conditions, element.relevant)
        is_out_of_reach = bool(element.relevant) and walker.is_impossible(inner)
        if isinstance(element, Section):
            if is_out_of_reach:
                yield Finding(said(SECTION_NEVER_REACHED, name=element.name), page=page.name)
            else:
                yield from _in(element, page, inner, walker)
        elif is_out_of_reach:
            yield Finding(NEVER_REACHED, page=page.name, question=element.name)
        else:
            yield from _unanswerable(element, page, inner, walker)


def _unanswerable(question: Question, page: Page, conditions: tuple[str, ...], walker: "Walker") -> Iterator[Finding]:
    is_filtered = bool(question.choice_filter and question.options)
    if is_filtered and walker.is_impossible((*conditions, question.choice_filter), walker.has_options(question)):
        yield Finding(NO_OPTION_LEFT, page=page.name, question=question.name)
        return
    if question.constraint and question.is_asked:
        goal, is_whole = walker.has_answer(question)
        if is_whole and walker.is_impossible((*conditions, question.constraint), goal, about=question):
            yield Finding(NEVER_ACCEPTED, question.is_required, page.name, question.name)


def _strange_options(definition: Definition) -> Iterator[Finding]:
    for formula in formulas(definition):
        if not formula.source:
            continue
        for name, value in comparisons(compiled(formula.source), formula.question):
            question = definition.questions.get(name)
            values = known_values(question) if question else None
            if values is not None and value and not set(value.split()) <= set(values):
                told = said(NO_SUCH_OPTION, name=name, value=value)
                yield Finding(told, is_refusal=False, page=formula.page.name, question=formula.question)


class Walker:
    """Tries answers on one questionnaire and remembers what came of it."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.today = clock.today()
        self.trials = 0
        self.remembered: dict[tuple[str, ...], bool] = {}
        self.conditions = dict(_conditions(definition))

    def is_impossible(self, sources: tuple[str, ...], goal: Goal | None = None, about: Question | None = None) -> bool:
        """Whether no way of answering makes all conditions true (and reaches the goal, which stands for the last)."""
        wanted = tuple(dict.fromkeys(source for source in sources if source))
        if not wanted:
            return False
        key = (*wanted, about.name if about else "", "goal" if goal else "")
        if key not in self.remembered:
            self.remembered[key] = _Search(self, wanted, goal, about).fails()
        return self.remembered[key]

    def has_options(self, question: Question) -> Goal:
        return lambda given: bool(self.options(question, given))

    def has_answer(self, question: Question) -> tuple[Goal, bool]:
        """A goal that is reached when some answer passes the constraint; and whether all answers are tried."""
        uses = Uses()
        uses.add(compiled(question.constraint), question.name)
        tried = domain(question, uses)
        return lambda given: any(self.accepts(question, value, given) for value in tried.values), tried.is_whole

    def options(self, question: Question, given: Assignment) -> list[Option]:
        if not question.choice_filter:
            return list(question.options)
        return [one for one in question.options if self.holds(question.choice_filter, given, option=one)]

    def accepts(self, question: Question, value: str, given: Assignment) -> bool:
        if not question.constraint:
            return True
        return self.holds(question.constraint, {**given, question.name: value}, current=value)

    def holds(self, source: str, given: Assignment, current: str = "", option: Option | None = None) -> bool:
        """Whether a condition is true; one that cannot be worked out never hides anything."""
        try:
            return boolean(evaluate(compiled(source), _Place(given, self.today, current, option)))
        except ExpressionError:
            return True

    def calculated(self, question: Question, given: Assignment) -> str:
        try:
            return text(evaluate(compiled(question.calculation), _Place(given, self.today)))
        except ExpressionError:
            return ""


class _Search:
    """One search for a way of answering; `fails` says that there is none."""

    def __init__(self, walker: Walker, sources: tuple[str, ...], goal: Goal | None, about: Question | None) -> None:
        self.walker = walker
        self.sources = sources[:-1] if goal else sources
        self.goal = goal
        self.trials = 0
        self.uses = Uses()
        for source in sources:
            self.uses.add(compiled(source), about.name if about else "")
        needed = self._needed(sources)
        self.is_too_much = len(needed) > MOST_INVOLVED
        self.questions = [one for one in needed if about is None or one.name != about.name]
        self.domains = {one.name: domain(one, self.uses) for one in self.questions}

    def fails(self) -> bool:
        is_certain = (
            not self.is_too_much
            and not self.uses.is_hard
            and all(self.domains[one.name].is_whole or one.type is QuestionType.CALCULATION for one in self.questions)
        )
        if not is_certain or self.walker.trials > MOST_ALTOGETHER:
            return False
        is_found = self._try(0, {})
        self.walker.trials += self.trials
        return not is_found and self.trials <= MOST_TRIALS

    def _needed(self, sources: Sequence[str]) -> list[Question]:
        """All questions that the conditions depend on, however indirectly, in reading order."""
        questions = self.walker.definition.questions
        waiting = [name for source in sources for name in references(compiled(source))]
        needed: set[str] = set()
        while waiting and len(needed) <= MOST_INVOLVED:
            name = waiting.pop()
            if name in needed or name not in questions:
                continue
            needed.add(name)
            question = questions[name]
            more = [*self.walker.conditions[name], question.calculation, question.choice_filter, question.constraint]
            for source in filter(None, more):
                expression = compiled(source)
                self.uses.add(expression, name)
                waiting.extend(references(expression))
        return [question for name, question in questions.items() if name in needed]

    def _try(self, depth: int, given: Assignment) -> bool:
        """Answer one question after the other in every way that matters, until the conditions hold."""
        if self.trials > MOST_TRIALS:
            return True
        if depth == len(self.questions):
            self.trials += 1
            return all(self.walker.holds(source, given) for source in self.sources) and (
                self.goal is None or self.goal(given)
            )
        question = self.questions[depth]
        values = self._answers(question, given)
        return any(self._try(depth + 1, {**given, question.name: value}) for value in values)

    def _answers(self, question: Question, given: Assignment) -> list[str]:
        """What can stand as the answer, given the answers before it."""
        if not all(self.walker.holds(source, given) for source in self.walker.conditions[question.name]):
            return [""]
        if question.type is QuestionType.CALCULATION:
            return [self.walker.calculated(question, given)]
        offered = {option.name for option in self.walker.options(question, given)} if question.choice_filter else None
        values = [
            value
            for value in self.domains[question.name].values
            if (offered is None or set(value.split()) <= offered) and self.walker.accepts(question, value, given)
        ]
        return values if values and question.is_required and not question.may_withhold else ["", *values]


@dataclass(frozen=True)
class _Place:
    """What an expression sees while answers are tried; of a repeat there is one instance."""

    given: Mapping[str, str]
    today: date
    current: Value = ""
    option: Option | None = None
    position: int = 1

    def value(self, name: str) -> Value:
        return self.given.get(name, "")

    def values(self, name: str) -> Sequence[Value]:
        return [self.value(name)]

    def count(self, _name: str) -> int:
        return 1

    def choice_label(self, _question_name: str, option_name: str) -> str:
        return option_name

    def attribute(self, name: str) -> str | None:
        if self.option is None:
            return None
        return self.option.name if name == "name" else self.option.attributes.get(name)


def _conditions(definition: Definition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """By question: all conditions it stands under."""
    for page in definition.pages:
        yield from _conditions_in(page, (page.relevant,))


def _conditions_in(parent: Page | Section, outer: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for element in parent.elements:
        inner = tuple(source for source in (*outer, element.relevant) if source)
        if isinstance(element, Section):
            yield from _conditions_in(element, inner)
        else:
            yield element.name, inner
