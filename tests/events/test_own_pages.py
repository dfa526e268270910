"""The pages of one's own registration, with the receipt at hand."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from participation import clock
from participation.db import session
from participation.events import consents, own_links, registering
from participation.events.models import Event, Offer
from participation.events.registering import Wish
from participation.events.registration_models import BookingStatus, Consent, Registration
from participation.i18n import LocalizedText
from participation.receipts import operations as receipts
from tests.events.makers import make_contact, make_event, make_registration

Status = BookingStatus
OWN = "/de/events/registration"


def come_back(client: FlaskClient, registration: Registration) -> Registration:
    """Type the code of the receipt."""
    if registration.receipt is None:
        issued = receipts.issue()
        registration.receipt, code = issued.receipt, issued.code
    else:
        code = receipts.renew(registration.receipt)
    session.flush()
    assert client.post("/de/receipt", data={"code": code}).location == "/de/receipt/matter"
    return registration


def own(client: FlaskClient, event: Event | None = None, **facts: object) -> Registration:
    """Somebody with the receipt of a registration at hand."""
    return come_back(client, make_registration(event or make_event(capacity=5), **facts))


# --- The page of the receipt -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.CONFIRMED, "1 place is yours."),
        (Status.WAITING, "You are number 1 on the waiting list."),
        (Status.OFFERED, "1 place is free for you. Please answer by"),
        (Status.HELD, "We keep 1 place for you until"),
        (Status.CANCELLED, "This registration is cancelled. You have no place."),
    ],
)
def test_the_receipt_says_in_words_what_one_has(app, client, status, said):
    own(client, status=status)
    assert said in client.get("/de/receipt/matter").text


def test_the_place_in_the_line_is_counted(app, client):
    event = make_event(capacity=1)
    for hours in (3, 2):
        make_registration(event, status=Status.WAITING, queued_at=clock.now() - timedelta(hours=hours))
    own(client, event, status=Status.WAITING)
    make_registration(event, status=Status.WAITING, queued_at=clock.now() + timedelta(hours=1))
    assert "You are number 3 on the waiting list." in client.get("/de/receipt/matter").text


def test_what_one_has_told_us_stands_there_with_what_one_can_do(app, client):
    own(client, name="Ayşe", persons=2, contact=make_contact(), children=2)
    page = client.get("/de/receipt/matter").text
    for said in (
        "Ayşe",
        "ayse@example.org",
        "Your ticket",
        "/event.ics",
        f"{OWN}/change",
        f"{OWN}/cancel",
        f"{OWN}/erase",
    ):
        assert said in page, said


def test_when_the_event_is_cancelled_there_is_no_ticket(app, client):
    registration = own(client)
    registration.event.cancelled_at = clock.now()
    page = client.get("/de/receipt/matter").text
    assert "This event was cancelled." in page
    assert f"{OWN}/ticket" not in page
    assert client.get(f"{OWN}/ticket").status_code == 409


# --- Changing --------------------------------------------------------------------------------------------------------


def test_persons_and_needs_are_changed(app, client):
    registration = own(client, name="Ayşe")
    page = client.get(f"{OWN}/change").text
    assert 'value="Ayşe"' in page
    fields = {"name": "Ayşe Y.", "persons": "3", "email": "ayse@example.org", "wheelchairs": "1", "needs_agreed": "y"}
    assert client.post(f"{OWN}/change", data=fields).location == "/de/receipt/matter"
    session.refresh(registration)
    assert (registration.name, registration.persons, registration.wheelchairs) == ("Ayşe Y.", 3, 1)
    assert registration.contact.email == "ayse@example.org"


def test_more_people_than_places_is_refused_with_what_was_typed(app, client):
    event = make_event(capacity=2)
    registration = own(client, event, name="Ayşe", phone="+492018812345")
    answer = client.post(f"{OWN}/change", data={"name": "Zeynep", "persons": "3", "phone": "0201 8812345"})
    assert answer.status_code == 422
    assert "There are not enough places for more people." in answer.text
    assert 'value="Zeynep"' in answer.text
    session.refresh(registration)
    assert (registration.name, registration.persons, event.sessions[0].taken) == ("Ayşe", 1, 1)


def test_who_is_more_than_allowed_by_now_changes_other_things_and_comes_with_fewer_step_by_step(app, client):
    event = make_event(capacity=9, most_persons=5)
    registration = own(client, event, name="Ayşe", persons=5, phone="+49201123456")
    event.most_persons = 2
    for persons, status in ((5, 302), (4, 302), (5, 422), (3, 302)):
        fields = {"name": f"Ayşe {persons}", "persons": str(persons), "phone": "0201 123456"}
        assert client.post(f"{OWN}/change", data=fields).status_code == status
    session.refresh(registration)
    assert (registration.name, registration.persons, event.sessions[0].taken) == ("Ayşe 3", 3, 3)


def test_a_late_change_keeps_the_needs_that_were_asked_for_in_time(app, client, stop_clock):
    stop_clock(2026, 4, 1, 12)
    event = make_event(sign_language=Offer.ON_REQUEST, requests_until=clock.today())
    registration = own(client, event, sign_language=True, needs_agreed_at=clock.now(), phone="+492018812345")
    stop_clock(2026, 4, 3, 12)
    fields = {"name": "Ayşe", "persons": "1", "phone": "0201 8812345", "sign_language": "y", "needs_agreed": "y"}
    assert client.post(f"{OWN}/change", data=fields).status_code == 302
    session.refresh(registration)
    assert registration.sign_language


# --- Cancelling, names, consents, the end ----------------------------------------------------------------------------


def test_cancelling_asks_once_more(app, client):
    registration = own(client)
    assert "Do you really want to cancel?" in client.get(f"{OWN}/cancel").text
    assert [one.status for one in registration.bookings] == [Status.CONFIRMED]
    assert client.post(f"{OWN}/cancel").location == "/de/receipt/matter"
    session.refresh(registration)
    assert [one.status for one in registration.bookings] == [Status.CANCELLED]
    assert "This registration is cancelled." in client.get("/de/receipt/matter").text
    assert client.post(f"{OWN}/cancel").status_code == 409


def test_names_come_one_in_each_line(app, client):
    registration = own(client, persons=2, organisation="Verein")
    assert client.post(f"{OWN}/names", data={"names": "Ayşe\n\n مريم \nIon"}).status_code == 422
    assert client.post(f"{OWN}/names", data={"names": "Ayşe\r\n\r\n مريم "}).status_code == 302
    session.refresh(registration)
    assert [one.name for one in registration.people] == ["Ayşe", "مريم"]


def test_d3_a_tick_taken_away_takes_the_yes_back(app, client):
    event = make_event()
    text = consents.ask(event, LocalizedText(de="Fotos von mir"))
    registering.register(event, Wish(name="Ayşe", consents=(text,)))
    come_back(client, session.query(Registration).one())
    assert "checked" in client.get(f"{OWN}/consents").text
    assert client.post(f"{OWN}/consents", data={"csrf_token": "…"}).location == "/de/receipt/matter"
    assert session.query(Consent).one().withdrawn_at is not None
    assert "checked" not in client.get(f"{OWN}/consents").text
    assert "What you have taken back" in client.get(f"{OWN}/consents").text


def test_d8_everything_is_deleted_after_one_more_question(app, client):
    own(client)
    assert "cannot be undone" in client.get(f"{OWN}/erase").text
    assert session.query(Registration).count() == 1
    assert client.post(f"{OWN}/erase").location == "/de/events/"
    assert session.query(Registration).count() == 0
    assert client.get("/de/receipt/matter").location == "/de/receipt"


def test_the_ticket_holds_a_code_for_the_door_and_no_name_in_any_address(app, client):
    registration = own(client, name="Ayşe")
    page = client.get(f"{OWN}/ticket").text
    ticket = registration.ticket
    assert f"{ticket[:4]}-{ticket[4:8]}-{ticket[8:]}" in page
    assert "data:image/svg+xml" in page
    assert page.count("<h1>") == 1


# --- Whose it is -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["change", "cancel", "names", "consents", "ticket", "erase"])
def test_v18_without_a_receipt_there_is_nothing(app, client, page):
    make_registration(make_event(), with_receipt=True)
    assert client.get(f"{OWN}/{page}").location == "/de/receipt"


@pytest.mark.parametrize("page", ["change", "cancel", "names", "consents", "ticket", "erase"])
def test_a_receipt_of_something_else_opens_nothing(app, client, page):
    code = receipts.issue().code
    client.post("/de/receipt", data={"code": code})
    assert client.get(f"{OWN}/{page}").status_code == 404


# --- From a letter ---------------------------------------------------------------------------------------------------


def test_d8_the_link_of_a_letter_leaves_the_address_and_needs_a_button(app, client):
    contact = make_contact()
    registration = make_registration(make_event(), contact=contact, with_receipt=True)
    with app.test_request_context():
        token = own_links.token_of(registration)
    opened = client.get(f"/de/events/letters/{token}")
    assert opened.location == "/de/events/letters"
    assert "Show my registration" in client.get("/de/events/letters").text
    session.refresh(contact)
    assert not contact.is_confirmed  # mail programmes open links by themselves
    assert client.post("/de/events/letters").location == "/de/receipt/matter"
    session.refresh(contact)
    assert contact.is_confirmed
    assert "1 place is yours." in client.get("/de/receipt/matter").text


@pytest.mark.parametrize("token", ["x", "a.b", "%F0%9F%98%80"])
def test_a_link_that_is_not_ours_leads_nowhere(app, client, token):
    client.get(f"/de/events/letters/{token}")
    assert client.get("/de/events/letters").status_code == 409
