"""What stops a questionnaire from being published, and what is only worth a look."""

from time import process_time
from typing import Any

import pytest

from participation.questionnaires.check import check
from participation.questionnaires.checking import findings, order, paths, promises, texts
from participation.questionnaires.definition import Definition
from tests.questionnaires.sheets import english

HERE = "page"


def question(name: str, kind: str = "yes_no", options: str = "", **facts: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"name": name, "type": kind, "label": {"de": name.upper()}, **facts}
    if options:
        made["options"] = [{"name": one, "label": {"de": one}} for one in options.split()]
    return made


def page(*elements: dict[str, Any], name: str = HERE, **facts: Any) -> dict[str, Any]:
    return {"name": name, "elements": list(elements), **facts}


def checked(*pages: dict[str, Any], languages: str = "de", offered: str = "") -> list[findings.Finding]:
    definition = Definition.from_json({"languages": languages.split(), "pages": list(pages)})
    return check(definition, offered.split())


def refusals(*pages: dict[str, Any]) -> list[tuple[str, str]]:
    """The question (or page) and the sentence of each refusal."""
    return [(one.question or one.page, one.message.message) for one in checked(*pages) if one.is_refusal]


def warnings(*pages: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.question or one.page, one.message.message) for one in checked(*pages) if not one.is_refusal]


def refused(*elements: dict[str, Any]) -> list[tuple[str, str]]:
    return refusals(page(*elements))


def test_a_questionnaire_in_order_has_nothing_to_say_about_it():
    asked = page(question("a"), question("b", relevant="${a} = 'yes'"), question("c", "long_text", is_required=True))
    assert checked(asked, offered="de") == []


def test_what_stops_comes_before_what_is_only_worth_a_look():
    kinds = [one.is_refusal for one in checked(page(question("a", relevant="false()")), offered="de tr")]
    assert kinds == [True, False]


# Order and circles


def test_an_expression_that_cannot_be_read_is_told_with_its_place():
    (finding,) = [one for one in checked(page(question("a", relevant="1 == 1"))) if one.is_refusal]
    assert english(finding.message).startswith("An expression cannot be read at character 4: ")


@pytest.mark.parametrize(
    "facts", [{"relevant": "${x} = 1"}, {"constraint": ". = ${x}"}, {"hint": {"de": "Hallo ${x}"}}]
)
def test_what_does_not_exist_cannot_be_referred_to(facts):
    assert refused(question("a", "short_text", **facts)) == [("a", findings.UNKNOWN_NAME.message)]


@pytest.mark.parametrize(
    "facts", [{"relevant": "${b} = 'yes'"}, {"label": {"de": "Hallo ${b}"}}, {"constraint": ". != ${b}"}]
)
def test_what_comes_later_cannot_be_referred_to(facts):
    assert refused(question("a", **facts), question("b")) == [("a", order.LATER.message)]


def test_a_page_cannot_depend_on_its_own_questions():
    assert refusals(page(question("a"), relevant="${a} = 'yes'")) == [("a", findings.CIRCLE.message)]


def test_a_constraint_may_speak_of_its_own_answer():
    assert refused(question("a", "whole_number", constraint="${a} > 3 and . < 9")) == []


def test_a_circle_is_told_once_and_with_everything_in_it():
    circle = [
        question("a", relevant="${c} = 'yes'"),
        question("b", relevant="${a} = 'yes'"),
        question("c", relevant="${b} = 'yes'"),
    ]
    (finding,) = [one for one in checked(page(*circle)) if one.is_refusal]
    assert english(finding.message) == "These depend on each other in a circle: a → c → b → a."
    assert set(finding.places) == {"a", "b", "c"}


def test_a_calculation_of_itself_is_a_circle():
    assert refused(question("n", "calculation", calculation="${n} + 1"), question("a")) == [
        ("n", findings.CIRCLE.message)
    ]


def test_a_page_that_repeats_may_ask_how_often_it_comes():
    children = page(question("a", relevant="count(${child}) > 1"), name="child", repeat={"name": "child"})
    assert refusals(children, page(question("b", relevant="count(${child}) > 2"), name="after")) == []


def test_one_answer_out_of_several_is_worth_a_look():
    children = page(question("a"), name="child", repeat={"name": "child"})
    after = page(question("b", relevant="${a} = 'yes'"), question("c", relevant="sum(${a}) > 1"), name="after")
    assert ("b", order.FIRST_ONLY.message) in warnings(children, after)
    assert ("c", order.FIRST_ONLY.message) not in warnings(children, after)


def test_a_word_without_quotation_marks_is_told():
    assert refused(question("a"), question("b", relevant="${a} = yes"))[0] == ("b", order.BARE_WORD.message)


# Paths


@pytest.mark.parametrize(
    "relevant",
    [
        "false()",
        "1 = 2",
        "${colour} = 'green'",
        "selected(${several}, 'green')",
        "${colour} = 'red' and ${colour} = 'blue'",
        "${colour} = 'red' and not(selected(${colour}, 'red'))",
        "${age} > 18 and ${age} < 10",
        "${age} < 0",
        "${shade} = 'dark' and ${colour} = 'blue'",
        "${double} = 'rr' and ${colour} = 'blue'",
        "${sure} = 'yes' and ${sure} = 'no'",
        "${rating} > 5",
        "${name} = 'a' and ${name} = 'b'",
        "selected(${several}, 'none') and selected(${several}, 'red')",
        "${adult} = 'yes' and ${age} = 17",
    ],
)
def test_a_question_that_no_path_reaches_is_found(relevant):
    assert refused(*known_answers(), question("x", relevant=relevant)) == [("x", paths.NEVER_REACHED.message)]


@pytest.mark.parametrize(
    "relevant",
    [
        "${colour} = 'red'",
        "not(selected(${colour}, 'red'))",
        "selected(${several}, 'red') and selected(${several}, 'blue')",
        "${age} > 17 and ${age} < 19",
        "${age} = ''",
        "${age} * 7 = 84",
        "${shade} = 'dark' and ${colour} = 'red'",
        "${double} = 'rr'",
        "string-length(${name}) > 100",
        "regex(${name}, '[0-9]{5}')",
        "${born} < today()",
        "${rating} = 5",
        "count-selected(${several}) = 2",
    ],
)
def test_a_question_that_some_path_reaches_is_let_pass(relevant):
    assert refused(*known_answers(), question("x", relevant=relevant)) == []


def known_answers() -> list[dict[str, Any]]:
    several = question("several", "multiple_choice", "red blue none")
    several["options"][2]["is_exclusive"] = True
    return [
        question("colour", "single_choice", "red blue"),
        several,
        question("shade", "single_choice", "dark light", relevant="${colour} = 'red'"),
        question("age", "whole_number", least=0, most=120),
        question("adult", relevant="${age} >= 18"),
        question("name", "short_text"),
        question("born", "date"),
        question("rating", "scale", least=1, most=5),
        question("sure"),
        question("double", "calculation", calculation="if(${colour} = 'red', 'rr', '')"),
    ]


def test_a_page_and_a_section_out_of_reach_are_told_once():
    lost = page(question("b"), question("c"), name="lost", relevant="${a} = 'maybe'")
    assert refusals(page(question("a")), lost) == [("lost", paths.PAGE_NEVER_REACHED.message)]
    section = {"name": "s", "relevant": "${a} = 'maybe'", "elements": [question("b"), question("c")]}
    assert refused(question("a"), section) == [(HERE, paths.SECTION_NEVER_REACHED.message)]


def test_conditions_that_only_contradict_each_other_together_are_found():
    inner = question("b", relevant="${a} = 'no'")
    assert refusals(page(question("a")), page(inner, question("c"), name="second", relevant="${a} = 'yes'")) == [
        ("b", paths.NEVER_REACHED.message)
    ]


def test_a_value_that_is_no_option_is_worth_a_look():
    asked = page(question("a"), question("b", relevant="${a} = 'yes' or ${a} = 'maybe'"))
    (finding,) = checked(asked)
    assert english(finding.message) == "A condition here compares “a” with “maybe”, which is not one of its options."


def test_a_filter_that_leaves_nothing_is_found():
    filtered = question("b", "single_choice", "x y", choice_filter="tone = ${a}")
    filtered["options"][0]["attributes"] = {"tone": "warm"}
    filtered["options"][1]["attributes"] = {"tone": "cold"}
    assert refused(question("a"), filtered) == [("b", paths.NO_OPTION_LEFT.message)]
    filtered["options"][1]["attributes"] = {"tone": "no"}
    assert refused(question("a"), filtered) == []


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        (question("a", "whole_number", constraint=". > 10 and . < 5", is_required=True), True),
        (question("a", "whole_number", constraint=". > 10", most=5, is_required=True), True),
        (question("a", "yes_no", constraint=". = 'maybe'", is_required=True), True),
        (question("a", "short_text", constraint="false()", is_required=True), True),
        (question("a", "short_text", constraint="regex(., '[a-z]+@[a-z]+')", is_required=True), False),
        (question("a", "whole_number", constraint=". >= 18 and . <= 120", is_required=True), False),
        (question("a", "date", constraint=". <= today()", is_required=True), False),
        (question("a", "multiple_choice", "x y z", constraint="count-selected(.) <= 2", is_required=True), False),
    ],
)
def test_a_required_question_that_takes_no_answer_is_found(asked, is_found):
    assert refused(asked) == ([("a", paths.NEVER_ACCEPTED.message)] if is_found else [])


def test_an_optional_question_that_takes_no_answer_is_worth_a_look():
    asked = question("a", constraint=". = 'maybe'")
    assert ("a", paths.NEVER_ACCEPTED.message) in warnings(page(asked))


def test_very_many_conditions_take_bounded_work():
    many = [question(f"q{one}", "single_choice", "a b c d e f") for one in range(30)]
    condition = " and ".join(f"${{q{one}}} = 'a'" for one in range(30)) + " and ${q29} = 'b'"
    begun = process_time()
    checked(page(*many, *[question(f"x{one}", relevant=f"{condition} and {one} = {one}") for one in range(20)]))
    assert process_time() - begun < 20  # a bound for a hang, not for speed


# Promises


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (question("a", is_sensitive=True, is_required=True), promises.SENSITIVE_REQUIRED),
        (question("a", "single_choice"), promises.NO_OPTIONS),
        (question("a", "whole_number", least=5, most=1), promises.BOUNDS_CROSSED),
        (question("a", "multiple_choice", "x y", least=3), promises.TOO_FEW_OPTIONS),
        (question("a", "scale"), promises.NO_SCALE),
    ],
)
def test_a_question_that_cannot_keep_its_promise_is_found(asked, message):
    assert ("a", message.message) in refused(asked)


def test_a_sensitive_question_wants_a_consent_before_it():
    sensitive = question("a", is_sensitive=True)
    assert ("a", promises.SENSITIVE_WITHOUT_CONSENT.message) in warnings(page(sensitive))
    assert warnings(page(question("ok", "consent"), sensitive)) == []


def test_a_questionnaire_that_asks_nothing_is_refused():
    assert refused(question("a", "information")) == [("", promises.NOTHING_ASKED.message)]


def test_names_stand_once():
    assert refusals(page(question("a")), page(question("a"), name="second")) == [("a", promises.NAME_TWICE.message)]
    assert refusals(page(question("a")), page(question("b"))) == [(HERE, promises.NAME_TWICE.message)]


# Texts


def test_a_text_without_german_is_refused_where_there_is_german():
    asked = page(question("a", hint={"tr": "Ad"}), title={"tr": "Sayfa"})
    found = [one for one in checked(asked, languages="de tr") if one.is_refusal]
    assert [(one.question or one.page, one.language) for one in found] == [(HERE, "de"), ("a", "de")]
    assert {one.message.message for one in found} == {texts.MISSING_IN_SOURCE.message}


def test_a_question_or_option_without_any_words_is_refused():
    asked = question("a", "single_choice", "x", label={})
    asked["options"][0]["label"] = {}
    assert [message for _name, message in refused(asked)] == [
        texts.WITHOUT_LABEL.message,
        texts.OPTION_WITHOUT_LABEL.message,
    ]


def test_gaps_are_counted_by_language_with_their_places():
    asked = page(question("a", label={"de": "A", "tr": "A"}), question("b"), question("c", hint={"de": "C"}))
    (finding,) = checked(asked, languages="de tr")
    assert english(finding.message) == "Texts are missing in Türkçe: 3 of 4."
    assert (finding.language, finding.places, finding.is_refusal) == ("tr", ("b", "c"), False)


def test_languages_of_the_site_that_are_missing_altogether_are_told_once():
    (finding,) = checked(page(question("a")), offered="de tr ar")
    assert "Türkçe" in english(finding.message)
    assert "العربية" in english(finding.message)
