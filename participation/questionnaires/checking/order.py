"""Expressions that cannot be read, speak of nothing, or of what comes later; and what depends on itself."""

from collections.abc import Iterator

from participation.i18n import LazyText, _l
from participation.questionnaires.checking.findings import CIRCLE, UNKNOWN_NAME, UNREADABLE, Finding, said
from participation.questionnaires.checking.formulas import Formula, formulas
from participation.questionnaires.definition import Definition
from participation.questionnaires.expressions import ExpressionError, columns, parse
from participation.questionnaires.expressions.nodes import Answer, walk

LATER = _l("“%(name)s” is needed here, but it comes later.")
BARE_WORD = _l("“%(name)s” is neither a question nor a text.")
FIRST_ONLY = _l("“%(name)s” is asked several times. Outside its page only the first answer counts here.")
STEERING = {"relevant", "calculation", "choice_filter", "count"}


def findings(definition: Definition) -> Iterator[Finding]:
    known = _places(definition)
    circles = list(_circles(definition))
    for circle in circles:
        names = " → ".join((*circle, circle[0]))
        yield Finding(said(CIRCLE, names=names), question=circle[0], places=circle)
    in_circles = {name for circle in circles for name in circle}
    for formula in formulas(definition):
        page, question = formula.page.name, formula.question
        for message in _unreadable(formula, definition):
            yield Finding(message, page=page, question=question)
        for name in sorted(formula.names):
            if name not in known:
                yield Finding(said(UNKNOWN_NAME, name=name), page=page, question=question)
            elif _is_later(formula, name, known) and not (name in in_circles and in_circles & {*formula.steers}):
                yield Finding(said(LATER, name=name), page=page, question=question)
        for name in sorted(_plain_names(formula) & set(definition.questions)):
            if definition.page_of[name].repeat and not formula.page.repeat:
                yield Finding(said(FIRST_ONLY, name=name), is_refusal=False, page=page, question=question)


def _places(definition: Definition) -> dict[str, int]:
    """The place of each question in reading order; a repeat stands where its last question stands."""
    places = {name: number for number, name in enumerate(definition.questions)}
    for page in definition.pages:
        if page.repeat:
            places[page.repeat.name] = max((places[question.name] for question in page.questions), default=0)
    return places


def _is_later(formula: Formula, name: str, places: dict[str, int]) -> bool:
    repeat = formula.page.repeat
    asks_how_often = repeat is not None and repeat.name == name and formula.kind != "count"
    return places[name] >= formula.reach and not asks_how_often


def _unreadable(formula: Formula, definition: Definition) -> Iterator[LazyText]:
    if not formula.source:
        return
    try:
        expression = parse(formula.source)
    except ExpressionError as error:
        reason = LazyText(error.message, **error.params)
        yield said(UNREADABLE, position=error.position, reason=reason)
        return
    known: set[str] = set()
    if formula.kind == "choice_filter":
        question = definition.questions[formula.question]
        known = {"name", *(name for option in question.options for name in option.attributes)}
    for name in sorted(columns(expression) - known):
        yield said(BARE_WORD, name=name)


def _plain_names(formula: Formula) -> set[str]:
    """Names of which one answer is meant, not the answers of all instances."""
    if not formula.source:
        return set(formula.inserted)
    try:
        root = parse(formula.source).root
    except ExpressionError:
        return set()
    return {node.name for node, _depth in walk(root) if isinstance(node, Answer)}


def _circles(definition: Definition) -> Iterator[tuple[str, ...]]:
    """Chains of questions whose showing or value depends on itself, each told once."""
    needs = _needs(definition)
    state: dict[str, int] = {}  # 1: being followed, 2: done
    for start in needs:
        path: list[str] = []
        trail: list[tuple[str, Iterator[str]]] = []
        if start not in state:
            trail.append((start, iter(sorted(needs[start]))))
            state[start] = 1
            path.append(start)
        while trail:
            name, rest = trail[-1]
            following = next(rest, None)
            if following is None:
                state[name] = 2
                trail.pop()
                path.pop()
            elif following not in state and following in needs:
                state[following] = 1
                path.append(following)
                trail.append((following, iter(sorted(needs[following]))))
            elif state.get(following) == 1:
                yield tuple(path[path.index(following) :])


def _needs(definition: Definition) -> dict[str, set[str]]:
    """By question: the questions that its showing or its value depends on."""
    needs: dict[str, set[str]] = {name: set() for name in definition.questions}
    for formula in formulas(definition):
        if formula.kind in STEERING:
            for name in formula.steers:
                needs[name] |= formula.names & definition.questions.keys()
    return needs
