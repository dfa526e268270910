"""The list of ideas as a table for office programs: what is public and what the office needs, and no contacts."""

from collections.abc import Iterator, Sequence
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation import spreadsheets
from participation.db import session
from participation.i18n import _, format_list
from participation.ideas import staff_queries
from participation.ideas.models import Idea
from participation.ideas.staff_queries import Filters
from participation.ideas.wordings import ANSWERS, STATES
from participation.spreadsheets import Row, Sheet

AT_ONCE = 500


def write(file: IO[bytes], filters: Filters, form: str) -> None:
    """Write all ideas that fit, some at a time, as csv or xlsx."""
    sheet = Sheet(_("Ideas"), _header(), _rows(filters), widths=(8, 40, 60, 10, 25, 20))
    if form == "csv":
        spreadsheets.write_csv(file, _with_header(sheet))
    else:
        spreadsheets.write_xlsx(file, [sheet])


def _with_header(sheet: Sheet) -> Iterator[Row]:
    yield sheet.header
    yield from sheet.rows


def _header() -> Row:
    return [
        _("Number"),
        _("Title"),
        _("Text"),
        _("Language"),
        _("Call"),
        _("Category"),
        _("Districts"),
        _("Place"),
        _("Published on"),
        _("Supporters"),
        _("Comments"),
        _("State"),
        _("Office in charge"),
        _("Answer due by"),
        _("Answer"),
        _("Reason"),
        _("Joined with idea"),
    ]


def _rows(filters: Filters) -> Iterator[Row]:
    ids = session.scalars(staff_queries.ideas_to_process(filters)).all()
    around = (joinedload(Idea.call), joinedload(Idea.category), joinedload(Idea.office), joinedload(Idea.outcome))
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        found = {one.id: one for one in session.scalars(select(Idea).where(Idea.id.in_(some)).options(*around))}
        areas = staff_queries.areas_of_ideas(some)
        for number in some:
            yield _row(found[number], areas.get(number, ()))
            session.expunge(found[number])  # a long list takes no more memory than a short one


def _row(idea: Idea, areas: Sequence[str]) -> Row:
    outcome = idea.outcome
    return [
        idea.id,
        idea.title,
        idea.text,
        idea.language,
        str(idea.call.title),
        str(idea.category.name) if idea.category else "",
        format_list(list(areas)),
        idea.place,
        idea.published_at.date().isoformat() if idea.published_at else "",
        idea.support_count,
        idea.comment_count,
        str(STATES[idea.state]),
        str(idea.office.name) if idea.office else "",
        idea.due_on.isoformat() if idea.due_on else "",
        str(ANSWERS[outcome.answer]) if outcome else "",
        outcome.reason if outcome else "",
        idea.merged_into_id,
    ]
