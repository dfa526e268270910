"""A message to those who registered: whom it reaches is known before it is sent."""

import re

import pytest

from participation import clock
from participation.audit import AuditEntry
from participation.db import session
from participation.events import audiences
from participation.events.models import EventSession
from participation.events.registration_models import BookingStatus, PhoneCall
from participation.i18n import LocalizedText
from participation.mail import Mail
from tests.accounts.makers import staff_client
from tests.events.makers import make_contact, make_event, make_registration

Status = BookingStatus
WORDS = {"group": "all", "subject": "Anderer Eingang", "text": "Bitte kommen Sie von hinten.\n\nDanke."}


@pytest.fixture
def event(app):
    event = make_event(
        sessions=[EventSession(title=LocalizedText(de="Runde 1")), EventSession(title=LocalizedText(de="Runde 2"))]
    )
    make_registration(event, contact=make_contact("a@example.org"), language="tr", interpreter="tr")
    make_registration(event, phone="+49201123456", status=Status.WAITING)
    make_registration(event, in_session=event.sessions[1])
    make_registration(event, contact=make_contact("gone@example.org"), status=Status.CANCELLED)
    unconfirmed = make_contact("new@example.org", is_needed=False)
    make_registration(event, contact=unconfirmed, status=Status.HELD)
    return event


@pytest.mark.databases
def test_groups_reach_those_who_belong_to_them(event):
    def reach(group: str) -> tuple[int, int, int]:
        return tuple(audiences.reach(event, group))

    assert reach("all") == (1, 1, 2)
    assert reach("confirmed") == (1, 0, 2)
    assert reach("waiting") == (0, 1, 0)
    assert reach("interpreter") == (1, 0, 0)
    assert reach("language-tr") == (1, 0, 0)
    assert reach(f"session-{event.sessions[1].id}") == (0, 0, 1)
    assert reach("nonsense") == (0, 0, 0)


def test_groups_are_offered_by_session_and_language_where_there_are_several(event):
    assert set(audiences.offered(event)) >= {"all", f"session-{event.sessions[0].id}", "language-tr", "language-de"}
    assert set(audiences.offered(make_event())) == {"all", "confirmed", "waiting", "interpreter"}


def seen_of(page: str) -> str:
    found = re.search(r'name="seen" type="hidden" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_message_is_seen_before_it_is_sent(app, event):
    client = staff_client(app, "editor")
    address = f"/de/staff/events/{event.id}/message"
    assert client.post(address, data={**WORDS, "to": "send"}).status_code == 200
    page = client.post(address, data={**WORDS, "to": "preview"}).text
    assert "1 registration is reached by mail." in page
    assert "2 registrations are not reached at all." in page
    assert session.query(Mail).count() == 0
    seen = seen_of(page)
    changed = {**WORDS, "group": "waiting", "to": "send", "seen": seen}
    assert client.post(address, data=changed).status_code == 200
    assert session.query(Mail).count() == 0
    assert client.post(address, data={**WORDS, "to": "send", "seen": seen}).status_code == 302
    mail = session.query(Mail).one()
    assert mail.recipient == "a@example.org"
    assert "Bitte kommen Sie von hinten." in mail.text
    assert "Anderer Eingang" in mail.subject
    assert session.query(PhoneCall).one().note == WORDS["text"]
    assert session.query(AuditEntry).one().details == {"group": "all"}


def test_a_message_that_reaches_nobody_is_refused(app):
    event = make_event()
    make_registration(event)
    client, address = staff_client(app, "editor"), f"/de/staff/events/{event.id}/message"
    page = client.post(address, data=WORDS).text
    assert "Send it now" not in page
    assert client.post(address, data={**WORDS, "to": "send", "seen": seen_of(page)}).status_code == 409


@pytest.mark.parametrize(
    "wrong", [{"group": "language-xx"}, {"subject": ""}, {"text": "x" * 6000}, {"subject": "x" * 151}]
)
def test_what_is_wrong_comes_back_with_all_that_was_typed(app, event, wrong):
    client = staff_client(app, "editor")
    answer = client.post(f"/de/staff/events/{event.id}/message", data={**WORDS, **wrong, "to": "send"})
    assert answer.status_code == 422


def test_who_has_no_need_of_letters_any_more_gets_none(app):
    event = make_event()
    make_registration(event, contact=make_contact(is_needed=False, confirmed_at=clock.now()))
    assert audiences.reach(event, "all").by_mail == 1
