"""Small numbers: what is hidden cannot be worked out from what is shown (S1 to S4)."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.surveys import small_numbers
from participation.surveys.small_numbers import Cells, choices, merged, parts

MINIMA = st.integers(3, 6)
COUNTS = st.lists(st.integers(0, 14), min_size=1, max_size=4)


def possible(shown: Cells, minimum: int) -> list[set[int]]:
    """What each cell may be for a reader who sees the other cells and the sum: hidden cells are at least 1."""
    assert shown.base is not None
    rest = shown.base - sum(count for count in shown.counts if count is not None)
    hidden = [place for place, count in enumerate(shown.counts) if count is None]
    values: list[set[int]] = [set() for _ in shown.counts]
    for guess in product(range(1, rest + 1), repeat=len(hidden)):
        if sum(guess) == rest:
            for place, value in zip(hidden, guess, strict=True):
                values[place].add(value)
    return values


@given(COUNTS, MINIMA)
def test_no_hidden_part_can_be_computed_from_the_sum_and_its_neighbours_s2(counts: list[int], minimum: int):
    shown = parts(counts, minimum)
    if shown.base is None:
        assert set(shown.counts) == {None}
        return
    assert shown.base == sum(counts)
    for count, values in zip(shown.counts, possible(shown, minimum), strict=True):
        if count is None:
            assert len(values) >= minimum
            assert max(values) >= minimum  # not even that it is small can be told


@given(COUNTS, MINIMA)
def test_no_part_below_the_minimum_is_ever_shown_s1(counts: list[int], minimum: int):
    shown = parts(counts, minimum)
    assert all(count is None or count == 0 or count >= minimum for count in shown.counts)
    assert shown.base is None or shown.base == 0 or shown.base >= minimum


@given(COUNTS, MINIMA)
def test_nothing_is_hidden_where_every_part_is_large_enough(counts: list[int], minimum: int):
    large = [count + minimum if count else 0 for count in counts]
    assert parts(large, minimum) == Cells(tuple(large), sum(large))


def test_one_small_part_takes_the_next_smallest_along_s2():
    assert parts([40, 3, 12, 0], 5).counts == (40, None, None, 0)


def test_two_small_parts_that_share_too_little_take_a_third_along_s2():
    assert parts([40, 1, 2, 9], 5).counts == (40, None, None, None)


def test_a_part_from_many_answers_of_few_people_is_hidden():
    assert parts([40, 30, 20], 5, few={2}).counts == (40, None, None)


def test_a_total_below_the_minimum_is_left_out_s1():
    assert parts([2, 1], 5) == Cells((None, None), None)


@given(st.integers(0, 20), st.lists(st.integers(0, 20), min_size=1, max_size=4), MINIMA)
def test_neither_few_choosers_nor_few_others_are_ever_shown_s1(base: int, counts: list[int], minimum: int):
    counts = [min(count, base) for count in counts]
    shown = choices(counts, base, minimum)
    for count in shown.counts:
        if count is not None and shown.base is not None:
            assert count == 0 or count >= minimum
            assert base - count == 0 or base - count >= minimum


@given(st.data(), MINIMA)
def test_no_hidden_choice_can_be_computed_from_its_neighbours_s2(data: st.DataObject, minimum: int):
    """Everybody chose between `least` and `most` options, and the reader knows that too."""
    options = data.draw(st.integers(2, 4))
    most = data.draw(st.integers(1, options))
    least = data.draw(st.integers(1, most))
    picks = st.sets(st.integers(0, options - 1), min_size=least, max_size=most)
    people = data.draw(st.lists(picks, max_size=14))
    counts = [sum(place in chosen for chosen in people) for place in range(options)]
    shown = choices(counts, len(people), minimum, least=least, most=most)
    hidden = [place for place, count in enumerate(shown.counts) if count is None]
    if shown.base is None or len(hidden) == options:
        return
    base, known = shown.base, sum(count for count in shown.counts if count is not None)
    sums = range(least * base - known, most * base - known + 1)
    values: list[set[int]] = [set() for _ in hidden]
    for guess in product(range(1, base), repeat=len(hidden)):
        if sum(guess) in sums:
            for place, value in enumerate(guess):
                values[place].add(value)
    assert all(len(found) >= minimum for found in values)


def test_an_option_that_nearly_everybody_chose_is_hidden_too():
    assert choices([98, 40, 60], 100, 5).counts == (None, 40, 60)


def test_an_option_that_must_make_up_for_the_rest_does_not_stay_alone():
    assert choices([50, 47, 3], 100, 5).counts == (50, None, None)


@given(st.lists(st.integers(0, 9), max_size=12), MINIMA)
def test_joined_classes_cover_everything_and_are_large_enough(counts: list[int], minimum: int):
    groups = merged(counts, minimum)
    if sum(counts) < minimum:
        assert groups == []
        return
    assert [place for group in groups for place in group] == list(range(len(counts)))
    assert all(sum(counts[place] for place in group) >= minimum for group in groups)


@pytest.mark.parametrize(
    ("base", "share", "is_uncertain"), [(29, None, False), (30, 0.5, True), (49, 0.5, True), (50, 0.5, False)]
)
def test_shares_appear_from_30_and_are_certain_from_50_s3(base: int, share: float | None, is_uncertain: bool):
    found = small_numbers.share(base // 2 if base != 49 else 24, base)
    assert (found is None) if share is None else (found is not None and abs(found - share) < 0.02)
    assert small_numbers.is_uncertain(base) is is_uncertain


def test_a_mean_is_rounded_until_it_does_not_tell_how_a_joined_class_is_made_up():
    assert small_numbers.mean(75, 30) == 2.5
    assert small_numbers.mean(75, 29) is None
    assert small_numbers.mean(77, 30) == 2.6
    assert small_numbers.mean(77, 30, widest=4) == 2.5  # in steps of 0.5, not of 0.1
    assert small_numbers.mean(75, 30, widest=1_000_000) is None  # nothing is left of it


@pytest.mark.parametrize(("counted", "step"), [(0, 5), (40, 5), (100, 10), (250, 25), (1000, 30)])
def test_a_running_result_is_renewed_by_groups_s5(counted: int, step: int):
    assert small_numbers.step(counted, 5) == step
