"""What people do with their registration afterwards."""

import pytest

from participation.contacts.models import Contact
from participation.db import session
from participation.events import consents, invitations, own_registration, registering
from participation.events import letters as writing
from participation.events.models import Event, EventSession, Mode
from participation.events.own_registration import NoRoom, NotChangeable
from participation.events.registering import Needs, NeedsNotAgreed, TooManyPersons, Wish
from participation.events.registration_models import BookingStatus, Registration
from participation.i18n import LocalizedText
from participation.mail import Mail, MailState, mark
from participation.receipts.models import Receipt
from tests.events.makers import make_contact, make_event, make_registration

Status = BookingStatus


def wish_of(registration: Registration, **changes: object) -> Wish:
    """The registration as it is, with these changes."""
    email = registration.contact.email if registration.contact else ""
    facts = {"name": registration.name, "email": email, "phone": registration.phone, "persons": registration.persons}
    return Wish(**{**facts, "organisation": registration.organisation, **changes})


def letters() -> list[str]:
    return [letter.wording for letter in session.query(Mail).order_by(Mail.id)]


def taken(event: Event) -> list[int]:
    session.expire_all()
    return [one.taken for one in event.sessions]


# --- Changing --------------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_more_people_come_only_where_places_are_free(app):
    event = make_event(capacity=4)
    registration = make_registration(event, persons=2, contact=make_contact())
    own_registration.change(registration, wish_of(registration, persons=4))
    assert (taken(event), registration.persons, registration.bookings[0].persons) == ([4], 4, 4)
    with pytest.raises(NoRoom):
        own_registration.change(registration, wish_of(registration, persons=5, name="Anders"))
    session.expire_all()
    assert (taken(event), registration.persons) == ([4], 4)
    assert letters() == ["events/changed"]


def test_nobody_grows_past_those_who_wait(app):
    event = make_event(capacity=3)
    registration = make_registration(event)
    make_registration(event, status=Status.WAITING, persons=2)
    with pytest.raises(NoRoom):
        own_registration.change(registration, wish_of(registration, persons=2))


@pytest.mark.databases
def test_who_comes_with_fewer_makes_room_for_those_who_wait(app):
    event = make_event(capacity=3)
    registration = make_registration(event, persons=3)
    waiting = make_registration(event, status=Status.WAITING, persons=2)
    own_registration.reduce(registration, 1)
    session.expire_all()
    assert waiting.bookings[0].status is Status.OFFERED
    assert (taken(event), registration.persons, registration.bookings[0].persons) == ([3], 1, 1)


def test_on_the_waiting_list_a_group_may_grow_as_long_as_it_can_ever_fit(app):
    event = make_event(capacity=3)
    make_registration(event, persons=3)
    waiting = make_registration(event, status=Status.WAITING)
    own_registration.change(waiting, wish_of(waiting, persons=3))
    assert (waiting.bookings[0].persons, taken(event)) == (3, [3])
    with pytest.raises(NoRoom):
        own_registration.change(waiting, wish_of(waiting, persons=4))


def test_in_several_sessions_all_grow_or_none(app):
    parts = [EventSession(capacity=9, position=0), EventSession(capacity=1, position=1)]
    event = make_event(several_sessions=True, sessions=parts)
    registration = _registered(event, sessions=frozenset(one.id for one in event.sessions))
    session.commit()
    with pytest.raises(NoRoom):
        own_registration.change(registration, wish_of(registration, persons=2))
    session.rollback()
    assert taken(event) == [1, 1]


def test_nobody_brings_more_than_are_allowed(app):
    registration = make_registration(make_event(most_persons=2))
    for persons in (3, 0, -1):
        with pytest.raises(TooManyPersons):
            own_registration.change(registration, wish_of(registration, persons=persons))


def test_an_invitation_counts_who_comes(app):
    event = make_event(mode=Mode.INVITATION)
    (code,) = invitations.make(event, 1, most_persons=3)
    registration = _registered(event, persons=2, invitation=code.code)

    def used() -> int:
        session.refresh(code)
        return code.used

    own_registration.change(registration, wish_of(registration, persons=3))
    assert used() == 3
    with pytest.raises(invitations.InvitationUsed):
        own_registration.change(registration, wish_of(registration, persons=4))
    own_registration.reduce(registration, 1)
    assert used() == 1
    own_registration.cancel(registration)
    assert used() == 0


def test_d6_needs_change_with_their_yes(app):
    registration = make_registration(make_event())
    with pytest.raises(NeedsNotAgreed):
        own_registration.change(registration, wish_of(registration, needs=Needs(words="Rampe")))
    own_registration.change(registration, wish_of(registration, needs=Needs(words="Rampe", is_agreed=True)))
    assert (registration.needs, registration.needs_agreed_at is not None) == ("Rampe", True)
    own_registration.change(registration, wish_of(registration))
    assert (registration.needs, registration.needs_agreed_at) == ("", None)


def test_another_address_replaces_the_one_before(app):
    registration = make_registration(make_event(), contact=make_contact("old@example.org"))
    own_registration.change(registration, wish_of(registration, email="new@example.org"))
    assert [one.email for one in session.query(Contact)] == ["new@example.org"]
    assert session.query(Mail).one().recipient == "new@example.org"
    own_registration.change(registration, wish_of(registration, email="", phone="+492018812345"))
    assert (session.query(Contact).count(), registration.phone) == (0, "+492018812345")


def test_d14_letters_to_an_address_that_was_replaced_keep_no_words_and_are_not_sent(app):
    registration = make_registration(make_event(), contact=make_contact("old@example.org"))
    writing.registered(registration)
    own_registration.change(registration, wish_of(registration, email="new@example.org"))
    first, second = session.query(Mail).order_by(Mail.id)
    assert (first.state, first.recipient, first.text, first.calendar) == (
        MailState.FAILED,
        mark("old@example.org"),
        "",
        "",
    )
    assert (second.state, second.recipient) == (MailState.WAITING, "new@example.org")


def test_what_has_begun_or_was_cancelled_changes_no_more(app, stop_clock):
    now = stop_clock(2026, 4, 1, 12)
    begun = make_registration(make_event())
    begun.event.starts_at = now
    for registration in (begun, make_registration(make_event(), status=Status.CANCELLED)):
        with pytest.raises(NotChangeable):
            own_registration.change(registration, wish_of(registration))
        with pytest.raises(NotChangeable):
            own_registration.reduce(registration, 1)


# --- Not coming ------------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_whoever_cancels_gives_the_place_to_those_who_wait_and_hears_it_once(app):
    event = make_event(capacity=2)
    registration = make_registration(event, persons=2, contact=make_contact())
    waiting = make_registration(event, status=Status.WAITING)
    own_registration.cancel(registration)
    own_registration.cancel(registration)
    session.expire_all()
    assert [one.status for one in registration.bookings] == [Status.CANCELLED]
    assert waiting.bookings[0].status is Status.OFFERED
    assert taken(event) == [1]
    assert letters() == ["events/cancelled_by_person"]


def test_one_of_several_sessions_can_be_cancelled_alone(app):
    parts = [EventSession(capacity=5, position=0), EventSession(capacity=5, position=1)]
    event = make_event(several_sessions=True, sessions=parts)
    registration = _registered(event, sessions=frozenset(one.id for one in event.sessions))
    own_registration.cancel(registration, {event.sessions[0].id})
    assert taken(event) == [0, 1]
    assert registration.is_alive


def test_a_cancelled_registration_leaves_the_waiting_list(app):
    event = make_event(capacity=1)
    make_registration(event)
    waiting = make_registration(event, status=Status.WAITING)
    own_registration.cancel(waiting)
    assert (waiting.bookings[0].status, taken(event)) == (Status.CANCELLED, [1])


def test_d7_everything_goes_at_once_when_the_person_wants_it(app):
    event = make_event(capacity=1)
    registration = make_registration(event, contact=make_contact(), with_receipt=True)
    own_registration.name_people(registration, ["Ayşe"])
    own_registration.erase(registration)
    for model in (Registration, Contact, Receipt):
        assert session.query(model).count() == 0
    assert taken(event) == [0]


# --- Names and consents ----------------------------------------------------------------------------------------------


def test_names_of_a_group_come_later_and_can_be_replaced(app):
    registration = make_registration(make_event(), persons=3, organisation="Verein")
    own_registration.name_people(registration, ["Ayşe", "Олена"])
    own_registration.name_people(registration, ["Олена", "مريم", "Ion"])
    session.expire_all()
    assert [one.name for one in registration.people] == ["Олена", "مريم", "Ion"]
    with pytest.raises(TooManyPersons):
        own_registration.name_people(registration, ["a", "b", "c", "d"])


def test_d3_a_yes_is_taken_back_as_easily_as_it_was_given_and_both_moments_stay(app, stop_clock):
    given_at = stop_clock(2026, 4, 1, 12)
    event = make_event()
    photos, news = (consents.ask(event, LocalizedText(de=text)) for text in ("Fotos", "Rundbrief"))
    registration = _registered(event, consents=(photos, news))
    withdrawn_at = stop_clock(2026, 4, 2, 12)
    own_registration.keep_consents(registration, [news])
    kept = {one.text_id: (one.given_at, one.withdrawn_at) for one in registration.consents}
    assert kept == {photos.id: (given_at, withdrawn_at), news.id: (given_at, None)}
    again = stop_clock(2026, 4, 3, 12)
    own_registration.keep_consents(registration, [photos])
    kept = {one.text_id: (one.given_at, one.withdrawn_at) for one in registration.consents}
    assert kept == {photos.id: (again, None), news.id: (given_at, again)}


def test_d3_another_wording_is_another_version(app):
    event = make_event()
    first = consents.ask(event, LocalizedText(de="Fotos"))
    assert consents.reword(first, LocalizedText(de="Fotos")) is first
    second = consents.reword(first, LocalizedText(de="Fotos im Netz"))
    assert (second.number, second.version, list(consents.asked(event))) == (first.number, 2, [second])
    assert first.retired_at is not None


def _registered(event: Event, **facts: object) -> Registration:
    registering.register(event, Wish(**{"name": "Ayşe", **facts}))
    return session.query(Registration).order_by(Registration.created_at.desc()).first()
