"""Words that are blacked out in minutes stay so in everything that was made of them, and in what is written later."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from participation.councils.minutes_models import Minutes, Redaction, RedactionReason
from participation.i18n import LazyText, _l, current_language
from participation.marks import formatted

MARK = re.compile(r"\[\[redacted:(\w+)\]\]")  # what stands where the words stood

REASONS: dict[str, LazyText] = {
    RedactionReason.PERSONAL.value: _l("blacked out: data about a person"),
    RedactionReason.CONFIDENTIAL.value: _l("blacked out: confidential"),
    RedactionReason.BUSINESS.value: _l("blacked out: secret of a business"),
    RedactionReason.SAFETY.value: _l("blacked out: for safety"),
}


def redacted(text: str, minutes: Minutes) -> str:
    """The text without the words that residents do not read; however they are written, spaces and capitals aside."""
    return blacked_out(text, minutes.redactions)


def blacked_out(text: str, redactions: Sequence[Redaction]) -> str:
    """The same for redactions that are at hand; the longest passages go first, as a shorter one may lie within."""
    for one in sorted(redactions, key=lambda one: len(one.passage), reverse=True):
        text = _pattern(one.passage).sub(f"[[redacted:{one.reason.value}]]", text)
    return text


def _pattern(passage: str) -> re.Pattern[str]:
    words = (re.escape(word) for word in passage.split())
    return re.compile(r"\s+".join(words) or r"(?!)", re.IGNORECASE)


# --- Showing them -----------------------------------------------------------------------------------------------------


def shown(text: str) -> Markup:
    """Typed text with its marks; where words are blacked out, the reader is told why."""
    return _told(Markup(formatted(text, current_language().tag).html))  # noqa: S704  (it passed the sieve)


def shown_line(text: str) -> Markup:
    """The same for a title or a name."""
    return _told(escape(text))


def said(text: str) -> str:
    """The same as plain words, for tables and letters."""
    return MARK.sub(lambda found: f"[{_reason(found)}]", text)


def _told(html: Markup) -> Markup:
    tag = current_language()
    span = Markup('<span class="tag" lang="{0}" dir="{1}">{2}</span>')
    return Markup(MARK.sub(lambda found: span.format(tag.tag, tag.direction, _reason(found)), html))  # noqa: S704


def _reason(found: re.Match[str]) -> str:
    return str(REASONS.get(found[1], REASONS[RedactionReason.CONFIDENTIAL.value]))
