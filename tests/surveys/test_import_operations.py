"""Making and replacing the questions of a survey from a file."""

import pytest
from sqlalchemy import func, select

from participation import clock
from participation.audit import AuditEntry
from participation.db import session
from participation.i18n import LocalizedText
from participation.questionnaires.models import QuestionnaireVersion, Response
from participation.surveys import importing, queries
from participation.surveys.import_models import SurveyImport
from participation.surveys.models import Survey
from tests.questionnaires.limesurvey_files import tabs
from tests.questionnaires.sheets import definition_of, file_of
from tests.surveys.makers import make_definition, make_survey

TITLE = LocalizedText(de="Familien in der Weststadt", tr="Aileler")
FILE = {"survey": "type | name | label::de\ntext | a | A", "settings": "form_title::de\nFamilien"}

pytestmark = pytest.mark.usefixtures("app")


def versions(survey: Survey) -> list[tuple[int, bool, list[str]]]:
    """Number, whether published, and questions of each wording, the youngest first."""
    session.expire_all()
    return [(one.number, one.published_at is not None, [*one.definition.questions]) for one in queries.versions(survey)]


def other_questions():
    return definition_of("type | name | label::de\ntext | other | A", "")


@pytest.mark.databases
def test_a_file_becomes_a_draft_that_residents_do_not_see():
    survey = importing.make_survey(other_questions(), TITLE)
    assert (survey.slug, survey.title, survey.published_at) == ("familien-in-der-weststadt", TITLE, None)
    assert versions(survey) == [(1, False, ["other"])]
    assert session.scalars(select(AuditEntry.action)).all() == ["survey.imported"]


@pytest.mark.databases
def test_new_questions_take_the_place_of_a_draft_and_of_what_staff_typed_to_try_it():
    survey = make_survey(published=False)
    draft = queries.draft_version(survey)
    session.add(Response(version_id=draft.id, language="de", touched_on=clock.today()))
    session.flush()
    importing.replace_questions(survey, other_questions())
    assert versions(survey) == [(1, False, ["other"])]
    assert session.scalar(select(func.count()).select_from(Response)) == 0


@pytest.mark.databases
def test_new_questions_stand_beside_a_published_wording_which_stays():
    survey = make_survey(make_definition())
    importing.replace_questions(survey, other_questions())
    assert versions(survey) == [(2, False, ["other"]), (1, True, ["colour"])]
    importing.replace_questions(survey, make_definition())
    assert versions(survey) == [(2, False, ["colour"]), (1, True, ["colour"])]


@pytest.mark.databases
def test_what_was_read_waits_for_its_confirmation():
    kept = importing.keep(importing.read_file(file_of(**FILE)), "C:\\Users\\me\\fami\x00lien.xlsx")
    assert (kept.file_name, kept.title) == ("familien.xlsx", {"de": "Familien"})
    survey = importing.confirm(kept)
    assert versions(survey) == [(1, False, ["a"])]
    assert session.scalar(select(func.count()).select_from(SurveyImport)) == 0


def test_what_nobody_confirmed_for_a_day_goes(stop_clock):
    stop_clock(2026, 4, 1, 12)
    importing.keep(importing.read_file(file_of(**FILE)), "first.xlsx")
    stop_clock(2026, 4, 2, 13)
    importing.keep(importing.read_file(file_of(**FILE)), "second.xlsx")
    assert session.scalars(select(SurveyImport.file_name)).all() == ["second.xlsx"]


def test_a_survey_made_with_limesurvey_becomes_a_draft_and_its_problems_are_kept():
    reading = importing.read_file(tabs("Q | S | a | 1 | Name?\nQ | : | b | 1 | Table"))
    kept = importing.keep(reading, "survey.tsv")
    session.flush()
    session.expire_all()
    assert [(one.sheet, one.row) for one in kept.problems] == [("b", 5)]
    assert versions(importing.confirm(kept, TITLE)) == [(1, False, ["a"])]


def test_problems_are_kept_and_told_in_the_language_of_the_reader():
    table = "type | name | label\nstart | s |\ntext | a | A"
    reading = importing.read_file(file_of(survey=table))
    kept = importing.keep(reading, "a.xlsx")
    session.flush()
    session.expire_all()
    assert kept.problems == list(reading.problems)


def test_a_short_name_that_is_taken_is_refused_and_a_made_one_gets_a_number():
    first = importing.make_survey(other_questions(), TITLE, "families")
    with pytest.raises(importing.SlugTaken):
        importing.make_survey(other_questions(), TITLE, first.slug)
    made = [importing.make_survey(other_questions(), TITLE).slug for _one in range(3)]
    assert made == ["familien-in-der-weststadt", "familien-in-der-weststadt-2", "familien-in-der-weststadt-3"]


@pytest.mark.parametrize("slug", ["Families", "a b", "-a", "a--b", "ä", "a/b", "a" * 81])
def test_a_short_name_that_does_not_fit_into_an_address_is_refused(slug):
    with pytest.raises(importing.SlugUnfit):
        importing.make_survey(other_questions(), TITLE, slug)


def test_a_refused_file_changes_nothing():
    reading = importing.read_file(file_of(survey="type | name | label\ncountry | a | A"))
    assert reading.definition is None
    assert session.scalar(select(func.count()).select_from(QuestionnaireVersion)) == 0
