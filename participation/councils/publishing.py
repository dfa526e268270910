"""What everybody may know of councils, written down for other machines (OParl) as soon as it changes.

Each `refresh` makes the objects of one thing anew; those that embed or count them follow. Nothing is written that
residents could not read on the pages, and what they can no longer read is marked as deleted.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import selectinload

from participation import clock
from participation.councils import oparl_objects as objects
from participation.councils.blackening import said
from participation.councils.meeting_models import AgendaItem, Consultation, Meeting, Paper
from participation.councils.minutes_models import Minutes, MinutesEntry, MinutesStatus, Result
from participation.councils.models import Council, CouncilPerson, Membership, Role
from participation.councils.oparl_objects import Made, names_of
from participation.councils.oparl_writing import Writing, dated
from participation.councils.public_agenda import blackening_of, public_items, without
from participation.councils.public_models import PublicObject
from participation.councils.resolution_models import Resolution
from participation.db import session
from participation.i18n import speaking
from participation.media.models import Document
from participation.places.models import Place

SEATED = (Role.MEMBER, Role.CHAIR, Role.DEPUTY_CHAIR)  # a deputy takes no seat of their own
LOOK_BACK = timedelta(days=30)  # a night that was missed is made up for


# --- Called by whoever changes something ------------------------------------------------------------------------------


def refresh_meeting(meeting: Meeting) -> None:
    """Time, place, agenda, papers or minutes of a meeting are other ones."""
    session.flush()
    for paper in _papers(Paper.consultations.any(Consultation.item.has(AgendaItem.meeting_id == meeting.id))):
        _write_paper(paper)
    if meeting.place is not None:
        refresh_place(meeting.place)
    _write_meetings(Meeting.id == meeting.id)


def refresh_paper(paper: Paper) -> None:
    """A paper is another one, or can be read by others; the items that it belongs to name it."""
    session.flush()
    _write_paper(paper)
    _write_meetings(Meeting.items.any(AgendaItem.consultations.any(Consultation.paper_id == paper.id)))


def refresh_person(person: CouncilPerson) -> None:
    """Name, consents or terms of office of somebody are other ones; their councils count them."""
    session.flush()
    session.expire(person, ["memberships", "consents"])
    _write_person(person)
    for council in _councils(exists().where(Membership.council_id == Council.id, Membership.person_id == person.id)):
        _write_council(council)


def refresh_members(council: Council) -> None:
    """Something is another one for several members at once, as their votes."""
    session.flush()
    for person in _people(Membership.council_id == council.id):
        _write_person(person)
    _write_council(council)


def refresh_council(council: Council) -> None:
    """Facts about a council are other ones. When it gets public, hidden or renamed, all that is its own follows."""
    session.flush()
    known_as = _name_of(f"council {council.id}")
    _write_council(council)
    if _name_of(f"council {council.id}") != known_as:
        refresh_whole(council)
    refresh_house()


def refresh_place(place: Place) -> None:
    """A place has another name or address; so it is told wherever a meeting was held there."""
    writing = Writing(f"place {place.id}")
    for room in (None, *place.rooms):
        writing.put(objects.location(place, room))
    writing.finish()
    if writing.has_changed and writing.before:
        _write_meetings(Meeting.place_id == place.id)


def refresh_house() -> None:
    """The city itself, and since when its councils meet."""
    writing = Writing("house")
    term = writing.put(objects.legislative_term(_beginning()))
    writing.put(objects.body([term]))
    writing.put(objects.system())
    writing.finish()


def forget(kind: str, number: int) -> None:
    """A meeting, a paper, a council or a person (by its serial) is not there any more."""
    Writing(f"{kind} {number}").finish()


# --- For the night, and for whoever brings old data -------------------------------------------------------------------


def refresh_tonight() -> dict[str, int]:
    """What changes by itself: terms begin and end, meetings get over. Counts the objects that are newly dated."""
    began = clock.now().replace(microsecond=0)
    today, since = clock.today(), clock.now() - LOOK_BACK
    for person in _people(
        Membership.starts_on.between(since.date(), today) | Membership.ends_on.between(since.date(), today)
    ):
        refresh_person(person)
    for meeting in _meetings(or_(Meeting.ends_at >= since, Meeting.changed_at >= since)):
        refresh_meeting(meeting)
    for council in _councils(Council.dissolved_on.between(since.date(), today)):
        refresh_council(council)
    refresh_house()
    changed = select(func.count()).select_from(PublicObject).where(PublicObject.modified_at >= began)
    return {"oparl_objects": session.scalar(changed) or 0}


def refresh_whole(council: Council) -> None:
    """Everything of one council."""
    refresh_members(council)
    for paper in _papers(Paper.council_id == council.id):
        _write_paper(paper)
    for place in session.scalars(
        select(Place).where(Place.id.in_(select(Meeting.place_id).where(Meeting.council_id == council.id)))
    ):
        refresh_place(place)
    _write_meetings(Meeting.council_id == council.id)


def bury() -> None:
    """What was taken out of the tables is marked as deleted."""
    known = {
        "meeting": set(session.scalars(select(Meeting.id))),
        "paper": set(session.scalars(select(Paper.id))),
        "person": set(session.scalars(select(CouncilPerson.serial))),
        "council": set(session.scalars(select(Council.id))),
        "place": set(session.scalars(select(Place.id))),
    }
    roots = select(PublicObject.root).where(PublicObject.deleted_at.is_(None)).distinct()
    for root in session.scalars(roots).all():
        kind, _blank, number = root.partition(" ")
        if kind in known and int(number) not in known[kind]:
            forget(kind, int(number))


# --- Councils and people ----------------------------------------------------------------------------------------------


def _write_council(council: Council) -> None:
    writing = Writing(f"council {council.id}")
    if council.is_public:
        votes = _votes(council)
        writing.put(objects.organization(council, _shown_memberships(council), len(votes), sum(votes)))
    writing.finish()


def _votes(council: Council) -> Sequence[bool]:
    """Of each seat that is held today, whether it has a vote."""
    today = clock.today()
    query = select(Membership.has_vote).where(
        Membership.council_id == council.id,
        Membership.role.in_(SEATED),
        Membership.starts_on <= today,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
    )
    return session.scalars(query).all()


def _shown_memberships(council: Council) -> Sequence[str]:
    """The memberships that are public: their lines are written with the people."""
    shown = select(PublicObject.ref).where(
        PublicObject.type == "Membership", PublicObject.owner == str(council.id), PublicObject.deleted_at.is_(None)
    )
    return session.scalars(shown.order_by(PublicObject.id)).all()


def _name_of(root: str) -> str | None:
    """What a council is called in public; nothing if it is not public."""
    written = session.scalars(select(PublicObject.data).where(PublicObject.root == root)).one_or_none()
    return json.loads(written)["name"] if written else None


def _write_person(person: CouncilPerson) -> None:
    """Whoever agreed to have their name published, for as long as a term of office lasts (O10)."""
    writing = Writing(f"person {person.serial}")
    shown = [one for one in person.memberships if one.is_in_office() and one.council.is_public]
    if person.public_name and shown:
        seats = [writing.put(objects.membership(one), owner=one.council_id) for one in shown]
        writing.put(objects.person(person, seats))
    writing.finish()


# --- Meetings and papers ----------------------------------------------------------------------------------------------


def _write_meetings(condition: ColumnElement[bool]) -> None:
    for meeting in _meetings(condition):
        _write_meeting(meeting)


def _write_meeting(meeting: Meeting) -> None:
    writing = Writing(f"meeting {meeting.id}")
    _items = _read_agenda(meeting)  # held until all is written
    if meeting.council.is_public:
        revisions = _published_minutes(meeting)
        newest = revisions[0] if revisions else None
        items = _write_items(writing, meeting, newest)
        result = _minutes_file(writing, newest) if newest else None
        earlier = [file for one in revisions[1:] if (file := _minutes_file(writing, one))]
        title = without(meeting.title, blackening_of(meeting.items))
        made = objects.meeting(meeting, title, _location(meeting), items, result, earlier)
        writing.put(made, owner=meeting.council_id)
    writing.finish()


def _read_agenda(meeting: Meeting) -> Sequence[AgendaItem]:
    """The items with all that their public side is made of, at once; what the session holds of them may be old.

    Nothing is joined: whoever locks such a row later would lock the joined ones, which PostgreSQL refuses.
    """
    session.expire(meeting, ["items"])
    query = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting.id)
        .options(
            selectinload(AgendaItem.consultations).selectinload(Consultation.paper),
            selectinload(AgendaItem.links),
            selectinload(AgendaItem.postponed_from).selectinload(AgendaItem.meeting),
        )
    )
    return session.scalars(query, execution_options={"populate_existing": True}).all()


def _write_items(writing: Writing, meeting: Meeting, minutes: Minutes | None) -> list[Made]:
    """The public items of a published agenda, with what came of them; confidential ones are never served (O10)."""
    results = _results(minutes) if minutes else {}
    resolutions = _resolutions(meeting) if minutes else {}
    return [
        writing.put(
            objects.agenda_item(item, meeting.id, results.get(item.id), resolutions.get(item.id, "")),
            owner=meeting.council_id,
        )
        for item in public_items(meeting)
        if not item.is_confidential
    ]


def _results(minutes: Minutes) -> dict[int, Result | None]:
    query = select(MinutesEntry.item_id, MinutesEntry.result).where(MinutesEntry.minutes_id == minutes.id)
    return {row.item_id: row.result for row in session.execute(query)}


def _resolutions(meeting: Meeting) -> dict[int, str]:
    """The words of what was decided, as the public register has them: with passages blacked out."""
    query = (
        select(Resolution.item_id, Resolution.text)
        .join(Resolution.item)
        .where(
            AgendaItem.meeting_id == meeting.id,
            Resolution.published_at.is_not(None),
            Resolution.is_confidential.is_(False),
        )
    )
    with speaking("de"):
        return {row.item_id: said(row.text) for row in session.execute(query)}


def _published_minutes(meeting: Meeting) -> Sequence[Minutes]:
    """All revisions that are public, the newest first."""
    query = select(Minutes).where(Minutes.meeting_id == meeting.id, Minutes.status == MinutesStatus.PUBLISHED)
    return session.scalars(query.order_by(Minutes.number.desc())).all()


def _minutes_file(writing: Writing, minutes: Minutes) -> Made | None:
    """The public version as a file, if there is one yet."""
    if minutes.document is None:
        return None
    held = f"Niederschrift {minutes.meeting.held_on.isoformat()}"
    name = held if minutes.number == 1 else f"{held}, {minutes.number}. Fassung"
    return _file(writing, minutes.document, name, meeting=minutes.meeting)


def _location(meeting: Meeting) -> Made | None:
    """The place as it is written down, with its own dates (O6)."""
    if meeting.place is None:
        return None
    ref = names_of(objects.location(meeting.place, meeting.room))[1]
    query = select(PublicObject).where(PublicObject.type == "Location", PublicObject.ref == ref)
    row = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None or row.deleted_at is not None:
        refresh_place(meeting.place)
        row = session.scalars(query.execution_options(populate_existing=True)).one()
    return dated(json.loads(row.data), row.created_at, row.modified_at)


def _write_paper(paper: Paper) -> None:
    """A paper is public with the first item that deals with it in public."""
    writing = Writing(f"paper {paper.id}")
    shown = _public_consultations(paper) if paper.is_public and paper.council.is_public else []
    if shown:
        consultations = [
            writing.put(objects.consultation(one, one.item.meeting_id, paper.council_id), owner=paper.council_id)
            for one in shown
        ]
        name = objects.german(without(paper.title, blackening_of(one.item for one in shown)))
        main_file = _file(writing, paper.document, name, paper=paper) if paper.document else None
        writing.put(objects.paper(paper, name, consultations, main_file), owner=paper.council_id)
    writing.finish()


def _public_consultations(paper: Paper) -> Sequence[Consultation]:
    query = (
        select(Consultation)
        .join(Consultation.item)
        .join(AgendaItem.meeting)
        .where(Consultation.paper_id == paper.id, AgendaItem.is_public, Meeting.agenda_published_at.is_not(None))
        .options(selectinload(Consultation.item).selectinload(AgendaItem.postponed_from))
        .order_by(Consultation.id)
    )
    return session.scalars(query).all()


def _file(writing: Writing, document: Document, name: str, **of: Meeting | Paper) -> Made:
    """A file never changes, so its bytes are read only once (O8)."""
    checksum = writing.known("File", document.id.hex).get("sha512Checksum")
    if checksum is None:
        checksum = hashlib.sha512(document.content).hexdigest()
    kinds = {"meeting": "Meeting", "paper": "Paper"}
    belongs_to = {kind: objects.address(kinds[kind], thing.id) for kind, thing in of.items()}
    return writing.put(objects.file(document, name, checksum, **belongs_to))


# --- What there is ----------------------------------------------------------------------------------------------------


def _councils(*conditions: ColumnElement[bool]) -> Iterable[Council]:
    return session.scalars(select(Council).where(*conditions).order_by(Council.id)).all()


def _people(condition: ColumnElement[bool]) -> Iterable[CouncilPerson]:
    """People of whom some membership fulfils a condition."""
    theirs = CouncilPerson.id.in_(select(Membership.person_id).where(condition))
    options = selectinload(CouncilPerson.memberships), selectinload(CouncilPerson.consents)
    return session.scalars(select(CouncilPerson).where(theirs).order_by(CouncilPerson.serial).options(*options)).all()


def _papers(condition: ColumnElement[bool]) -> Iterable[Paper]:
    query = select(Paper).where(condition).order_by(Paper.id)
    return session.scalars(query.options(selectinload(Paper.council), selectinload(Paper.document))).all()


def _meetings(condition: ColumnElement[bool]) -> Iterable[Meeting]:
    query = select(Meeting).where(condition)
    return session.scalars(query.order_by(Meeting.id)).all()


def _beginning() -> date | None:
    """The first day that anything public is known of."""
    meetings = select(func.min(Meeting.starts_at)).join(Meeting.council).where(Council.published_at.is_not(None))
    first = session.scalar(meetings)
    return first.astimezone(clock.BERLIN).date() if first else None
