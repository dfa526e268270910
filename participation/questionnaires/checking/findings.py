"""What a check tells: where, what, and whether it stops the publishing."""

from dataclasses import dataclass

from participation.i18n import LazyText, _l

UNREADABLE = _l("An expression cannot be read at character %(position)s: %(reason)s")
UNKNOWN_NAME = _l("“%(name)s” is referred to, but there is no such question.")
CIRCLE = _l("These depend on each other in a circle: %(names)s.")
BLINDING = {UNREADABLE.message, UNKNOWN_NAME.message, CIRCLE.message}


@dataclass(frozen=True)
class Finding:
    """One thing to mend or to know; `page` and `question` are names, `places` lists all that a count speaks of."""

    message: LazyText
    is_refusal: bool = True
    page: str = ""
    question: str = ""
    language: str | None = None
    places: tuple[str, ...] = ()


def said(message: LazyText, **values: object) -> LazyText:
    """A sentence with its gaps filled, still to be said in the reader's language."""
    return LazyText(message.message, **values)
