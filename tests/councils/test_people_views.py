"""The office keeps the people of its councils: data, consents, terms; and whoever may not, learns nothing."""

import io
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from participation.audit import AuditEntry
from participation.councils.models import ConsentPurpose, CouncilPerson, Membership, Role
from participation.db import session
from tests.accounts.makers import make_user, sign_in, staff_client
from tests.councils.makers import make_council, make_membership, make_person
from tests.districts.makers import make_area
from tests.media.makers import image_file

TODAY = date(2026, 11, 20)
BASE = "/en/staff/council-people"
DATA = {"given_name": "Ayşe", "family_name": "Yılmaz", "email": "ayse@example.org", "language": "tr"}


@pytest.fixture(autouse=True)
def november(stop_clock):
    stop_clock(2026, 11, 20, 12)


@pytest.fixture
def office(app):
    return staff_client(app, "council_secretary")


def test_somebody_new_takes_a_seat(app, office):
    council = make_council()
    assert "Somebody new" in office.get(f"{BASE}/of/{council.id}/choose").text
    answer = office.post(f"{BASE}/of/{council.id}/new", data=DATA)
    person = session.scalars(select(CouncilPerson)).one()
    assert answer.location.endswith(f"/of/{council.id}/appoint/{person.serial}")
    assert person.contact.language == "tr"
    group = council.groups[0].id
    seat = {"role": "member", "group": group, "deputy_for": "0", "starts_on": "01.01.2026", "ends_on": "31.12.2029"}
    assert office.post(answer.location, data=seat).status_code == 302
    membership = session.scalars(select(Membership)).one()
    assert (membership.role, membership.has_vote, membership.ends_on) == (Role.MEMBER, True, date(2029, 12, 31))
    text = office.get(f"{BASE}/of/{council.id}").text
    assert "Ayşe Yılmaz" in text
    assert "8 seats are free." in text


def test_a_refused_term_comes_back_with_what_was_typed(app, office):
    council, person = make_council(), make_person()
    make_membership(council, person)
    path = f"{BASE}/of/{council.id}/appoint/{person.serial}"
    seat = {"role": "deputy", "group": council.groups[0].id, "deputy_for": "0", "starts_on": "01.01.2027"}
    for more in ({}, {"role": "member"}, {"starts_on": "01.01.2035", "ends_on": "01.01.2034"}, {"group": "999"}):
        answer = office.post(path, data={**seat, **more, "on_behalf_of": "Kita Sonne"})
        assert answer.status_code == 422, more
        assert "Kita Sonne" in answer.text
    assert session.scalars(select(Membership.id)).all() == [council and person.memberships[0].id]


def test_v21_names_are_looked_for_without_standing_in_an_address(app, office):
    make_membership(make_council(), make_person("Ayşe Yılmaz"))
    make_membership(make_council(), make_person("Олена Коваль"))
    text = office.post(BASE, data={"words": "YILMAZ ayse"}).text
    assert "Ayşe Yılmaz" in text
    assert "Коваль" not in text
    assert "Nobody with this name was found." in office.post(BASE, data={"words": "%"}).text
    assert "Коваль" in office.get(BASE).text
    assert office.post(BASE, data={"words": ""}).status_code == 422


def test_d15_an_address_is_shown_after_a_look_that_is_written_down(app, office):
    person = make_person("Ayşe Yılmaz", email="ayse@example.org", phone="0201 123")
    make_membership(make_council(), person)
    path = f"{BASE}/{person.serial}"
    assert "ayse@example.org" not in office.get(path).text
    assert office.get(f"{path}/edit").status_code == 302
    office.post(f"{path}/look")
    office.post(f"{path}/look")
    text = office.get(path).text
    assert "ayse@example.org" in text
    assert "0201 123" in text
    looks = session.scalars(select(AuditEntry).where(AuditEntry.is_personal_data)).all()
    assert [one.action for one in looks] == ["council_person.seen"]
    assert "ayse@example.org" in office.get(f"{path}/edit").text


def test_data_are_changed_and_a_wrong_address_is_told(app, office):
    person = make_person("Ayşe Yılmaz", email="ayse@example.org")
    make_membership(make_council(), person)
    path = f"{BASE}/{person.serial}"
    office.post(f"{path}/look")
    wrong = office.post(f"{path}/edit", data={**DATA, "email": "not an address"})
    assert wrong.status_code == 422
    assert "not an address" in wrong.text
    assert office.post(f"{path}/edit", data={**DATA, "family_name": "Kaya", "about-de": "Hallo"}).status_code == 302
    session.expire_all()
    assert (person.name, person.about["de"], person.sort_name) == ("Ayşe Kaya", "Hallo", "kaya ayse")


def test_d3_consents_from_paper_name_who_entered_them(app, office):
    person = make_person(shows=(ConsentPurpose.ABOUT,))
    make_membership(make_council(), person)
    path = f"{BASE}/{person.serial}/consents"
    assert "checked" in office.get(path).text
    assert office.post(path, data={"name_shown": "y"}).status_code == 302
    session.expire_all()
    in_force = {one.purpose: one.entered_by_id for one in person.consents if one.withdrawn_at is None}
    assert set(in_force) == {ConsentPurpose.NAME}
    assert in_force[ConsentPurpose.NAME] is not None


def test_d16_a_picture_is_taken_and_stays_private(app, office):
    person = make_person(shows=(ConsentPurpose.PORTRAIT,))
    make_membership(make_council(), person)
    path = f"{BASE}/{person.serial}/picture"
    assert office.get(path).status_code == 200
    file = (io.BytesIO(image_file()), "me.jpg")
    assert office.post(path, data={"picture": file}).status_code == 422  # what can be seen on it?
    file = (io.BytesIO(image_file()), "me.jpg")
    assert office.post(path, data={"picture": file, "picture_alt": "A portrait"}).status_code == 302
    session.expire_all()
    assert (person.picture.alt, person.picture.is_kept, person.picture.is_public) == ("A portrait", True, False)


def test_a_code_to_print_is_shown_until_the_visit_ends(app, office):
    person, other = make_person(email="a@example.org", language="tr"), make_person()
    for one in (person, other):
        make_membership(make_council(), one)
    assert office.get(f"{BASE}/{person.serial}/code").status_code == 302
    assert office.post(f"{BASE}/{person.serial}/code").status_code == 302
    text = office.get(f"{BASE}/{person.serial}/code").text
    assert 'lang="tr"' in text
    assert 'class="code"' in text
    assert office.get(f"{BASE}/{other.serial}/code").status_code == 302


def test_a_term_is_changed_and_ended(app, office):
    council = make_council()
    membership = make_membership(council)
    path = f"{BASE}/terms/{membership.id}"
    assert office.get(path).status_code == 200
    assert office.post(path, data={"ends_on": "01.01.2000"}).status_code == 422
    assert office.post(path, data={"ends_on": "31.12.2030", "on_behalf_of": "Kita Sonne"}).status_code == 302
    session.expire_all()
    assert (membership.ends_on, membership.on_behalf_of) == (date(2030, 12, 31), "Kita Sonne")
    assert office.post(f"{path}/end").status_code == 302
    session.expire_all()
    assert membership.ends_on == TODAY


def test_earlier_and_later_terms_are_listed(app, office):
    council = make_council()
    member = make_membership(council, make_person("Now Here"))
    make_membership(council, make_person("The Deputy"), role=Role.DEPUTY, deputy_for=member)
    make_membership(council, make_person("Long Gone"), ends_on=TODAY - timedelta(days=9))
    make_membership(council, make_person("To Come"), starts_on=TODAY + timedelta(days=9))
    text = office.get(f"{BASE}/of/{council.id}").text
    places = [text.index(name) for name in ("Now Here", "The Deputy", "To Come", "Long Gone")]
    assert places == sorted(places)
    assert "stands in for Now Here" in text


def test_v18_people_of_other_districts_are_nobodys_business(app):
    north, south = make_area("Nord"), make_area("Süd")
    mine, other = make_person("Mine Here"), make_person("Other There", email="o@example.org")
    council, elsewhere = make_council(areas=[north]), make_council(areas=[south])
    make_membership(council, mine)
    theirs = make_membership(elsewhere, other)
    client = app.test_client()
    sign_in(client, make_user("council_secretary", area_id=north.id))
    assert "Other There" not in client.get(BASE).text
    assert "Mine Here" in client.get(BASE).text
    assert "Other There" not in client.post(f"{BASE}/of/{council.id}/choose", data={"words": "there"}).text
    assert client.get(f"{BASE}/{mine.serial}").status_code == 200
    forbidden = [
        f"/{other.serial}",
        f"/{other.serial}/edit",
        f"/{other.serial}/consents",
        f"/{other.serial}/picture",
        f"/of/{elsewhere.id}",
        f"/of/{elsewhere.id}/new",
        f"/of/{council.id}/appoint/{other.serial}",
        f"/terms/{theirs.id}",
    ]
    for path in forbidden:
        assert client.get(f"{BASE}{path}").status_code == 403, path
    for path in (f"/{other.serial}/look", f"/{other.serial}/code", f"/terms/{theirs.id}/end"):
        assert client.post(f"{BASE}{path}").status_code == 403, path


def test_whoever_sits_nowhere_yet_can_be_appointed_by_every_secretary(app):
    north = make_area("Nord")
    person = make_person("New Comer")
    client = app.test_client()
    sign_in(client, make_user("council_secretary", area_id=north.id))
    council = make_council(areas=[north])
    assert client.get(f"{BASE}/of/{council.id}/appoint/{person.serial}").status_code == 200
