"""Real questionnaires: each is imported and can be answered to the end, or is refused with its reasons (F5)."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from participation.questionnaires.check import check
from participation.questionnaires.definition import Definition, Question, QuestionType, Section
from participation.questionnaires.filling import Filling, Given
from participation.questionnaires.xlsform.export import write
from participation.questionnaires.xlsform.reading import Reading, read
from tests.questionnaires.sheets import english

TODAY = date(2026, 5, 1)
# By file: pages, questions that people answer, languages, warnings
IMPORTED = {
    "all_types_survey.xlsx": (8, 26, "de", 11),
    "attribute_columns_test.xlsx": (6, 19, "en zh", 25),
    "blank_second_row.xls": (1, 1, "de", 1),
    "cascading_select_test_equivalent.xls": (1, 7, "de", 2),
    "case_insensitivity.xlsx": (1, 2, "en", 1),
    "odk_all_question_types.xlsx": (12, 54, "de", 29),
    "odk_socio_economic_en_fr.xlsx": (4, 15, "en fr", 2),
    "or_other.xlsx": (1, 3, "de", 3),
    "spaces_in_choices_header.xls": (1, 2, "de", 2),
    "table-list.xls": (3, 4, "de", 4),
    "testB_de_en.xlsx": (8, 40, "de en", 2),
    "tutorial.xls": (1, 10, "de", 3),
    "widgets.xls": (6, 21, "de", 12),
}
# By file: the reasons, as sheet, row and column (or a part of the sentence where it is about the whole file)
REFUSED = {
    "calculate_without_calculation.xls": [("survey", 34, "")],
    "duplicate_columns.xlsx": [("survey", 1, "E"), ("survey", 16, "C")],
    "service_rating.xlsx": [("survey", 4, "A"), ("survey", 35, "A")],
    "surveyjs_all_types_default_nl.json": "JSON",
    "unhcr_demo_en_ti_am_om.xlsx": [
        ("choices", 1, "D"),
        ("choices", 1, "F"),
        ("choices", 7, "B"),
        ("choices", 8, "B"),
        ("choices", 9, "B"),
        ("choices", 13, "B"),
    ],
    "unhcr_no_survey_sheet.xlsx": "There is no sheet called “survey”",
    # Questions that need files we do not have, and a person drawn by lot on whom a whole part depends.
    "unhcr_referential_no_language.xlsx": 25,
}
NOT_PUBLISHABLE = {
    "attribute_columns_test.xlsx": ["address"],  # a hint in Chinese only
    "case_insensitivity.xlsx": ["q2"],  # its filter compares two lists that have nothing in common
}
ANSWERS = ["1", "5", "11", "19", "40", "2026-05-01", "2030-01-01", "2014", "2014-03", "x", "a@city.example", "yes"]


@cache
def reading_of(path: Path) -> Reading:
    return read(path.read_bytes())


def test_every_sample_has_an_outcome(samples):
    names = {path.name for path in (samples / "surveys").iterdir()} - {"SOURCES.md"}
    assert {name for name in names if not name.startswith("limesurvey")} == {*IMPORTED, *REFUSED}


@pytest.mark.parametrize("name", IMPORTED)
def test_a_sample_is_imported_whole(samples, name):
    reading = reading_of(samples / "surveys" / name)
    assert reading.definition is not None
    asked = [question for question in reading.definition.questions.values() if question.is_asked]
    languages = " ".join(reading.definition.languages)
    assert (len(reading.definition.pages), len(asked), languages, len(reading.warnings)) == IMPORTED[name]


@pytest.mark.parametrize("name", REFUSED)
def test_a_sample_is_refused_with_its_reasons(samples, name):
    reading = reading_of(samples / "surveys" / name)
    assert reading.definition is None
    expected = REFUSED[name]
    if isinstance(expected, str):
        (problem,) = reading.refusals
        assert expected in english(problem.message)
    elif isinstance(expected, int):
        assert len(reading.refusals) == expected
        assert all(problem.row and problem.sheet for problem in reading.refusals)
    else:
        assert [(one.sheet, one.row, one.column) for one in reading.refusals] == expected


@pytest.mark.parametrize("name", IMPORTED)
def test_an_imported_sample_is_the_same_after_export_and_import(samples, name):
    reading = reading_of(samples / "surveys" / name)
    again = read(write(reading.definition, reading.title))
    assert (again.definition, again.title, again.refusals) == (reading.definition, reading.title, [])


@pytest.mark.parametrize("name", IMPORTED)
def test_an_imported_sample_can_be_answered_to_the_end(samples, name):
    definition = reading_of(samples / "surveys" / name).definition
    given: dict[tuple[str, int], Given] = {}
    for _round in range(1 + len(definition.questions)):
        filling = Filling(definition, given, TODAY)
        open_questions = list(unanswered(filling))
        if not open_questions:
            break
        question, instance = open_questions[0]
        given[question.name, instance] = acceptable(question, instance, filling)
    assert not open_questions
    assert len(filling.steps) >= len(definition.pages) - sum(1 for page in definition.pages if page.relevant)


@pytest.mark.parametrize("name", IMPORTED)
def test_the_check_says_which_imported_samples_cannot_be_published_yet(samples, name):
    found = check(reading_of(samples / "surveys" / name).definition)
    assert [one.question for one in found if one.is_refusal] == NOT_PUBLISHABLE.get(name, [])


def test_the_matrix_of_a_sample_arrives_as_a_matrix(samples):
    definition = reading_of(samples / "surveys" / "testB_de_en.xlsx").definition
    matrices = [element for page in definition.pages for element in page.elements if isinstance(element, Section)]
    assert [(one.is_matrix, len(one.elements)) for one in matrices] == [(True, 9), (True, 10), (True, 6)]


def test_the_repeat_of_a_sample_arrives_with_its_filtered_choices(samples):
    definition: Definition = reading_of(samples / "surveys" / "odk_socio_economic_en_fr.xlsx").definition
    assert [page.name for page in definition.pages if page.repeat] == ["familyMembers"]
    given = {("region", 0): Given(("Sindh",))}
    districts = Filling(definition, given, TODAY).options(definition.questions["district"], 0)
    assert [option.name for option in districts] == [
        "Garden",
        "Gulshan",
        "Hyderabad",
        "TandoTurel",
        "Thatta&ShahBunder",
    ]


def unanswered(filling: Filling):
    """Everything that is asked, shown and open, in order."""
    for step in filling.steps:
        for question in step.page.questions:
            key = question.name, step.instance
            if question.is_asked and key in filling.shown and key not in filling.answers:
                yield question, step.instance


def acceptable(question: Question, instance: int, filling: Filling) -> Given:
    """An answer that the question takes."""
    names = [option.name for option in filling.options(question, instance)]
    if question.type is QuestionType.SCALE:
        names = [str(int(question.least or 0))]
    for value in names or ANSWERS:
        if filling.accepts(question, instance, [value]):
            return Given((value,))
    raise AssertionError(f"no answer to {question.name} is accepted")
