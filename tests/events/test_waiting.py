"""The waiting list: in order, never overbooked, and by itself (V7)."""

import contextvars
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participation import clock
from participation.db import session
from participation.events import waiting
from participation.events.models import Event, EventSession, GroupRule
from participation.events.registration_models import TAKES_SEATS, Booking, BookingStatus, Registration
from participation.mail import Mail
from tests.events.makers import make_contact, make_event, make_registration, make_waiting_list

Status = BookingStatus
HOUR = timedelta(hours=1)


def states(people: list[Registration]) -> list[str]:
    session.expire_all()
    return [one.bookings[0].status.value for one in people]


@pytest.mark.databases
def test_v7_whoever_waits_longest_is_offered_the_place_that_became_free(app):
    event = make_event(capacity=2)
    had, stays = make_registration(event), make_registration(event)
    first, second = make_waiting_list(event, 1, 1)
    waiting.give_back(had.bookings[0])
    assert states([had, stays, first, second]) == ["cancelled", "confirmed", "offered", "waiting"]
    assert event.sessions[0].taken == 2


def test_an_offer_ends_after_the_hours_of_the_event_and_never_after_its_beginning(app, stop_clock):
    now = stop_clock(2026, 5, 1, 10)
    far, near = make_event(capacity=1, offer_hours=24), make_event(capacity=1, starts_at=now + 2 * HOUR)
    for event in (far, near):
        (one,) = make_waiting_list(event, 1)
        waiting.fill(event.sessions[0])
        session.expire_all()
        assert one.bookings[0].ends_at == min(now + 24 * HOUR, event.starts_at)


def test_the_next_that_fits_comes_first_and_the_large_group_keeps_its_place_in_the_line(app):
    event = make_event(capacity=4, group_rule=GroupRule.NEXT_THAT_FITS)
    goes, stays = make_registration(event, persons=2), make_registration(event, persons=2)
    large, small, couple = make_waiting_list(event, 4, 1, 2)
    waiting.give_back(goes.bookings[0])
    assert states([large, small, couple]) == ["waiting", "offered", "waiting"]
    waiting.decline(small.bookings[0])
    assert states([large, small, couple]) == ["waiting", "cancelled", "offered"]
    waiting.decline(couple.bookings[0])
    waiting.give_back(stays.bookings[0])
    assert states([large]) == ["offered"]


def test_in_strict_order_nobody_is_passed(app):
    event = make_event(capacity=4, group_rule=GroupRule.STRICT_ORDER)
    goes, stays = make_registration(event, persons=2), make_registration(event, persons=2)
    large, small = make_waiting_list(event, 4, 1)
    part = event.sessions[0]
    waiting.give_back(goes.bookings[0])
    assert states([large, small]) == ["waiting", "waiting"]
    assert not waiting.may_take(part, 1)
    waiting.give_back(stays.bookings[0])
    assert states([large, small]) == ["offered", "waiting"]


def test_a_group_that_the_whole_room_could_not_hold_keeps_nobody_waiting(app):
    event = make_event(capacity=2, group_rule=GroupRule.STRICT_ORDER)
    huge, one = make_waiting_list(event, 3, 1)
    waiting.fill(event.sessions[0])
    assert states([huge, one]) == ["waiting", "offered"]


def test_a_newcomer_takes_only_what_nobody_who_waits_could_use(app):
    event = make_event(capacity=4)
    make_registration(event, persons=2)
    make_waiting_list(event, 3)
    part = event.sessions[0]
    assert (waiting.may_take(part, 2), waiting.may_take(part, 3)) == (True, False)
    make_waiting_list(event, 1)
    assert not waiting.may_take(part, 1)


def test_a_group_that_becomes_smaller_frees_places_and_stays(app):
    event = make_event(capacity=3)
    group = make_registration(event, persons=3)
    (one,) = make_waiting_list(event, 2)
    waiting.give_back(group.bookings[0], 2)
    assert states([group, one]) == ["confirmed", "offered"]
    assert (group.bookings[0].persons, event.sessions[0].taken) == (1, 3)


def test_a_group_that_waits_and_becomes_smaller_may_fit_at_once(app):
    event = make_event(capacity=2)
    make_registration(event)
    (group,) = make_waiting_list(event, 2)
    waiting.give_back(group.bookings[0], 1)
    assert states([group]) == ["offered"]


def test_yes_makes_the_place_theirs_and_a_second_click_changes_nothing(app):
    event = make_event(capacity=1)
    (one,) = make_waiting_list(event, 1)
    waiting.fill(event.sessions[0])
    booking = one.bookings[0]
    waiting.accept(booking)
    waiting.accept(booking)
    assert (booking.status, booking.ends_at, event.sessions[0].taken) == (Status.CONFIRMED, None, 1)


def test_no_offers_the_place_to_the_next_and_a_second_click_changes_nothing(app):
    event = make_event(capacity=1)
    first, second = make_waiting_list(event, 1, 1)
    waiting.fill(event.sessions[0])
    waiting.decline(first.bookings[0])
    waiting.decline(first.bookings[0])
    assert states([first, second]) == ["cancelled", "offered"]
    assert event.sessions[0].taken == 1


def test_whoever_answers_too_late_is_told_so_and_nothing_changes(app, stop_clock):
    stop_clock(2026, 5, 1, 10)
    event = make_event(capacity=1, offer_hours=1)
    (one,) = make_waiting_list(event, 1)
    waiting.fill(event.sessions[0])
    stop_clock(2026, 5, 1, 11)
    for answer in (waiting.accept, waiting.decline):
        with pytest.raises(waiting.OfferOver):
            answer(one.bookings[0])
    assert states([one]) == ["offered"]


def test_a_missed_offer_leads_to_the_end_of_the_list_once_and_the_second_time_off_it(app, stop_clock):
    stop_clock(2026, 5, 1, 10)
    event = make_event(capacity=1, offer_hours=1)
    first, second = make_waiting_list(event, 1, 1)
    waiting.minutely()
    stop_clock(2026, 5, 1, 11)
    assert waiting.minutely() == {"offers_over": 1, "held_over": 0, "offers": 1}
    assert states([first, second]) == ["waiting", "offered"]
    stop_clock(2026, 5, 1, 12)
    waiting.minutely()
    assert states([first, second]) == ["offered", "waiting"]
    stop_clock(2026, 5, 1, 13)
    waiting.minutely()
    assert states([first, second]) == ["cancelled", "offered"]


def test_d9_a_held_place_that_nobody_confirmed_goes_to_the_next(app, stop_clock):
    now = stop_clock(2026, 5, 1, 10)
    event = make_event(capacity=1)
    held = make_registration(event, status=Status.HELD, ends_at=now + HOUR)
    (one,) = make_waiting_list(event, 1)
    assert waiting.minutely()["held_over"] == 0
    stop_clock(2026, 5, 1, 11)
    assert waiting.minutely() == {"offers_over": 0, "held_over": 1, "offers": 1}
    assert states([held, one]) == ["cancelled", "offered"]


@pytest.mark.parametrize("change", ["begun", "cancelled"])
def test_no_place_is_offered_once_the_event_has_begun_or_is_cancelled(app, stop_clock, change):
    now = stop_clock(2026, 5, 1, 10)
    event = make_event(capacity=1, starts_at=now + HOUR)
    offered, waits = make_waiting_list(event, 1, 1)
    waiting.fill(event.sessions[0])
    if change == "cancelled":
        event.cancelled_at = now
    stop_clock(2026, 5, 1, 11)
    with pytest.raises(waiting.OfferOver):
        waiting.accept(offered.bookings[0])
    waiting.minutely()
    assert states([offered, waits]) == ["cancelled", "waiting"]
    assert event.sessions[0].taken == 0


def test_a_larger_room_is_offered_within_a_minute(app):
    event = make_event(capacity=1)
    make_registration(event)
    people = make_waiting_list(event, 1, 1, 1)
    assert waiting.minutely()["offers"] == 0
    event.sessions[0].capacity = 3
    assert waiting.minutely()["offers"] == 2
    assert states(people) == ["offered", "offered", "waiting"]
    event.sessions[0].capacity = None
    waiting.fill(event.sessions[0])
    assert states(people) == ["offered"] * 3


def test_each_session_has_its_own_line(app):
    event = make_event(sessions=[EventSession(capacity=1), EventSession(capacity=1)])
    morning, evening = event.sessions
    had = make_registration(event, in_session=morning)
    make_registration(event, in_session=evening)
    (early,) = make_waiting_list(event, 1, in_session=morning)
    (late,) = make_waiting_list(event, 1, in_session=evening)
    waiting.give_back(had.bookings[0])
    assert states([early, late]) == ["offered", "waiting"]


def test_one_step_offers_no_more_than_it_can_and_the_next_goes_on(app, monkeypatch):
    monkeypatch.setattr(waiting, "MOST_AT_ONCE", 2)
    event = make_event(capacity=5)
    people = make_waiting_list(event, 1, 1, 1, 1, 1)
    assert [waiting.minutely()["offers"] for _step in range(4)] == [2, 2, 1, 0]
    assert states(people) == ["offered"] * 5


def test_everybody_is_told_what_became_of_their_offer(app, stop_clock):
    stop_clock(2026, 5, 1, 10)
    event = make_event(capacity=1, offer_hours=1)
    make_waiting_list(event, 1, contact=make_contact())
    for hour in (10, 11, 12, 13):
        stop_clock(2026, 5, 1, hour)
        waiting.minutely()
    assert [mail.wording for mail in session.query(Mail).order_by(Mail.id)] == [
        "events/offer",
        "events/offer_over",
        "events/offer",
        "events/offer_over_again",
    ]


# --- Whatever happens -------------------------------------------------------------------------------------------------

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("register"), st.integers(1, 4)),
        st.tuples(st.sampled_from(["cancel", "reduce", "accept", "decline"]), st.integers(0, 20)),
        st.tuples(st.just("wait"), st.integers(1, 30)),
        st.tuples(st.just("enlarge"), st.integers(1, 3)),
    ),
    max_size=25,
)


@pytest.mark.parametrize("rule", GroupRule)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, capacity=st.integers(1, 6))
def test_v7_whatever_happens_nobody_is_overbooked_and_the_order_is_kept(app, stop_clock, rule, steps, capacity):
    stop_clock(2026, 5, 1, 10)
    event = make_event(capacity=capacity, group_rule=rule, starts_at=clock.now() + timedelta(days=60))
    offered_before: set[Any] = set()
    for what, number in steps:
        _do(event, what, number, stop_clock)
        session.expire_all()
        part = event.sessions[0]
        bookings = session.query(Booking).filter_by(session_id=part.id).all()
        assert part.taken == sum(one.persons for one in bookings if one.status in TAKES_SEATS) <= part.capacity
        line = sorted((one for one in bookings if one.status is Status.WAITING), key=_turn)
        if rule is GroupRule.STRICT_ORDER:
            line = [one for one in line if one.persons <= part.capacity]
        could_come = line[:1] if rule is GroupRule.STRICT_ORDER else line
        assert not [one for one in could_come if one.persons <= part.free]
        offered = {one.id: one for one in bookings if one.status is Status.OFFERED}
        for one in (one for key, one in offered.items() if key not in offered_before):
            passed = [other for other in line if _turn(other) < _turn(one)]
            assert not [other for other in passed if rule is GroupRule.STRICT_ORDER or other.persons <= one.persons]
        offered_before = set(offered)


def _turn(booking: Booking) -> tuple[Any, Any]:
    return booking.queued_at, booking.id


def _do(event: Event, what: str, number: int, stop_clock: Any) -> None:
    part = event.sessions[0]
    bookings = session.query(Booking).filter_by(session_id=part.id).order_by(Booking.queued_at, Booking.id).all()
    chosen = bookings[number % len(bookings)] if bookings else None
    if what == "wait":
        moment = clock.now() + timedelta(hours=number)
        stop_clock(moment.year, moment.month, moment.day, moment.hour)
        waiting.minutely()
    elif what == "enlarge":
        part.capacity += number
        waiting.fill(part)
    elif what == "register":
        _register(event, number)
    elif chosen is not None and what in {"cancel", "reduce"}:
        waiting.give_back(chosen, None if what == "cancel" else 1)
    elif chosen is not None:
        with suppress(waiting.OfferOver):
            (waiting.accept if what == "accept" else waiting.decline)(chosen)


def _register(event: Event, persons: int) -> None:
    part = event.sessions[0]
    before = [one.id for one in session.scalars(waiting._line(part))]
    if waiting.may_take(part, persons):
        assert not before, "somebody whose turn it is was passed"
        make_registration(event, persons=persons)
    else:
        place = session.query(Booking).count()
        make_waiting_list(event, persons, at=clock.now() + timedelta(milliseconds=place))


# --- At the same moment -----------------------------------------------------------------------------------------------


def test_v7_several_workers_never_offer_the_same_place_twice(busy_app):
    event = make_event(capacity=3)
    people = make_waiting_list(event, 1, 1, 1, 1, 1, 1)
    session.commit()
    gate = threading.Barrier(4)

    def work() -> int:
        gate.wait()
        with busy_app.app_context(), session.begin():
            return waiting.minutely()["offers"]

    with ThreadPoolExecutor(4) as workers:
        running = [workers.submit(contextvars.Context().run, work) for _number in range(4)]
        assert sum(one.result() for one in running) == 3
    assert states(people) == ["offered"] * 3 + ["waiting"] * 3
    assert event.sessions[0].taken == 3
