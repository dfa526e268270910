"""Councils as everybody sees them: only what is public, and of people only what they agreed to."""

from datetime import date, timedelta

import pytest

from participation import clock
from participation.councils import people, statutes
from participation.councils.models import ConsentPurpose, Group, GroupKind, ProposedBy, Role
from participation.db import session
from participation.i18n import LocalizedText
from participation.rich_text import LocalizedRichText, RichText
from tests.accounts.makers import staff_client
from tests.councils.makers import make_council, make_meeting, make_membership, make_person
from tests.districts.makers import make_area
from tests.media.makers import make_picture

TODAY = date(2026, 11, 20)
ALL = tuple(ConsentPurpose)


@pytest.fixture(autouse=True)
def november(stop_clock):
    stop_clock(2026, 11, 20, 12)


def page(client, path: str) -> str:
    answer = client.get(f"/en{path}")
    assert answer.status_code == 200, path
    return answer.text


# --- Councils ---------------------------------------------------------------------------------------------------------


def test_the_list_shows_published_councils_with_their_next_meeting(app, client):
    council = make_council(name=LocalizedText(de="Quartiersrat Nord"), areas=[make_area("Nordstadt")])
    make_council(name=LocalizedText(de="Entwurf"), published=False)
    make_council(name=LocalizedText(de="Alter Rat"), slug="a-alt", dissolved_on=TODAY - timedelta(days=1))
    make_meeting(council, announced=False)
    text = page(client, "/councils")
    assert "Entwurf" not in text
    assert text.index("Quartiersrat Nord") < text.index("Alter Rat")
    assert "Nordstadt" in text
    assert "Next meeting: Dec 11, 2026" in text
    assert "Dissolved" in text


def test_a_draft_is_found_by_its_office_only(app, client):
    council = make_council(published=False)
    for path in ("", "/statutes", "/meetings"):
        assert client.get(f"/de/councils/{council.slug}{path}").status_code == 404
    office = staff_client(app, "council_secretary")
    assert "Only staff can read this page" in page(office, f"/councils/{council.slug}")
    assert client.get("/de/councils/nobody-knows-it").status_code == 404


def test_members_are_named_only_if_they_agreed_and_the_others_are_counted(app, client):
    council = make_council()
    make_membership(council, make_person("Ayşe Yılmaz", shows=(ConsentPurpose.NAME,)), role=Role.CHAIR)
    make_membership(council, make_person("Olena Koval", shows=(ConsentPurpose.ABOUT,)), on_behalf_of="Kita Sonne")
    make_membership(council, make_person("Gone Person", shows=ALL), ends_on=TODAY - timedelta(days=1))
    make_membership(council, make_person("Future Person", shows=ALL), starts_on=TODAY + timedelta(days=1))
    text = page(client, f"/councils/{council.slug}")
    assert "Ayşe Yılmaz" in text
    assert "Chair of the council" in text
    assert not {name for name in ("Koval", "Kita Sonne", "Gone", "Future") if name in text}
    assert "1 more member who is not shown by name" in text
    assert "7 seats are free." in text
    assert "3 seats are free." in text


def test_o10_the_end_of_a_term_hides_its_page_by_itself(app, client, stop_clock):
    council = make_council()
    person = make_person(
        "Ayşe Yılmaz", shows=ALL, about=LocalizedText(de="Ich wohne hier."), picture=make_picture("A portrait")
    )
    make_membership(council, person, ends_on=TODAY)
    address = f"/councils/members/{person.serial}"
    portrait = f"/en{address}/portrait/{person.picture.widths[0]}.webp"
    text = page(client, address)
    assert "Ich wohne hier." in text
    assert "A portrait" in text
    answer = client.get(portrait)
    assert (answer.status_code, answer.mimetype, answer.headers["Cache-Control"]) == (200, "image/webp", "no-store")
    stop_clock(2026, 11, 21, 12)
    assert client.get(f"/en{address}").status_code == 404
    assert client.get(portrait).status_code == 404
    assert "Yılmaz" not in page(client, f"/councils/{council.slug}")


def test_d3_what_is_withdrawn_is_hidden_at_once(app, client):
    council = make_council()
    person = make_person("Ayşe Yılmaz", shows=ALL, about=LocalizedText(de="Ich wohne hier."), picture=make_picture())
    make_membership(council, person)
    address = f"/councils/members/{person.serial}"
    portrait = f"/en{address}/portrait/{person.picture.widths[0]}.webp"
    people.withdraw_consent(person, ConsentPurpose.ABOUT)
    people.withdraw_consent(person, ConsentPurpose.PORTRAIT)
    assert "Ich wohne hier." not in page(client, address)
    assert client.get(portrait).status_code == 404
    people.withdraw_consent(person, ConsentPurpose.NAME)
    assert client.get(f"/en{address}").status_code == 404


def test_members_of_a_draft_have_no_page(app, client):
    person = make_person(shows=ALL)
    make_membership(make_council(published=False), person)
    assert client.get(f"/de/councils/members/{person.serial}").status_code == 404
    assert client.get("/de/councils/members/99999").status_code == 404


def test_a_picture_size_that_nobody_made_is_not_found(app, client):
    person = make_person(shows=ALL, picture=make_picture())
    make_membership(make_council(), person)
    assert client.get(f"/de/councils/members/{person.serial}/portrait/7.webp").status_code == 404


def test_residents_may_propose_only_where_the_council_lets_them(app, client):
    everybody, members = make_council(), make_council(proposals_from=ProposedBy.MEMBERS)
    gone = make_council(dissolved_on=TODAY - timedelta(days=1))
    assert "Propose an agenda item" in page(client, f"/councils/{everybody.slug}")
    assert "Propose an agenda item" not in page(client, f"/councils/{members.slug}")
    assert "Propose an agenda item" not in page(client, f"/councils/{gone.slug}")


def test_the_meetings_of_a_council_are_listed_the_newest_first(app, client):
    council = make_council()
    make_meeting(council, starts_at=clock.now() - timedelta(days=30))
    make_meeting(council, announced=False)
    make_meeting(council, starts_at=clock.now() + timedelta(days=60), cancelled_at=clock.now())
    text = page(client, f"/councils/{council.slug}/meetings")
    states = ["Cancelled", "The agenda is being prepared.", "It is over."]
    assert [text.index(state) for state in states] == sorted(text.index(state) for state in states)


# --- Statutes ---------------------------------------------------------------------------------------------------------


def test_every_published_version_of_the_statutes_stays_readable(app, client):
    council = make_council()
    for number, day in enumerate((date(2020, 1, 1), date(2026, 1, 1), date(2027, 1, 1)), 1):
        text = LocalizedRichText(de=RichText.clean(f"<p>Fassung {number}</p>"))
        statutes.publish(statutes.draft(council, LocalizedText(de="Geschäftsordnung"), text, day))
    statutes.draft(council, LocalizedText(de="Entwurf"), LocalizedRichText(), date(2028, 1, 1))
    base = f"/councils/{council.slug}/statutes"
    assert "Fassung 2" in page(client, base)
    earlier = page(client, f"{base}/1")
    assert "Fassung 1" in earlier
    assert "This is an earlier version." in earlier
    assert "Fassung 3" in page(client, f"{base}/3")
    assert client.get(f"/en{base}/4").status_code == 404
    assert client.get(f"/en{base}/9").status_code == 404


def test_a_council_without_statutes_says_so(app, client):
    assert "not published yet" in page(client, f"/councils/{make_council().slug}/statutes")


def test_groups_may_have_names_of_their_own(app, client):
    groups = [Group(kind=GroupKind.OTHERS, seats=1, position=1, name=LocalizedText(de="Jugend"))]
    council = make_council(groups=groups)
    session.flush()
    assert "Jugend" in page(client, f"/councils/{council.slug}")
