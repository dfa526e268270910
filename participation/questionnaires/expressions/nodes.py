"""The tree an expression is read into, and the compact form in which a browser gets it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

Json: TypeAlias = "str | int | float | list[Json]"


class Node:
    """A part of an expression that has a value."""

    @property
    def children(self) -> tuple["Node", ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number or a text, as it was written."""

    value: str | float


@dataclass(frozen=True, slots=True)
class Answer(Node):
    """`${name}`: the answer, in a repeat the one of the same instance."""

    name: str


@dataclass(frozen=True, slots=True)
class Answers(Node):
    """`${name}` within sum(), join() and the like: the answers of all instances."""

    name: str


@dataclass(frozen=True, slots=True)
class Count(Node):
    """count(${name}): how many instances there are."""

    name: str


@dataclass(frozen=True, slots=True)
class Indexed(Node):
    """indexed-repeat(${name}, ${repeat}, index): the answer of the given instance, counted from 1."""

    name: str
    repeat: str
    index: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.index,)


@dataclass(frozen=True, slots=True)
class Current(Node):
    """`.`: the value of the question that the expression belongs to."""


@dataclass(frozen=True, slots=True)
class Column(Node):
    """A bare name in a choice filter: the column of the choice that is being looked at."""

    name: str


@dataclass(frozen=True, slots=True)
class Label(Node):
    """jr:choice-name(option, '${question}'): what people read for an option."""

    option: Node
    question: str

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.option,)


@dataclass(frozen=True, slots=True)
class Today(Node):
    """today() and now(), to the day."""


@dataclass(frozen=True, slots=True)
class Position(Node):
    """position(..): the number of the repeat's instance, counted from 1."""


@dataclass(frozen=True, slots=True)
class If(Node):
    """if(condition, then, otherwise); only the branch that applies is worked out."""

    condition: Node
    then: Node
    otherwise: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.condition, self.then, self.otherwise)


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """A minus sign in front of a value."""

    operand: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Operation(Node):
    """One operator between two or more operands, worked out from the left: a long chain makes a flat tree."""

    operator: str
    operands: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.operands


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of functions.py and its arguments."""

    name: str
    arguments: tuple[Node, ...]
    position: int = field(default=1, compare=False)

    @property
    def children(self) -> tuple[Node, ...]:
        return self.arguments


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that has been read without errors."""

    source: str
    root: Node


def walk(root: Node) -> Iterator[tuple[Node, int]]:
    """Every part of the tree with its depth."""
    waiting = [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting.extend((child, depth + 1) for child in node.children)


def references(expression: Expression) -> frozenset[str]:
    """The names of the questions and repeats whose answers the expression reads."""
    names: set[str] = set()
    for node, _depth in walk(expression.root):
        match node:
            case Answer(name) | Answers(name) | Count(name):
                names.add(name)
            case Indexed(name, repeat):
                names |= {name, repeat}
            case Label(_, question):
                names.add(question)
    return frozenset(names)


def columns(expression: Expression) -> frozenset[str]:
    """The columns of choices that the expression reads: outside a choice filter there are none to read."""
    return frozenset(node.name for node, _depth in walk(expression.root) if isinstance(node, Column))


def to_json(node: Node) -> Json:
    """A literal is itself, everything else a list: what it is, its names, its parts."""
    parts = [to_json(child) for child in node.children]
    match node:
        case Literal(value):
            return int(value) if isinstance(value, float) and value.is_integer() else value
        case Operation(operator, _):
            return [operator, *parts]
        case Call(name, _):
            return [name, *parts]
        case Answer(name) | Answers(name) | Count(name) | Column(name):
            return [_JSON_NAMES[type(node)], name]
        case Indexed(name, _):
            return ["indexed-repeat", name, *parts]
        case Label(_, question):
            return ["jr:choice-name", question, *parts]
        case _:
            return [_JSON_NAMES[type(node)], *parts]


_JSON_NAMES: dict[type[Node], str] = {
    Answer: "$",
    Answers: "$*",
    Count: "count",
    Current: ".",
    Column: "@",
    Today: "today",
    Position: "position",
    If: "if",
    Negation: "negate",
}
