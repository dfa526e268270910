"""Translates simple expressions of LimeSurvey into ours; what is not simple is told, never guessed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from participation.questionnaires.expressions import ExpressionError, parse

DEEPEST = 30
LONGEST = 5_000
TOKEN = re.compile(
    r"""\s*(?:
    (?P<variable> \d+X\d+X\w+ (?:\.\w+)? | [A-Za-z_]\w* (?:\.\w+)? )
    | (?P<number> \d+ (?:\.\d+)? )
    | (?P<text> '[^'\\]*' | "[^"\\]*" )
    | (?P<sign> == | != | <= | >= | && | \|\| | [-+*/<>!(),] )
    )""",
    re.VERBOSE,
)
WORDS = {"and": "and", "or": "or", "&&": "and", "||": "or", "not": "!"}
COMPARING = {"==": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
COMPARING |= {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
FUNCTIONS = {"if": "if", "sum": "sum", "min": "min", "max": "max", "abs": "abs", "round": "round", "floor": "floor"}
FUNCTIONS |= {"ceil": "ceiling", "sqrt": "sqrt", "pow": "pow", "intval": "int", "strlen": "string-length"}
SUFFIXES = {"", "NAOK", "code", "shown"}


class NotSimple(Exception):
    """An expression that is left to people."""


@dataclass(frozen=True)
class Meaning:
    """What a name in LimeSurvey is here: a question, or one option of it; some answers have other names here."""

    name: str
    option: str = ""
    answers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Piece:
    """A translated part, and what it was if that matters to its neighbour."""

    text: str
    meaning: Meaning | None = None
    literal: str | None = None
    is_true_or_false: bool = False


def translated(source: str, names: dict[str, Meaning]) -> str:
    """The condition in our language; "" when it is always true."""
    stripped = source.strip()
    if stripped in {"", "1"}:
        return ""
    if stripped == "0":
        return "false()"
    return _Translator(stripped, names).whole(is_condition=True)


def calculated(source: str, names: dict[str, Meaning]) -> str:
    """A value in our language, such as an equation that stands in one pair of curly brackets."""
    stripped = source.strip()
    if stripped.startswith("{") and stripped.endswith("}"):
        stripped = stripped[1:-1]
    return _Translator(stripped, names).whole(is_condition=False)


def named(written: str, names: dict[str, Meaning]) -> Meaning | None:
    """What a variable stands for, with or without `.NAOK` and its like."""
    name, _, suffix = written.partition(".")
    return names.get(name) if suffix in SUFFIXES else None


class _Translator:
    def __init__(self, source: str, names: dict[str, Meaning]) -> None:
        self.names = names
        self.tokens = list(_tokens(source))
        self.place = 0
        self.depth = 0

    def whole(self, *, is_condition: bool) -> str:
        piece = self._either()
        if self.place < len(self.tokens):
            raise NotSimple
        text = _condition(piece) if is_condition else _value(piece)
        try:
            parse(text)
        except ExpressionError as error:
            raise NotSimple from error
        return text

    def _next(self) -> str:
        return self.tokens[self.place][1] if self.place < len(self.tokens) else ""

    def _take(self, *signs: str) -> str:
        """The sign that comes next, if it is one of these."""
        kind, written = self.tokens[self.place] if self.place < len(self.tokens) else ("", "")
        sign = WORDS.get(written.lower(), written.lower())
        if kind == "text" or sign not in signs:
            return ""
        self.place += 1
        return sign

    def _either(self) -> Piece:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotSimple
        piece = self._chain(("or",), lambda: self._chain(("and",), self._compared, _condition), _condition)
        self.depth -= 1
        return piece

    def _chain(self, signs: tuple[str, ...], part: Callable[[], Piece], read: Callable[[Piece], str]) -> Piece:
        piece = part()
        while sign := self._take(*signs):
            joined = f"{read(piece)} {'div' if sign == '/' else sign} {read(part())}"
            piece = Piece(joined, is_true_or_false=sign in {"and", "or"})
        return piece

    def _compared(self) -> Piece:
        left = self._sum()
        sign = self._take(*COMPARING)
        return _comparison(left, COMPARING[sign], self._sum()) if sign else left

    def _sum(self) -> Piece:
        return self._chain(("+", "-"), lambda: self._chain(("*", "/"), self._single, _value), _value)

    def _single(self) -> Piece:
        turns = 0
        while self._take("!"):
            turns += 1
        if turns:
            inner = _condition(self._single())
            return Piece(f"not({inner})" if turns % 2 else inner, is_true_or_false=True)
        if self._take("-"):
            if self.place < len(self.tokens) and self.tokens[self.place][0] == "number":
                return Piece(f"-{self._primary().text}")
            raise NotSimple
        return self._primary()

    def _primary(self) -> Piece:
        if self._take("("):
            inner = self._either()
            self._expect(")")
            return Piece(f"({_any(inner)})", is_true_or_false=_is_condition(inner))
        if self.place == len(self.tokens):
            raise NotSimple
        kind, written = self.tokens[self.place]
        self.place += 1
        match kind:
            case "number":
                return Piece(written)
            case "text":
                return Piece(_quoted(written[1:-1]), literal=written[1:-1])
            case "variable" if self._take("("):
                return self._function(written)
            case "variable":
                meaning = named(written, self.names)
                if meaning:
                    return Piece(f"${{{meaning.name}}}", meaning)
        raise NotSimple

    def _function(self, name: str) -> Piece:
        values = [self._either()]
        while self._take(","):
            values.append(self._either())
        self._expect(")")
        if name == "is_empty" and len(values) == 1:
            return _comparison(values[0], "=", Piece("''", literal=""))
        if name == "if" and len(values) == 3:
            return Piece(f"if({_condition(values[0])}, {_value(values[1])}, {_value(values[2])})")
        if name not in FUNCTIONS or name == "if":
            raise NotSimple
        return Piece(f"{FUNCTIONS[name]}({', '.join(map(_value, values))})")

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise NotSimple


def _tokens(source: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    place, source = 0, source.rstrip()
    if len(source) > LONGEST:
        raise NotSimple
    while place < len(source):
        match = TOKEN.match(source, place)
        if match is None or match.lastgroup is None:
            raise NotSimple
        found.append((match.lastgroup, match[match.lastgroup]))
        place = match.end()
    return found


def _comparison(left: Piece, sign: str, right: Piece) -> Piece:
    if right.meaning and not left.meaning:
        turned = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
        left, sign, right = right, turned.get(sign, sign), left
    meaning, literal = left.meaning, right.literal
    if meaning and meaning.option:
        if sign not in {"=", "!="} or literal not in {"Y", ""}:
            raise NotSimple
        is_chosen = (literal == "Y") == (sign == "=")
        return Piece(_chosen(meaning) if is_chosen else f"not({_chosen(meaning)})", is_true_or_false=True)
    if meaning and literal in meaning.answers:
        right = Piece(_quoted(meaning.answers[literal]))
    return Piece(f"{_value(left)} {sign} {_value(right)}", is_true_or_false=True)


def _chosen(meaning: Meaning) -> str:
    return f"selected(${{{meaning.name}}}, {_quoted(meaning.option)})"


def _is_condition(piece: Piece) -> bool:
    return piece.is_true_or_false or bool(piece.meaning and piece.meaning.option)


def _condition(piece: Piece) -> str:
    if not _is_condition(piece):
        raise NotSimple
    return _chosen(piece.meaning) if piece.meaning else piece.text


def _value(piece: Piece) -> str:
    if piece.meaning and piece.meaning.option:
        raise NotSimple
    return piece.text


def _any(piece: Piece) -> str:
    return _condition(piece) if _is_condition(piece) else piece.text


def _quoted(text: str) -> str:
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    raise NotSimple
