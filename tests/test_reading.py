"""What people type is read strictly: any digits, many habits, never a guess (L11, L12, L13)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from participation.reading import Unreadable, day, decimal_number, moment, whole_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("-3", -3),
        ("−3", -3),
        ("+3", 3),
        ("007", 7),
        ("١٢", 12),
        ("۱۲", 12),
        ("\u200f١٢\u200e", 12),
        ("1 000", 1000),
        ("1\u202f000", 1000),
        ("1'000", 1000),
    ],
)
def test_whole_numbers_are_read_in_any_digits(typed, number):
    assert whole_number(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "x", "1,5", "1.5", "1.000", "1,000", "1٬000", "1e3", "0x10", "½", "²", "1" * 19, "--1", "1-"]
)
def test_what_is_no_whole_number_or_could_be_two_is_refused(typed):
    with pytest.raises(Unreadable):
        whole_number(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2,5", Decimal("2.5")),
        ("2.5", Decimal("2.5")),
        ("٢٫٥", Decimal("2.5")),
        ("۲٫۵", Decimal("2.5")),
        ("-0,125", Decimal("-0.125")),
        ("1234,567", Decimal("1234.567")),
        ("0.125", Decimal("0.125")),
        ("3", Decimal(3)),
    ],
)
def test_decimal_numbers_are_read_with_comma_or_point(typed, number):
    assert decimal_number(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "1.234", "1,234", "1.234.567", "1.234,5", "1,2,3", ",5", "5,", "NaN", "inf", "1e5", "1" * 16]
)
def test_a_number_that_could_be_a_thousand_as_well_is_not_guessed(typed):
    with pytest.raises(Unreadable):
        decimal_number(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "3.4.2026",
        "03.04.2026",
        "3. 4. 2026",
        "3/4/2026",
        "3-4-2026",
        "2026-04-03",
        "٣.٤.٢٠٢٦",
        "۰۳/۰۴/۲۰۲۶",
        "\u200f03.04.2026",
    ],
)
def test_a_day_is_never_read_as_month_first(typed):
    assert day(typed) == date(2026, 4, 3)


@pytest.mark.parametrize(
    "typed", ["", "x", "31.2.2026", "4/13/2026", "2026-13-01", "3.4.26", "0.1.2026", "3.4.20260", "29.2.2025"]
)
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(Unreadable):
        day(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "03.04.2026 18:00",
        "3.4.2026 18.00",
        "3.4.2026, 18:00 Uhr",
        "2026-04-03T18:00",
        "2026-04-03T18:00:00",
        "٣.٤.٢٠٢٦ ١٨:٠٠",
    ],
)
def test_a_moment_is_a_time_in_germany_and_kept_in_utc(typed):
    assert moment(typed) == datetime(2026, 4, 3, 16, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["", "18:00", "3.4.2026", "3.4.2026 24:00", "3.4.2026 18:60", "31.2.2026 18:00"])
def test_what_is_no_moment_is_refused(typed):
    with pytest.raises(Unreadable):
        moment(typed)


def test_a_time_that_never_happens_is_refused_by_name():
    with pytest.raises(Unreadable, match="does not exist"):
        moment("29.03.2026 02:30")


def test_a_time_that_happens_twice_is_refused_by_name():
    with pytest.raises(Unreadable, match="exists twice"):
        moment("26.10.2025 02:30")


def test_the_hours_around_the_change_are_read():
    assert moment("29.03.2026 03:00") == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert moment("26.10.2025 03:00") == datetime(2025, 10, 26, 2, tzinfo=UTC)
