"""What is due is deleted by itself, and the log tells how much."""

from datetime import date

import pytest
from sqlalchemy import func, select

from participation import jobs
from participation.db import session
from participation.pages import operations as pages
from participation.pages.models import BarrierReport
from participation.privacy import operations, queries
from participation.privacy.models import RetentionRun
from tests.pages.makers import make_report, make_staff


def noted(room: str) -> list[tuple[date, dict[str, int]]]:
    """The log of one room, the last night first."""
    return [(run.ran_on, run.counts) for run in session.scalars(queries.runs()) if run.room == room]


def reports() -> int:
    return session.scalar(select(func.count()).select_from(BarrierReport)) or 0


@pytest.mark.databases
def test_what_is_due_is_deleted_and_counted(app, stop_clock):
    """D14"""
    stop_clock(2026, 4, 1, 12)
    pages.answer(make_report("Olena wrote this"), make_staff("editor"), "Done.", is_final=True)
    assert operations.run_housekeeping()["pages"] == {"barrier_reports": 0}
    stop_clock(2027, 4, 2, 12)
    assert operations.run_housekeeping()["pages"] == {"barrier_reports": 1}
    assert reports() == 0
    assert noted("pages") == [(date(2027, 4, 2), {"barrier_reports": 1}), (date(2026, 4, 1), {"barrier_reports": 0})]


def test_the_log_holds_numbers_and_nothing_about_people(app):
    pages.answer(make_report("Olena wrote this"), make_staff("editor"), "Done.", is_final=True)
    operations.run_housekeeping()
    for row in session.execute(select(RetentionRun.__table__)).mappings():
        assert set(row) == {"id", "ran_on", "room", "counts"}
        assert all(isinstance(count, int) for count in row["counts"].values())


def test_the_worker_notes_what_each_room_has_done(file_app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    pages.answer(make_report(), make_staff("editor"), "Done.", is_final=True)
    session.commit()
    stop_clock(2027, 4, 3, 12)
    jobs.run(file_app, "housekeeping")
    jobs.run(file_app, "housekeeping")  # once a night, however often it is asked for
    assert noted("pages") == [(date(2027, 4, 3), {"barrier_reports": 1})]
    assert reports() == 0


def test_the_log_itself_is_kept_for_three_years(app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    operations.note("pages", {"barrier_reports": 3})
    stop_clock(2029, 3, 31, 12)
    assert operations.shorten_log() == {"retention_runs": 0}
    stop_clock(2029, 4, 2, 12)
    assert operations.shorten_log() == {"retention_runs": 1}
