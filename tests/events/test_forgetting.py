"""Names go on the day that was promised, or earlier when a person asks for it; numbers stay (D8, D14)."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from participation import clock
from participation.audit import AuditEntry
from participation.contacts import operations as contacts
from participation.contacts.models import Contact
from participation.db import session, table_of
from participation.districts.places import Places
from participation.events import forgetting, invitations, letters, personal_data
from participation.events.figures import large_groups
from participation.events.models import Event
from participation.events.registration_models import (
    Booking,
    BookingStatus,
    CallReason,
    CheckIn,
    Consent,
    ConsentText,
    InvitationCode,
    PhoneCall,
    RegisteredPerson,
    Registration,
    RegistrationSource,
)
from participation.i18n import LocalizedText
from participation.mail import ERASED, Mail, MailState, mark
from participation.privacy.models import RetentionRun
from participation.privacy.operations import run_housekeeping
from participation.questionnaires.extra_questions import ExtraQuestions
from participation.questionnaires.filling import Given
from participation.questionnaires.models import Answer, Response
from participation.receipts.models import Receipt
from tests.events.makers import make_contact, make_event, make_registration
from tests.surveys.makers import make_definition, make_survey, page, question

Status = BookingStatus
GONE = (
    *(Registration, Booking, Contact, Receipt, Response, Answer),
    *(RegisteredPerson, Consent, PhoneCall, CheckIn, InvitationCode),
)
NOTHING = dict.fromkeys(forgetting.KINDS, 0)


def left() -> dict[str, int]:
    return {model.__name__: session.scalar(select(func.count()).select_from(table_of(model))) or 0 for model in GONE}


def with_everything(event: Event, **facts) -> Registration:
    """A registration with all that can belong to one."""
    found = make_registration(event, with_receipt=True, contact=make_contact(), **facts)
    questions = ExtraQuestions(event.version, Places())
    questions.sent.answers = {("wish", 0): Given(("Mehr Bäume",))}
    found.response = questions.save()
    found.people.append(RegisteredPerson(position=0, name="Mehmet"))
    text = ConsentText(event_id=event.id, number=1, text=LocalizedText(de="Fotos"))
    session.add(text)
    session.flush()
    found.consents.append(Consent(text_id=text.id, text=text))
    session.add(PhoneCall(registration_id=found.id, reason=CallReason.CHANGE, due_at=clock.now()))
    session.flush()
    return found


def make_event_with_questions(**facts) -> Event:
    survey = make_survey(make_definition(page("first", question("wish"))))
    return make_event(version_id=survey.questionnaire.versions[0].id, **facts)


@pytest.mark.databases
def test_all_that_leads_to_people_goes_on_the_promised_day_d14(app, stop_clock):
    stop_clock(2026, 5, 4, 10)
    event = make_event_with_questions(starts_at=clock.now() + timedelta(days=1), retention_days=30, capacity=9)
    found = with_everything(event, persons=2)
    make_registration(event, persons=3, status=Status.WAITING, source=RegistrationSource.TELEPHONE)
    make_registration(event, status=Status.CANCELLED)
    invitations.make(event, 2, note="Frau Beispiel")
    session.add(CheckIn(event_id=event.id, registration_id=found.id, persons=1, arrived_at=clock.now()))
    session.add(CheckIn(event_id=event.id, persons=4, arrived_at=clock.now()))
    letters.registered(found)
    session.flush()
    stop_clock(2026, 6, 3, 10)
    assert event.erase_on.isoformat() == "2026-06-04"
    assert forgetting.forget() == NOTHING
    stop_clock(2026, 6, 4, 1)
    assert forgetting.forget() == {
        **NOTHING,
        "events": 1,
        "registrations": 3,
        "contacts": 1,
        "receipts": 1,
        "answers": 1,
        "mails": 1,
    }
    assert left() == dict.fromkeys(left(), 0)
    assert event.erased_at == clock.now()
    assert event.sessions[0].taken == 0
    figures = event.figures
    assert (figures["registered"], figures["waiting"], figures["cancelled"], figures["attended"]) == (2, 3, 1, 5)
    assert figures["sources"] == {"online": 2}
    assert figures["languages"] == {}
    assert event.attended == 5
    assert figures["sessions"] == [
        {
            "id": event.sessions[0].id,
            "capacity": 9,
            "registered": 2,
            "waiting": 3,
            "cancelled": 1,
            "attended": 1,
        }
    ]
    mail = session.query(Mail).one()
    assert (mail.state, mail.recipient, mail.text, mail.calendar) == (MailState.FAILED, ERASED, "", "")
    assert forgetting.forget() == NOTHING


def test_the_deletion_is_noted_without_personal_data_d14(app, stop_clock):
    event = make_event()
    make_registration(event)
    later = event.erase_on + timedelta(days=1)
    stop_clock(later.year, later.month, later.day, 3)
    run_housekeeping()
    run = session.query(RetentionRun).where(RetentionRun.room == "events").one()
    assert run.counts["registrations"] == 1
    noted = session.query(AuditEntry).one()
    assert (noted.action, noted.staff_name, noted.details) == (
        "event.registrations_erased",
        "command",
        {"registrations": 1},
    )


@pytest.mark.databases
def test_a_large_event_goes_bit_by_bit_and_is_counted_whole(app, stop_clock, monkeypatch):
    monkeypatch.setattr(forgetting, "CHUNK", 2)
    monkeypatch.setattr(forgetting, "MOST_IN_ONE_NIGHT", 3)
    event, other = make_event(), make_event()
    for _number in range(5):
        make_registration(event)
    make_registration(other, persons=2)
    stop_clock(2100, 1, 1)
    assert forgetting.forget() == {**NOTHING, "registrations": 3}
    assert event.erased_at is None
    assert forgetting.forget() == {**NOTHING, "registrations": 3, "events": 1}
    assert forgetting.forget() == {**NOTHING, "events": 1}
    assert (event.figures["registered"], other.figures["registered"]) == (5, 2)


def test_letters_of_other_matters_to_the_same_address_stay(app, stop_clock):
    event, other = make_event(), make_event(starts_at=clock.now() + timedelta(days=90))
    for one in (event, other):
        letters.registered(make_registration(one, with_receipt=True, contact=make_contact()))
    day = event.erase_on
    stop_clock(day.year, day.month, day.day, 3)
    assert forgetting.forget()["mails"] == 1
    assert sorted(mail.state.value for mail in session.query(Mail)) == ["failed", "waiting"]


def test_figures_by_language_hide_small_groups_s1_s2():
    from collections import Counter

    assert large_groups(Counter(de=30, tr=6, ar=5)) == {"de": 30, "tr": 6, "ar": 5}
    assert large_groups(Counter(de=30, tr=6, ar=3)) == {"de": 30}
    assert large_groups(Counter(de=30, tr=6, ar=3, uk=4)) == {"de": 30, "tr": 6}
    assert large_groups(Counter(de=4)) == {}


# --- Earlier, for one person ------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_whoever_has_everything_deleted_frees_the_places_for_those_who_wait_d8(app):
    event = make_event_with_questions(capacity=2)
    found = with_everything(event, persons=2)
    code = invitations.make(event, 1, most_persons=4)[0]
    code.used, found.invitation_id = 2, code.id
    waiting = make_registration(event, persons=2, status=Status.WAITING, contact=make_contact("b@example.org"))
    letters.registered(found)
    key = found.id
    forgetting.erase_one(found)
    assert session.get(Registration, key) is None
    counts = left()
    assert (counts["Registration"], counts["Contact"], counts["Receipt"], counts["Response"]) == (1, 1, 0, 0)
    assert (counts["RegisteredPerson"], counts["Consent"], counts["PhoneCall"]) == (0, 0, 0)
    assert waiting.bookings[0].status is Status.OFFERED
    assert (event.sessions[0].taken, code.used) == (2, 0)
    words = {mail.recipient: mail.text != "" for mail in session.query(Mail)}
    assert words == {mark("ayse@example.org"): False, "b@example.org": True}


def test_a_letter_that_asks_to_confirm_is_withdrawn_too(app):
    event = make_event(confirms_by_link=True)
    contact = contacts.give("a@example.org", "events/confirm", **letters._facts(event, with_address=False), until="x")
    other = contacts.give("a@example.org", "events/confirm", **letters._facts(event, with_address=False), until="x")
    found = make_registration(event, status=Status.HELD, contact=contact)
    forgetting.erase_one(found)
    assert [mail.state for mail in session.query(Mail).order_by(Mail.id)] == [MailState.FAILED, MailState.WAITING]
    assert session.get(Contact, other.id) is not None


def test_who_was_counted_at_the_door_stays_a_number(app):
    event = make_event()
    found = make_registration(event)
    session.add(CheckIn(event_id=event.id, registration_id=found.id, persons=1, arrived_at=clock.now()))
    session.flush()
    forgetting.erase_one(found)
    assert session.query(CheckIn).one().registration_id is None


# --- What we keep, for the person -------------------------------------------------------------------------------------


def test_a_person_gets_all_that_is_kept_as_a_file_and_as_a_page_d7_d8(app, client):
    event = make_event_with_questions()
    found = with_everything(event, name="Ayşe", needs="Hörschleife", needs_agreed_at=clock.now())
    letters.registered(found)
    session.flush()
    with client.session_transaction() as cookie:
        cookie["receipt"] = str(found.receipt_id)
    answer = client.get("/de/events/registration/data/file")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="registration.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    data = answer.json
    assert data["registration"]["name"] == "Ayşe"
    assert data["registration"]["email"] == "ayse@example.org"
    assert data["needs"]["other"] == "Hörschleife"
    assert data["people"] == ["Mehmet"]
    assert data["consents"][0]["text"] == "Fotos"
    assert data["answers"][0]["answer"] == "Mehr Bäume"
    assert len(data["letters"]) == 1
    assert len(data["calls"]) == 1
    page = client.get("/de/events/registration/data").text
    assert all(words in page for words in ("Ayşe", "Hörschleife", "Mehmet", "Fotos", "Mehr Bäume"))


def test_without_a_receipt_nothing_is_shown(client):
    for path in ("", "/file"):
        assert client.get(f"/de/events/registration/data{path}").location == "/de/receipt"


def test_a_receipt_of_something_else_opens_nothing(app, client):
    from participation.receipts import operations as receipts

    with client.session_transaction() as cookie:
        cookie["receipt"] = str(receipts.issue().receipt.id)
    assert client.get("/de/events/registration/data").status_code == 404


def test_the_file_names_moments_with_their_zone(app):
    data = personal_data.as_dict(make_registration(make_event()))
    assert data["event"]["starts_at"].endswith("+00:00")
