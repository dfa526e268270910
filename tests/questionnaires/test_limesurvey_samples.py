"""Real surveys made with LimeSurvey are imported and can be answered to the end (F6)."""

import csv

import pytest

from participation.questionnaires.check import check
from participation.questionnaires.definition import Section
from participation.questionnaires.filling import Filling, Given
from participation.questionnaires.limesurvey.reading import read
from participation.questionnaires.xlsform import reading as xlsform
from participation.questionnaires.xlsform.export import write
from tests.questionnaires.sheets import warned
from tests.questionnaires.test_xlsform_samples import TODAY, acceptable, unanswered

BIG = "limesurvey_2017_de_en.tsv.txt"
# By file: groups with a title of their own, questions that people answer, options, languages, warnings
IMPORTED = {
    BIG: (7, 127, 1401, "en de", 9),
    "limesurvey_questionnaire_for_testing.lss": (1, 4, 6, "en", 1),
    "limesurvey_two_languages.lss": (1, 1, 0, "en et", 1),
}


@pytest.fixture(params=IMPORTED)
def sample(request, samples):
    return request.param, read((samples / "surveys" / request.param).read_bytes())


def test_every_sample_of_limesurvey_has_an_outcome(samples):
    assert {path.name for path in (samples / "surveys").glob("limesurvey*")} == set(IMPORTED)


def test_a_sample_is_imported(sample):
    name, reading = sample
    assert reading.definition is not None
    assert reading.title
    titles = {str(page.title) for page in reading.definition.pages if page.title}
    questions = reading.definition.questions.values()
    asked = [question for question in questions if question.is_asked]
    options = sum(len(question.options) for question in questions)
    languages = " ".join(reading.definition.languages)
    assert (len(titles), len(asked), options, languages, len(reading.warnings)) == IMPORTED[name]


def test_an_imported_sample_can_be_answered_to_the_end(sample):
    definition = sample[1].definition
    given: dict[tuple[str, int], Given] = {}
    for _round in range(1 + len(definition.questions)):
        filling = Filling(definition, given, TODAY)
        open_questions = list(unanswered(filling))
        if not open_questions:
            break
        question, instance = open_questions[0]
        if question.name.startswith("prevEmp2_"):  # the places of a ranking take an option once
            names = [option.name for option in question.options]
            free = next(one for one in names if filling.accepts(question, instance, [one]))
            given[question.name, instance] = Given((free,))
        else:
            given[question.name, instance] = acceptable(question, instance, filling)
    assert not open_questions
    assert len(filling.steps) == len(definition.pages)


def test_an_imported_sample_can_be_published(sample):
    assert [one.question for one in check(sample[1].definition) if one.is_refusal] == []


def test_an_imported_sample_is_the_same_after_export_and_import(sample):
    again = xlsform.read(write(sample[1].definition, sample[1].title))
    assert (again.definition, again.refusals) == (sample[1].definition, [])


def test_nothing_of_the_big_sample_is_lost(samples):
    path = samples / "surveys" / BIG
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["language"] == "en"]
    definition = read(path.read_bytes()).definition
    written = {(one.name, str(option.name)) for one in definition.questions.values() for option in one.options}
    tables = {element.name for page in definition.pages for element in page.elements if isinstance(element, Section)}
    question = ""
    for row in rows:
        if row["class"] == "Q":
            question, kind = row["name"], row["type/scale"]
            known = {*definition.questions, *(name.rpartition("_")[0] for name in definition.questions), *tables}
            assert question in known
        elif row["class"] == "SQ" and kind == "F":
            assert f"{question}_{row['name']}" in definition.questions
        elif row["class"] == "SQ" and kind == "M":
            assert (question, row["name"]) in written
        elif row["class"] == "A":
            assert any(name.startswith(question) and code == row["name"] for name, code in written)


def test_the_big_sample_speaks_german_without_region_and_without_markup(samples):
    reading = read((samples / "surveys" / BIG).read_bytes())
    welcome = reading.definition.questions["welcome"].label
    assert "<" not in welcome["de"]
    assert welcome["de"].startswith("Die Umfrage adressiert Personen")
    assert [one for one in warned(reading) if "order" in one]
