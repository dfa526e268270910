"""SQLite and PostgreSQL behave alike, and two people at the same time do no harm."""

import threading
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from participation import audit, jobs
from participation.db import engine, session
from participation.i18n import LocalizedText
from participation.questionnaires.models import Questionnaire
from participation.receipts.models import Receipt
from participation.surveys.models import Survey


def make_survey(**facts: object) -> Survey:
    questionnaire = Questionnaire(name="Family")
    survey = Survey(**{"slug": "family", "title": LocalizedText(de="Familie"), "questionnaire": questionnaire, **facts})
    session.add(survey)
    session.commit()
    return survey


@pytest.mark.databases
def test_every_test_begins_with_an_empty_house(app: Flask) -> None:
    assert session.scalars(select(audit.AuditEntry)).all() == []
    audit.record("survey.published", "survey 3")
    session.commit()


@pytest.mark.databases
def test_every_test_begins_with_an_empty_house_even_after_one_that_wrote(app: Flask) -> None:
    assert session.scalars(select(audit.AuditEntry)).all() == []


@pytest.mark.databases
def test_texts_and_moments_come_back_as_they_went_in(app: Flask) -> None:
    opens_at = datetime(2026, 3, 29, 1, 30, 15, 250_000, tzinfo=UTC)
    make_survey(opens_at=opens_at, title=LocalizedText(de="Straße", ar="شارع", tr="İstanbul"))
    session.expire_all()
    found = session.scalars(select(Survey)).one()
    assert found.opens_at == opens_at
    assert dict(found.title) == {"de": "Straße", "ar": "شارع", "tr": "İstanbul"}


def test_a_moment_without_a_zone_is_refused(app: Flask) -> None:
    with pytest.raises(Exception, match="time zone"):
        make_survey(opens_at=datetime(2026, 3, 29, 1, 30))  # noqa: DTZ001  (that is the mistake)


@pytest.mark.databases
@pytest.mark.parametrize("facts", [{"minimum_cell": 2}, {"retention_days": 0}, {"questionnaire_id": 99}])
def test_the_database_refuses_what_must_never_be(app: Flask, facts: dict[str, int]) -> None:
    if "questionnaire_id" in facts:
        facts = {**facts, "questionnaire": None}
    with pytest.raises(IntegrityError):
        make_survey(**facts)
    session.rollback()
    assert session.scalars(select(Survey)).all() == []


def test_an_error_of_the_database_does_not_quote_what_people_wrote(app: Flask) -> None:
    session.add(Receipt(code_hash="written by a person", issued_on=None))
    with pytest.raises(IntegrityError) as caught:
        session.flush()
    assert "written by a person" not in str(caught.value)


def test_a_second_writer_waits_for_the_first_instead_of_failing(file_app: Flask) -> None:
    first_has_the_lock, order = threading.Event(), []

    def write(name: str) -> None:
        with file_app.app_context(), session.begin():
            session.add(Questionnaire(name=name))
            session.flush()
            order.append(name)

    def second() -> None:
        first_has_the_lock.wait()
        write("second")

    other = threading.Thread(target=second)
    other.start()
    with file_app.app_context(), session.begin():
        session.add(Questionnaire(name="first"))
        session.flush()
        first_has_the_lock.set()
        other.join(0.1)
        order.append("first")
    other.join()
    assert order == ["first", "second"]


@pytest.mark.databases
def test_what_a_job_has_done_is_not_done_again_the_same_night(app: Flask) -> None:
    with session.begin():
        assert jobs.claim("surveys.housekeeping", "2026-04-01")
    with session.begin():
        assert not jobs.claim("surveys.housekeeping", "2026-04-01")
        assert jobs.claim("pages.housekeeping", "2026-04-01")
    with session.begin():
        assert jobs.claim("surveys.housekeeping", "2026-04-02")


@pytest.mark.databases
def test_two_workers_at_the_same_moment_do_a_job_once(
    database: str, request: pytest.FixtureRequest, empty_tables: bytes
) -> None:
    house = request.getfixturevalue("file_app" if database == "sqlite" else "app")
    both_ready, done = threading.Barrier(2), []

    def work() -> None:
        both_ready.wait()
        jobs.run_one(house, "surveys.housekeeping", "2026-04-01", lambda: done.append("once") or {})

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert done == ["once"]


@pytest.mark.databases
def test_a_job_that_fails_changes_nothing_and_is_tried_again(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> dict[str, int]:
        session.add(Questionnaire(name="half done"))
        session.flush()
        raise RuntimeError("something broke")

    def succeed() -> dict[str, int]:
        session.add(Questionnaire(name="done"))
        return {"made": 1}

    for job in (fail, succeed, succeed):
        jobs.run_one(app, "surveys.housekeeping", "2026-04-01", job)
    assert session.scalars(select(Questionnaire.name)).all() == ["done"]


def test_a_night_begins_at_three_o_clock_in_germany(stop_clock) -> None:
    stop_clock(2026, 7, 2, 0, 59)
    assert jobs.current_slot("housekeeping") == "2026-07-01"
    stop_clock(2026, 7, 2, 1, 0)
    assert jobs.current_slot("housekeeping") == "2026-07-02"
    assert jobs.current_slot("minutely") == "2026-07-02T01:00"


def test_foreign_keys_are_watched_on_sqlite(app: Flask) -> None:
    with engine().connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
