"""Works out an expression for one place in one questionnaire; static/js/expressions.js is its twin."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import reduce
from typing import Any, Protocol

from participation.questionnaires.expressions import errors
from participation.questionnaires.expressions.errors import ExpressionError
from participation.questionnaires.expressions.functions import FUNCTIONS
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
)
from participation.questionnaires.expressions.values import (
    Value,
    add,
    boolean,
    divide,
    equal,
    number,
    remainder,
    subtract,
    text,
    whole,
)

MOST_STEPS = 10_000


class Scope(Protocol):
    """What an expression can see from where it stands."""

    @property
    def current(self) -> Value:
        """The value of the question that the expression belongs to."""

    @property
    def position(self) -> int:
        """The number of the repeat's instance, from 1."""

    @property
    def today(self) -> date: ...

    def value(self, name: str) -> Value:
        """The answer in the same instance, or "" if there is none."""

    def values(self, name: str) -> Sequence[Value]:
        """The answers of all instances; one, if the question is not in a repeat."""

    def count(self, name: str) -> int:
        """How many instances there are of a repeat, or of a question in it."""

    def choice_label(self, question_name: str, option_name: str) -> str: ...

    def attribute(self, name: str) -> str | None:
        """A column of the choice that a choice filter is looking at."""


def evaluate(expression: Expression, scope: Scope) -> Value:
    return _Evaluation(scope).value(expression.root)


class _Evaluation:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.steps = 0

    def count_steps(self, number_of_steps: int = 1) -> None:
        self.steps += number_of_steps
        if self.steps > MOST_STEPS:
            raise ExpressionError(errors.TOO_MANY_STEPS, 1, limit=MOST_STEPS)

    def value(self, node: Node) -> Value:
        self.count_steps()
        return _VALUES[type(node)](self, node)

    def indexed(self, node: Indexed) -> Value:
        answers, index = self.scope.values(node.name), whole(self.value(node.index))
        return answers[index - 1] if 1 <= index <= len(answers) else ""

    def label(self, node: Label) -> Value:
        option = text(self.value(node.option))
        return self.scope.choice_label(node.question, option) if option else ""

    def chosen(self, node: If) -> Value:
        return self.value(node.then if boolean(self.value(node.condition)) else node.otherwise)

    def operation(self, node: Operation) -> Value:
        if node.operator == "or":
            return any(boolean(self.value(operand)) for operand in node.operands)
        if node.operator == "and":
            return all(boolean(self.value(operand)) for operand in node.operands)
        return reduce(OPERATORS[node.operator], map(self.value, node.operands))

    def call(self, node: Call) -> Value:
        values: list[Value] = []
        for argument in node.arguments:
            if isinstance(argument, Answers):
                answers = self.scope.values(argument.name)
                self.count_steps(len(answers))
                values.extend(answers)
            else:
                values.append(self.value(argument))
        try:
            return FUNCTIONS[node.name].run(*values)
        except ExpressionError as error:
            raise error.at(node.position) from None


OPERATORS: dict[str, Callable[[Value, Value], Value]] = {
    "=": equal,
    "!=": lambda left, right: not equal(left, right),
    "<": lambda left, right: number(left) < number(right),
    "<=": lambda left, right: number(left) <= number(right),
    ">": lambda left, right: number(left) > number(right),
    ">=": lambda left, right: number(left) >= number(right),
    "+": add,
    "-": subtract,
    "*": lambda left, right: number(left) * number(right),
    "div": lambda left, right: divide(number(left), number(right)),
    "mod": lambda left, right: remainder(number(left), number(right)),
}

_VALUES: dict[type[Node], Callable[[_Evaluation, Any], Value]] = {
    Literal: lambda _, node: node.value,
    Answer: lambda evaluation, node: evaluation.scope.value(node.name),
    Count: lambda evaluation, node: float(evaluation.scope.count(node.name)),
    Current: lambda evaluation, _: evaluation.scope.current,
    Column: lambda evaluation, node: evaluation.scope.attribute(node.name) or "",
    Today: lambda evaluation, _: evaluation.scope.today,
    Position: lambda evaluation, _: float(evaluation.scope.position),
    Negation: lambda evaluation, node: -number(evaluation.value(node.operand)),
    Indexed: _Evaluation.indexed,
    Label: _Evaluation.label,
    If: _Evaluation.chosen,
    Operation: _Evaluation.operation,
    Call: _Evaluation.call,
}
