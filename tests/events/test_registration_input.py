"""What nobody would type by hand: letters of all scripts, line breaks in addresses, numbers beyond all bounds."""

import pytest

from participation.contacts.models import Contact
from participation.db import session
from participation.events.models import EventSession
from participation.events.registration_models import Registration
from participation.mail import Mail
from tests.events.makers import make_event

AYSE = {"name": "Ayşe", "email": "ayse@example.org", "persons": "1"}


def send(client, event=None, **fields):
    event = event or make_event()
    return client.post(f"/de/events/{event.id}/register", data={**AYSE, **fields})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("jörg@bücher.example".replace("jörg", "joerg"), "joerg@xn--bcher-kva.example"),
        (" ayse@EXAMPLE.org ", "ayse@example.org"),
        ("o'neil+termin@example.org", "o'neil+termin@example.org"),
    ],
)
def test_addresses_are_kept_as_mail_servers_know_them(client, typed, kept):
    assert send(client, email=typed).status_code == 302
    assert session.query(Contact).one().email == kept


@pytest.mark.parametrize(
    "typed",
    [
        "ayse@example.org\r\nBcc: all@example.org",
        "ayse@example.org\nSubject: Gratis",
        "ayse@example.org%0aBcc:all@example.org",
        "ayse@example.org, all@example.org",
        "Ayşe <ayse@example.org>",
        "ayşe@example.org",
        "ayse@",
        "@example.org",
        "ayse@example",
        "a" * 65 + "@example.org",
        "ayse@" + "a" * 250 + ".org",
        "\u202eayse@example.org@",
    ],
)
def test_what_is_no_address_comes_back_as_it_was_typed(client, typed):
    answer = send(client, email=typed)
    assert answer.status_code == 422
    assert 'href="#email"' in answer.text
    assert 'value="Ayşe"' in answer.text
    assert session.query(Registration).count() == session.query(Mail).count() == 0


@pytest.mark.parametrize("persons", ["0", "-1", "7", "1.5", "1e3", "2147483648", "9" * 30, "zwei", "", "NaN"])
def test_numbers_of_people_have_bounds(client, persons):
    answer = send(client, persons=persons)
    assert answer.status_code == 422
    assert 'href="#persons"' in answer.text


@pytest.mark.parametrize("number", ["-1", "51", "99999999999999999999", "x"])
def test_numbers_of_needs_have_bounds(client, number):
    assert send(client, wheelchairs=number, needs_agreed="y").status_code == 422


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "A" * 121},
        {"name": "   "},
        {"name": "\u200b\u202e"},
        {"needs": "x" * 1_001, "needs_agreed": "y"},
        {"phone": "+49 201 \x00 12"},
        {"consents": "999999"},
    ],
)
def test_what_is_too_long_empty_or_unknown_is_refused(client, fields):
    assert send(client, **fields).status_code == 422
    assert session.query(Registration).count() == 0


@pytest.mark.parametrize("chosen", ["x", "-1", "99999999999999999999", "1 OR 1=1", "\u0661"])
def test_sessions_that_are_not_there_cannot_be_chosen(client, chosen):
    one = make_event(sessions=[EventSession(position=0), EventSession(position=1)])
    several = make_event(several_sessions=True, sessions=[EventSession(position=0), EventSession(position=1)])
    assert send(client, one, one_session=chosen).status_code == 422
    assert send(client, several, sessions=[chosen]).status_code == 422
    assert send(client, several).status_code == 422


@pytest.mark.parametrize("field", ["form_key", "waits_for"])
@pytest.mark.parametrize("typed", ["x", "9" * 5_000, "\u0661", "' OR 1=1", "{}", "%00"])
def test_hidden_fields_that_somebody_has_changed_do_no_harm(client, field, typed):
    assert send(client, **{field: typed}).status_code == 302


def test_v1_what_people_write_is_never_markup(client):
    script = "<script>alert(1)</script>"
    assert send(client, name=script, needs=script, needs_agreed="y").status_code == 302
    page = client.get("/de/receipt/matter").text
    assert script not in page
    assert "&lt;script&gt;" in page


def test_a_name_keeps_its_letters_and_loses_what_misleads(client):
    assert send(client, name="  مريم\u202e   Иванова\n Şükran ").status_code == 302
    assert session.query(Registration).one().name == "مريم Иванова Şükran"
