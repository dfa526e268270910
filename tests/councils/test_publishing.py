"""What is written down for other machines when something changes: no more than residents may read, and newly dated."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from participation import clock
from participation.councils import publishing
from participation.councils.models import ConsentPurpose, Council, Role
from participation.councils.public_models import PublicObject
from participation.db import session
from participation.i18n import LocalizedText
from tests.councils.makers import make_council, make_item, make_meeting, make_membership, make_person
from tests.oparl.machines import SHOWS_ALL, Machine, make_everything, make_paper, make_venue, publish_minutes


@pytest.fixture
def machine(app):
    return Machine(app)


def modified(machine, address):
    return machine.read(address)["modified"]


def everything():
    """All that any machine is told."""
    return "\n".join(session.scalars(select(PublicObject.data)))


# --- What is newly dated ----------------------------------------------------------------------------------------------


def write_everything():
    for council in session.scalars(select(Council)).all():
        publishing.refresh_whole(council)
    publishing.bury()
    publishing.refresh_house()


@pytest.mark.databases
def test_what_has_not_changed_keeps_its_dates(app, machine, stop_clock):
    """O2"""
    stop_clock(2026, 3, 1, 12)
    make_everything()
    before = machine.list("bodies/1/meetings")
    stop_clock(2026, 3, 2, 12)
    write_everything()
    assert machine.list("bodies/1/meetings") == before
    changed = select(func.count()).select_from(PublicObject).where(PublicObject.modified_at >= clock.now())
    assert session.scalar(changed) == 0


@pytest.mark.databases
def test_what_embeds_something_that_changed_is_newly_dated_too(app, machine, stop_clock):
    """O6: an item renews its meeting, a file its paper, a place all that was held there."""
    stop_clock(2026, 3, 1, 12)
    council = make_council()
    place = make_venue()
    one, other = (make_meeting(council, place=place) for _ in range(2))
    item = make_item(one)
    paper = make_paper(one, item=item)
    publishing.refresh_council(council)
    addresses = [f"meetings/{one.id}", f"meetings/{other.id}", f"papers/{paper.id}", f"locations/{place.id}"]
    first = "2026-03-01T13:00:00+01:00"
    assert [modified(machine, address) for address in addresses] == [first] * 4

    stop_clock(2026, 3, 2, 12)
    item.title = LocalizedText(de="Licht im Park")
    publishing.refresh_meeting(one)
    second = "2026-03-02T13:00:00+01:00"
    assert [modified(machine, address) for address in addresses] == [second, first, first, first]
    embedded = machine.read(f"meetings/{one.id}")["agendaItem"][0]
    assert (embedded["name"], embedded["created"], embedded["modified"]) == ("Licht im Park", first, second)

    stop_clock(2026, 3, 3, 12)
    place.name = LocalizedText(de="Neues Bürgerhaus")
    publishing.refresh_meeting(one)
    third = "2026-03-03T13:00:00+01:00"
    assert [modified(machine, address) for address in addresses] == [third, third, first, third]


def test_what_comes_back_keeps_its_address_and_its_first_date(app, machine, stop_clock):
    """O5"""
    stop_clock(2026, 3, 1, 12)
    meeting = make_meeting()
    publishing.refresh_council(meeting.council)
    stop_clock(2026, 3, 2, 12)
    meeting.council.published_at = None
    publishing.refresh_council(meeting.council)
    assert machine.read(f"meetings/{meeting.id}")["deleted"] is True
    stop_clock(2026, 3, 3, 12)
    meeting.council.published_at = clock.now()
    publishing.refresh_council(meeting.council)
    read = machine.read(f"meetings/{meeting.id}")
    assert (read["created"], read["modified"]) == ("2026-03-01T13:00:00+01:00", "2026-03-03T13:00:00+01:00")
    assert "deleted" not in read


def test_a_renamed_council_renames_its_meetings(app, machine):
    meeting = make_meeting()
    publishing.refresh_council(meeting.council)
    meeting.council.name = LocalizedText(de="Rat am Fluss")
    publishing.refresh_council(meeting.council)
    assert machine.read(f"meetings/{meeting.id}")["name"] == f"Rat am Fluss, {meeting.number}. Sitzung"


# --- What is never told -----------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_confidential_items_drafts_and_unnamed_people_are_in_no_answer(app, machine):
    """O10"""
    make_everything()
    hidden = make_council(published=False, name=LocalizedText(de="Geheimer Rat"))
    make_membership(hidden, make_person("Vera Verborgen", shows=SHOWS_ALL))
    make_item(make_meeting(hidden), "Geheimes")
    write_everything()
    told = everything()
    for words in ("Grundstück 17", "Vertraulich", "Noch nicht öffentlich", "Geheim", "Verborgen"):
        assert words not in told
    assert "Beleuchtung im Park" in told


def test_an_item_that_becomes_confidential_is_gone_with_its_paper(app, machine):
    """O5, O10"""
    meeting = make_meeting()
    item = make_item(meeting, "Kauf eines Hauses")
    paper = make_paper(meeting, item=item)
    publishing.refresh_council(meeting.council)
    assert machine.read(f"papers/{paper.id}")["consultation"][0]["agendaItem"].endswith(f"/{item.id}")
    item.is_public = False
    publishing.refresh_meeting(meeting)
    for address in (f"agenda-items/{item.id}", f"papers/{paper.id}", f"files/{paper.document.id.hex}"):
        assert machine.read(address)["deleted"] is True
    assert "agendaItem" not in machine.read(f"meetings/{meeting.id}")
    assert "Kauf" not in everything()


def test_passages_that_are_blacked_out_leave_no_trace(app, machine):
    """The words come from the public register, where they are blacked out already."""
    meeting = make_meeting(starts_at=clock.now() - timedelta(days=3))
    item = make_item(meeting)
    publish_minutes(meeting, text="Frau [[redacted:personal]] bekommt Licht.")
    publishing.refresh_council(meeting.council)
    read = machine.read(f"agenda-items/{item.id}")
    assert (read["result"], read["resolutionText"]) == (
        "Beschlossen",
        "Frau [blacked out: data about a person] bekommt Licht.",
    )


def test_an_agenda_is_told_once_it_is_published(app, machine):
    meeting = make_meeting(announced=False)
    make_item(meeting)
    publishing.refresh_council(meeting.council)
    read = machine.read(f"meetings/{meeting.id}")
    assert read["meetingState"] == "terminiert"
    assert "agendaItem" not in read
    meeting.agenda_published_at = clock.now()
    publishing.refresh_meeting(meeting)
    read = machine.read(f"meetings/{meeting.id}")
    assert (read["meetingState"], len(read["agendaItem"])) == ("eingeladen", 1)


# --- People -----------------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_people_are_shown_with_what_they_agreed_to(app, machine):
    """O10, D3"""
    about = LocalizedText(de="Wohnt seit 1998 hier.")
    person = make_person("Ayşe Yılmaz", email="a@example.org", shows=(ConsentPurpose.NAME,), about=about, phone="0201")
    seat = make_membership(make_council(), person, role=Role.CHAIR)
    publishing.refresh_person(person)
    read = machine.read(f"persons/{person.serial}")
    assert (read["name"], read["membership"][0]["role"]) == ("Ayşe Yılmaz", "Vorsitz")
    assert {"life", "phone", "email"} & set(read) == set()
    person.consents[0].withdrawn_at = clock.now()
    publishing.refresh_person(person)
    assert machine.read(f"persons/{person.serial}")["deleted"] is True
    assert machine.read(f"memberships/{seat.id}")["deleted"] is True
    assert "Yılmaz" not in everything()


@pytest.mark.databases
def test_the_night_after_a_term_hides_who_sat_there(app, machine, stop_clock):
    stop_clock(2026, 3, 1, 12)
    person = make_person("Ayşe Yılmaz", shows=SHOWS_ALL)
    seat = make_membership(make_council(), person, ends_on=clock.today())
    meeting = make_meeting(seat.council, starts_at=clock.now() - timedelta(hours=1))
    publishing.refresh_council(seat.council)
    organization = f"organizations/{seat.council_id}"
    assert len(machine.read(organization)["membership"]) == 1
    assert machine.read(f"meetings/{meeting.id}")["meetingState"] == "eingeladen"
    stop_clock(2026, 3, 2, 3)
    assert publishing.refresh_tonight()["oparl_objects"] >= 4
    assert machine.read(f"persons/{person.serial}")["deleted"] is True
    assert "membership" not in machine.read(organization)
    assert machine.read(f"meetings/{meeting.id}")["meetingState"] == "durchgeführt"
    stop_clock(2026, 3, 2, 4)
    assert publishing.refresh_tonight() == {"oparl_objects": 0}


# --- Everything anew --------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_the_command_writes_everything_and_buries_what_is_gone(app, machine):
    council = make_everything()
    meeting = make_meeting(council)
    gone = make_meeting(council)
    publishing.refresh_meeting(gone)
    stays_at, gone_from = f"meetings/{meeting.id}", f"meetings/{gone.id}"
    session.delete(gone)
    session.commit()
    said = app.test_cli_runner().invoke(args=["oparl", "refresh"])
    assert (said.exit_code, said.output) == (0, "Councils written for the OParl interface: 1\n")
    assert "deleted" not in machine.read(stays_at)
    assert machine.read(gone_from)["deleted"] is True


def test_a_number_that_is_used_again_belongs_to_its_new_thing(app, machine):
    """SQLite gives the numbers of what was deleted away again."""
    one, other = make_meeting(), make_meeting()
    item = make_item(one, "Erstes")
    for meeting in (one, other):
        publishing.refresh_council(meeting.council)
    number = item.id
    one.items.remove(item)
    session.flush()
    publishing.refresh_meeting(one)
    make_item(other, "Zweites", id=number)
    publishing.refresh_meeting(other)
    publishing.refresh_meeting(one)
    read = machine.read(f"agenda-items/{number}")
    assert (read["name"], read["meeting"].rpartition("/")[2]) == ("Zweites", str(other.id))
