"""The list of events: what stands on it, what filters choose, and in which order it comes."""

from datetime import date, timedelta

import pytest
from werkzeug.datastructures import MultiDict

from participation import clock
from participation.db import session
from participation.events import indexing, months, queries
from participation.events.filters import Filters, Need
from participation.events.models import EventLanguage, EventSession, Offer
from participation.i18n import LocalizedText
from tests.districts.makers import make_area, make_layer
from tests.events.makers import make_event, make_place, make_series, make_topic

pytestmark = pytest.mark.databases

LANGUAGES = ["de", "tr", "ar"]
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def titled(name: str, **facts):
    return make_event(title=LocalizedText(de=name), **facts)


@pytest.fixture
def visit(app):
    """Somebody asks for a page of the list and gets its titles."""

    def asking(page: int = 1, size: int = 25, **chosen) -> list[str]:
        session.flush()
        with app.test_request_context(f"/de/events/?page={page}"):
            return [str(one.event.title) for one in queries.page_of(Filters(**chosen), size).items]

    return asking


def test_the_list_holds_public_events_until_they_are_over_and_the_next_one_first(visit):
    now = clock.now()
    titled("draft", published=False)
    titled("scheduled", published_at=now + HOUR)
    titled("over", starts_at=now - 3 * HOUR)
    titled("later", starts_at=now + 2 * DAY)
    titled("running", starts_at=now - HOUR)
    titled("next", starts_at=now + DAY)
    assert visit() == ["running", "next", "later"]


def test_earlier_events_stand_on_a_page_of_their_own_the_latest_first(visit):
    now = clock.now()
    for days in (30, 3, 10):
        titled(f"{days} days ago", starts_at=now - days * DAY)
    titled("to come")
    assert visit(is_past=True) == ["3 days ago", "10 days ago", "30 days ago"]


def test_a_cancelled_event_stays_on_the_list(visit):
    titled("cancelled", cancelled_at=clock.now())
    assert visit() == ["cancelled"]


def test_pages_follow_each_other(visit):
    now = clock.now()
    for number in range(5):
        titled(str(number), starts_at=now + (number + 1) * DAY)
    assert visit(page=2, size=2) == ["2", "3"]
    assert visit(page=99, size=2) == ["4"]


def test_of_very_many_events_the_first_are_counted(app, monkeypatch):
    monkeypatch.setattr(queries, "MOST_COUNTED", 2)
    for _ in range(3):
        make_event()
    with app.test_request_context("/de/events/"):
        page = queries.page_of(Filters())
    assert (page.total, page.is_more, len(page.items)) == (2, True, 2)


def test_each_filter_chooses_and_all_of_them_together(visit):
    area, topic = make_area(), make_topic()
    wanted = titled(
        "wanted",
        areas=[area],
        topics=[topic],
        languages=[EventLanguage(language="tr", is_interpreted=True)],
        sign_language=Offer.ON_REQUEST,
        child_care=Offer.YES,
        interpretation=Offer.YES,
        place=make_place(),
        summary=LocalizedText(de="Wir bauen eine Schaukel."),
    )
    titled("other", areas=[make_area("Nord", area.layer)])
    indexing.index(wanted)
    chosen = {"area": area.id, "topic": topic.id, "language": "tr", "needs": tuple(Need), "words": "Schaukel"}
    for name, value in chosen.items():
        assert visit(**{name: value}) == ["wanted"], name
    assert visit(**chosen) == ["wanted"]
    assert visit(**{**chosen, "language": "ar"}) == []
    assert visit(words="Rutsche") == []


def test_an_event_that_names_no_area_is_for_the_whole_city(visit):
    first, second = make_area("Mitte"), make_area("Nord", make_layer("quartiere"))
    titled("Nord", areas=[second])
    titled("all", starts_at=clock.now() + 8 * DAY)
    assert visit(area=first.id) == ["all"]
    assert visit(area=second.id) == ["Nord", "all"]


def test_a_day_holds_what_takes_place_on_it(visit, stop_clock):
    stop_clock(2026, 5, 1)
    titled("evening", starts_at=queries.midnight(date(2026, 5, 7)) + 20 * HOUR)
    titled("day after", starts_at=queries.midnight(date(2026, 5, 8)))
    assert visit(day=date(2026, 5, 7)) == ["evening"]


def test_a_card_knows_whether_all_its_parts_are_full(app):
    make_event(sessions=[EventSession(capacity=1, taken=1), EventSession(position=1, capacity=2)])
    make_event(sessions=[EventSession(capacity=1, taken=1)], starts_at=clock.now() + 9 * DAY)
    make_event(starts_at=clock.now() + 10 * DAY)
    with app.test_request_context("/de/events/"):
        assert [one.is_full for one in queries.page_of(Filters()).items] == [False, True, False]


def test_the_home_page_shows_what_comes_next_and_nothing_that_is_cancelled(app):
    titled("cancelled", cancelled_at=clock.now())
    for number in range(6):
        titled(f"{number}", starts_at=clock.now() + (number + 1) * DAY)
    with app.test_request_context("/de/"):
        assert [str(one.title) for one in queries.entries()] == ["0", "1", "2", "3"]


# --- Filters ----------------------------------------------------------------------------------------------------------


def test_what_is_chosen_stands_in_the_address_and_is_read_from_there_again():
    chosen = Filters("Fest", 3, 4, "tr", (Need.STEP_FREE, Need.CHILD_CARE), date(2026, 5, 7), is_past=True)
    pairs = [(name, one) for name, value in chosen.in_address.items() for one in _several(value)]
    assert Filters.from_address(MultiDict(pairs), LANGUAGES) == chosen
    assert Filters.from_address(MultiDict(), LANGUAGES).in_address == {}
    assert "past" not in chosen.in_feeds


def _several(value):
    return value if isinstance(value, list) else [str(value)]


@pytest.mark.parametrize(
    "nonsense", ["", "x", "-1", "0", "٣", "9" * 30, "2026-02-30", "2026-5-7", "9999-12-31", "0001-01-01"]
)
def test_nonsense_in_the_address_is_passed_over(nonsense):
    told = MultiDict([(name, nonsense) for name in ("area", "topic", "language", "need", "day", "past")])
    assert Filters.from_address(told, LANGUAGES) == Filters()


# --- Months -----------------------------------------------------------------------------------------------------------


def test_a_month_has_weeks_from_monday_and_knows_its_neighbours(app, stop_clock):
    stop_clock(2026, 5, 1)
    month = months.month(2026, 5, Filters())
    assert [week[0].day for week in month.weeks] == [date(2026, 4, 27) + n * 7 * DAY for n in range(5)]
    assert {len(week) for week in month.weeks} == {7}
    assert (month.previous, month.next) == (date(2026, 4, 1), date(2026, 6, 1))


def test_events_stand_on_their_days_in_germany(app, stop_clock):
    stop_clock(2026, 5, 1)
    begin = queries.midnight(date(2026, 5, 1))
    titled("late", starts_at=begin + 23 * HOUR)  # until one in the morning: it belongs to its evening
    titled("fair", starts_at=begin + 10 * DAY, ends_at=begin + 12 * DAY)
    titled("day before", starts_at=begin - HOUR)
    titled("after", starts_at=queries.midnight(date(2026, 6, 1)))
    titled("draft", starts_at=begin + DAY, published=False)
    found = {one.day.day: [(str(event.title), event.goes_on) for event in one.events] for one in _month(5).days}
    assert found == {1: [("late", False)], 11: [("fair", False)], 12: [("fair", True)]}


def test_what_lasts_for_months_stands_on_each_day_of_the_one_in_the_middle(app, stop_clock):
    begin = stop_clock(2026, 4, 15)
    titled("exhibition", starts_at=begin, ends_at=begin + 80 * DAY)
    assert [len(_month(number).days) for number in (4, 5, 6, 7)] == [16, 31, 30, 4]


def test_a_full_day_shows_the_first_and_tells_how_many_more(app, stop_clock):
    stop_clock(2026, 5, 1)
    for number in range(months.MOST_ON_A_DAY + 2):
        titled(str(number), starts_at=queries.midnight(date(2026, 5, 7)) + number * HOUR)
    (day,) = _month(5).days
    assert ([str(one.title) for one in day.events], day.more) == (["0", "1", "2", "3"], 2)


def _month(number: int):
    session.flush()
    return months.month(2026, number, Filters())


def test_far_away_months_are_not_shown(app, stop_clock):
    stop_clock(2026, 5, 1)
    shown = {(2026, 5): True, (2028, 5): True, (2028, 6): False, (2021, 5): True, (2021, 4): False, (2026, 13): False}
    assert {asked: months.is_shown(*asked) for asked in shown} == shown
    assert months.is_shown(2026, 0) is False
    assert months.month(2028, 5, Filters()).next is None


# --- One event --------------------------------------------------------------------------------------------------------


def test_other_dates_of_a_series_are_public_ones_to_come(app):
    series = make_series()
    event = make_event(series=series, series_on=date(2026, 1, 1))
    later = make_event(series=series, series_on=date(2026, 1, 8), starts_at=clock.now() + 14 * DAY)
    make_event(series=series, series_on=date(2026, 1, 15), published=False)
    make_event(series=series, series_on=date(2026, 1, 22), starts_at=clock.now() - 14 * DAY)
    make_event()
    assert [one.id for one in queries.belonging(event).dates] == [later.id]
