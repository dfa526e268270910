"""The paper for a committee as PDF and as DOCX, in the form that committees of German cities know.

Its words are German in every language of the pages: the committee's own language is German.
"""

import io
import re
from pathlib import Path
from typing import Any, NamedTuple

import docx as word
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Cm
from flask import current_app, render_template

from participation import clock
from participation.councils.blackening import said, shown
from participation.councils.minutes_models import VoteKind
from participation.councils.models import Council
from participation.councils.resolution_models import HandOver, Resolution
from participation.i18n import SOURCE_LANGUAGE, format_day, speaking
from participation.marks import LINK
from participation.pdf import written
from participation.settings import PROJECT

STYLES = Path(PROJECT / "static" / "css" / "hand-over-pdf.css")
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # characters that no file may hold
MARGIN, FIRST_COLUMN, SECOND_COLUMN = Cm(2.5), Cm(4.5), Cm(11.5)

VOTES = {
    VoteKind.OPEN: "offene Abstimmung",
    VoteKind.BY_NAME: "namentliche Abstimmung",
    VoteKind.SECRET: "geheime Abstimmung",
}


class Part(NamedTuple):
    """A heading with what stands below it."""

    heading: str
    text: str


class Sheet(NamedTuple):
    """All that stands in the paper, for both kinds of files."""

    city: str
    kind: str
    title: str
    facts: list[tuple[str, str]]
    parts: list[Part]
    annexes: list[str]
    language: str


def sheet(handed: HandOver) -> Sheet:
    """The paper as committees read it."""
    resolution = handed.resolution
    with speaking(SOURCE_LANGUAGE):
        return Sheet(
            city=current_app.config["SETTINGS"].city_name,
            kind="Vorlage",
            title=said(resolution.title),
            facts=[(label, value) for label, value in _facts(handed, resolution, resolution.council) if value],
            parts=[one for one in _parts(handed, resolution) if one.text],
            annexes=_annexes(handed),
            language=resolution.language,
        )


def _facts(handed: HandOver, resolution: Resolution, council: Council) -> list[tuple[str, str]]:
    return [
        ("Vorlage-Nr.", handed.reference),
        ("Ausschuss", handed.committee),
        ("Sitzung am", format_day(handed.committee_on) if handed.committee_on else ""),
        ("TOP", handed.top),
        ("Eingebracht von", str(council.name)),
        ("Beschluss-Nr.", f"{resolution.number} vom {format_day(resolution.decided_on)}"),
        ("Datum", format_day(handed.handed_over_on)),
    ]


def _parts(handed: HandOver, resolution: Resolution) -> list[Part]:
    return [
        Part("Beschlussvorschlag", said(handed.proposal)),
        Part("Begründung", said(handed.reasons)),
        Part("Beschluss im Wortlaut", said(resolution.text)),
        Part("Abstimmungsergebnis", vote(resolution)),
    ]


def vote(resolution: Resolution) -> str:
    """How the council has voted, in one line."""
    if resolution.vote is None:
        return ""
    counted = (
        (resolution.votes_for, "dafür"),
        (resolution.votes_against, "dagegen"),
        (resolution.abstained, "enthalten"),
        (resolution.recused, "befangen"),
    )
    return f"{', '.join(f'{number} {word_}' for number, word_ in counted)} ({VOTES[resolution.vote]})"


def _annexes(handed: HandOver) -> list[str]:
    return [
        f"Anlage {one.number}: {one.title}{f' ({one.paper.reference})' if one.paper else ''}" for one in handed.annexes
    ]


# --- PDF --------------------------------------------------------------------------------------------------------------


def pdf(handed: HandOver) -> bytes:
    """Tagged, with page numbers. Raises NoPdf."""
    with speaking(SOURCE_LANGUAGE):
        html = render_template("councils/hand_over_pdf.html", sheet=sheet(handed), shown=shown)
    return written(html, STYLES)


# --- DOCX -------------------------------------------------------------------------------------------------------------


def docx(handed: HandOver) -> bytes:
    """With real headings, a real table and the right language, so that the office can go on writing in it."""
    said_there, document = sheet(handed), word.Document()
    _prepare(document, said_there)
    document.add_paragraph(_clean(said_there.city))
    document.add_heading(_clean(f"{said_there.kind}: {said_there.title}"), level=1)
    _table(document, said_there.facts)
    for part in said_there.parts:
        document.add_heading(part.heading, level=2)
        _write(document, part.text)
    if said_there.annexes:
        document.add_heading("Anlagen", level=2)
        for line in said_there.annexes:
            document.add_paragraph(_clean(line), style="List Bullet")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _prepare(document: WordDocument, said_there: Sheet) -> None:
    facts = document.core_properties
    facts.title, facts.author, facts.language = _clean(said_there.title)[:255], _clean(said_there.city)[:255], "de-DE"
    facts.comments, facts.created, facts.modified = "", clock.now(), clock.now()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    defaults: Any = document.styles.element
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), "de-DE")


def _table(document: WordDocument, facts: list[tuple[str, str]]) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for label, value in facts:
        first, second = table.add_row().cells
        first.width, second.width = FIRST_COLUMN, SECOND_COLUMN
        first.paragraphs[0].add_run(label).bold = True
        second.text = _clean(value)


def _write(document: WordDocument, text: str) -> None:
    """Typed text with its simple marks."""
    for line in (line.strip() for line in text.splitlines()):
        words = LINK.sub(r"\1 (\2)", _clean(line))
        if words.startswith("- "):
            document.add_paragraph(words[2:], style="List Bullet")
        elif words.startswith(("## ", "### ")):
            document.add_heading(words.lstrip("# "), level=3)
        elif words:
            document.add_paragraph(words)


def _clean(words: str) -> str:
    return NO_XML.sub("", words)
