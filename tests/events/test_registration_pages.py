"""The one page on which somebody registers, and the receipt behind it."""

import html
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from participation import clock
from participation.db import session
from participation.events import consents, invitations
from participation.events.models import ContactRule, Event, EventLanguage, EventSession, Mode, Offer
from participation.events.registration_models import BookingStatus, Consent, Registration
from participation.i18n import LocalizedText
from participation.mail import Mail
from participation.questionnaires.models import Answer, Questionnaire
from participation.receipts.models import Receipt
from tests.events.makers import make_event, make_registration
from tests.statements import counted_statements
from tests.surveys.makers import make_definition, make_version, page, question

# Our own hidden fields, and those that WTForms writes.
HIDDEN = re.compile(
    r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"'
    r'|<input id="\w+" name="(\w+)" type="hidden" value="([^"]*)"'
)
AYSE = {"name": "Ayşe Yılmaz", "email": "ayse@example.org", "persons": "1"}
Status = BookingStatus


class Visitor:
    """Somebody with the page open."""

    def __init__(self, client: FlaskClient, event: Event, language: str = "de") -> None:
        self.client = client
        self.address = f"/{language}/events/{event.id}/register"
        self.page = client.get(self.address)

    def send(self, **fields: object) -> TestResponse:
        """Press the button of the page as it stands now."""
        self.page = self.client.post(self.address, data={**self.hidden, **AYSE, **fields})
        return self.page

    @property
    def hidden(self) -> dict[str, str]:
        found = {}
        for first, value, second, other in HIDDEN.findall(self.page.text):
            found[first or second] = html.unescape(value or other)
        return found

    @property
    def button(self) -> str:
        return re.findall(r'<p class="actions"><button class="button">([^<]*)</button>', self.page.text)[-1]


def only_one() -> Registration:
    return session.query(Registration).one()


# --- The way through -------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_one_page_and_then_the_receipt(app, client):
    event = make_event(capacity=5)
    visitor = Visitor(client, event)
    assert visitor.page.status_code == 200
    assert visitor.send(persons="٢").location == "/de/receipt/new"  # two, in Arabic digits (L12)
    registration = only_one()
    assert (registration.name, registration.persons, registration.language) == ("Ayşe Yılmaz", 2, "de")
    assert [one.status for one in registration.bookings] == [Status.CONFIRMED]
    fresh = client.get("/de/receipt/new").text
    assert "Thank you. We have received what you sent." in fresh
    assert "You have a place." in fresh
    matter = client.get("/de/receipt/matter").text
    assert "2 places are yours." in matter


def test_a_double_click_makes_one_registration(app, client):
    visitor = Visitor(client, make_event(capacity=1))
    fields = {**visitor.hidden, **AYSE}
    assert [client.post(visitor.address, data=fields).status_code for _click in range(2)] == [302, 302]
    assert session.query(Registration).count() == session.query(Receipt).count() == session.query(Mail).count() == 1


def test_d1_duties_stand_open_before_the_first_field(app, client):
    event = make_event(retention_days=30)
    before = Visitor(client, event).page.text.partition('id="name"')[0]
    assert "<details open>" in before
    for said in (
        "Who is responsible?",
        "Frau Beispiel",
        "Wir planen",
        "Aufgabe der Stadt",
        "30 days",
        "/de/pages/privacy",
    ):
        assert said in before, said


def test_d11_children_are_told_to_leave_the_address_to_their_parents(app, client):
    assert "younger than 16" in Visitor(client, make_event()).page.text


def test_a17_what_browsers_know_is_marked(app, client):
    text = Visitor(client, make_event(most_in_group=9)).page.text
    for known in ("name", "email", "tel", "organization"):
        assert f'autocomplete="{known}"' in text


def test_a_browser_that_holds_a_receipt_is_told_so(app, client):
    event = make_event()
    assert "registered for this event already" not in Visitor(client, event).page.text
    Visitor(client, event).send()
    assert "registered for this event already" in client.get(f"/de/events/{event.id}/register").text
    assert "registered for this event already" not in client.get(f"/de/events/{make_event().id}/register").text


def test_l18_another_language_keeps_what_was_typed(app, client):
    visitor = Visitor(client, make_event())
    fields = {**visitor.hidden, "name": "Ayşe", "email": "no", "_language": "tr"}
    answer = client.post(visitor.address, data=fields)
    assert answer.location.endswith(visitor.address.replace("/de/", "/tr/"))
    there = client.post(answer.location, data=fields)
    assert there.status_code == 200
    assert 'value="Ayşe"' in there.text
    assert "error-summary" not in there.text


# --- Full ------------------------------------------------------------------------------------------------------------


def test_a_full_event_says_so_before_the_form_and_offers_the_waiting_list(app, client):
    event = make_event(capacity=1)
    make_registration(event)
    visitor = Visitor(client, event)
    assert "All places are taken. You can join the waiting list." in visitor.page.text.partition("<form")[0]
    assert visitor.button == "Join the waiting list"
    assert visitor.send().location == "/de/receipt/new"
    assert "You are number 1 on the waiting list." in client.get("/de/receipt/matter").text


def test_when_the_last_place_goes_meanwhile_nothing_is_lost_and_one_more_press_waits(app, client):
    event = make_event(capacity=1)
    visitor = Visitor(client, event)
    assert visitor.button == "Register"
    make_registration(event)
    assert visitor.send(needs="", name="Zeynep").status_code == 422
    assert "You are not registered yet." in visitor.page.text
    assert 'value="Zeynep"' in visitor.page.text
    assert visitor.button == "Join the waiting list"
    assert visitor.send(name="Zeynep").location == "/de/receipt/new"
    assert [one.status for one in session.query(Registration).filter_by(name="Zeynep").one().bookings] == [
        Status.WAITING
    ]


def test_without_a_waiting_list_a_full_event_has_no_form(app, client):
    event = make_event(capacity=1, has_waiting_list=False)
    visitor = Visitor(client, event)
    make_registration(event)
    assert visitor.send().status_code == 422  # while somebody was typing
    assert "there is no waiting list" in visitor.page.text
    assert 'value="Ayşe Yılmaz"' in visitor.page.text
    fresh = Visitor(client, event).page
    assert "All places are taken." in fresh.text
    assert "<form id" not in fresh.text


def test_sessions_are_chosen_with_what_is_left_in_words(app, client):
    parts = [
        EventSession(title=LocalizedText(de="Runde 1"), capacity=1, position=0),
        EventSession(title=LocalizedText(de="Runde 2"), capacity=3, position=1),
        EventSession(title=LocalizedText(de="Runde 3"), position=2),
    ]
    event = make_event(sessions=parts)
    make_registration(event, in_session=event.sessions[0])
    visitor = Visitor(client, event)
    assert "Runde 1 · Full. You can join the waiting list." in visitor.page.text
    assert "Runde 2 · 3 places left" in visitor.page.text
    assert visitor.send().status_code == 422
    assert "Please choose one of the options." in visitor.page.text
    assert visitor.send(one_session=str(event.sessions[1].id)).location == "/de/receipt/new"
    assert [one.session_id for one in session.query(Registration).filter_by(name=AYSE["name"]).one().bookings] == [
        event.sessions[1].id
    ]


def test_several_sessions_may_be_ticked_where_the_event_allows_it(app, client):
    parts = [EventSession(title=LocalizedText(de=f"Runde {number}"), position=number) for number in (1, 2)]
    event = make_event(several_sessions=True, sessions=parts)
    ids = [str(one.id) for one in event.sessions]
    assert Visitor(client, event).send(sessions=ids).location == "/de/receipt/new"
    assert len(only_one().bookings) == 2


# --- Who may register, and when --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"mode": Mode.OPEN}, "Just come."),
        ({"registration_opens_at": timedelta(hours=1)}, "Registration begins on"),
        ({"registration_closes_at": timedelta(hours=-1)}, "has ended"),
        ({"cancelled_at": timedelta(0)}, "was cancelled"),
        ({"starts_at": timedelta(days=-3)}, "is over"),
    ],
)
def test_where_one_cannot_register_the_page_says_why_and_shows_no_form(app, client, facts, said):
    moments = {name: clock.now() + value if isinstance(value, timedelta) else value for name, value in facts.items()}
    event = make_event(**moments)
    visitor = Visitor(client, event)
    assert visitor.page.status_code == 200
    assert said in visitor.page.text
    assert "<form id" not in visitor.page.text
    assert visitor.send().status_code == 422
    assert session.query(Registration).count() == 0


def test_in_the_closing_second_the_typed_text_is_kept(app, client, stop_clock):
    stop_clock(2026, 4, 1, 12)
    event = make_event(registration_closes_at=clock.now() + timedelta(minutes=1))
    visitor = Visitor(client, event)
    stop_clock(2026, 4, 1, 12, 1)
    assert visitor.send().status_code == 422
    assert "One cannot register for this event at the moment. You are not registered." in visitor.page.text
    assert 'value="Ayşe Yılmaz"' in visitor.page.text


def test_a_draft_is_not_there(app, client):
    assert client.get(f"/de/events/{make_event(published=False).id}/register").status_code == 404
    assert client.post(f"/de/events/{make_event(published=False).id}/register", data=AYSE).status_code == 404


def test_an_invitation_is_asked_for_and_a_wrong_one_told_at_its_field(app, client):
    event = make_event(mode=Mode.INVITATION)
    (code,) = invitations.make(event, 1)
    visitor = Visitor(client, event)
    assert visitor.send().status_code == 422
    visitor.send(invitation="ABCD-EFGH")
    assert visitor.page.status_code == 422
    assert 'href="#invitation"' in visitor.page.text
    assert visitor.send(invitation=code.code).location == "/de/receipt/new"


# --- What is asked ---------------------------------------------------------------------------------------------------


def test_one_way_to_reach_the_person_is_enough(app, client):
    event = make_event()
    visitor = Visitor(client, event)
    assert visitor.send(email="").status_code == 422
    assert "e-mail address or a telephone number" in visitor.page.text
    assert visitor.send(email="", phone="0201 / 88-12345").location == "/de/receipt/new"
    assert only_one().phone == "+492018812345"


@pytest.mark.parametrize(("rule", "fields"), [(ContactRule.VOLUNTARY, True), (ContactRule.NONE, False)])
def test_d4_where_no_contact_is_needed_none_is_asked_for(app, client, rule, fields):
    event = make_event(contact_rule=rule)
    visitor = Visitor(client, event)
    assert ('id="email"' in visitor.page.text) is fields
    assert visitor.send(email="").location == "/de/receipt/new"
    assert only_one().contact is None


def test_only_what_is_on_offer_can_be_asked_for(app, client):
    plain = Visitor(client, make_event()).page.text
    for name in ("interpreter", "children", "sign_language", "organisation"):
        assert f'id="{name}"' not in plain
    event = make_event(
        interpretation=Offer.ON_REQUEST,
        child_care=Offer.YES,
        sign_language=Offer.ON_REQUEST,
        most_in_group=10,
        languages=[EventLanguage(language="tr", is_interpreted=True), EventLanguage(language="de")],
    )
    visitor = Visitor(client, event)
    for name in ("interpreter", "children", "sign_language", "organisation"):
        assert f'id="{name}"' in visitor.page.text
    assert visitor.send(interpreter="de").status_code == 422  # spoken anyway
    sent = visitor.send(interpreter="tr", children="2", sign_language="y", needs_agreed="y", organisation="Verein")
    assert sent.location == "/de/receipt/new"
    found = only_one()
    assert (found.interpreter, found.children, found.sign_language, found.organisation) == ("tr", 2, True, "Verein")


def test_what_has_to_be_arranged_can_be_asked_for_until_its_day(app, client, stop_clock):
    stop_clock(2026, 4, 1, 12)
    event = make_event(sign_language=Offer.ON_REQUEST, requests_until=clock.today())
    visitor = Visitor(client, event)
    assert 'id="sign_language"' in visitor.page.text
    stop_clock(2026, 4, 2, 12)
    assert visitor.send(sign_language="y", needs_agreed="y").status_code == 422  # it was opened the day before
    assert "It is too late to ask for some of what you need." in visitor.page.text
    assert 'id="sign_language"' not in visitor.page.text
    assert visitor.send().location == "/de/receipt/new"
    assert not only_one().sign_language


def test_d6_needs_about_health_want_a_tick_and_the_others_do_not(app, client):
    event = make_event(child_care=Offer.YES)
    visitor = Visitor(client, event)
    assert visitor.send(wheelchairs="1").status_code == 422
    assert 'href="#needs_agreed"' in visitor.page.text
    assert visitor.send(wheelchairs="1", needs_agreed="y").location == "/de/receipt/new"
    assert only_one().needs_agreed_at is not None
    assert Visitor(client, event).send(children="1").location == "/de/receipt/new"


def test_d3_boxes_are_never_ticked_for_anybody_and_count_for_the_words_that_were_read(app, client):
    event = make_event()
    text = consents.ask(event, LocalizedText(de="Fotos von mir"))
    visitor = Visitor(client, event)
    assert "Fotos von mir" in visitor.page.text
    assert "checked" not in visitor.page.text
    newer = consents.reword(text, LocalizedText(de="Fotos von mir im Internet"))
    assert visitor.send(consents=[str(text.id)]).status_code == 422
    assert "One of these texts has changed" in visitor.page.text
    assert "checked" not in visitor.page.text
    assert visitor.send(consents=[str(newer.id)]).location == "/de/receipt/new"
    assert [one.text_id for one in session.query(Consent)] == [newer.id]


def test_extra_questions_are_asked_with_their_logic(app, client):
    questionnaire = Questionnaire(name="extra")
    session.add(questionnaire)
    definition = make_definition(
        page("one", question("comes", "yes_no", is_required=True)),
        page("two", question("meal", "short_text", relevant="${comes} = 'yes'", is_required=True)),
    )
    event = make_event(version=make_version(questionnaire, definition, published=True))
    visitor = Visitor(client, event)
    assert visitor.send(shown=["comes"]).status_code == 422
    assert visitor.send(**{"q.comes": "yes", "shown": ["comes"]}).status_code == 200
    assert "something more to ask" in visitor.page.text
    assert session.query(Registration).count() == 0
    sent = visitor.send(**{"q.comes": "yes", "q.meal": "Suppe", "shown": ["comes", "meal"]})
    assert sent.location == "/de/receipt/new"
    assert session.query(Answer).count() == 2
    assert only_one().response is not None


# --- Robots, and what nobody sends by hand ---------------------------------------------------------------------------


def test_v8_robots_show_themselves(app, client, stop_clock, monkeypatch):
    monkeypatch.setitem(app.config, "HONESTY_ENABLED", True)
    stop_clock(2026, 4, 1, 12)
    visitor = Visitor(client, make_event())
    assert visitor.send().status_code == 422
    stop_clock(2026, 4, 1, 12, 0, 4)
    assert visitor.send(website="http://spam.example").status_code == 422
    assert visitor.send().location == "/de/receipt/new"


@pytest.mark.parametrize("field", ["status", "q.foreign", "event_id", "receipt"])
def test_v6_fields_that_no_page_sends_are_refused(app, client, field):
    assert Visitor(client, make_event()).send(**{field: "1"}).status_code == 400


@pytest.mark.databases
def test_registering_asks_the_database_at_most_nine_times(app, client):
    event = make_event(capacity=5)
    Visitor(client, event).send()  # the calendar file is made for the first, and kept for all others
    visitor = Visitor(app.test_client(), event)
    fields = {**visitor.hidden, **AYSE}
    with counted_statements(app) as seen:
        assert client.post(visitor.address, data=fields).status_code == 302
    assert len(seen) <= 9, "\n".join(seen)
