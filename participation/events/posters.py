"""The poster of an event, in one to three languages side by side: as a page to print, and as a PDF file.

Why it is made so: docs/decisions/0015-posters-by-weasyprint.md.
"""

from collections.abc import Sequence
from itertools import cycle
from typing import Any, NamedTuple

import segno
from flask import render_template

from participation.clock import BERLIN
from participation.events import access, showing
from participation.events.access import Fact
from participation.events.models import Event, Format, Mode
from participation.i18n import Language, Picked, _, format_day, language, speaking
from participation.mail import link
from participation.pdf import VARIANT, laid_out
from participation.settings import PROJECT

MOST_LANGUAGES = 3
SIZES = ("a4", "a5")
STEPS = 10  # from the largest letters to the smallest: see event-poster.css
STYLES = PROJECT / "static" / "css" / "event-poster.css"
# How many characters fit at the largest letters, and how many more of them with each step.
ROOM, MORE_ROOM = {"a4": 260, "a5": 150}, 1.3


class Column(NamedTuple):
    """The event in one language. What has no translation brings its own language along."""

    language: Language
    title: Picked[str]
    summary: Picked[str] | None
    state: str
    when: list[str]
    where: list[str]
    facts: list[Fact]
    invitation: str
    description: str
    address: str
    picture: str

    @property
    def shown_address(self) -> str:
        """As one types it."""
        return self.address.removeprefix("https://")

    @property
    def length(self) -> int:
        """How much is to be read; the title is printed larger."""
        words = [*self.when, *self.where, *(fact.words for fact in self.facts), self.invitation]
        return 4 * len(self.title.item) + len(self.summary.item if self.summary else "") + sum(map(len, words))


class Poster(NamedTuple):
    """What stands on the sheet, and how large the letters are."""

    size: str
    columns: Sequence[Column]
    step: int


def poster(event: Event, tags: Sequence[str], size: str) -> Poster:
    """The sheet, with letters that fit by a rough count; the PDF is measured."""
    columns = [_column(event, tag) for tag in tags[:MOST_LANGUAGES]]
    room, step = ROOM[size] / len(columns), 0
    while step < STEPS - 1 and max(one.length for one in columns) > room:
        step, room = step + 1, room * MORE_ROOM
    return Poster(size, columns, step)


def _column(event: Event, tag: str) -> Column:
    address = link("events.show", tag, event_id=event.id)
    with speaking(tag):
        return Column(
            language=language(tag),
            title=event.title.pick(tag) or Picked("", tag),
            summary=event.summary.pick(tag),
            state=_("Cancelled") if event.is_cancelled else "",
            when=_when(event),
            where=_where(event, tag),
            facts=access.facts(event),
            invitation=_invitation(event),
            description=_("QR code with the address of the event"),
            address=address,
            picture=segno.make(address, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff"),
        )


def _when(event: Event) -> list[str]:
    first, last = event.starts_at.astimezone(BERLIN), event.ends_at.astimezone(BERLIN)
    if first.date() != last.date():
        return [showing.span(event)]
    times = {"start": showing.clock_time(first), "end": showing.clock_time(last)}
    return [format_day(first, "full"), _("%(start)s to %(end)s", **times)]


def _where(event: Event, tag: str) -> list[str]:
    lines = []
    if event.place is not None and event.format is not Format.ONLINE:
        names = [one.name.pick(tag) for one in (event.place, event.room) if one is not None]
        lines = [*(name.item for name in names if name), event.place.full_address]
    if event.format is not Format.ON_SITE:
        lines.append(_("Online"))
    return lines


def _invitation(event: Event) -> str:
    if event.mode is Mode.OPEN:
        return _("Just come. You find more here: scan the code with your phone, or open the address.")
    if event.mode is Mode.INVITATION:
        return _("You need an invitation. You can register here: scan the code with your phone, or open the address.")
    return _("Please register: scan the code with your phone, or open the address.")


# --- PDF --------------------------------------------------------------------------------------------------------------


def pdf(event: Event, sheet: Poster) -> bytes:
    """The poster on one page, tagged (PDF/UA), with the largest letters that fit. Raises NoPdf.

    What does not even fit at the smallest ones goes on on a second page; nothing is cut off.
    """
    step = max(0, sheet.step - 2)
    while True:
        with speaking(sheet.columns[0].language.tag):
            html = render_template("events/poster.html", event=event, poster=sheet._replace(step=step))
        document = laid_out(html, STYLES)
        if len(document.pages) == 1 or step == STEPS - 1:
            break
        step = min(STEPS - 1, step + (1 if len(document.pages) == 2 else 3))
    made: bytes = document.write_pdf(pdf_variant=VARIANT, finisher=lambda _document, file: _tell_languages(file, sheet))
    return made


def _tell_languages(file: Any, sheet: Poster) -> None:
    """Each column and each title says its language to screen readers, which WeasyPrint leaves out."""
    parts: dict[str, list[Any]] = {"/Sect": [], "/H1": []}
    for one in file.objects:
        kind = one.get("S") if isinstance(one, dict) else None
        if kind in parts:
            parts[kind].append(one)
    columns = sheet.columns
    if len(parts["/Sect"]) % len(columns) == 0:  # each goes on on each page
        for column, section in zip(cycle(columns), parts["/Sect"], strict=False):
            section["Lang"] = f"({column.language.tag})"  # a string as PDF files write it
    if len(parts["/H1"]) == len(columns):
        for column, heading in zip(columns, parts["/H1"], strict=True):
            heading["Lang"] = f"({column.title.language})"
