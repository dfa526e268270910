"""Labels are plain text here: what Markdown and simple HTML added to them goes, the words stay."""

import html
import re

from participation.addresses import UNTYPED

TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")
BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)
ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9A-Fa-f]{1,5}|[A-Za-z]{2,8});")
LINK = re.compile(r"!?\[([^\[\]]+)\]\((https?://[^()\s]+)\)")
HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)
BOLD = re.compile(r"\*\*(?=[^*])(.+?)\*\*|(?<!\w)__(?=[^\s_])(.+?)(?<=[^\s_])__(?!\w)", re.DOTALL)
EMPHASIS = re.compile(r"(?<![\w*_{$])([*_])(?=[^\s*_])([^*_\n]+?)(?<=[^\s*_])\1(?![\w*_}])")


def plain(text: str) -> str:
    """The same words without markup; doing it again changes nothing."""
    for _attempt in range(5):
        stripped = _strip_once(text)
        if stripped == text:
            break
        text = stripped
    return text


def _strip_once(text: str) -> str:
    if not any(mark in text for mark in "<&*_[#"):
        return text.strip()
    text = TAG.sub("", BREAK.sub("\n", text))
    text = ENTITY.sub(lambda match: html.unescape(match[0]), text).translate(UNTYPED)
    text = LINK.sub(r"\1 (\2)", text)
    text = HEADING.sub("", text)
    text = EMPHASIS.sub(r"\2", BOLD.sub(lambda match: (match[1] or match[2]).strip(), text))
    return re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"\n{3,}", "\n\n", text)).strip()
