"""How a family answers the first pages of the demo's family survey."""

import re

from tests.bench.house import SLUG
from tests.bench.visitor import Fields

INTRODUCTION = f"/tr/surveys/{SLUG}"
FIRST = f"{INTRODUCTION}/answer/household/0"
SECOND = f"{INTRODUCTION}/answer/child/1"


def household(page: str) -> Fields:
    """The first page, every question answered; the area is the first one that the page offers."""
    area = re.search(r'<option value="(\d+)"', page)
    assert area, "the first page of the demo offers areas"
    return {
        "shown": ["area", "adults", "children", "moved_in", "home_languages"],
        "q.area": area[1],
        "q.adults": "2",
        "q.children": "2",
        "q.moved_in": "2016",
        "q.home_languages": ["german", "turkish"],
        "to": "next",
    }


CHILD: Fields = {
    "shown": ["child_age", "child_care", "no_day_care_because"],
    "q.child_age": "4",
    "q.child_care": "home",
    "q.no_day_care_because": "no_place",
    "to": "next",
}
