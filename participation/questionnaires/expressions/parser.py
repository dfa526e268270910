"""Reads an expression into a tree, or says in words and by place why that is impossible."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from math import isfinite

from participation.questionnaires.expressions import errors
from participation.questionnaires.expressions.errors import ExpressionError
from participation.questionnaires.expressions.functions import FUNCTIONS, MANY
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
        position = self.token.position
        steps = [""] if self.skip("/") else []
        while True:
            token = self.advance() if self.token.kind in ("name", "answer") or self.sees(".", "..") else None
            if token is None:
                raise self.unexpected()
            if token.kind == "name" and self.sees("(") and token.value != "current":
                if steps:
                    raise self.unexpected()
                return self.call(token)
            if token.kind == "name" and self.skip("("):
                self.expect(")")
            steps.append(token.value)
            if not self.skip("/"):
                break
        return self.last_step(token, steps, position)
