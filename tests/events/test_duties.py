"""What the page "Today" says about events."""

from datetime import UTC, date, datetime, timedelta

import pytest

from participation import clock
from participation.events import duties, life_queries
from participation.feature import counted
from tests.accounts.makers import make_user, staff_client
from tests.districts.makers import make_area, make_layer
from tests.events.makers import make_event


def found(person) -> dict[str, tuple[int, date | None]]:
    return {str(one.title): (one.count, one.due_on) for one in counted(duties.duties(person))}


RELEASE, REPORT = str(duties.TITLES[life_queries.RELEASE].message), str(duties.TITLES[life_queries.REPORT].message)


@pytest.fixture(autouse=True)
def may(client, stop_clock):
    stop_clock(2026, 5, 20, 10)


@pytest.mark.databases
def test_an_event_waits_for_somebody_else_than_who_handed_it_in(app):
    author, other = make_user("editor"), make_user("editor")
    event = make_event(published=False, handed_in_at=clock.now(), handed_in_by_id=author.id, needs_second_person=True)
    make_event(published=False)
    with app.test_request_context("/de/"):
        assert found(author) == {}
        assert found(other) == {RELEASE: (1, event.local_start.date())}
        assert found(make_user("analyst")) == {}


@pytest.mark.databases
def test_a_report_is_due_fourteen_days_after_the_event_and_forgotten_after_a_season(app):
    ended = datetime(2026, 5, 8, 16, tzinfo=UTC)
    make_event(starts_at=ended - timedelta(hours=2))
    make_event(starts_at=ended + timedelta(days=3))
    make_event(starts_at=ended, reported_at=clock.now())
    make_event(starts_at=ended, cancelled_at=clock.now())
    make_event(starts_at=ended - timedelta(days=200))
    make_event(starts_at=ended, published=False)
    with app.test_request_context("/de/"):
        assert found(make_user("editor")) == {REPORT: (2, date(2026, 5, 22))}


def test_moderators_of_a_district_hear_of_its_events_only(app):
    area = make_area(layer=make_layer())
    make_event(starts_at=clock.now() - timedelta(days=1))
    mine = make_event(starts_at=clock.now() - timedelta(days=1), areas=[area])
    moderator = make_user("moderator", area_id=area.id)
    with app.test_request_context("/de/"):
        assert found(moderator)[REPORT][0] == 1
    shown = staff_client(app, "moderator", area_id=area.id).get("/de/staff/events/waiting?show=report").text
    assert f"/de/staff/events/{mine.id}/report" in shown
    assert shown.count("Write the report") == 1
