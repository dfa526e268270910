"""Counting: honest bases, one shape per kind of question, small numbers hidden, few statements."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import event

from participation.db import engine, session
from participation.surveys import counting, operations, queries
from participation.surveys.models import Survey
from tests.districts.makers import make_area, make_layer
from tests.surveys.makers import (
    make_definition,
    make_response,
    make_responses,
    make_survey,
    make_version,
    page,
    question,
)


def tables(survey: Survey, minimum: int = 5) -> dict[str, Any]:
    return counting.count(queries.published_versions(survey), minimum)[1]


def counted(survey: Survey, name: str, minimum: int = 5) -> dict[str, Any]:
    return tables(survey, minimum)["questions"][name]


def rows(table: dict[str, Any]) -> dict[str, int | None]:
    return {row["key"]: row["count"] for row in table["rows"]}


@pytest.mark.databases
def test_a_single_choice_is_counted_by_option_and_drafts_do_not_count(app):
    survey = make_survey()
    make_responses(survey, 8, {"colour": "red"})
    make_responses(survey, 6, {"colour": "green"})
    make_responses(survey, 3, {"colour": "blue"}, submitted=False)
    make_responses(survey, 5, {})
    table = counted(survey, "colour")
    assert rows(table) == {"red": 8, "green": 6, "blue": 0}
    assert table["base"] == 14


def test_several_options_are_counted_per_option_on_the_base_of_those_who_answered(app):
    choice = question("wishes", "multiple_choice", "park pool library")
    survey = make_survey(make_definition(page("first", choice)))
    make_responses(survey, 10, {"wishes": ["park", "pool"]})
    make_responses(survey, 7, {"wishes": ["park"]})
    make_responses(survey, 6, {"wishes": ["library"]})
    make_responses(survey, 9, {})
    table = counted(survey, "wishes")
    assert rows(table) == {"park": 17, "pool": 10, "library": 6}
    assert table["base"] == 23


def test_a_small_number_is_hidden_with_a_second_one_s1_s2(app):
    survey = make_survey()
    make_responses(survey, 20, {"colour": "red"})
    make_responses(survey, 7, {"colour": "green"})
    make_responses(survey, 2, {"colour": "blue"})
    assert rows(counted(survey, "colour")) == {"red": 20, "green": None, "blue": None}


def test_i_prefer_not_to_say_is_counted_apart_and_hidden_when_small(app):
    survey = make_survey(make_definition(page("first", question("colour", "single_choice", "red", may_withhold=True))))
    make_responses(survey, 9, {"colour": "red"})
    make_responses(survey, 6, {"colour": None})
    assert counted(survey, "colour")["withheld"] == 6
    assert counted(survey, "colour", minimum=7)["withheld"] is None
    assert counted(survey, "colour")["base"] == 9


def test_each_child_counts_in_a_repeat(app):
    child = page("child", question("care", "single_choice", "kita home"), repeat={"name": "children"})
    survey = make_survey(make_definition(child))
    for _ in range(6):
        make_response(survey, {("care", 1): "kita", ("care", 2): "home"})
    make_responses(survey, 3, {("care", 1): "kita"})
    table = counted(survey, "care")
    assert table["base"] == 15
    assert rows(table) == {"kita": 9, "home": 6}


def test_many_children_of_few_families_are_hidden_s1(app):
    child = page("child", question("care", "single_choice", "kita home"), repeat={"name": "children"})
    survey = make_survey(make_definition(child))
    make_responses(survey, 20, {("care", 1): "kita"})
    make_responses(survey, 2, {("care", number): "home" for number in range(1, 5)})
    assert rows(counted(survey, "care")) == {"kita": None, "home": None}


def test_a_scale_has_its_distribution_and_from_30_answers_on_a_mean_s3(app):
    survey = make_survey(make_definition(page("first", question("mood", "scale", least=1, most=5))))
    make_responses(survey, 14, {"mood": 2})
    make_responses(survey, 15, {"mood": 4})
    assert counted(survey, "mood")["mean"] is None
    make_responses(survey, 1, {"mood": 4})
    table = counted(survey, "mood")
    assert rows(table) == {"1": 0, "2": 14, "3": 0, "4": 16, "5": 0}
    assert table["mean"] == 3.1


def test_a_scale_with_hidden_points_tells_no_mean_that_would_give_them_away(app):
    survey = make_survey(make_definition(page("first", question("mood", "scale", least=1, most=5))))
    make_responses(survey, 40, {"mood": 2})
    make_responses(survey, 1, {"mood": 5})
    assert "mean" not in counted(survey, "mood")


def test_numbers_come_in_classes_that_are_large_enough_with_open_ends(app):
    survey = make_survey(make_definition(page("first", question("age", "whole_number"))))
    for age in range(20, 70):
        make_response(survey, {"age": age})
    make_response(survey, {"age": 107})
    table = counted(survey, "age")
    assert table["base"] == 51
    assert sum(row["count"] for row in table["rows"]) == 51
    assert all(row["count"] >= 5 for row in table["rows"])
    assert table["rows"][0]["least"] is None
    assert table["rows"][-1]["most"] is None  # 107 is not to be seen
    assert table["mean"] == 46  # 45.7 would tell too much about the one who is 107
    assert table["rows"][table["median"]]["least"] <= 45 <= table["rows"][table["median"]]["most"]


def test_small_whole_numbers_stay_single_and_only_rare_ones_are_joined(app):
    survey = make_survey(make_definition(page("first", question("children", "whole_number"))))
    for children, families in {0: 20, 1: 15, 2: 12, 3: 4, 5: 2}.items():
        make_responses(survey, families, {"children": children})
    ends = [(row["least"], row["most"], row["count"]) for row in counted(survey, "children")["rows"]]
    assert ends == [(0, 0, 20), (1, 1, 15), (2, 2, 12), (3, None, 6)]


def test_decimal_numbers_meet_at_the_ends_of_their_classes(app):
    survey = make_survey(make_definition(page("first", question("rent", "decimal_number"))))
    for number in range(40):
        make_response(survey, {"rent": 5 + number / 4})
    found = counted(survey, "rent")["rows"]
    assert all(one["most"] == following["least"] for one, following in pairwise(found))
    assert sum(row["count"] for row in found) == 40


def test_dates_are_counted_by_month_and_few_ones_are_joined(app):
    survey = make_survey(make_definition(page("first", question("moved", "date"))))
    for day in ["2024-01-03", "2024-01-30", "2024-02-01", "2024-05-05", "2024-05-06", "2024-05-07"]:
        make_response(survey, {"moved": day})
    assert counted(survey, "moved", minimum=3)["rows"] == [
        {"first": "2024-01", "last": "2024-02", "count": 3},
        {"first": "2024-05", "last": "2024-05", "count": 3},
    ]


def test_dates_that_reach_far_are_counted_by_year_or_decade(app):
    survey = make_survey(make_definition(page("first", question("born", "month"))))
    for year in range(1940, 2000):
        make_response(survey, {"born": f"{year}-07"})
    found = counted(survey, "born")["rows"]
    assert found[0] == {"first": "1940", "last": "1949", "count": 10}


def test_a_small_area_is_counted_with_the_neighbour_it_is_merged_into_s7(app):
    layer = make_layer(is_default=True)
    west, east = make_area("West", layer), make_area("Ost", layer)
    east.merged_into_id = west.id
    survey = make_survey(make_definition(page("first", question("home", "district"))))
    make_responses(survey, 6, {"home": str(west.id)})
    make_responses(survey, 3, {"home": str(east.id)})
    assert rows(counted(survey, "home")) == {str(west.id): 9}


def test_texts_are_only_counted(app):
    survey = make_survey(make_definition(page("first", question("idea", "long_text"))))
    make_responses(survey, 6, {"idea": "Mehr Bänke"})
    assert counted(survey, "idea") == {"kind": "text", "base": 6, "withheld": 0}


def test_days_are_joined_until_each_span_holds_enough(app):
    survey = make_survey()
    for day, number in {1: 2, 2: 3, 3: 6, 9: 1}.items():
        make_responses(survey, number, day=date(2026, 4, day))
    assert tables(survey)["days"] == [
        {"first": "2026-04-01", "last": "2026-04-02", "count": 5},
        {"first": "2026-04-03", "last": "2026-04-09", "count": 7},
    ]


def test_languages_and_the_pages_where_people_stopped_are_counted(app):
    survey = make_survey(make_definition(page("first", question("a")), page("second", question("b"))))
    make_responses(survey, 8, language="de")
    make_responses(survey, 5, language="tr")
    make_responses(survey, 6, submitted=False, reached="first")
    found = tables(survey)
    assert rows(found["languages"]) == {"de": 8, "tr": 5}
    assert rows(found["stopped"]) == {"first": 6, "second": 0}


def test_answers_to_an_older_wording_count_with_the_newer_one_if_it_asks_the_same(app):
    survey = make_survey()
    make_responses(survey, 5, {"colour": "blue"})
    newer = question("colour", "single_choice", "red yellow")
    survey.version = make_version(survey.questionnaire, make_definition(page("first", newer)), published=True)
    session.flush()
    make_responses(survey, 6, {"colour": "yellow"})
    assert rows(counted(survey, "colour")) == {"red": 0, "yellow": 6, "green": 0, "blue": 5}


def test_a_name_that_means_another_kind_of_question_now_is_not_mixed_up(app):
    survey = make_survey()
    make_responses(survey, 5, {"colour": "blue"})
    newer = make_definition(page("first", question("colour", "whole_number")))
    survey.version = make_version(survey.questionnaire, newer, published=True)
    session.flush()
    make_responses(survey, 6, {"colour": 7})
    assert counted(survey, "colour")["base"] == 6


def test_the_base_of_a_follow_up_question_does_not_tell_who_was_not_asked_s2(app):
    asked = page(
        "first",
        question("ill", "yes_no"),
        question("sport", "single_choice", "run swim", relevant="${ill} = 'no'"),
    )
    survey = make_survey(make_definition(asked))
    make_responses(survey, 30, {"ill": "no", "sport": "run"})
    make_responses(survey, 20, {"ill": "no", "sport": "swim"})
    make_responses(survey, 2, {"ill": "yes"})
    assert rows(counted(survey, "ill")) == {"yes": None, "no": None}
    assert counted(survey, "sport") == {"kind": "hidden"}


def test_a_follow_up_question_does_not_split_what_its_parents_table_keeps_together_s2(app):
    asked = page(
        "first",
        question("way", "single_choice", "bus bike boat"),
        question("helmet", "yes_no", relevant="${way} = 'bike'"),
    )
    survey = make_survey(make_definition(asked))
    make_responses(survey, 40, {"way": "bus"})
    make_responses(survey, 8, {"way": "bike", "helmet": "yes"})
    make_responses(survey, 2, {"way": "boat"})
    assert rows(counted(survey, "way")) == {"bus": 40, "bike": None, "boat": None}
    assert counted(survey, "helmet") == {"kind": "hidden"}  # 8 would tell 2 for the boat


def test_a_follow_up_question_of_a_large_group_is_shown(app):
    asked = page(
        "first",
        question("way", "single_choice", "bus bike"),
        question("helmet", "yes_no", relevant="${way} = 'bike'"),
    )
    survey = make_survey(make_definition(asked))
    make_responses(survey, 40, {"way": "bus"})
    make_responses(survey, 18, {"way": "bike", "helmet": "yes"})
    assert rows(counted(survey, "helmet")) == {"yes": 18, "no": 0}


@pytest.mark.parametrize(
    "kind",
    [
        "single_choice",
        "multiple_choice",
        "yes_no",
        "scale",
        "whole_number",
        "decimal_number",
        "short_text",
        "date",
        "month",
        "year",
        "district",
        "consent",
    ],
)
def test_a_question_that_nobody_answered_has_a_table_too(app, kind: str):
    facts = {"options": "a b"} if kind.endswith("choice") else {"least": 1, "most": 5} if kind == "scale" else {}
    survey = make_survey(make_definition(page("first", question("q", kind, **facts))))
    make_responses(survey, 6, {})
    assert counted(survey, "q")["base"] == 0


def test_however_many_questions_there_are_few_statements_count_them(app):
    many = [question(f"q{number}", "single_choice", "a b") for number in range(30)]
    survey = make_survey(make_definition(page("first", *many)))
    make_responses(survey, 6, {f"q{number}": "a" for number in range(30)})
    statements: list[str] = []
    listener = lambda *args: statements.append(args[2])  # noqa: E731  (SQLAlchemy wants a function it can take off again)
    event.listen(engine(), "before_cursor_execute", listener)
    operations.count_results(survey)
    event.remove(engine(), "before_cursor_execute", listener)
    assert len(statements) <= 6
