"""What is shown, in which order, and what leaves again."""

import dataclasses

from participation.i18n import LocalizedText
from participation.questionnaires.definition import Option, QuestionType
from participation.questionnaires.filling import Filling, Given
from participation.questionnaires.wording import words
from tests.questionnaires.makers import (
    MULTIPLE,
    SINGLE,
    TODAY,
    WHOLE,
    YES_NO,
    ask,
    each,
    filled,
    page,
    path,
    questionnaire,
)

FAMILY = questionnaire(
    page("home", ask("children", WHOLE)),
    page(
        "child",
        ask("age", WHOLE),
        ask("school", SINGLE, "primary secondary", relevant="${age} >= 6"),
        repeat=each("each_child", "${children}", least=0),
    ),
    page("end", ask("wish")),
)


def test_a_page_comes_once_per_counted_child():
    assert path(filled(FAMILY, children="2")) == ["home", "child 1", "child 2", "end"]


def test_no_child_no_page():
    assert path(filled(FAMILY, children="0")) == path(filled(FAMILY)) == ["home", "end"]


def test_a_repeat_never_grows_beyond_its_bound():
    assert len(filled(FAMILY, children="9999999").steps) == 2 + 20


def test_logic_looks_at_the_same_child():
    filling = filled(FAMILY, children="2", age__1="4", age__2="8", school__1="primary", school__2="primary")
    school = FAMILY.questions["school"]
    assert not filling.is_shown(school, 1)
    assert filling.is_shown(school, 2)


def test_an_answer_that_logic_hides_leaves_the_response():
    filling = filled(FAMILY, children="1", age__1="4", school__1="primary")
    assert ("school", 1) not in filling.answers


def test_a_hidden_answer_no_longer_steers_what_comes_after_it():
    chain = questionnaire(
        page("one", ask("pet", YES_NO)),
        page("two", ask("kind", SINGLE, "dog cat", relevant="${pet} = 'yes'")),
        page("three", ask("walks", YES_NO, relevant="${kind} = 'dog'")),
    )
    assert path(filled(chain, pet="yes", kind="dog")) == ["one", "two", "three"]
    assert path(filled(chain, pet="no", kind="dog", walks="yes")) == ["one"]


def test_whoever_has_fewer_children_than_before_loses_the_answers_of_the_others():
    filling = filled(FAMILY, children="1", age__1="4", age__2="8")
    assert ("age", 2) not in filling.answers


def test_a_person_adds_as_many_as_there_are():
    bicycles = questionnaire(page("bicycle", ask("colour"), repeat=each("bicycles", most=3)))
    first = filled(bicycles)
    assert path(first) == ["bicycle 1"]
    assert first.can_add(first.steps[-1])
    second = Filling(bicycles, {}, TODAY, opened=("bicycle", 2))
    assert path(second) == ["bicycle 1", "bicycle 2"]
    assert path(Filling(bicycles, {}, TODAY, opened=("bicycle", 3))) == ["bicycle 1"]
    full = filled(bicycles, colour__3="red")
    assert path(full) == ["bicycle 1", "bicycle 2", "bicycle 3"]
    assert not full.can_add(full.steps[-1])
    assert full.can_remove(full.steps[1])


def test_calculated_values_follow_the_answers():
    sums = questionnaire(
        page("one", ask("adults", WHOLE), ask("children", WHOLE)),
        page("two", ask("all", QuestionType.CALCULATION, calculation="${adults} + ${children}"), ask("why")),
        page("three", ask("big", relevant="${all} > 4")),
    )
    filling = filled(sums, adults="2", children="3")
    assert filling.answers["all", 0] == Given(("5",))
    assert path(filling) == ["one", "two", "three"]


def test_a_page_with_nothing_to_show_is_left_out():
    only_sums = questionnaire(
        page("one", ask("a", WHOLE)), page("two", ask("b", QuestionType.CALCULATION, calculation="1"))
    )
    assert path(filled(only_sums)) == ["one"]


def test_withheld_is_an_answer_but_steers_nothing():
    filling = filled(FAMILY, children="~")
    assert filling.answers["children", 0].is_withheld
    assert path(filling) == ["home", "end"]


def test_a_choice_filter_leaves_the_options_that_fit_and_drops_what_no_longer_does():
    towns = tuple(
        Option(name=name, label=LocalizedText(de=name), attributes={"state": state})
        for name, state in (("krefeld", "nrw"), ("hamm", "nrw"), ("mainz", "rlp"))
    )
    town = dataclasses.replace(ask("town", SINGLE), options=towns, choice_filter="state = ${state}")
    places = questionnaire(page("one", ask("state", SINGLE, "nrw rlp")), page("two", town))
    filling = filled(places, state="nrw", town="mainz")
    assert [option.name for option in filling.options(town, 0)] == ["krefeld", "hamm"]
    assert ("town", 0) not in filling.answers


def test_a_choice_without_any_option_left_is_not_asked():
    krefeld = Option(name="krefeld", label=LocalizedText(de="Krefeld"), attributes={"state": "nrw"})
    town = dataclasses.replace(ask("town", SINGLE), options=(krefeld,), choice_filter="state = ${state}")
    places = questionnaire(page("one", ask("state")), page("two", town))
    assert path(filled(places, state="rlp")) == ["one"]
    assert path(filled(places, state="nrw")) == ["one", "two"]


def test_earlier_answers_are_inserted_with_their_labels(app):
    pets = questionnaire(
        page("one", ask("pet", MULTIPLE, "dog cat")),
        page("two", dataclasses.replace(ask("name"), label=LocalizedText(de="Wie heißt ${pet}?"))),
    )
    label = pets.questions["name"].label
    assert str(words(label, filled(pets, pet=["dog", "cat"]), 0)) == "Wie heißt Dog und Cat?"
    assert str(words(label, filled(pets), 0)) == "Wie heißt …?"


def test_a_broken_expression_never_hides_a_question():
    broken = questionnaire(page("one", ask("a", relevant="${b} +"), ask("b")))
    assert path(filled(broken)) == ["one"]
