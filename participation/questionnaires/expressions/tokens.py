"""An expression, cut into words and signs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from participation.questionnaires.expressions import errors
from participation.questionnaires.expressions.errors import ExpressionError

TOKEN = re.compile(
    r"""
    (?P<blank> [\s\u200b\ufeff]+ )  # also those that nobody sees and that come along when text is pasted
    | (?P<number> [0-9]+ (?: \.[0-9]* )? | \.[0-9]+ )
    | (?P<text> '[^']*' | "[^"]*" | [‘’‚‛][^‘’‚‛']*[‘’‚‛'] | [“”„‟][^“”„‟"]*[“”„‟"] )  # as office programs quote
    | (?P<answer> \$\{ \s* [^\s${}'"]+ \s* \} )
    | (?P<current> current \s* \( \s* \) )
    | (?P<name> [^\W\d][\w.-]* (?: :[^\W\d][\w.-]* )? )
    | (?P<sign> \.\. | <= | >= | != | [-+*/()=<>,.\[] )
    """,
    re.VERBOSE,
)
QUOTES = "'\"‘’‚‛“”„‟"


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign; `value` is a text without quotes and a question's name without its brackets."""

    kind: str
    value: str
    position: int


def tokens(source: str) -> Iterator[Token]:
    place = 0
    while place < len(source):
        found = TOKEN.match(source, place)
        if found is None:
            raise _complaint(source, place)
        kind = found.lastgroup or ""
        if kind != "blank":
            yield _token(kind, found[0], place + 1)
        place = found.end()
    yield Token("end", "", len(source) + 1)


def _token(kind: str, written: str, position: int) -> Token:
    match kind:
        case "text":
            return Token(kind, written[1:-1], position)
        case "answer":
            return Token(kind, written[2:-1].strip(), position)
        case "current":
            return Token("sign", ".", position)
        case _:
            return Token(kind, written, position)


def _complaint(source: str, place: int) -> ExpressionError:
    if source[place] in QUOTES:
        return ExpressionError(errors.UNCLOSED_TEXT, place + 1)
    if source[place] == "$":
        return ExpressionError(errors.UNCLOSED_NAME, place + 1)
    return ExpressionError(errors.UNEXPECTED, place + 1, text=source[place])
