"""The list of ideas: who is on it, what filters choose, and in which order it comes."""

from datetime import timedelta

import pytest

from participation import clock, text_index
from participation.contributions.models import ContributionStatus
from participation.db import session
from participation.ideas import queries
from participation.ideas.filters import Filters, Order
from participation.ideas.models import IdeaState
from tests.districts.makers import make_area
from tests.ideas.makers import make_call, make_category, make_idea, make_letter_box, make_merge
from tests.statements import counted_statements

LANGUAGES = ["de", "tr", "ar"]


@pytest.fixture
def visit(app):
    """Somebody asks for a page of the list."""

    def asking(filters: Filters, page: int = 1, size: int = 25):
        session.flush()
        with app.test_request_context(f"/de/ideas/?page={page}"):
            return queries.page_of(filters, size)

    return asking


def titles(page) -> list[str]:
    return [idea.title for idea in page.items]


@pytest.mark.databases
def test_only_public_ideas_that_stand_for_themselves_are_listed(visit):
    call = make_call()
    for status in ContributionStatus:
        make_idea(call, status=status, title="" if status is ContributionStatus.WITHDRAWN else status.value)
    make_merge(make_idea(call, title="merged"), make_idea(call, title="target"))
    assert sorted(titles(visit(Filters()))) == ["published", "target"]


@pytest.mark.databases
def test_each_filter_chooses_and_all_of_them_together(visit, monkeypatch):
    call, box, area = make_call(), make_letter_box(), make_area()
    category = make_category(call)
    facts = {"category": category, "language": "tr", "state": IdeaState.EXAMINATION, "areas": [area], "title": "wanted"}
    wanted = make_idea(call, **facts)
    make_idea(box, title="other")
    monkeypatch.setattr(
        text_index, "search", lambda words, kind, limit=None: [wanted.id] if words == "Schaukel" else []
    )
    chosen = [
        {"call": call.id},
        {"category": category.id},
        {"language": "tr"},
        {"state": IdeaState.EXAMINATION},
        {"area": area.id},
        {"words": "Schaukel"},
    ]
    for one in chosen:
        assert titles(visit(Filters(**one))) == ["wanted"], one
    together = {name: value for one in chosen for name, value in one.items()}
    assert titles(visit(Filters(**together))) == ["wanted"]
    assert titles(visit(Filters(**{**together, "language": "ar"}))) == []
    assert titles(visit(Filters(words="Rutsche"))) == []


def test_the_orders_are_what_they_say(visit):
    call, now = make_call(), clock.now()
    for name, days, supports in (("old", 9, 3), ("new", 1, 0), ("loved", 5, 8)):
        make_idea(call, title=name, listed_at=now - timedelta(days=days), support_count=supports)
    assert titles(visit(Filters(order=Order.NEWEST))) == ["new", "loved", "old"]
    assert titles(visit(Filters(order=Order.SUPPORTED))) == ["loved", "old", "new"]


def test_the_mixed_order_begins_elsewhere_each_day_and_stays_for_a_day(visit, stop_clock):
    call = make_call()
    places = [number * queries.SHUFFLES // 20 for number in range(20)]
    for number, place in enumerate(places):
        make_idea(call, title=f"{number:02}", shuffle=place)
    rounds = sorted(f"{number:02}" for number in range(20))
    firsts = set()
    for day in range(1, 15):
        stop_clock(2026, 4, day, 12)
        seen = titles(visit(Filters()))
        assert seen == titles(visit(Filters()))
        start = rounds.index(seen[0])
        assert seen == rounds[start:] + rounds[:start]
        firsts.add(seen[0])
    assert len(firsts) > 5


@pytest.mark.databases
@pytest.mark.parametrize("order", list(Order))
def test_a_list_too_long_to_be_counted_comes_in_the_same_order(visit, monkeypatch, order):
    call = make_call()
    for number in range(23):
        make_idea(call, title=f"{number:02}", shuffle=number * queries.SHUFFLES // 23, support_count=number % 7)
    everything = titles(visit(Filters(order=order)))
    monkeypatch.setattr(queries, "MOST_COUNTED", 20)
    pages = [visit(Filters(order=order), number, 7) for number in (1, 2, 3)]
    assert [name for page in pages for name in titles(page)] == everything[:21]
    assert [(page.total, page.is_more, page.count) for page in pages] == [(20, True, 3)] * 3


def test_the_walk_through_the_mixed_order_goes_round(visit, monkeypatch):
    call = make_call()
    for number in range(10):
        make_idea(call, title=f"{number}", shuffle=number * 10)
    monkeypatch.setattr(queries, "MOST_COUNTED", 9)
    monkeypatch.setattr(queries, "pivot", lambda: 65)
    pages = [titles(visit(Filters(), number, 3)) for number in (1, 2, 3)]
    assert pages == [["7", "8", "9"], ["0", "1", "2"], ["3", "4", "5"]]


def test_a_page_takes_few_statements(app, visit):
    area = make_area()
    call = make_call()
    for _ in range(30):
        make_idea(call, areas=[area])
    session.commit()
    with counted_statements(app) as seen:
        page = visit(Filters())
        assert [idea.areas[0].name for idea in page.items]
    assert len(seen) <= 3


def test_nonsense_in_the_address_is_passed_over():
    told = {"q": "  a   b ", "call": "x", "area": "-1", "category": "9" * 30, "state": "gone", "language": "xx"}
    assert Filters.from_address(told, LANGUAGES) == Filters(words="a b")
    assert Filters.from_address({"order": "best", "area": "٣", "q": "x" * 900}, LANGUAGES) == Filters(words="x" * 200)


def test_what_was_chosen_stands_in_the_address_again():
    told = {
        "q": "Bank",
        "area": "3",
        "state": "done",
        "language": "tr",
        "order": "newest",
        "category": "7",
        "call": "2",
    }
    filters = Filters.from_address(told, LANGUAGES)
    assert {name: str(value) for name, value in filters.in_address.items()} == told
    assert Filters().in_address == {}
    assert not Filters(order=Order.NEWEST).narrow_down
    assert Filters(words="x").narrow_down


def test_open_calls_come_by_their_end_and_the_letter_box_last(app):
    now = clock.now()
    box = make_letter_box()
    late, soon = (make_call(closes_at=now + timedelta(days=days)) for days in (9, 3))
    make_call(published=False)
    make_call(opens_at=now + timedelta(days=1))
    over = make_call(closes_at=now - timedelta(days=1))
    answered = make_call(answered_at=now)
    assert list(queries.open_calls()) == queries.calls().open == [soon, late, box]
    assert queries.calls().earlier == [answered, over]
