"""Putting numbers and dates into classes that are large enough to be shown (S1). Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from participation.surveys import small_numbers

MOST_CLASSES = 10
MOST_MONTHS = 18
NICE = (1, 2, 5, 10)


@dataclass(frozen=True)
class NumberClass:
    """Answers from `least` up to `most`; one end is open where the class gathers what lies outside."""

    least: float | None
    most: float | None
    count: int
    values: tuple[tuple[float, int], ...]

    @property
    def width(self) -> float:
        """How far its answers lie apart."""
        return self.values[-1][0] - self.values[0][0]


def number_classes(distribution: dict[float, int], minimum: int, *, is_whole: bool) -> list[NumberClass]:
    """Classes of even width over what most people answered; small ones are joined, the outer ones open where needed."""
    values = sorted(distribution.items())
    width = _width(values, is_whole=is_whole)
    first, last = floor(_quantile(values, 0.05) / width), floor(_quantile(values, 0.95) / width)
    boxes: list[list[tuple[float, int]]] = [[] for _ in range(last - first + 1)]
    for value, count in values:
        boxes[min(max(floor(value / width), first), last) - first].append((value, count))
    groups = small_numbers.merged([sum(count for _, count in box) for box in boxes], minimum)
    return [_number_class(boxes, group, first, width, is_whole=is_whole) for group in groups]


def _number_class(
    boxes: list[list[tuple[float, int]]], group: range, first: int, width: float, *, is_whole: bool
) -> NumberClass:
    inside = tuple(pair for place in group for pair in boxes[place])
    count = sum(count for _, count in inside)
    if len(inside) == 1:
        return NumberClass(inside[0][0], inside[0][0], count, inside)
    least = None if group.start == 0 else (first + group.start) * width
    most = None if group.stop == len(boxes) else (first + group.stop) * width - (1 if is_whole else 0)
    return NumberClass(least, most, count, inside)


def _width(values: list[tuple[float, int]], *, is_whole: bool) -> float:
    spread = (_quantile(values, 0.95) - _quantile(values, 0.05)) / (MOST_CLASSES - 1)
    if spread <= 0:
        return 1
    power = 10.0 ** floor(log10(spread))
    width = next(nice * power for nice in NICE if nice * power >= spread * 0.999)
    return max(1, ceil(width)) if is_whole else width


def _quantile(values: list[tuple[float, int]], share: float) -> float:
    """The smallest value that at least this share of all answers does not exceed."""
    wanted = share * sum(count for _, count in values)
    reached = 0
    for value, count in values:
        reached += count
        if reached >= wanted:
            return value
    return values[-1][0]


def median_class(groups: Sequence[NumberClass]) -> int:
    """The class in which the middle answer lies."""
    half = sum(group.count for group in groups) / 2
    reached = 0
    for place, group in enumerate(groups):
        reached += group.count
        if reached >= half:
            return place
    return len(groups) - 1


@dataclass(frozen=True)
class Span:
    """Answers from one day, month or year to another, both as ISO text."""

    first: str
    last: str
    count: int


def spans(distribution: dict[str, int], minimum: int) -> list[Span]:
    """Neighbouring days or months joined until each span holds enough answers."""
    keys = sorted(distribution)
    groups = small_numbers.merged([distribution[key] for key in keys], minimum)
    return [
        Span(keys[group.start], keys[group.stop - 1], sum(distribution[keys[place]] for place in group))
        for group in groups
    ]


def calendar_spans(distribution: dict[str, int], minimum: int) -> list[Span]:
    """Dates by month or, when they reach far, by year and decade."""
    months, years = _shortened(distribution, 7), _shortened(distribution, 4)
    if len(months) <= MOST_MONTHS:
        return spans(months, minimum)
    if len(years) <= MOST_MONTHS:
        return spans(years, minimum)
    decades = spans(_shortened(distribution, 3), minimum)
    return [Span(f"{span.first}0", f"{span.last}9", span.count) for span in decades]


def _shortened(distribution: dict[str, int], length: int) -> dict[str, int]:
    counted: dict[str, int] = {}
    for key, count in distribution.items():
        counted[key[:length]] = counted.get(key[:length], 0) + count
    return counted
