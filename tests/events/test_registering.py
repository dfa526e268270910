"""Registering: places, the waiting list, and every way to be turned away."""

import uuid
from datetime import timedelta

import pytest

from participation import clock
from participation.contacts.models import Contact
from participation.db import session
from participation.events import consents, invitations, registering
from participation.events.invitations import InvitationUsed, WrongInvitation
from participation.events.models import Event, EventSession, Mode
from participation.events.registering import (
    AlreadyRegistered,
    Full,
    Needs,
    NeedsNotAgreed,
    NoSuchSession,
    NowFull,
    RegistrationClosed,
    TooManyPersons,
    Wish,
)
from participation.events.registration_models import BookingStatus, Registration, RegistrationSource
from participation.i18n import LocalizedText
from participation.mail import Mail
from participation.receipts import operations as receipts
from participation.receipts.models import Receipt
from tests.events.makers import make_event, make_registration

Status = BookingStatus
AYSE = Wish(name="Ayşe", email="ayse@example.org")


def register(event: Event, wish: Wish = AYSE, **options: object) -> Registration:
    """Somebody registers; gives what was made."""
    key = uuid.uuid4()
    registering.register(event, wish, form_key=key, **options)
    found = registering.registered_with(key)
    assert found is not None
    return found


def statuses(registration: Registration) -> list[BookingStatus]:
    return [one.status for one in sorted(registration.bookings, key=lambda one: one.session_id)]


def everything(event: Event) -> frozenset[int]:
    return frozenset(one.id for one in event.sessions)


# --- Getting a place -------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_whoever_asks_in_time_has_a_place_a_receipt_and_a_letter(app):
    event = make_event(capacity=3)
    code = registering.register(event, Wish(name="Ayşe", email="ayse@example.org", persons=2))
    registration = session.query(Registration).one()
    assert receipts.find(code) is registration.receipt
    assert statuses(registration) == [Status.CONFIRMED]
    assert event.sessions[0].taken == 2
    (letter,) = session.query(Mail).all()
    assert (letter.recipient, letter.wording, letter.language) == ("ayse@example.org", "events/registered", "de")
    assert "BEGIN:VCALENDAR" in letter.calendar


def test_of_mail_and_telephone_only_the_mail_is_kept(app):
    both = register(make_event(), Wish(name="Ayşe", email="ayse@example.org", phone="+49201123456"))
    assert (both.contact.email, both.phone) == ("ayse@example.org", "")
    one = register(make_event(), Wish(name="Ayşe", phone="+49201123456"))
    assert (one.contact, one.phone, one.is_reached_by_phone_only) == (None, "+49201123456", True)


def test_what_was_said_about_the_data_is_kept_by_its_version(app):
    event = make_event()
    first, second = register(event), register(event)
    event.purpose = LocalizedText(de="Etwas anderes")
    third = register(event)
    assert first.notice_version == second.notice_version != third.notice_version


def test_d3_a_yes_is_kept_with_its_version_and_moment(app, stop_clock):
    now = stop_clock(2026, 4, 1, 12)
    event = make_event()
    photos = consents.ask(event, LocalizedText(de="Fotos von mir"))
    consents.ask(event, LocalizedText(de="Der Verteiler"))
    registration = register(event, Wish(name="Ayşe", consents=(photos,)))
    assert [(one.text_id, one.given_at, one.withdrawn_at) for one in registration.consents] == [(photos.id, now, None)]


def test_d6_what_tells_about_health_needs_a_yes(app, stop_clock):
    now = stop_clock(2026, 4, 1, 12)
    event = make_event()
    for needs in (Needs(wheelchairs=1), Needs(sign_language=True), Needs(words="Sitzplatz vorn")):
        with pytest.raises(NeedsNotAgreed):
            register(event, Wish(name="Ayşe", needs=needs))
    plain = register(event, Wish(name="Ayşe", needs=Needs(interpreter="tr", children=2, is_agreed=True)))
    assert (plain.interpreter, plain.children, plain.needs_agreed_at) == ("tr", 2, None)
    agreed = register(event, Wish(name="Ayşe", needs=Needs(wheelchairs=1, is_agreed=True)))
    assert agreed.needs_agreed_at == now


# --- Once ------------------------------------------------------------------------------------------------------------


def test_the_same_form_sent_twice_makes_one_registration_and_a_fresh_code(app):
    event, key = make_event(capacity=5), uuid.uuid4()
    codes = [registering.register(event, AYSE, form_key=key) for _click in range(2)]
    assert codes[0] != codes[1]
    assert receipts.find(codes[0]) is None
    assert receipts.find(codes[1]) is session.query(Registration).one().receipt
    assert (event.sessions[0].taken, session.query(Mail).count(), session.query(Receipt).count()) == (1, 1, 1)


def test_a_form_from_yesterday_gives_no_code_again(app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    event, key = make_event(), uuid.uuid4()
    registering.register(event, AYSE, form_key=key)
    stop_clock(2026, 4, 1, 13)
    with pytest.raises(AlreadyRegistered):
        registering.register(event, AYSE, form_key=key)


def test_the_same_person_may_register_three_times(app):
    event = make_event(capacity=5)
    for _time in range(3):
        register(event)
    assert event.sessions[0].taken == 3
    assert session.query(Contact).count() == 3  # one per matter


# --- Full ------------------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_whoever_comes_after_the_last_place_is_told_and_then_waits(app):
    event = make_event(capacity=1)
    make_registration(event)
    with pytest.raises(NowFull) as refused:
        register(event)
    assert [one.id for one in refused.value.sessions] == [event.sessions[0].id]
    waiting = register(event, Wish(name="Ayşe", email="ayse@example.org", waits_for=everything(event)))
    assert statuses(waiting) == [Status.WAITING]
    assert event.sessions[0].taken == 1
    assert [letter.wording for letter in session.query(Mail)] == ["events/waiting"]


def test_a_group_that_is_larger_than_what_is_left_waits_together(app):
    event = make_event(capacity=3)
    make_registration(event, persons=2)
    with pytest.raises(NowFull):
        register(event, Wish(name="Ayşe", persons=2))
    waiting = register(event, Wish(name="Ayşe", persons=2, waits_for=everything(event)))
    assert (statuses(waiting), event.sessions[0].taken) == ([Status.WAITING], 2)


def test_a_group_that_can_never_fit_does_not_wait_in_vain(app):
    event = make_event(capacity=3)
    with pytest.raises(TooManyPersons):
        register(event, Wish(name="Ayşe", persons=4, waits_for=everything(event)))


def test_without_a_waiting_list_full_is_full(app):
    event = make_event(capacity=1, has_waiting_list=False)
    make_registration(event)
    with pytest.raises(Full) as refused:
        register(event, Wish(name="Ayşe", waits_for=everything(event)))
    assert not isinstance(refused.value, NowFull)


def test_whoever_said_yes_to_waiting_gets_the_place_that_is_free_after_all(app):
    event = make_event(capacity=1)
    assert statuses(register(event, Wish(name="Ayşe", waits_for=everything(event)))) == [Status.CONFIRMED]


@pytest.mark.databases
def test_of_several_sessions_one_may_be_full(app):
    event = make_event(
        several_sessions=True, sessions=[EventSession(capacity=1, position=0), EventSession(capacity=9, position=1)]
    )
    full = event.sessions[0]
    make_registration(event, in_session=full)
    both = Wish(name="Ayşe", sessions=everything(event))
    session.commit()
    with pytest.raises(NowFull):
        register(event, both)
    session.rollback()
    assert event.sessions[1].taken == 0  # nothing half done
    mixed = register(event, Wish(name="Ayşe", sessions=everything(event), waits_for=frozenset({full.id})))
    assert sorted(one.value for one in statuses(mixed)) == ["confirmed", "waiting"]


def test_only_sessions_of_the_event_and_one_where_only_one_is_allowed(app):
    event = make_event(sessions=[EventSession(position=0), EventSession(position=1)])
    other = make_event()
    for chosen in (frozenset(), everything(event), everything(other), everything(event) | everything(other)):
        with pytest.raises(NoSuchSession):
            register(event, Wish(name="Ayşe", sessions=chosen))


# --- Who may ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("persons", [0, -1, 7])
def test_so_many_people_at_once_and_no_more(app, persons):
    with pytest.raises(TooManyPersons):
        register(make_event(), Wish(name="Ayşe", persons=persons))


def test_an_organisation_may_bring_more(app):
    event = make_event(most_in_group=20)
    assert register(event, Wish(name="Ayşe", organisation="Verein", persons=20)).organisation == "Verein"
    with pytest.raises(TooManyPersons):
        register(event, Wish(name="Ayşe", persons=20))
    with pytest.raises(TooManyPersons):
        register(make_event(), Wish(name="Ayşe", organisation="Verein", persons=20))


@pytest.mark.parametrize(
    "facts",
    [
        {"mode": Mode.OPEN},
        {"published": False},
        {"registration_closes_at": timedelta(0)},
        {"registration_opens_at": timedelta(hours=1)},
        {"cancelled_at": timedelta(0)},
    ],
)
def test_registration_has_its_time(app, facts):
    moments = {name: clock.now() + value if isinstance(value, timedelta) else value for name, value in facts.items()}
    with pytest.raises(RegistrationClosed):
        register(make_event(**moments))


def test_in_the_closing_second_it_is_over(app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    event = make_event(registration_closes_at=clock.now() + timedelta(hours=1))
    stop_clock(2026, 4, 1, 12, 59, 59)
    assert statuses(register(event)) == [Status.CONFIRMED]
    stop_clock(2026, 4, 1, 13)
    with pytest.raises(RegistrationClosed):
        register(event)


def test_staff_enter_who_has_called_also_after_the_time_for_everybody(app):
    event = make_event(registration_closes_at=clock.now(), confirms_by_link=True, mode=Mode.INVITATION)
    wish = Wish(name="Ayşe", email="ayse@example.org", language="tr")
    called = register(event, wish, source=RegistrationSource.TELEPHONE)
    assert (called.language, called.contact.language) == ("tr", "tr")
    assert statuses(called) == [Status.CONFIRMED]  # they were talked to: nobody has to open a link
    assert session.query(Mail).one().language == "tr"


# --- Invitations -----------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_a_code_lets_in_as_many_as_it_is_for(app):
    event = make_event(mode=Mode.INVITATION)
    (code,) = invitations.make(event, 1, most_persons=3)
    typed = f" {invitations.grouped(code.code).lower()} "
    assert register(event, Wish(name="Ayşe", persons=2, invitation=typed)).invitation_id == code.id
    with pytest.raises(InvitationUsed):
        register(event, Wish(name="Ayşe", persons=2, invitation=typed))
    session.refresh(code)
    assert code.used == 2


@pytest.mark.parametrize("typed", ["", "ABCDEFGH", "9" * 60, "kein Code", "\u0661\u0662"])
def test_without_a_code_of_this_event_nobody_gets_in(app, typed):
    event, other = make_event(mode=Mode.INVITATION), make_event(mode=Mode.INVITATION)
    invitations.make(event, 1)
    (foreign,) = invitations.make(other, 1)
    for wrong in (typed, foreign.code):
        with pytest.raises(WrongInvitation):
            register(event, Wish(name="Ayşe", invitation=wrong))


# --- By link ---------------------------------------------------------------------------------------------------------


def test_d9_where_the_event_asks_for_it_a_place_waits_for_its_link(app, stop_clock):
    now = stop_clock(2026, 4, 1, 12)
    event = make_event(capacity=1, confirms_by_link=True, hold_hours=6)
    held = register(event)
    assert statuses(held) == [Status.HELD]
    assert held.bookings[0].ends_at == now + timedelta(hours=6)
    assert not held.contact.is_written_to
    assert [letter.wording for letter in session.query(Mail)] == ["events/confirm"]
    assert event.sessions[0].free == 0


def test_a_place_is_never_held_longer_than_until_it_begins(app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    event = make_event(confirms_by_link=True, starts_at=clock.now() + timedelta(hours=2))
    assert register(event).bookings[0].ends_at == event.starts_at


def test_whoever_gives_only_a_telephone_number_has_no_link_to_open(app):
    event = make_event(confirms_by_link=True)
    assert statuses(register(event, Wish(name="Ayşe", phone="+49201123456"))) == [Status.CONFIRMED]
