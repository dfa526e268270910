"""Which words the standing pages are found by, changed by staff or not, and how the search desk shows them."""

import zlib
from collections.abc import Mapping, Sequence

from flask import url_for
from markupsafe import Markup
from sqlalchemy import select

from participation import clock, text_index
from participation.addresses import LARGEST_ID
from participation.db import session
from participation.feature import Findable, Finding
from participation.i18n import _l
from participation.marks import formatted
from participation.pages import queries, starter
from participation.pages.queries import Shown

KIND = "page"
ALL_LANGUAGES = "mul"  # as ISO 639 calls several of them


def number(slug: str) -> int:
    """The number that stands for a page in the index, which knows no names; the same one for ever."""
    return zlib.crc32(slug.encode()) & LARGEST_ID


def index(page: Shown) -> None:
    """From here on the page is found by what it says now, in all languages."""
    title, text = " ".join(page.title.values()), " ".join(said(page).values())
    day = page.changed_at.astimezone(clock.BERLIN).date() if page.changed_at else None
    text_index.index(KIND, number(page.slug), ALL_LANGUAGES, title, text, day=day)


def said(page: Shown) -> dict[str, str]:
    """What it says as plain words per language: the title in the first line."""
    tags = dict.fromkeys([*page.title, *page.text])
    return {tag: f"{page.title.get(tag, '')}\n{_plain(page.text.get(tag, ''), tag)}" for tag in tags}


def load(ids: Sequence[int]) -> Mapping[int, Finding]:
    """The pages with these numbers."""
    return {
        number(page.slug): Finding(title=page.title, url=url_for("pages.page", slug=page.slug), texts=said(page))
        for page in queries.all_shown()
        if number(page.slug) in ids
    }


def every() -> Sequence[int]:
    """The numbers of all pages."""
    return [number(slug) for slug in starter.slugs()]


def index_some(ids: Sequence[int]) -> None:
    """Index these anew."""
    for page in queries.all_shown():
        if number(page.slug) in ids:
            index(page)


def index_if_never_done() -> dict[str, int]:
    """A new house has its starting pages, which nobody has changed yet."""
    of_pages = select(text_index.texts.c.id).where(
        text_index.texts.c.kind == KIND, text_index.texts.c.ref_id == number(starter.slugs()[0])
    )
    if session.scalar(of_pages.limit(1)) is not None:
        return {"indexed_pages": 0}
    index_some(every())
    return {"indexed_pages": len(every())}


def _plain(text: str, tag: str) -> str:
    return Markup(formatted(text, tag).html.replace("<", " <")).striptags()  # noqa: S704  (tags are dropped)


FINDABLES = [Findable(KIND, _l("Pages"), load, every, index_some)]
