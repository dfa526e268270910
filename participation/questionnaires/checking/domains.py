"""Which answers are worth trying when paths are walked: those that the expressions at hand can tell apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from participation.questionnaires.definition import NUMBERS, Question, QuestionType
from participation.questionnaires.expressions import Expression, number, text
from participation.questionnaires.expressions.nodes import (
    Answer,
    Answers,
    Call,
    Count,
    Current,
    Indexed,
    Label,
    Literal,
    Node,
    Operation,
    Position,
    Today,
    walk,
)

COMPARISONS = {"=", "!=", "<", "<=", ">", ">="}
MOST_TRIED = 30
MOST_COMBINED = 5
ONE_OF_OPTIONS = {QuestionType.SINGLE_CHOICE, QuestionType.YES_NO, QuestionType.SCALE, QuestionType.CONSENT}
TEXTS = {QuestionType.SHORT_TEXT, QuestionType.LONG_TEXT}


@dataclass
class Uses:
    """How expressions use each answer: the values they compare it with, and whether they do anything else with it."""

    compared: dict[str, set[str]] = field(default_factory=dict)
    otherwise: set[str] = field(default_factory=set)
    is_hard: bool = False  # they look at days or at several instances

    def add(self, expression: Expression, current: str) -> None:
        """Take note of an expression; `current` is the question that its `.` stands for."""
        simple: list[Node] = []
        for node, _depth in walk(expression.root):
            pair = _comparison(node)
            if pair:
                answer, literal = pair
                simple.append(answer)
                self.compared.setdefault(_name(answer, current), set()).add(text(literal.value))
        for node, _depth in walk(expression.root):
            if isinstance(node, Answer | Current) and not any(node is one for one in simple):
                self.otherwise.add(_name(node, current))
            self.is_hard = self.is_hard or isinstance(node, Answers | Count | Indexed | Label | Position | Today)


def comparisons(expression: Expression, current: str) -> Iterator[tuple[str, str]]:
    """All values that answers are tested for being equal to: the question's name and the value."""
    for node, _depth in walk(expression.root):
        is_test = isinstance(node, Call) or (isinstance(node, Operation) and node.operator in {"=", "!="})
        pair = _comparison(node)
        if is_test and pair:
            yield _name(pair[0], current), text(pair[1].value)


def _comparison(node: Node) -> tuple[Answer | Current, Literal] | None:
    """`${name} < 3`, `3 < ${name}` or `selected(${name}, 'x')`."""
    match node:
        case Operation(operator, (Answer() | Current() as answer, Literal() as literal)) if operator in COMPARISONS:
            return answer, literal
        case Operation(operator, (Literal() as literal, Answer() | Current() as answer)) if operator in COMPARISONS:
            return answer, literal
        case Call("selected", (Answer() | Current() as answer, Literal() as literal)):
            return answer, literal
    return None


def _name(node: Answer | Current, current: str) -> str:
    return node.name if isinstance(node, Answer) else current


@dataclass(frozen=True)
class Domain:
    """Answers to try; `is_whole` when no other answer could make a difference."""

    values: tuple[str, ...]
    is_whole: bool


def known_values(question: Question) -> list[str] | None:
    """All answers there can be to one question of a choice, one at a time; None where they cannot be listed."""
    match question.type:
        case QuestionType.YES_NO:
            return ["yes", "no"]
        case QuestionType.CONSENT:
            return ["yes"]
        case QuestionType.SCALE:
            return [str(point) for point in range(int(question.least or 0), int(question.most or 0) + 1)]
        case QuestionType.SINGLE_CHOICE | QuestionType.MULTIPLE_CHOICE:
            return [option.name for option in question.options]
    return None


def domain(question: Question, uses: Uses) -> Domain:
    """The answers that can make a difference to the expressions noted."""
    compared = uses.compared.get(question.name, set())
    is_plain = question.name not in uses.otherwise
    if question.type in ONE_OF_OPTIONS:
        return _options(known_values(question) or [], compared, is_plain=is_plain)
    if question.type is QuestionType.MULTIPLE_CHOICE:
        return _combinations(question, compared, is_plain=is_plain)
    if question.type in {*NUMBERS, QuestionType.YEAR}:
        return _numbers(question, compared, is_plain=is_plain)
    values = sorted(compared - {""})
    if question.type in TEXTS:
        return Domain((*values, "…"), is_plain)
    return Domain((*values, "1"), is_plain and not values)


def _options(names: Sequence[str], compared: set[str], *, is_plain: bool) -> Domain:
    if len(names) <= MOST_TRIED:
        return Domain(tuple(names), is_whole=True)
    return Domain(tuple(_mentioned(names, compared)), is_plain)


def _mentioned(names: Sequence[str], compared: set[str]) -> list[str]:
    """Those that are spoken of, and one for all the rest."""
    rest = [name for name in names if name not in compared]
    return [name for name in names if name in compared][:MOST_TRIED] + rest[:1]


def _combinations(question: Question, compared: set[str], *, is_plain: bool) -> Domain:
    names = [option.name for option in question.options]
    alone = {option.name for option in question.options if option.is_exclusive}
    mentioned = _mentioned(names, compared)
    together = [name for name in mentioned if name not in alone][:MOST_COMBINED]
    sets = [combination for size in range(1, len(together) + 1) for combination in combinations(together, size)]
    if not is_plain:  # how many were chosen may matter
        others = [name for name in names if name not in alone]
        sets += [tuple(others[:size]) for size in range(1, min(len(others), MOST_TRIED) + 1)]
    values = [" ".join(one) for one in sets] + [name for name in mentioned if name in alone]
    return Domain(tuple(dict.fromkeys(values)), is_plain and len(mentioned) <= MOST_COMBINED)


def _numbers(question: Question, compared: set[str], *, is_plain: bool) -> Domain:
    points = sorted({value for value in map(number, compared) if value == value} | set(_bounds(question)))
    is_whole_number = question.type is not QuestionType.DECIMAL_NUMBER
    step = 1.0 if is_whole_number else 0.5
    tried = {0.0, *points, *(point - step for point in points), *(point + step for point in points)}
    tried |= {(low + high) / 2 for low, high in pairwise(points)}
    least = question.least if question.least is not None else -1e18
    most = question.most if question.most is not None else 1e18
    fitting = sorted(one for one in tried if least <= one <= most and (float(one).is_integer() or not is_whole_number))
    return Domain(tuple(text(one) for one in fitting), is_plain)


def _bounds(question: Question) -> Iterable[float]:
    return [bound for bound in (question.least, question.most) if bound is not None]
