"""A definition and its document say the same."""

import json

import pytest

from participation.i18n import LocalizedText
from participation.questionnaires.definition import Definition, Page, Question, QuestionType, Section
from tests.questionnaires.definitions import Lottery

NAME = Question(name="name", type=QuestionType.SHORT_TEXT, label=LocalizedText(de="Name"))


@pytest.mark.parametrize("seed", range(20))
def test_a_definition_survives_its_document(seed):
    definition = Lottery(seed).definition()
    document = json.loads(json.dumps(definition.to_json()))
    assert Definition.from_json(document) == definition


def test_a_document_holds_only_what_is_not_usual():
    definition = Definition(languages=("de",), pages=(Page(name="p", elements=(NAME,)),))
    assert definition.to_json() == {
        "languages": ["de"],
        "pages": [
            {"name": "p", "elements": [{"name": "name", "type": "short_text", "label": {"de": "Name"}}]},
        ],
    }


def test_questions_are_found_in_sections_too_and_know_their_page():
    page = Page(name="p", elements=(Section(name="s", elements=(Section(name="t", elements=(NAME,)),)),))
    definition = Definition(languages=("tr", "de"), pages=(page,))
    assert definition.questions == {"name": NAME}
    assert definition.page_of == {"name": page}


def test_german_is_the_source_where_there_is_german_else_the_first_language():
    assert Definition(languages=("tr", "de"), pages=()).source_language == "de"
    assert Definition(languages=("tr", "ar"), pages=()).source_language == "tr"
