"""Pages change, barriers are reported and answered in time."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from participation.audit import AuditEntry
from participation.db import session
from participation.i18n import LocalizedText, speaking
from participation.pages import operations, queries, starter
from participation.pages.models import BarrierReport, BarrierStatus
from participation.receipts.models import Receipt
from tests.pages.makers import make_report, make_staff

GERMAN = {"title": LocalizedText(de="Kontakt"), "text": LocalizedText(de="Neu")}


def count(table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.databases
def test_a_changed_page_replaces_the_starting_text_and_remembers_who_changed_it(app):
    operations.change_page("contact", make_staff("editor", name="Jan Kowalski"), **GERMAN)
    page = queries.shown("contact")
    assert (str(page.text), page.changed_by) == ("Neu", "Jan Kowalski")
    assert session.scalars(select(AuditEntry.action)).all() == ["page.changed"]


def test_a_page_can_be_changed_twice(app):
    staff = make_staff("editor")
    operations.change_page("contact", staff, **GERMAN)
    operations.change_page("contact", staff, **{**GERMAN, "text": LocalizedText(de="Neuer")})
    assert str(queries.shown("contact").text) == "Neuer"


@pytest.mark.parametrize(
    ("today", "is_overdue"), [((2026, 3, 1, 12), False), ((2027, 2, 28, 12), False), ((2027, 3, 2, 12), True)]
)
def test_staff_are_warned_when_the_last_check_is_older_than_twelve_months(app, stop_clock, today, is_overdue):
    """B3"""
    staff = make_staff("editor")
    operations.change_page("accessibility", staff, **GERMAN, checked_on=date(2026, 3, 1))
    stop_clock(*today)
    assert queries.is_check_overdue() is is_overdue


def test_a_site_that_was_never_checked_is_overdue(app):
    assert queries.is_check_overdue()


@pytest.mark.databases
def test_a_report_is_due_in_two_weeks_and_has_a_receipt_at_once(app, stop_clock):
    """B5"""
    stop_clock(2026, 4, 1, 12)
    with speaking("tr"):
        report = make_report(page="/tr/surveys/1")
    assert report.due_on == date(2026, 4, 15)
    assert (report.language, report.status) == ("tr", BarrierStatus.NEW)
    assert count(Receipt) == 1


def test_an_interim_answer_gives_time_but_never_more_than_six_weeks(app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    report, staff = make_report(), make_staff("editor")
    stop_clock(2026, 4, 14, 12)
    operations.answer(report, staff, "It takes longer.", is_final=False)
    operations.answer(report, staff, "Still longer.", is_final=False)
    assert (report.status, report.due_on) == (BarrierStatus.INTERIM, date(2026, 5, 13))
    assert [answer.text for answer in report.answers] == ["It takes longer.", "Still longer."]


def test_a_report_is_overdue_on_the_day_after_and_never_once_answered(app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    report, staff = make_report(), make_staff("editor")
    stop_clock(2026, 4, 15, 12)
    assert not report.is_overdue
    stop_clock(2026, 4, 16, 12)
    assert report.is_overdue
    assert queries.overdue_reports() == 1
    operations.answer(report, staff, "Done.", is_final=True)
    assert not report.is_overdue
    assert queries.overdue_reports() == 0


def test_the_final_answer_is_the_last_one(app):
    report, staff = make_report(), make_staff("editor")
    operations.answer(report, staff, "Done.", is_final=True)
    with pytest.raises(operations.AlreadyAnswered):
        operations.answer(report, staff, "One more thing.", is_final=True)
    assert len(report.answers) == 1


def test_whoever_takes_a_report_back_leaves_nothing_behind(app):
    report = make_report()
    operations.answer(report, make_staff("editor"), "Done.", is_final=True)
    operations.withdraw_report(report)
    assert (count(BarrierReport), count(Receipt)) == (0, 0)


@pytest.mark.databases
def test_reports_are_deleted_a_year_after_the_answer(app, stop_clock):
    """D14"""
    stop_clock(2026, 4, 1, 12)
    staff, answered, _open = make_staff("editor"), make_report(), make_report()
    operations.answer(answered, staff, "Done.", is_final=True)
    stop_clock(2027, 4, 1, 12)
    assert operations.erase_old_reports() == {"barrier_reports": 0}
    stop_clock(2027, 4, 2, 12)
    assert operations.erase_old_reports() == {"barrier_reports": 1}
    assert (count(BarrierReport), count(Receipt)) == (1, 1)


@pytest.mark.databases
def test_the_database_refuses_a_report_that_says_nothing(app):
    with pytest.raises(IntegrityError):
        make_report(text="")


def test_every_standing_page_has_a_starting_text_with_the_citys_name_filled_in(app):
    for slug in starter.slugs():
        page = queries.shown(slug)
        assert page.title["de"]
        assert "%(" not in page.text["de"]
    assert "Stadt Musterstadt" in queries.shown("imprint").text["de"]


def test_the_page_in_leichte_sprache_is_no_fallback_for_its_readers(app):
    assert "de-simple" in queries.shown("easy").text


def test_no_line_in_leichte_sprache_is_long(app):
    """B9"""
    for line in starter.text("easy")["de-simple"].splitlines():
        for sentence in line.lstrip("-# ").split(". "):
            assert len(sentence.split()) <= 10, sentence


def test_the_statement_follows_the_model_and_names_the_ombuds_office(app):
    """B2, B6"""
    text = starter.text("accessibility")["de"]
    for part in (
        "Stand der Vereinbarkeit",
        "Nicht barrierefreie Inhalte",
        "Erstellung dieser Erklärung",
        "Rückmeldung",
    ):
        assert f"## {part}" in text
    assert "mailto:ombudsstelle-barrierefreie-it@mags.nrw.de" in text
    assert "(/report-a-barrier)" in text
