"""Reading what was posted: strictly, with a sentence for each mistake, and nothing guessed."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from participation.i18n import LocalizedText, speaking
from participation.questionnaires import replies
from participation.questionnaires.definition import ChoiceStyle, Question, QuestionType
from participation.questionnaires.filling import Filling, Given
from tests.questionnaires.makers import (
    DECIMAL,
    MULTIPLE,
    SCALE,
    SINGLE,
    TEXT,
    TODAY,
    WHOLE,
    YES_NO,
    ask,
    page,
    questionnaire,
)


@pytest.fixture(autouse=True)
def english(app):
    """The sentences of the code."""
    with speaking("en"):
        yield


class TwoAreas:
    """A city with two areas; one street runs through both."""

    def areas(self, _layer: str) -> dict[str, LocalizedText]:
        return {"1": LocalizedText(de="Nord"), "2": LocalizedText(de="Süd")}

    def by_street(self, typed: str, _layer: str) -> list[str]:
        return {"Markt": ["1"], "Ring": ["1", "2"]}.get(typed, [])


def read(question: Question, *pairs: tuple[str, str], shown: bool = True) -> replies.Replies:
    """Post one question's fields and read them."""
    definition = questionnaire(page("one", question))
    before = Filling(definition, {}, TODAY)
    form = MultiDict([(f"q.{name}", value) for name, value in pairs] + ([("shown", question.name)] if shown else []))
    sent = replies.read(before.steps[0], before, form, TwoAreas())
    after = Filling(definition, sent.answers, TODAY)
    replies.judge(before.steps[0], after, form, sent)
    return sent


def values(question: Question, *pairs: tuple[str, str]) -> tuple[str, ...]:
    """The values that were read without a mistake."""
    sent = read(question, *pairs)
    assert not sent.errors
    return sent.answers[question.name, 0].values


def mistake(question: Question, *pairs: tuple[str, str]) -> str:
    """The sentence that was answered."""
    return read(question, *pairs).errors[question.name]


@pytest.mark.parametrize("typed", ["12", " 12 ", "١٢", "۱۲", "+12"])
def test_l12_whole_numbers_are_read_in_any_digits(typed):
    assert int(values(ask("n", WHOLE), ("n", typed))[0]) == 12


@pytest.mark.parametrize("typed", ["zwölf", "1.000", "1,5", "12 Kinder", "∞", "NaN", "1e9", "²", "9" * 30])
def test_l12_what_is_no_clear_whole_number_is_refused(typed):
    assert mistake(ask("n", WHOLE), ("n", typed))


@pytest.mark.parametrize(("typed", "value"), [("2,5", "2.5"), ("2.5", "2.5"), ("٢٫٥", "2.5"), ("-0,25", "-0.25")])
def test_l12_fractions_may_have_comma_or_point(typed, value):
    assert values(ask("n", DECIMAL), ("n", typed)) == (value,)


def test_l12_a_thousand_or_a_fraction_is_asked_and_not_guessed():
    assert "thousand" in mistake(ask("n", DECIMAL), ("n", "1.234"))


def test_numbers_keep_within_their_bounds():
    question = ask("n", WHOLE, least=0, most=12)
    assert mistake(question, ("n", "13")) == "Please enter a number from 0 to 12."
    assert values(question, ("n", "12")) == ("12",)


def test_a_required_question_needs_an_answer_and_an_optional_one_does_not():
    assert mistake(ask("a", TEXT, is_required=True))
    assert not read(ask("a", TEXT)).errors


def test_what_was_not_shown_is_not_missed_but_asked_next():
    sent = read(ask("a", TEXT, is_required=True), shown=False)
    assert not sent.errors
    assert sent.unseen == ["a"]


def test_an_option_that_was_never_offered_is_refused():
    assert mistake(ask("a", SINGLE, "red green"), ("a", "blue"))
    assert mistake(ask("a", MULTIPLE, "red green"), ("a", "red"), ("a", "blue"))
    assert mistake(ask("a", YES_NO), ("a", "maybe"))
    assert mistake(ask("a", SCALE, least=1, most=5), ("a", "6"))


def test_a_searchable_list_finds_what_was_typed_in_any_spelling():
    town = ask("town", SINGLE, "gelsenkirchen moers mönchengladbach", style=ChoiceStyle.SEARCHABLE, may_withhold=True)
    assert values(town, ("town", "gelsenkirchen")) == ("gelsenkirchen",)
    assert values(town, ("town", "Moenchen")) == ("mönchengladbach",)
    assert "letters" in mistake(town, ("town", "m"))
    assert "find" in mistake(town, ("town", "Atlantis"))
    assert read(town, ("town:withheld", "1")).answers["town", 0].is_withheld


def test_none_of_these_stands_alone():
    question = ask("a", MULTIPLE, "red green none!")
    assert mistake(question, ("a", "red"), ("a", "none"))
    assert values(question, ("a", "none")) == ("none",)


def test_as_many_options_as_asked_for():
    question = ask("a", MULTIPLE, "red green blue none!", least=2, most=2)
    assert mistake(question, ("a", "red")) == "Please choose at least 2 options."
    assert mistake(question, ("a", "red"), ("a", "green"), ("a", "blue")) == "Please choose at most 2 options."
    assert values(question, ("a", "green"), ("a", "red")) == ("red", "green")
    assert values(question, ("a", "none")) == ("none",)


def test_prefer_not_to_say_is_kept_apart_from_not_answered():
    choice = ask("a", SINGLE, "red green", may_withhold=True, is_required=True)
    number = ask("n", WHOLE, may_withhold=True, is_required=True)
    assert read(choice, ("a", "~")).answers["a", 0] == Given(is_withheld=True)
    assert read(number, ("n:withheld", "1")).answers["n", 0] == Given(is_withheld=True)
    assert mistake(number, ("n", "3"), ("n:withheld", "1"))
    assert mistake(ask("b", SINGLE, "red", is_required=True), ("b", "~"))


@pytest.mark.parametrize(("parts", "day"), [(("4", "5", "2026"), "2026-05-04"), (("٠٤", "٠٥", "٢٠٢٦"), "2026-05-04")])
def test_l11_a_date_is_day_month_year(parts, day):
    fields = zip(("d:day", "d:month", "d:year"), parts, strict=True)
    assert values(ask("d", QuestionType.DATE), *fields) == (date.fromisoformat(day).isoformat(),)


@pytest.mark.parametrize("parts", [("31", "2", "2026"), ("5", "", "2026"), ("1", "13", "2026"), ("x", "y", "z")])
def test_a_day_that_does_not_exist_is_refused(parts):
    assert mistake(ask("d", QuestionType.DATE), *zip(("d:day", "d:month", "d:year"), parts, strict=True))


def test_months_and_years():
    month = ask("m", QuestionType.MONTH)
    assert values(month, ("m:month", "3"), ("m:year", "2024")) == ("2024-03",)
    assert mistake(month, ("m:month", "3"))
    assert mistake(month, ("m:month", "13"), ("m:year", "2024"))
    assert values(ask("y", QuestionType.YEAR), ("y", "2019")) == ("2019",)
    assert mistake(ask("y", QuestionType.YEAR), ("y", "19"))


def test_of_a_street_only_the_area_is_kept():
    question = ask("a", QuestionType.DISTRICT)
    assert values(question, ("a:street", "Markt")) == ("1",)
    assert values(question, ("a", "2")) == ("2",)
    assert mistake(question, ("a:street", "Ring"))
    assert mistake(question, ("a:street", "Mond"))
    assert mistake(question, ("a", "77"))


def test_long_texts_are_refused_and_not_cut():
    assert "600" in mistake(ask("t", TEXT), ("t", "x" * 600))


def test_a_constraint_speaks_with_its_own_words():
    question = ask("n", WHOLE, constraint=". mod 2 = 0", constraint_message=LocalizedText(de="Nur gerade Zahlen."))
    assert mistake(question, ("n", "3")) == "Nur gerade Zahlen."
    assert values(question, ("n", "4")) == ("4",)


def test_consent_is_a_box_that_was_ticked():
    question = ask("c", QuestionType.CONSENT, is_required=True)
    assert mistake(question) == "We need your agreement here to go on."
    assert values(question, ("c", "yes")) == ("yes",)


def test_v6_fields_of_other_questions_are_noticed():
    filling = Filling(questionnaire(page("one", ask("a")), page("two", ask("b"))), {}, TODAY)
    assert list(replies.foreign_fields(filling.steps[0], MultiDict([("q.a", "1"), ("q.b", "2"), ("to", "next")]))) == [
        "q.b"
    ]
