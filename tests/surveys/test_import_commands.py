"""Bringing a questionnaire in by command."""

import pytest
from sqlalchemy import select

from participation.db import session
from participation.surveys.commands import surveys
from participation.surveys.models import Survey
from tests.questionnaires.sheets import file_of


@pytest.fixture
def run(app, tmp_path):
    def run(tables: dict[str, str], *options: str):
        path = tmp_path / "families.xlsx"
        path.write_bytes(file_of(**tables))
        return app.test_cli_runner().invoke(surveys, ["import", str(path), *options])

    return run


GOOD = {"survey": "type | name | label\ntext | a | A"}


def test_a_file_becomes_a_draft(run):
    answer = run(GOOD, "--slug", "families", "--title", "Familien")
    assert answer.exit_code == 0, answer.output
    assert "“families”: 1 pages, 1 questions, not published yet." in answer.output
    assert "survey:C1: warning: " in answer.output
    survey = session.scalars(select(Survey)).one()
    assert (survey.slug, survey.title, survey.published_at) == ("families", {"de": "Familien"}, None)


def test_the_name_of_the_file_stands_in_for_a_title(run):
    run(GOOD)
    assert session.scalars(select(Survey.title)).one() == {"de": "families"}


def test_texts_without_a_language_are_in_the_one_that_is_given(run):
    run(GOOD, "--language", "Türkçe")
    survey = session.scalars(select(Survey)).one()
    assert survey.questionnaire.versions[0].definition.languages == ("tr",)


def test_a_file_with_mistakes_changes_nothing_and_says_where_they_are(run):
    answer = run({"survey": "type | name | label\ncountry | a | A"})
    assert answer.exit_code == 1
    assert "survey:A2: error: " in answer.output
    assert session.scalars(select(Survey)).all() == []


@pytest.mark.parametrize("options", [["--language", "klingon"], ["--slug", "Not A Slug"]])
def test_options_that_make_no_sense_are_refused_in_words(run, options):
    answer = run(GOOD, *options)
    assert answer.exit_code == 1
    assert "Error:" in answer.output
