"""What staff do with the standing pages, and what residents and staff do about barriers."""

from datetime import date, timedelta
from typing import Any

from participation import audit, clock
from participation.db import session
from participation.errors import Refused
from participation.i18n import LocalizedText, _l, current_language
from participation.pages import indexing, queries
from participation.pages.models import BarrierAnswer, BarrierReport, BarrierStatus, Page
from participation.permissions import Person
from participation.receipts import operations as receipts
from participation.receipts.operations import Issued

ANSWER_WITHIN = timedelta(days=14)
NEVER_LATER_THAN = timedelta(days=42)  # B5
KEPT_AFTER_ANSWER = timedelta(days=365)
VIDEO_FACTS = ("address", "captions", "size", "duration")


class AlreadyAnswered(Refused):
    """The final answer was given."""

    message = _l("This report has already been answered.")


def change_page(
    slug: str,
    staff: Person,
    *,
    title: LocalizedText,
    text: LocalizedText,
    checked_on: date | None = None,
    video: dict[str, Any] | None = None,
) -> Page:
    """From here on this wording is shown instead of the earlier one."""
    page = session.get(Page, slug, with_for_update=True) or Page(slug=slug)
    page.title, page.text = title, text
    page.checked_on, page.video = checked_on, video or {}
    page.changed_at, page.changed_by = clock.now(), staff.name
    session.add(page)
    session.flush()
    indexing.index(queries.shown(slug))
    audit.record("page.changed", thing=f"page {slug}", languages=sorted(text))
    return page


def report_barrier(text: str, page: str = "", contact: str = "") -> Issued:
    """Take a report down; whoever wrote it gets a receipt at once (B5)."""
    issued = receipts.issue()
    today = clock.today()
    session.add(
        BarrierReport(
            receipt_id=issued.receipt.id,
            text=text,
            page=page,
            contact=contact,
            language=current_language().tag,
            received_on=today,
            due_on=today + ANSWER_WITHIN,
        )
    )
    session.flush()
    return issued


def answer(report: BarrierReport, staff: Person, text: str, *, is_final: bool) -> None:
    """Write back. An interim answer gives the city more time, though never more than six weeks in all."""
    session.refresh(report, with_for_update=True)  # two colleagues may answer at the same time
    if report.is_answered:
        raise AlreadyAnswered
    session.add(
        BarrierAnswer(report_id=report.id, text=text, is_final=is_final, written_at=clock.now(), written_by=staff.name)
    )
    if is_final:
        report.status, report.answered_on = BarrierStatus.ANSWERED, clock.today()
    else:
        report.status, report.due_on = BarrierStatus.INTERIM, report.received_on + NEVER_LATER_THAN
    session.flush()
    session.expire(report, ["answers"])
    audit.record("barrier_report.answered", thing=f"barrier report {report.id}", is_final=is_final)


def withdraw_report(report: BarrierReport) -> None:
    """The resident takes the report back: nothing of it stays, not even the receipt."""
    receipt = report.receipt
    session.delete(report)
    session.flush()
    receipts.withdraw(receipt)


def erase_old_reports() -> dict[str, int]:
    """Reports that were answered a year ago are deleted, with their receipts (D14)."""
    due = queries.answered_before(clock.today() - KEPT_AFTER_ANSWER)
    for report in due:
        withdraw_report(report)
    return {"barrier_reports": len(due)}
