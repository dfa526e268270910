"""The letters of a registration (L17, D8, D9)."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import select

from participation import clock
from participation.contacts import operations as contacts
from participation.contacts.own_links import opened
from participation.db import engine, session
from participation.delivery import message_of
from participation.events import letters, own_links, own_registration, registering
from participation.events.models import EventSession, Format
from participation.events.registering import Wish
from participation.events.registration_models import (
    BookingStatus,
    CallReason,
    PhoneCall,
    Registration,
    RegistrationSource,
)
from participation.i18n import LocalizedText
from participation.mail import Mail
from participation.wordings import gaps_in
from tests.events.makers import make_contact, make_event, make_place, make_registration

Status = BookingStatus


def mails() -> list[Mail]:
    return session.query(Mail).order_by(Mail.id).all()


def the_mail() -> Mail:
    (only,) = mails()
    return only


def test_l17_a_letter_speaks_the_language_of_the_person_and_brings_facts_link_and_calendar(app, monkeypatch):
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], mail_from="city@example.org"))
    event = make_event(place=make_place(name=LocalizedText(de="Bürgerhaus"), address="Markt 1"))
    registration = make_registration(event, persons=3, contact=make_contact(language="tr"))
    letters.registered(registration)
    mail = the_mail()
    assert (mail.recipient, mail.language, mail.wording) == ("ayse@example.org", "tr", "events/registered")
    assert str(event.title["tr"]) in mail.subject
    assert "Bürgerhaus, Markt 1, 12345 Musterstadt" in mail.text
    assert f"/tr/events/letters/{own_links.token_of(registration)}\n" in mail.text
    assert "3 people: confirmed" in mail.text
    assert "/tr/contacts/stop/" in mail.text
    assert event.uid.hex in mail.calendar.replace("-", "")
    message = message_from_bytes(message_of(mail).as_bytes(), policy=policy.default)
    assert [part.get_content_type() for part in message.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]


def test_who_waits_gets_no_calendar_and_not_the_address_online(app):
    event = make_event(format=Format.ONLINE, online_address="https://video.example/room", capacity=1)
    make_registration(event)
    letters.waiting(make_registration(event, status=Status.WAITING, contact=make_contact()))
    assert (the_mail().calendar, "video.example" in the_mail().text) == ("", False)


def test_who_has_a_place_gets_the_address_online(app):
    event = make_event(format=Format.ONLINE, online_address="https://video.example/room")
    letters.registered(make_registration(event, contact=make_contact()))
    assert "https://video.example/room" in the_mail().text


def test_a_letter_tells_each_part_with_its_time(app):
    now = clock.now()
    parts = [
        EventSession(title=LocalizedText(de="Runde 1"), position=0),
        EventSession(title=LocalizedText(de="Runde 2"), position=1, starts_at=now + timedelta(days=7, hours=1)),
    ]
    event = make_event(sessions=parts, several_sessions=True)
    registration = make_registration(event, contact=make_contact(), in_session=parts[1])
    letters.changed(registration)
    assert "Runde 2 (" in the_mail().text
    assert "Runde 1" not in the_mail().text


@pytest.mark.parametrize("wording", [one for one in letters.words.WORDINGS if one is not letters.words.CONFIRM])
def test_every_letter_that_links_to_the_registration_fills_its_gaps(app, wording):
    registration = make_registration(make_event(), contact=make_contact(language="de"))
    values = dict.fromkeys(gaps_in(wording.of_the_house("de").text, wording.of_the_house("de").subject), "x")
    for known in ("event", "when", "where", "address", "own", "places", "city"):
        values.pop(known, None)
    letters._tell([registration], wording, **values)
    assert letters.OWN not in the_mail().text + the_mail().subject
    assert letters.PLACES not in the_mail().text
    assert "%(" not in the_mail().text


# --- The link of a letter ---------------------------------------------------------------------------------------------


def test_d8_the_link_leads_to_the_registration_until_the_letters_are_stopped(app):
    registration = make_registration(make_event(), contact=make_contact())
    token = own_links.token_of(registration)
    assert own_links.behind(token) is registration
    contacts.stop(registration.contact)
    session.expire_all()
    assert own_links.behind(token) is None


@pytest.mark.parametrize("forged", ["", "x", "a.b", "ImFiYyI.x", "ä" * 50, "\0"])
def test_a_forged_link_leads_nowhere(app, forged):
    assert own_links.behind(forged) is None


def test_a_link_to_stop_is_no_link_to_a_registration(app):
    registration = make_registration(make_event(), contact=make_contact())
    assert own_links.behind(contacts.stop_link(registration.contact).rpartition("/")[2]) is None


def test_opening_the_link_confirms_the_address(app):
    registration = make_registration(make_event(), contact=make_contact())
    opened(registration.contact)
    assert registration.contact.is_confirmed


# --- Not too many -----------------------------------------------------------------------------------------------------


def test_v8_an_address_that_nobody_confirmed_gets_five_letters_a_day_and_then_none(app, stop_clock):
    stop_clock(2026, 5, 1, 10)
    people = [make_registration(make_event(), contact=make_contact()) for _number in range(7)]
    for one in people:
        letters.registered(one)
    assert len(mails()) == 5
    letters.event_cancelled(people[6].event)
    assert len(mails()) == 5, "who heard nothing at first is not written to later"
    letters.event_cancelled(people[0].event)
    assert len(mails()) == 6
    stop_clock(2026, 5, 2, 11)
    letters.registered(make_registration(make_event(), contact=make_contact()))
    assert len(mails()) == 7


def test_v8_an_address_that_comes_by_a_change_counts_as_well(app):
    people = [make_registration(make_event(), contact=make_contact()) for _number in range(7)]
    for one in people:
        letters.changed(one)
    assert [one.contact.is_needed for one in people] == [True] * 5 + [False] * 2


def test_whoever_confirmed_the_address_once_may_register_many(app):
    make_contact(confirmed_at=clock.now())
    for _number in range(7):
        letters.registered(make_registration(make_event(), contact=make_contact()))
    assert len(mails()) == 7


def test_what_staff_write_down_for_somebody_is_not_limited(app):
    for _number in range(7):
        letters.registered(make_registration(make_event(), contact=make_contact(), source=RegistrationSource.TELEPHONE))
    assert len(mails()) == 7


def test_d9_where_the_event_asks_first_only_the_question_is_sent_and_not_too_often(app):
    event = make_event(confirms_by_link=True)
    for _number in range(7):
        contact = letters.ask_for_link(event, "ayse@example.org")
    assert {mail.wording for mail in mails()} == {"events/confirm"}
    assert len(mails()) == contacts.MOST_CONFIRMATIONS_A_DAY
    assert not contact.is_written_to
    assert "/de/contacts/confirm/" in mails()[0].text


@pytest.mark.parametrize("asks_first", [False, True])
def test_v8_whoever_deletes_a_registration_and_registers_anew_writes_no_more_letters_to_a_stranger(app, asks_first):
    event = make_event(confirms_by_link=asks_first)
    for _again in range(8):
        session.expire_all()
        registering.register(event, Wish(name="Fremd", email="stranger@example.org"))
        own_registration.erase(session.scalars(select(Registration)).one())
    assert session.query(Mail).count() == (
        contacts.MOST_CONFIRMATIONS_A_DAY if asks_first else letters.MOST_UNCONFIRMED
    )
    assert not any("stranger" in one.recipient for one in session.query(Mail))


# --- To all of an event -----------------------------------------------------------------------------------------------


def test_who_cancelled_hears_nothing_more(app):
    event = make_event()
    for status in (Status.CONFIRMED, Status.WAITING, Status.OFFERED, Status.CANCELLED):
        make_registration(event, status=status, contact=make_contact(f"{status.value}@example.org"))
    assert letters.event_cancelled(event) == 3
    assert "cancelled@example.org" not in {mail.recipient for mail in mails()}


def test_a_cancelled_event_leaves_the_calendars(app):
    event = make_event()
    make_registration(event, contact=make_contact())
    event.cancelled_at, event.cancelled_because = clock.now(), LocalizedText(de="Der Raum ist nass.")
    letters.event_cancelled(event)
    assert "STATUS:CANCELLED" in the_mail().calendar
    assert "Der Raum ist nass." in the_mail().text


def test_only_who_had_a_place_is_thanked_and_nobody_gets_a_calendar_afterwards(app):
    event = make_event()
    make_registration(event, contact=make_contact("had@example.org"))
    make_registration(event, status=Status.WAITING, contact=make_contact("waited@example.org"))
    assert letters.thanks(event) == 1
    assert (the_mail().recipient, the_mail().calendar) == ("had@example.org", "")


def test_a_message_goes_to_whoever_staff_chose_in_their_words(app):
    event, other = make_event(), make_event()
    chosen = make_registration(event, contact=make_contact("a@example.org"))
    make_registration(event, contact=make_contact("b@example.org"))
    elsewhere = make_registration(other, contact=make_contact("c@example.org"))
    written = letters.message(event, [chosen, elsewhere], "Bitte\nmitbringen", "Einen Stift.\n%(own)s {{ 7*7 }}")
    assert (written, the_mail().recipient) == (1, "a@example.org")
    assert the_mail().subject.startswith("Bitte mitbringen")
    assert "Einen Stift.\n%(own)s {{ 7*7 }}" in the_mail().text


def test_many_letters_in_many_languages_need_few_statements(app):
    event = make_event()
    for number in range(60):
        tag = ["de", "tr", "ar"][number % 3]
        make_registration(event, contact=make_contact(f"p{number}@example.org", language=tag))
    session.commit()
    session.expire_all()
    statements: list[str] = []

    def note(*args: Any) -> None:
        statements.append(args[2])

    sqlalchemy_event.listen(engine(), "before_cursor_execute", note)
    assert letters.event_cancelled(event) == 60
    sqlalchemy_event.remove(engine(), "before_cursor_execute", note)
    assert len(statements) < 20, statements


# --- By telephone -----------------------------------------------------------------------------------------------------


def test_who_has_only_a_telephone_is_called_when_it_cannot_wait(app):
    event = make_event()
    registration = make_registration(event, phone="+49201123456")
    letters.registered(registration)
    assert session.query(PhoneCall).count() == 0
    letters.event_changed(event)
    letters.event_cancelled(event)
    calls = session.query(PhoneCall).order_by(PhoneCall.id).all()
    assert [(one.reason, one.outcome) for one in calls] == [(CallReason.CHANGE, "settled"), (CallReason.CANCELLED, "")]


def test_who_gave_no_address_at_all_is_left_alone(app):
    event = make_event()
    make_registration(event)
    letters.event_cancelled(event)
    assert (mails(), session.query(PhoneCall).count()) == ([], 0)
