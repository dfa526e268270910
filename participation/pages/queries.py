"""Looking up pages and reports on barriers."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import selectinload

from participation import clock
from participation.db import session
from participation.feature import Entry, NavigationItem, features
from participation.i18n import LocalizedText, Picked, current_language
from participation.marks import formatted
from participation.pages import starter
from participation.pages.models import BarrierReport, BarrierStatus, Page
from participation.receipts.models import Receipt
from participation.rich_text import LocalizedRichText, RichText

MONTHS_BETWEEN_CHECKS = 12


@dataclass(frozen=True)
class Shown:
    """A standing page as it stands now, changed by staff or not."""

    slug: str
    title: LocalizedText
    text: LocalizedText
    checked_on: date | None = None
    video: dict[str, Any] | None = None
    changed_at: datetime | None = None
    changed_by: str = ""

    @property
    def body(self) -> LocalizedRichText:
        """The text for the reader, with links that stay in the reader's language."""
        picked: Picked[str] | None = self.text.pick()
        if picked is None:
            return LocalizedRichText()
        return LocalizedRichText({picked.language: formatted(picked.item, current_language().tag)})

    def body_in(self, tag: str) -> RichText:
        """The text in one certain language."""
        return formatted(self.text.get(tag, ""), tag)


def shown(slug: str) -> Shown:
    """A page by its name in addresses; NoResultFound when there is none of that name."""
    if slug not in starter.slugs():
        raise NoResultFound
    return _shown(slug, session.get(Page, slug))


def all_shown() -> list[Shown]:
    """Every standing page, with one statement."""
    changed = {page.slug: page for page in session.scalars(select(Page))}
    return [_shown(slug, changed.get(slug)) for slug in starter.slugs()]


def _shown(slug: str, page: Page | None) -> Shown:
    if page is None:
        return Shown(slug, starter.title(slug), starter.text(slug))
    return Shown(slug, page.title, page.text, page.checked_on, page.video, page.changed_at, page.changed_by)


def is_check_overdue() -> bool:
    """Whether the accessibility statement was never checked, or not within the last twelve months (B3)."""
    checked_on = session.scalar(select(Page.checked_on).where(Page.slug == "accessibility"))
    if checked_on is None:
        return True
    today = clock.today()
    months = (today.year - checked_on.year) * 12 + today.month - checked_on.month
    return (months, today.day) > (MONTHS_BETWEEN_CHECKS, checked_on.day)


def going_on() -> list[Entry]:
    """What all rooms have to show on the home page, what ends first on top."""
    entries = [entry for room in features() if room.entries for entry in room.entries()]
    return sorted(entries, key=_day_of)


def doors() -> list[NavigationItem]:
    """Where rooms in which something goes on show all they have."""
    return [item for room in features() if room.entries for item in room.navigation]


def _day_of(entry: Entry) -> date:
    """The day by which one has to act."""
    if entry.starts_at is not None:
        return entry.starts_at.astimezone(clock.BERLIN).date()
    return entry.until or date.max


def reports() -> Select[Any]:
    """All reports on barriers: those to be answered first, the most urgent on top."""
    is_answered = BarrierReport.status == BarrierStatus.ANSWERED
    return select(BarrierReport).order_by(is_answered, BarrierReport.due_on, BarrierReport.id)


def report(report_id: uuid.UUID) -> BarrierReport:
    """One report with its answers."""
    return session.get_one(BarrierReport, report_id, options=[selectinload(BarrierReport.answers)])


def report_behind(receipt: Receipt) -> BarrierReport | None:
    """The report that a receipt was issued for."""
    query = select(BarrierReport).where(BarrierReport.receipt_id == receipt.id)
    return session.scalar(query.options(selectinload(BarrierReport.answers)))


def overdue_reports() -> int:
    """How many people have waited longer than promised."""
    late = (BarrierReport.status != BarrierStatus.ANSWERED) & (BarrierReport.due_on < clock.today())
    return session.scalar(select(func.count()).select_from(BarrierReport).where(late)) or 0


def waiting_reports() -> Select[Any]:
    """By when each report that waits for an answer should have one."""
    return select(BarrierReport.due_on).where(BarrierReport.status != BarrierStatus.ANSWERED)


def answered_before(day: date) -> Sequence[BarrierReport]:
    """The reports whose time is over."""
    return session.scalars(select(BarrierReport).where(BarrierReport.answered_on < day)).all()


def speaks_easily() -> bool:
    """Whether the reader chose Leichte Sprache."""
    return current_language().tag == "de-simple"
