"""The demo city is believable, the same each time, marked on every page, and gone with one command."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from participation.accounts import passwords
from participation.accounts.models import User
from participation.clock import BERLIN
from participation.db import Base, session
from participation.demo import operations
from participation.demo.wishes import WISHES
from participation.questionnaires.models import Answer, Response
from participation.settings import Settings
from participation.surveys.models import Survey
from tests.accounts.makers import make_user
from tests.conftest import SECRET
from tests.districts.makers import make_layer
from tests.surveys.makers import make_response, make_survey


@pytest.fixture(autouse=True)
def easy_passwords(monkeypatch):
    """Passwords are hashed slowly on purpose; here only that they exist counts."""
    monkeypatch.setattr(passwords, "hashed", lambda password: f"hash of {password}")


@pytest.fixture
def city(app, tmp_path, monkeypatch):
    """The house with the demo city in it."""
    settings = Settings(secret_key=SECRET, database_url="sqlite://", data_folder=tmp_path, testing=True)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    operations.load()
    session.commit()
    return app


def row_counts() -> dict[str, int]:
    """How many rows each table has."""
    tables = Base.metadata.sorted_tables
    return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def test_removing_the_demo_leaves_what_was_there_before(app, tmp_path, monkeypatch):
    settings = Settings(secret_key=SECRET, database_url="sqlite://", data_folder=tmp_path, testing=True)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    make_layer("sozialraeume")
    make_user("administrator")
    own = make_survey()
    make_response(own, {"colour": "red"}, with_receipt=True)
    session.commit()
    before = row_counts()
    operations.load()
    session.commit()
    made = session.scalars(select(Survey).where(Survey.slug == "sportumfrage")).one()
    make_response(made, {}, with_receipt=True)
    session.commit()
    operations.remove()
    session.commit()
    assert row_counts() == before
    assert not operations.sign_ins_file().exists()


def test_two_demos_are_alike_and_loading_twice_changes_nothing(city):
    counts = row_counts()
    operations.load()
    assert row_counts() == counts
    values = select(Answer.question, Answer.value, func.count()).group_by(Answer.question, Answer.value)
    first = session.execute(values.order_by(Answer.question, Answer.value)).all()
    operations.remove()
    operations.load()
    districts = {"area", "sport_area"}  # areas may get other numbers
    second = session.execute(values.order_by(Answer.question, Answer.value)).all()
    assert [row for row in first if row[0] not in districts] == [row for row in second if row[0] not in districts]


def test_the_demo_is_believable_and_every_page_says_that_the_city_does_not_exist(city, client: FlaskClient):
    counts = dict(session.execute(select(Response.status, func.count()).group_by(Response.status)).all())
    assert {status.value: count for status, count in counts.items()} == {"submitted": 730, "draft": 104}
    lines = list(operations.sign_in_lines())
    assert len(lines) == 1 + len(operations.ACCOUNTS)
    assert oct(operations.sign_ins_file().stat().st_mode)[-3:] == "600"
    assert all(user.is_demo for user in session.scalars(select(User)))
    for address in ("/en/", "/en/surveys/familienumfrage", "/en/receipt", "/en/nowhere"):
        assert "this city does not exist" in client.get(address).get_data(as_text=True)


def test_residents_write_in_the_language_they_answer_in_and_surveys_open_at_full_hours(city):
    rows = session.execute(
        select(Response.language, Answer.value).join(Answer).where(Answer.question == "wish_text", Answer.value != "")
    ).all()
    assert all(text in WISHES[tag if tag in WISHES else "de"] for tag, text in rows)
    for survey in session.scalars(select(Survey)):
        told = [moment.astimezone(BERLIN).strftime("%H:%M") for moment in (survey.opens_at, survey.closes_at)]
        assert told == ["08:00", "18:00"]


def test_a_start_on_a_house_that_is_in_use_loads_nothing_and_says_nothing(app):
    make_user("administrator")
    told = app.test_cli_runner().invoke(args=["demo", "load", "--if-empty"])
    assert (told.exit_code, told.output) == (0, "")
    assert session.scalar(select(func.count()).select_from(Survey)) == 0


def test_without_the_demo_no_page_says_so(app, client: FlaskClient):
    assert "this city does not exist" not in client.get("/en/").get_data(as_text=True)


def test_v14_without_the_demo_there_is_no_account(app):
    assert session.scalar(select(func.count()).select_from(User)) == 0
