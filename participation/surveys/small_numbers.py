"""Hiding small numbers, so that no table tells what a few people answered (S1 to S4). Pure functions.

A hidden cell is None. A cell that is shown as 0 says that nobody answered so; a hidden one may be taken to be at least
1. What is hidden stays open over at least as many possible values as the smallest number that may be shown.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil

SHARES_FROM = 30  # S3
CERTAIN_FROM = 50
NOBODY: frozenset[int] = frozenset()
UNITS = tuple(nice * 10.0**power for power in range(-1, 300) for nice in (1, 2, 5))  # what a mean may be rounded to


@dataclass(frozen=True)
class Cells:
    """Counts as they may be shown, and the number they refer to; None is hidden."""

    counts: tuple[int | None, ...]
    base: int | None

    @property
    def is_complete(self) -> bool:
        return self.base is not None and None not in self.counts


def parts(counts: Sequence[int], minimum: int, *, few: Collection[int] = NOBODY) -> Cells:
    """Cells that add up to their base, as the answers to a single choice do.

    `few` names further cells to hide: those with enough answers, but from too few people.
    """
    total = sum(counts)
    hidden = {place for place, count in enumerate(counts) if 0 < count < minimum} | set(few)
    if 0 < total < minimum:
        return _nothing(counts)
    for place in _smallest_first(counts, hidden):
        if not hidden or _is_open(counts, hidden, minimum):
            break
        hidden.add(place)
    if hidden and not _is_open(counts, hidden, minimum):
        return _nothing(counts)
    return Cells(_without(counts, hidden), total)


def _is_open(counts: Sequence[int], hidden: Collection[int], minimum: int) -> bool:
    """Whether the rest of the total that the hidden cells share can be split in enough ways."""
    rest = sum(counts[place] for place in hidden)
    return len(hidden) > 1 and rest - (len(hidden) - 1) >= minimum


def choices(
    counts: Sequence[int],
    base: int,
    minimum: int,
    *,
    least: int = 1,
    most: int | None = None,
    few: Collection[int] = NOBODY,
) -> Cells:
    """Options of which each person chose between `least` and `most`: a count also tells how many did not choose it."""
    if 0 < base < minimum:
        return _nothing(counts)
    hidden = {place for place, count in enumerate(counts) if 0 < count < minimum or 0 < base - count < minimum}
    hidden |= set(few)
    bounds = max(least, 1) * base, (most or len(counts)) * base
    for place in _smallest_first(counts, hidden):
        if not hidden or _stays_open(counts, hidden, base, minimum, bounds):
            break
        hidden.add(place)
    if hidden and not _stays_open(counts, hidden, base, minimum, bounds):
        return Cells((None,) * len(counts), base)
    return Cells(_without(counts, hidden), base)


def _stays_open(
    counts: Sequence[int], hidden: Collection[int], base: int, minimum: int, bounds: tuple[int, int]
) -> bool:
    """Whether what each hidden option can be, after all that is known of the sum, spans enough values."""
    shown = sum(count for place, count in enumerate(counts) if place not in hidden)
    others = len(hidden) - 1
    least = max(1, bounds[0] - shown - others * (base - 1))
    most = min(base - 1, bounds[1] - shown - others)
    if others == 0 and bounds[0] - shown > 1:
        return False  # one option alone has to make up for those whom the shown ones leave out
    return most - least + 1 >= minimum


def merged(counts: Sequence[int], minimum: int) -> list[range]:
    """Neighbouring classes put together until each holds enough; for what has an order, as days and numbers do."""
    groups: list[range] = []
    start, held = 0, 0
    for place, count in enumerate(counts):
        held += count
        if held >= minimum:
            groups.append(range(start, place + 1))
            start, held = place + 1, 0
    if groups and start < len(counts):
        groups[-1] = range(groups[-1].start, len(counts))
    return groups


def share(count: int | None, base: int | None) -> float | None:
    """The share in whole per cent, if both may be shown and enough people answered (S3)."""
    if count is None or base is None or base < SHARES_FROM:
        return None
    return round(count / base, 2)


def is_uncertain(base: int | None) -> bool:
    """Whether shares of this base are to be read with care."""
    return base is not None and SHARES_FROM <= base < CERTAIN_FROM


def mean(total: float, base: int, widest: float = 0) -> float | None:
    """The mean from 30 answers on, rounded so far that it does not tell how a class of this width is made up inside.

    At least two ways to share out the answers between the ends of the class must give the same rounded mean.
    """
    if base < SHARES_FROM:
        return None
    unit = next(unit for unit in UNITS if unit * base >= 2 * widest)
    if unit > max(1, abs(total / base) / 10):
        return None  # so coarse a mean would mislead
    return round(round(total / base / unit) * unit, 1)


def step(counted: int, minimum: int) -> int:
    """How many responses must have come before a running result is counted anew (S4, S5).

    The difference between two results then tells about a group and not about a few people.
    """
    return max(minimum, min(SHARES_FROM, ceil(counted / 10)))


def _smallest_first(counts: Sequence[int], hidden: Collection[int]) -> list[int]:
    return sorted(
        (place for place, count in enumerate(counts) if count and place not in hidden), key=counts.__getitem__
    )


def _without(counts: Sequence[int], hidden: Collection[int]) -> tuple[int | None, ...]:
    return tuple(None if place in hidden else count for place, count in enumerate(counts))


def _nothing(counts: Sequence[int]) -> Cells:
    return Cells((None,) * len(counts), None)
