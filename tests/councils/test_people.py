"""The people of the councils: their data, their consents, and how they are forgotten."""

import hashlib
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from participation import clock
from participation.contacts.models import Contact
from participation.councils import agreements, people
from participation.councils.forgetting import forget
from participation.councils.meeting_models import Attendance, Presence
from participation.councils.models import ConsentPurpose, CouncilPerson, ProfileConsent
from participation.db import session
from participation.mail import Mail
from participation.media.models import Picture
from participation.receipts import operations as receipts
from participation.receipts.models import Receipt
from tests.councils.makers import make_attendance, make_council, make_meeting, make_membership, make_person
from tests.media.makers import make_picture

pytestmark = pytest.mark.usefixtures("app")

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def november(stop_clock):
    stop_clock(2026, 11, 20, 12)


def count(model) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


# --- Keeping them -----------------------------------------------------------------------------------------------------


def test_somebody_new_has_a_receipt_and_an_address_that_is_written_to():
    person = people.create_person("Yılmaz", "Ayşe", email="ayse@example.org", language="tr", phone="0201 1")
    assert (person.name, person.sort_name, person.public_name) == ("Ayşe Yılmaz", "yilmaz ayse", "")
    assert (person.contact.email, person.contact.language, person.contact.is_written_to) == (
        "ayse@example.org",
        "tr",
        True,
    )
    assert person.receipt is not None
    assert person.serial >= people.FEWEST_DIGITS
    assert count(Mail) == 0


def test_another_address_takes_the_place_of_the_earlier_one():
    person = make_person("Ayşe Yılmaz", email="old@example.org")
    people.change_person(person, email="new@example.org", language="ar", family_name="Kaya")
    assert (person.contact.email, person.contact.language, person.sort_name) == ("new@example.org", "ar", "kaya ayse")
    assert session.scalars(select(Contact.email)).all() == ["new@example.org"]


def test_the_same_address_in_another_language_stays_the_same_contact():
    person = make_person(email="same@example.org")
    before = person.contact.id
    people.change_person(person, email="same@example.org", language="uk")
    assert (person.contact.id, person.contact.language) == (before, "uk")
    people.change_person(person, email="")
    assert person.contact is None
    assert count(Contact) == 0


def test_a_new_code_ends_the_earlier_one():
    person = make_person()
    first = people.new_code(person)
    second = people.new_code(person)
    assert receipts.find(first) is None
    assert receipts.find(second) is person.receipt


# --- Consents ---------------------------------------------------------------------------------------------------------


def test_d3_a_consent_is_kept_with_its_time_and_version_and_withdrawn_at_once():
    person = make_person("Ayşe Yılmaz")
    given = people.give_consent(person, ConsentPurpose.NAME)
    assert people.give_consent(person, ConsentPurpose.NAME) is given
    assert (given.version, given.given_at, person.public_name) == (agreements.VERSION, clock.now(), "Ayşe Yılmaz")
    people.withdraw_consent(person, ConsentPurpose.NAME)
    people.withdraw_consent(person, ConsentPurpose.NAME)
    assert person.public_name == ""
    people.give_consent(person, ConsentPurpose.NAME)
    assert [one.withdrawn_at is None for one in person.consents] == [False, True]


def test_d3_other_words_are_another_version():
    words = "".join(text.message for text in agreements.TEXTS.values())
    digest = hashlib.sha256(words.encode()).hexdigest()[:12]
    assert (agreements.VERSION, digest) == ("2026-1", "d31c8c8fbc9f")


def test_without_a_picture_nobody_agrees_to_show_it():
    person = make_person(shows=(ConsentPurpose.PORTRAIT,), picture=make_picture())
    people.show_portrait(person, None)
    assert not person.agrees_to(ConsentPurpose.PORTRAIT)
    assert count(Picture) == 0


# --- Forgetting (D14) -------------------------------------------------------------------------------------------------


def somebody(**facts) -> CouncilPerson:
    shows = (ConsentPurpose.NAME, ConsentPurpose.ABOUT)
    return make_person("Ayşe Yılmaz", email="a@example.org", shows=shows, picture=make_picture(), phone="1", **facts)


@pytest.mark.databases
def test_d14_after_the_promised_time_only_the_name_is_left(stop_clock):
    council, person = make_council(retention_days=10), somebody()
    member = make_membership(council, person, ends_on=TODAY)
    attendance = make_attendance(make_meeting(council), member, Presence.PRESENT)
    attendance.note = "Ich bin krank."
    session.flush()
    stop_clock(2026, 11, 30, 12)
    assert forget() == {"council_people": 0, "council_people_never_seated": 0}
    stop_clock(2026, 12, 1, 12)
    assert forget() == {"council_people": 1, "council_people_never_seated": 0}
    session.expire_all()
    assert (person.name, person.phone, person.public_name) == ("Ayşe Yılmaz", "", "")
    assert [count(one) for one in (Contact, Receipt, Picture)] == [0, 0, 0]
    assert session.scalars(select(Attendance.note)).all() == [""]
    assert all(one.withdrawn_at for one in session.scalars(select(ProfileConsent)))
    assert forget() == {"council_people": 0, "council_people_never_seated": 0}


def test_d14_whoever_still_sits_somewhere_is_not_forgotten(stop_clock):
    short, long, person = make_council(retention_days=10), make_council(retention_days=300), somebody()
    make_membership(short, person, ends_on=TODAY)
    make_membership(long, person, ends_on=TODAY)
    other = make_person(email="b@example.org")
    make_membership(short, other, ends_on=TODAY - timedelta(days=100))
    make_membership(short, other, starts_on=TODAY, ends_on=None)
    stop_clock(2027, 1, 1, 12)
    assert forget()["council_people"] == 0
    stop_clock(2027, 12, 1, 12)
    assert forget()["council_people"] == 1
    assert other.contact is not None


def test_d14_whoever_never_took_a_seat_is_deleted(stop_clock):
    person = people.create_person("Yılmaz", email="a@example.org")
    stop_clock(2026, 12, 20, 11)
    assert forget()["council_people_never_seated"] == 0
    stop_clock(2026, 12, 20, 13)
    assert forget()["council_people_never_seated"] == 1
    assert session.get(CouncilPerson, person.id) is None
    assert [count(one) for one in (Contact, Receipt)] == [0, 0]
