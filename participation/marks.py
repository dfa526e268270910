"""Simple marks, so that staff can write pages without HTML.

    ## A heading, ### a smaller one
    - an item of a list
    [words of a link](https://example.org or /pages/contact)

An empty line begins a new paragraph; a single line end stays a line end.
"""

import re
from functools import lru_cache
from html import unescape

from markupsafe import escape

from participation.rich_text import RichText

LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(([^()\s]{1,1000})\)")
HTML_LINK = re.compile(r'<a href="([^"]*)"[^>]*>([^<]*)</a>')
BLOCK_END = re.compile(r"</?(?:p|ul)>|</h[23]>")
OWN_PATH = re.compile(r"/(?!/)[^\\\s]*")
FOREIGN_ADDRESS = re.compile(r"(https?://|mailto:|tel:)\S+", re.IGNORECASE)


def broken_links(text: str) -> list[str]:
    """The addresses that lead nowhere we let a link lead to (V1)."""
    return [address for _words, address in LINK.findall(text) if not _is_allowed(address)]


@lru_cache(maxsize=256)
def formatted(text: str, tag: str) -> RichText:
    """The text as headings, paragraphs and lists; links to own pages stay in the reader's language."""
    parts = [_block(block, tag) for block in _blocks(text)]
    return RichText.clean("".join(parts))


def unformatted(rich: RichText, tag: str) -> str:
    """The marks that make this text, to be changed without HTML; text that needs more than marks stays HTML."""
    text = HTML_LINK.sub(r"[\2](\1)", rich.html).replace("<br>", "\n").replace("<li>", "\n- ").replace("</li>", "")
    text = BLOCK_END.sub("\n\n", text.replace("<h2>", "\n\n## ").replace("<h3>", "\n\n### "))
    marked = re.sub(r"\n{3,}", "\n\n", unescape(text)).strip()
    return marked if formatted(marked, tag) == rich else rich.html


def _blocks(text: str) -> list[list[str]]:
    """Lines that belong together: a heading stands alone, a list ends where other lines begin."""
    blocks: list[list[str]] = []
    kind = ""
    for line in (line.strip() for line in text.splitlines()):
        before, kind = kind, _kind(line)
        if kind == before and kind in {"item", "line"}:
            blocks[-1].append(line)
        elif line:
            blocks.append([line])
    return blocks


def _kind(line: str) -> str:
    if not line:
        return "empty"
    if line.startswith(("## ", "### ")):
        return "heading"
    return "item" if line.startswith("- ") else "line"


def _block(lines: list[str], tag: str) -> str:
    kind = _kind(lines[0])
    if kind == "heading":
        marks, _blank, words = lines[0].partition(" ")
        return f"<h{len(marks)}>{_inline(words, tag)}</h{len(marks)}>"
    if kind == "item":
        items = "".join(f"<li>{_inline(line[2:], tag)}</li>" for line in lines)
        return f"<ul>{items}</ul>"
    return f"<p>{'<br>'.join(_inline(line, tag) for line in lines)}</p>"


def _inline(words: str, tag: str) -> str:
    made, end = [], 0
    for match in LINK.finditer(words):
        label, address = match.groups()
        made.append(str(escape(words[end : match.start()])))
        made.append(_link(label, address, tag))
        end = match.end()
    return "".join([*made, str(escape(words[end:]))])


def _link(label: str, address: str, tag: str) -> str:
    if not _is_allowed(address):
        return str(escape(label))
    target = f"/{tag}{address}" if OWN_PATH.fullmatch(address) else address
    return f'<a href="{escape(target)}">{escape(label)}</a>'


def _is_allowed(address: str) -> bool:
    return bool(OWN_PATH.fullmatch(address) or FOREIGN_ADDRESS.fullmatch(address))
