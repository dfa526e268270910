"""An address is given, confirmed, written to and deleted."""

import hashlib

import pytest
from sqlalchemy import delete, func, select

from participation import clock, mail
from participation.contacts import consent, operations
from participation.contacts.models import Contact
from participation.contributions.models import Comment, Contribution
from participation.db import session, table_of
from participation.i18n import speaking
from participation.mail import Mail
from tests.contacts.makers import mails_to, make_contact, path_in, token_in

ADDRESS = "olena@example.org"


def make_matter_with(contact: Contact) -> Comment:
    """A matter that an address was given for: here a comment, on itself for want of anything else."""
    number = (session.scalar(select(func.count()).select_from(Comment)) or 0) + 1
    comment = Comment(id=number, on_id=number, text="Ja!", language="de", contact=contact, waiting_since=clock.now())
    session.add(comment)
    session.flush()
    return comment


def test_whoever_gives_an_address_gets_one_mail_in_their_language_and_nothing_else(app):
    """D9, L17"""
    contact = make_contact(language="uk", is_confirmed=False)
    (sent,) = mails_to(ADDRESS)
    assert (sent.wording, sent.language) == ("contacts/confirm", "uk")
    assert path_in(sent, "confirm").startswith("/uk/contacts/confirm/")
    assert operations.write(contact, "contacts/confirm", link="x") is None
    assert operations.write(None, "contacts/confirm", link="x") is None
    assert len(mails_to(ADDRESS)) == 1


def test_the_database_knows_only_a_hash_of_the_link(app):
    """V15"""
    contact = make_contact(is_confirmed=False)
    token = token_in(mails_to(ADDRESS)[0])
    assert contact.token_hash == hashlib.sha256(token.encode()).hexdigest()


@pytest.mark.databases
def test_the_link_works_once(app):
    """D3, D9"""
    contact = make_contact(is_confirmed=False)
    token = token_in(mails_to(ADDRESS)[0])
    assert operations.confirm(token) is contact
    assert contact.is_confirmed
    assert contact.consent_version == consent.VERSION
    with pytest.raises(operations.LinkNotValid):
        operations.confirm(token)


def test_the_link_ends_after_two_days_and_the_address_after_seven(app, stop_clock):
    """D9"""
    stop_clock(2026, 4, 1, 12)
    make_matter_with(make_contact(is_confirmed=False))
    make_matter_with(make_contact("confirmed@example.org"))
    token = token_in(mails_to(ADDRESS)[0])
    stop_clock(2026, 4, 3, 12)
    with pytest.raises(operations.LinkNotValid):
        operations.confirm(token)
    stop_clock(2026, 4, 8, 12)
    assert operations.tidy() == {"unconfirmed_contacts": 0, "contacts_left_over": 0}
    stop_clock(2026, 4, 9, 12)
    assert operations.tidy() == {"unconfirmed_contacts": 1, "contacts_left_over": 0}
    assert session.scalars(select(Contact.email)).all() == ["confirmed@example.org"]


@pytest.mark.databases
def test_an_address_goes_with_its_matter(app, stop_clock):
    """D14"""
    stop_clock(2026, 4, 1, 12)
    make_matter_with(make_contact())
    stop_clock(2026, 4, 2, 12)
    assert operations.tidy()["contacts_left_over"] == 0
    session.execute(delete(table_of(Comment)))
    session.execute(delete(table_of(Contribution)))
    assert operations.tidy()["contacts_left_over"] == 1


def test_a_letter_speaks_the_language_of_its_reader_and_can_be_stopped(app, client):
    contact = make_contact(language="tr")
    with speaking("de"):
        letter = operations.write(contact, "contacts/confirm", link="https://city.example/x")
    assert letter.language == "tr"
    assert path_in(letter, "/stop/").startswith("/tr/contacts/stop/")
    operations.stop_by_link(path_in(letter, "/stop/").rpartition("/")[2])
    assert session.scalar(select(func.count()).select_from(Contact)) == 0


def test_the_same_letter_to_many_goes_to_those_who_confirmed_each_in_their_language(app):
    readers = [make_contact(f"{tag}@example.org", tag) for tag in ("ar", "de", "tr")]
    silent = make_contact("silent@example.org", is_confirmed=False)
    assert operations.write_to_all([*readers, silent], "contacts/confirm", link="x") == 3
    letters = [mails_to(f"{tag}@example.org")[-1] for tag in ("ar", "de", "tr")]
    assert [letter.language for letter in letters] == ["ar", "de", "tr"]
    assert len({path_in(letter, "/stop/") for letter in letters}) == 3
    assert len(mails_to("silent@example.org")) == 1


def test_stopping_twice_says_the_same(app):
    """D10"""
    contact = make_contact()
    token = operations.stop_link(contact).rpartition("/")[2]
    operations.stop_by_link(token)
    operations.stop_by_link(token)


@pytest.mark.parametrize("token", ["", "x", "IjEyMyI.abc", "é", "a" * 3_000])
def test_a_link_that_is_not_ours_stops_nothing(app, token):
    make_contact()
    with pytest.raises(operations.LinkNotValid):
        operations.stop_by_link(token)
    with pytest.raises(operations.LinkNotValid):
        operations.confirm(token)
    assert session.scalar(select(func.count()).select_from(Contact)) == 1


def test_nobody_can_flood_a_strangers_mailbox_through_us(app, stop_clock):
    """V8, D10: it looks the same from outside, but the stranger gets five mails a day at most."""
    stop_clock(2026, 4, 1, 12)
    for _number in range(8):
        assert operations.give(ADDRESS).email == ADDRESS
    assert len(mails_to(ADDRESS)) == operations.MOST_CONFIRMATIONS_A_DAY
    for _number in range(3):  # taking it back makes no room for more
        operations.stop(operations.give(ADDRESS))
    assert len(mails_to(ADDRESS)) == operations.MOST_CONFIRMATIONS_A_DAY
    stop_clock(2026, 4, 3, 12)
    operations.give(ADDRESS)
    assert len(mails_to(ADDRESS)) == operations.MOST_CONFIRMATIONS_A_DAY + 1


def test_v8_capitals_do_not_make_another_address(app):
    for _number in range(4):
        operations.give(ADDRESS)
        operations.give("Olena@Example.ORG")
    assert session.scalar(select(func.count()).select_from(Mail)) == operations.MOST_CONFIRMATIONS_A_DAY


@pytest.mark.databases
def test_an_address_with_a_line_break_is_refused_and_nothing_is_kept(app):
    """V1"""
    for typed in ("a@example.org\nBcc: b@example.org", "a@example.org\r\n\r\nHello", "a\x00@example.org"):
        with pytest.raises(mail.NotAnAddress):
            operations.give(typed)
    assert session.scalar(select(func.count()).select_from(Contact)) == 0
    assert session.scalar(select(func.count()).select_from(Mail)) == 0


def test_new_words_of_consent_get_a_new_version():
    """D3: whoever changes the text changes VERSION too, and then this line."""
    digest = hashlib.sha256(consent.TEXT.message.encode()).hexdigest()[:12]
    assert (consent.VERSION, digest) == ("2026-1", "9e7a4f8ee218")
