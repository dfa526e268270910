"""What has to be arranged for an event, and what is said on the page "Today"."""

from datetime import timedelta

import pytest
from sqlalchemy import event as watching

from participation import clock
from participation.accounts.models import User
from participation.db import engine, session
from participation.events import needs
from participation.events.arrangement_models import Arrangement, NeedKind
from participation.events.registration_models import BookingStatus
from tests.accounts.makers import make_user, staff_client
from tests.districts.makers import make_area
from tests.events.makers import make_event, make_registration

Status = BookingStatus


def table(event) -> dict[tuple[str, str], tuple[int, int]]:
    return {(one.kind.value, one.language): (one.coming, one.waiting) for one in needs.of_event(event)}


@pytest.mark.databases
def test_needs_are_counted_in_persons_and_split_by_places_and_waiting(app):
    event = make_event(capacity=9)
    agreed = {"needs_agreed_at": clock.now()}
    make_registration(event, persons=3, interpreter="uk", children=2)
    make_registration(event, persons=2, interpreter="uk", status=Status.WAITING)
    make_registration(event, interpreter="ar", status=Status.OFFERED)
    make_registration(event, sign_language=True, wheelchairs=1, needs="Hörschleife", **agreed)
    make_registration(event, interpreter="tr", status=Status.CANCELLED)
    make_registration(make_event(), children=7)
    assert table(event) == {
        ("interpreter", "uk"): (3, 2),
        ("interpreter", "ar"): (1, 0),
        ("sign_language", ""): (1, 0),
        ("child_care", ""): (2, 0),
        ("wheelchairs", ""): (1, 0),
        ("other", ""): (1, 0),
    }


def test_what_is_arranged_is_open_again_when_more_need_it(app):
    event, staff = make_event(), make_user("editor")
    make_registration(event, children=2)
    needs.arrange(event, NeedKind.CHILD_CARE, "", staff.id)
    assert not needs.of_event(event)[0].is_open
    make_registration(event, children=1)
    need = needs.of_event(event)[0]
    assert (need.is_open, need.missing) == (True, 1)


def test_what_nobody_needs_cannot_be_arranged(app):
    event = make_event()
    make_registration(event, children=2, status=Status.WAITING)
    with pytest.raises(needs.NothingToArrange):
        needs.arrange(event, NeedKind.CHILD_CARE, "", None)


def today(user: User, app) -> tuple[int, str] | None:
    with app.test_request_context("/de/staff"):
        found = needs.duty(user)
    return (found.count, found.url) if found else None


@pytest.mark.databases
def test_today_tells_of_events_within_two_weeks_with_needs_to_arrange(app):
    editor, area = make_user("editor"), make_area()
    moderator = make_user("moderator", area_id=area.id)
    now = clock.now()
    assert today(editor, app) is None
    soon = make_event(starts_at=now + timedelta(days=13))
    make_registration(soon, interpreter="uk")
    later = make_event(starts_at=now + timedelta(days=15))
    make_registration(later, interpreter="uk")
    cancelled = make_event(cancelled_at=now)
    make_registration(cancelled, interpreter="uk")
    make_registration(make_event(), interpreter="uk", status=Status.WAITING)
    session.commit()
    assert today(editor, app) == (1, f"/de/staff/events/{soon.id}/needs")
    assert today(moderator, app) is None
    assert today(make_user("analyst"), app) is None
    needs.arrange(soon, NeedKind.INTERPRETER, "uk", editor.id)
    assert today(editor, app) is None


def test_the_page_shows_numbers_at_once_and_words_after_a_look(app):
    client, event = staff_client(app, "editor"), make_event(requests_until=clock.today())
    make_registration(event, name="Ayşe", needs="Hörschleife", needs_agreed_at=clock.now())
    address = f"/de/staff/events/{event.id}/needs"
    page = client.get(address).text
    assert "Other needs" in page
    assert "Hörschleife" not in page
    assert client.post(f"{address}/look").location == address
    assert "Hörschleife" in client.get(address).text


def test_a_tick_is_set_and_taken_away(app):
    client, event = staff_client(app, "editor"), make_event()
    make_registration(event, interpreter="uk")
    address, data = f"/de/staff/events/{event.id}/needs/arrange", {"kind": "interpreter", "language": "uk"}
    client.post(address, data={**data, "is_arranged": "y"})
    assert session.query(Arrangement).one().arranged_for == 1
    assert client.post(address, data={**data, "kind": "x"}).status_code == 400
    assert client.post(address, data={"kind": "child_care", "is_arranged": "y"}).status_code == 409
    client.post(address, data=data)
    assert session.query(Arrangement).count() == 0


def test_the_page_today_asks_once_for_the_districts_of_all_events(app):
    area = make_area()
    user = make_user("moderator", area_id=area.id)
    for _number in range(5):
        make_registration(make_event(areas=[area]), interpreter="tr")
    session.commit()
    said: list[str] = []

    def note(*heard: object) -> None:
        said.append(str(heard[2]))

    watching.listen(engine(), "before_cursor_execute", note)
    try:
        assert len(needs._soon(user)) == 5
    finally:
        watching.remove(engine(), "before_cursor_execute", note)
    assert sum("event_areas" in one for one in said) == 1
