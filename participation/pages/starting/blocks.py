"""The building blocks of a starting text: one message per sentence or paragraph, so that translators can work."""

from dataclasses import dataclass
from typing import Any

from participation.i18n import LocalizedText, languages


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, a list: its texts, and the mark that each of their lines gets."""

    texts: tuple[LocalizedText, ...]
    line: str = "%s"

    def written(self, tag: str) -> str | None:
        """The block with its marks in one language; None when a part of it is not translated."""
        if not all(tag in text for text in self.texts):
            return None
        return "\n".join(self.line % text[tag] for text in self.texts)


def heading(text: LocalizedText) -> Block:
    """Begins a new part of the page."""
    return Block((text,), "## %s")


def lines(*texts: LocalizedText) -> Block:
    """One paragraph, each text on a line of its own: an address, or Leichte Sprache (B9)."""
    return Block(texts)


def items(*texts: LocalizedText) -> Block:
    """A list."""
    return Block(texts, "- %s")


def link(text: LocalizedText, address: str) -> Block:
    """A link on a line of its own."""
    return Block((text,), f"[%s]({address})")


def filled(text: LocalizedText, **gaps: Any) -> LocalizedText:
    """The text with its named gaps filled, in each language."""
    return LocalizedText({tag: words % gaps for tag, words in text.items()})


def page_text(blocks: list[Block]) -> LocalizedText:
    """The whole page in every language into which all of its blocks are translated."""
    texts: dict[str, str] = {}
    for tag in (one.tag for one in languages()):
        written = [block.written(tag) for block in blocks]
        if None not in written:
            texts[tag] = "\n\n".join(filter(None, written))
    return LocalizedText(texts)
