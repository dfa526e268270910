"""RichText, and the one sieve that all formatted text passes through (V2)."""

from dataclasses import dataclass

import nh3
from markupsafe import Markup, escape

from participation.i18n import LocalizedItems, Passage

TAGS = {"p", "br", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "abbr", "span"}
ATTRIBUTES = {"a": {"href"}, "abbr": {"title"}, "*": {"lang", "dir"}}
SCHEMES = {"http", "https", "mailto", "tel"}


@dataclass(frozen=True)
class RichText:
    """HTML that has been through the sieve. Only `RichText.clean` makes one from what people typed."""

    html: str = ""

    @classmethod
    def clean(cls, html: str) -> "RichText":
        """Keep what a text needs (headings, lists, links) and drop everything else."""
        safe = nh3.clean(
            html,
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes=SCHEMES,
            link_rel="noopener",
            strip_comments=True,
        )
        return cls(safe.strip())

    @classmethod
    def from_plain(cls, text: str) -> "RichText":
        """Plain paragraphs, separated by empty lines; single line ends stay."""
        paragraphs = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
        return cls("".join(f"<p>{escape(part)}</p>".replace("\n", "<br>") for part in paragraphs))

    def __html__(self) -> Markup:
        return Markup(self.html)  # noqa: S704  (the one place where cleaned HTML is declared safe)

    def __bool__(self) -> bool:
        return bool(self.html)


class LocalizedRichText(LocalizedItems[RichText]):
    """One formatted text in several languages."""

    def __html__(self) -> Markup:
        picked = self.pick()
        return Passage(picked.item, picked.language).block() if picked else Markup()
