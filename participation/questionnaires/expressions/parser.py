"""Reads an expression into a tree, or says in words and by place why that is impossible."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

from participation.questionnaires.expressions import errors
from participation.questionnaires.expressions.errors import ExpressionError
from participation.questionnaires.expressions.functions import FUNCTIONS, MANY, Function
from participation.questionnaires.expressions.nodes import (
    Answer,
    Answers,
    Call,
    Column,
    Count,
    Current,
    Expression,
    If,
    Indexed,
    Label,
    Literal,
    Negation,
    Node,
    Operation,
    Position,
    Today,
    walk,
)
from participation.questionnaires.expressions.tokens import Token, tokens
from participation.questionnaires.expressions.values import text

LONGEST = 4_000
DEEPEST = 100  # the parser and the evaluator call themselves as often

PRECEDENCE = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
}

REFUSED = {
    **dict.fromkeys(("random", "randomize", "rand", "uuid"), errors.NOT_REPEATABLE),
    **dict.fromkeys(("instance", "pulldata", "lookup", "search", "jr:itext"), errors.OTHER_DATA),
}


@lru_cache(maxsize=5_000)
def parse(source: str) -> Expression:
    if len(source) > LONGEST:
        raise ExpressionError(errors.TOO_LONG, LONGEST + 1, length=len(source), limit=LONGEST)
    if not source.strip():
        raise ExpressionError(errors.EMPTY, 1)
    parser = _Parser(tokens(source))
    root = parser.expression()
    if parser.token.kind != "end":
        raise parser.unexpected()
    if max(depth for _node, depth in walk(root)) > DEEPEST:
        raise ExpressionError(errors.TOO_DEEP, 1, limit=DEEPEST)
    return Expression(source, root)


class _Parser:
    def __init__(self, found: Iterable[Token]) -> None:
        self._tokens = iter(found)
        self._depth = 0
        self.token = next(self._tokens)

    def advance(self) -> Token:
        passed, self.token = self.token, next(self._tokens, self.token)
        return passed

    def sees(self, *signs: str) -> bool:
        return self.token.kind == "sign" and self.token.value in signs

    def skip(self, sign: str) -> bool:
        seen = self.sees(sign)
        if seen:
            self.advance()
        return seen

    def expect(self, sign: str) -> None:
        if not self.skip(sign):
            raise self.unexpected()

    def unexpected(self) -> ExpressionError:
        if self.token.kind == "end":
            return ExpressionError(errors.INCOMPLETE, self.token.position)
        if self.sees("["):
            return ExpressionError(errors.PREDICATE, self.token.position)
        return ExpressionError(errors.UNEXPECTED, self.token.position, text=self.token.value)

    def expression(self, weakest: int = 1) -> Node:
        """Operands and the operators between them, as long as these bind at least as strongly as `weakest`."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionError(errors.TOO_DEEP, self.token.position, limit=DEEPEST)
        left = self.operand()
        while (strength := self.strength()) >= weakest:
            operator = self.advance().value
            left = _chain(operator, left, self.expression(strength + 1))
        self._depth -= 1
        return left

    def strength(self) -> int:
        return PRECEDENCE.get(self.token.value, 0) if self.token.kind in ("sign", "name") else 0

    def operand(self) -> Node:
        if self.skip("-"):
            return Negation(self.expression(PRECEDENCE["*"] + 1))
        if self.skip("("):
            inner = self.expression()
            self.expect(")")
            return inner
        if self.token.kind == "number":
            return self.number()
        if self.token.kind == "text":
            return Literal(self.advance().value)
        return self.path()

    def number(self) -> Literal:
        token = self.advance()
        if not isfinite(float(token.value)):
            raise ExpressionError(errors.BIG_NUMBER, token.position, text=token.value)
        return Literal(float(token.value))

    def path(self) -> Node:
        """Only the last step counts, because a name stands once in a questionnaire, in whichever group it is."""
        is_path = self.skip("/")
        step = self.step()
        if step.kind == "name" and self.sees("(") and not is_path:
            return self.call(step)
        while self.skip("/"):
            is_path, step = True, self.step()
        if step.kind == "answer" or (step.kind == "name" and is_path):
            return Answer(step.value)
        if step.kind == "name":
            return Column(step.value)
        if step.value == ".":
            return Current()
        raise ExpressionError(errors.GROUP_PATH, step.position, path=step.value)

    def step(self) -> Token:
        if self.token.kind in ("name", "answer") or self.sees(".", ".."):
            return self.advance()
        raise self.unexpected()

    def call(self, name: Token) -> Node:
        self.expect("(")
        if name.value in REFUSED:
            raise ExpressionError(REFUSED[name.value], name.position, name=name.value)
        if name.value == "position":
            return self.own_position()
        if name.value in FORMS:
            form = FORMS[name.value]
            return form.build(name, self.arguments(name, form.least, form.most))
        if name.value in FUNCTIONS:
            function = FUNCTIONS[name.value]
            return _call(name, function, self.arguments(name, function.least, function.most))
        raise ExpressionError(errors.UNKNOWN_FUNCTION, name.position, name=name.value)

    def own_position(self) -> Node:
        self.skip("..")
        if not self.sees(")") and self.token.kind != "end":
            raise ExpressionError(errors.OUTER_POSITION, self.token.position)
        self.expect(")")
        return Position()

    def arguments(self, name: Token, least: int, most: int) -> tuple[Node, ...]:
        found: list[Node] = []
        while not self.sees(")"):
            if found and not self.skip(","):
                raise self.unexpected()
            found.append(self.expression())
        self.expect(")")
        if not least <= len(found) <= most:
            allowed = str(least) if least == most else f"{least}+" if most == MANY else f"{least}–{most}"
            raise ExpressionError(errors.WRONG_COUNT, name.position, name=name.value, allowed=allowed, given=len(found))
        return tuple(found)


def _chain(operator: str, left: Node, right: Node) -> Node:
    if isinstance(left, Operation) and left.operator == operator:
        return Operation(operator, (*left.operands, right))
    return Operation(operator, (left, right))


def _call(name: Token, function: Function, arguments: tuple[Node, ...]) -> Node:
    last = arguments[-1] if arguments else None
    if function.gathers == len(arguments) - 1 and isinstance(last, Answer):
        arguments = (*arguments[:-1], Answers(last.name))
    if function.check and isinstance(last, Literal):
        try:
            function.check(text(last.value))
        except ExpressionError as error:
            raise error.at(name.position) from None
    return Call(name.value, arguments, name.position)


def _name(function: Token, node: Node) -> str:
    if isinstance(node, Answer | Column):
        return node.name
    raise ExpressionError(errors.NOT_A_NAME, function.position, name=function.value)


def _indexed(function: Token, arguments: tuple[Node, ...]) -> Node:
    if len(arguments) > 3:
        raise ExpressionError(errors.NESTED_REPEATS, function.position)
    return Indexed(_name(function, arguments[0]), _name(function, arguments[1]), arguments[2])


def _label(function: Token, arguments: tuple[Node, ...]) -> Node:
    """XLSForm writes the question as a text: jr:choice-name(${vote}, '${vote}')."""
    option, question = arguments
    if isinstance(question, Literal):
        name = text(question.value).strip(" ${}").rpartition("/")[2]
        question = Answer(name) if name else question
    return Label(option, _name(function, question))


@dataclass(frozen=True)
class Form:
    """What looks like a function, but does not work out all its arguments, or looks at the questionnaire."""

    least: int
    most: int
    build: Callable[[Token, tuple[Node, ...]], Node]


FORMS = {
    "if": Form(3, 3, lambda _, arguments: If(*arguments)),
    "once": Form(1, 1, lambda name, arguments: Call("coalesce", (Current(), *arguments), name.position)),
    "today": Form(0, 0, lambda *_: Today()),
    "now": Form(0, 0, lambda *_: Today()),
    "count": Form(1, 1, lambda name, arguments: Count(_name(name, arguments[0]))),
    "indexed-repeat": Form(3, MANY, _indexed),
    "jr:choice-name": Form(2, 2, _label),
}
