"""The two links in our mails, as browsers and mail programmes open them."""

import pytest

from participation.contacts import operations
from participation.contacts.models import Contact
from participation.db import session
from tests.contacts.makers import mails_to, make_contact, path_in

ADDRESS = "olena@example.org"


def is_confirmed(contact_id) -> bool:
    session.expire_all()
    return session.get_one(Contact, contact_id).is_confirmed


def test_opening_the_link_changes_nothing_and_the_button_confirms(app, client):
    """D9, V10, V21"""
    contact_id = make_contact(is_confirmed=False).id
    path = path_in(mails_to(ADDRESS)[0], "/confirm/")
    opened = client.get(path)
    assert (opened.status_code, opened.location) == (302, "/de/contacts/confirm")
    page = client.get(opened.location)
    assert "Yes, write to me" in page.text
    assert "We use this address only to write to you about this matter." in page.text
    assert path.rpartition("/")[2] not in page.text
    assert ADDRESS not in page.text
    assert not is_confirmed(contact_id)
    assert client.post("/de/contacts/confirm").status_code == 302
    assert is_confirmed(contact_id)
    client.get(path)
    assert client.get("/de/contacts/confirm").status_code == 409


def test_the_language_menu_of_the_page_does_not_confirm(app, client):
    """L18"""
    contact_id = make_contact(is_confirmed=False).id
    client.get(path_in(mails_to(ADDRESS)[0], "/confirm/"))
    switched = client.post("/de/contacts/confirm", data={"_language": "tr"})
    assert (switched.status_code, switched.location) == (307, "/tr/contacts/confirm")
    assert 'lang="tr"' in client.post(switched.location, data={"_language": "tr"}).text
    assert not is_confirmed(contact_id)


def test_the_link_in_a_letter_stops_after_the_button_only(app, client):
    """D3"""
    contact = make_contact()
    contact_id, path = contact.id, path_in(operations.write(contact, "contacts/confirm", link="x"), "/stop/")
    opened = client.get(path)
    assert "Stop these mails" in client.get(opened.location).text
    assert session.get(Contact, contact_id) is not None
    assert client.post(opened.location).status_code == 302
    session.expire_all()
    assert session.get(Contact, contact_id) is None
    client.get(path)
    assert client.post("/de/contacts/stop").status_code == 302


@pytest.mark.parametrize("path", ["/en/contacts/confirm", "/en/contacts/stop"])
def test_without_a_link_there_is_nothing_to_do(client, path):
    assert client.get(path).status_code == 409
    assert client.post(path).status_code == 409
    client.get(f"{path}/made-up")
    assert client.post(path).status_code == 409
