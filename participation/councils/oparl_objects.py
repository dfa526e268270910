"""OParl 1.1 objects of the councils' public side: one maker per type, each a dict as other machines read it.

Whether something is public at all is decided in `publishing`. Addresses begin with BASE, which is replaced by the
address of the house when an object is served. Words are German, as in the interfaces of other German councils.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app

from participation.clock import BERLIN
from participation.councils.meeting_models import Consultation, Meeting, MeetingState, Paper, PaperKind
from participation.councils.minutes_models import Result
from participation.councils.models import ConsentPurpose, Council, CouncilKind, CouncilPerson, Membership, Role
from participation.councils.public_agenda import PublicItem
from participation.i18n import LocalizedText
from participation.media.models import Document
from participation.media.views import file_name
from participation.places.models import Place, Room

Made = dict[str, Any]

BASE = "\ue000"  # nobody types it
API = f"{BASE}/oparl/1.1"
SCHEMA = "https://schema.oparl.org/1.1/"
BODY = "1"  # there is one: the city
COLLECTIONS = {
    "organizations": "Organization",
    "persons": "Person",
    "memberships": "Membership",
    "meetings": "Meeting",
    "agenda-items": "AgendaItem",
    "papers": "Paper",
    "consultations": "Consultation",
    "files": "File",
    "locations": "Location",
    "legislative-terms": "LegislativeTerm",
    "bodies": "Body",
}
FOLDERS = {kind: folder for folder, kind in COLLECTIONS.items()}

KINDS = {
    CouncilKind.QUARTIERSRAT: "Quartiersrat",
    CouncilKind.PREVENTION_COUNCIL: "Präventionsrat",
    CouncilKind.ROUND_TABLE: "Runder Tisch",
    CouncilKind.ASSEMBLY: "Quartiersversammlung",
    CouncilKind.WORKING_GROUP: "Arbeitskreis",
}
ROLES = {
    Role.MEMBER: "Mitglied",
    Role.CHAIR: "Vorsitz",
    Role.DEPUTY_CHAIR: "Stellvertretender Vorsitz",
    Role.DEPUTY: "Stellvertretendes Mitglied",
    Role.SECRETARY: "Schriftführung",
    Role.ADVISER: "Beratendes Mitglied",
}
STATES = {
    MeetingState.PLANNED: "terminiert",
    MeetingState.INVITED: "eingeladen",
    MeetingState.OVER: "durchgeführt",
    MeetingState.CANCELLED: "abgesagt",
}
PAPERS = {
    PaperKind.MOTION: "Antrag",
    PaperKind.DRAFT_RESOLUTION: "Beschlussvorlage",
    PaperKind.INFORMATION: "Mitteilung",
    PaperKind.INQUIRY: "Anfrage",
    PaperKind.REPORT: "Bericht",
    PaperKind.OTHER: "Vorlage",
}
RESULTS = {
    Result.NOTED: "Zur Kenntnis genommen",
    Result.DISCUSSED: "Beraten",
    Result.RESOLVED: "Beschlossen",
    Result.REJECTED: "Abgelehnt",
    Result.POSTPONED: "Vertagt",
    Result.REFERRED: "Verwiesen",
    Result.DROPPED: "Nicht behandelt",
}
WITHDRAWN = "Abgesetzt"


def address(kind: str, ref: object) -> str:
    """The lasting address of an object, which is its id (O1)."""
    return f"{API}/{FOLDERS[kind]}/{ref}"


def names_of(made: Mapping[str, Any]) -> tuple[str, str]:
    """Type and last part of the address of an object."""
    return made["type"].removeprefix(SCHEMA), made["id"].rpartition("/")[2]


def moment(at: datetime, zone: ZoneInfo = BERLIN) -> str:
    """A moment as 2024-01-31T18:00:00+01:00 (O3)."""
    return at.astimezone(zone).isoformat(timespec="seconds")


def day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def german(text: LocalizedText) -> str:
    """A text as this interface says it: in German where there is a German one."""
    picked = text.pick("de")
    return picked.item if picked else ""


def page(endpoint: str, **values: object) -> str:
    """A page of ours that shows the same to people."""
    return BASE + current_app.url_map.bind("house").build(endpoint, {"lang": "de", **values})


def _object(kind: str, ref: object, **properties: Any) -> Made:
    """What is empty is left out (O3)."""
    said = {name: value for name, value in properties.items() if value is not None and value not in ("", [])}
    return {"id": address(kind, ref), "type": f"{SCHEMA}{kind}", **said}


# --- The house itself -------------------------------------------------------------------------------------------------


def system() -> Made:
    settings = current_app.config["SETTINGS"]
    made = {
        "id": f"{API}/system",
        "type": f"{SCHEMA}System",
        "oparlVersion": SCHEMA,
        "license": settings.oparl_license,
        "body": f"{API}/bodies",
        "name": f"Beteiligungsplattform {settings.city_name}",
        "contactEmail": settings.oparl_contact,
        "contactName": settings.city_name,
        "website": f"{BASE}/",
    }
    return {name: value for name, value in made.items() if value}


def body(terms: Sequence[Made]) -> Made:
    settings = current_app.config["SETTINGS"]
    lists = f"{address('Body', BODY)}/"
    return _object(
        "Body",
        BODY,
        system=f"{API}/system",
        name=settings.city_name,
        website=f"{BASE}/",
        license=settings.oparl_license,
        contactEmail=settings.oparl_contact,
        contactName=settings.city_name,
        organization=f"{lists}organizations",
        person=f"{lists}persons",
        meeting=f"{lists}meetings",
        paper=f"{lists}papers",
        agendaItem=f"{lists}agenda-items",
        consultation=f"{lists}consultations",
        file=f"{lists}files",
        locationList=f"{lists}locations",
        legislativeTermList=f"{lists}legislative-terms",
        membership=f"{lists}memberships",
        legislativeTerm=list(terms),
    )


def legislative_term(since: date | None) -> Made:
    """Councils have no common term; the one that a Body needs lasts for as long as there are councils (O9)."""
    name = "Amtszeit der Gremien"
    return _object("LegislativeTerm", 1, body=address("Body", BODY), name=name, startDate=day(since))


# --- Councils and people ----------------------------------------------------------------------------------------------


def organization(council: Council, memberships: Sequence[str], members: int, voting_members: int) -> Made:
    here = address("Organization", council.id)
    return _object(
        "Organization",
        council.id,
        body=address("Body", BODY),
        name=german(council.name),
        membership=[address("Membership", ref) for ref in memberships],
        meeting=f"{here}/meetings",
        consultation=f"{here}/consultations",
        organizationType="Gremium",
        classification=KINDS[council.kind],
        endDate=day(council.dissolved_on),
        memberCount=members or None,
        votingMemberCount=voting_members or None,
        web=page("councils.show", slug=council.slug),
    )


def person(someone: CouncilPerson, memberships: Sequence[Made]) -> Made:
    """Somebody who agreed to have their name published; nothing else is told without another yes (O10)."""
    about = german(someone.about) if someone.agrees_to(ConsentPurpose.ABOUT) else ""
    return _object(
        "Person",
        someone.serial,
        body=address("Body", BODY),
        name=someone.public_name,
        familyName=someone.family_name,
        givenName=someone.given_name,
        formOfAddress=someone.form_of_address,
        title=[someone.academic_title] if someone.academic_title else None,
        life=about,
        lifeSource="Eigene Angabe" if about else None,
        membership=list(memberships),
        web=page("councils.member", serial=someone.serial),
    )


def membership(one: Membership) -> Made:
    return _object(
        "Membership",
        one.id,
        person=address("Person", one.person.serial),
        organization=address("Organization", one.council_id),
        role=ROLES[one.role],
        votingRight=one.has_vote,
        startDate=day(one.starts_on),
        endDate=day(one.ends_on),
    )


# --- Meetings ---------------------------------------------------------------------------------------------------------


def location(place: Place, room: Room | None) -> Made:
    """A place, or one of its rooms."""
    name = german(place.name)
    room_name = german(room.name) if room else ""
    point = None
    if place.latitude is not None and place.longitude is not None:
        where = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
        point = {"type": "Feature", "properties": {"name": name}, "geometry": where}
    return _object(
        "Location",
        f"{place.id}-{room.id}" if room else place.id,
        description=f"{name}, {room_name}" if room_name else name,
        geojson=point,
        streetAddress=place.address,
        room=room_name,
        postalCode=place.postal_code,
        locality=place.town,
    )


def meeting(
    one: Meeting,
    title: LocalizedText,
    place: Made | None,
    items: Sequence[Made],
    minutes: Made | None,
    earlier: Sequence[Made],
) -> Made:
    """A meeting; the newest minutes are its result, earlier revisions stay beside them."""
    zone = ZoneInfo(one.zone)
    return _object(
        "Meeting",
        one.id,
        name=german(title) or f"{german(one.council.name)}, {one.number}. Sitzung",
        meetingState=STATES[one.state],
        cancelled=True if one.cancelled_at else None,
        start=moment(one.starts_at, zone),
        end=moment(one.ends_at, zone),
        location=place,
        organization=[address("Organization", one.council_id)],
        resultsProtocol=minutes,
        auxiliaryFile=list(earlier),
        agendaItem=list(items),
        web=page("meetings.show", meeting_id=one.id),
    )


def agenda_item(item: PublicItem, meeting_id: int, result: Result | None, resolution: str) -> Made:
    """A public item; it can name one consultation, and if it deals with several papers, the others name it."""
    said = WITHDRAWN if item.is_withdrawn else RESULTS[result] if result else None
    first = min((one.id for one in item.consultations), default=None)
    return _object(
        "AgendaItem",
        item.id,
        meeting=address("Meeting", meeting_id),
        number=item.number,
        order=item.position,
        name=german(item.title),
        public=True,
        consultation=address("Consultation", first) if first else None,
        result=said,
        resolutionText=resolution,
    )


# --- Papers -----------------------------------------------------------------------------------------------------------


def paper(one: Paper, name: str, consultations: Sequence[Made], main_file: Made | None) -> Made:
    return _object(
        "Paper",
        one.id,
        body=address("Body", BODY),
        name=name,
        reference=one.reference,
        date=day(one.dated_on),
        paperType=PAPERS[one.kind],
        mainFile=main_file,
        underDirectionOf=[address("Organization", one.council_id)],
        consultation=list(consultations),
    )


def consultation(one: Consultation, meeting_id: int, council_id: int) -> Made:
    return _object(
        "Consultation",
        one.id,
        paper=address("Paper", one.paper_id),
        agendaItem=address("AgendaItem", one.item_id),
        meeting=address("Meeting", meeting_id),
        organization=[address("Organization", council_id)],
        authoritative=one.is_authoritative,
        role="Entscheidung" if one.is_authoritative else "Beratung",
    )


def file(document: Document, name: str, checksum: str, **belongs_to: str) -> Made:
    """A PDF file; `belongs_to` names the meeting or the paper that it is of."""
    here = address("File", document.id.hex)
    return _object(
        "File",
        document.id.hex,
        name=name,
        fileName=f"{file_name(name)}.pdf",
        mimeType="application/pdf",
        date=day(document.created_at.astimezone(BERLIN).date()),
        size=document.size,
        sha512Checksum=checksum,
        accessUrl=f"{here}/access",
        downloadUrl=f"{here}/download",
        **{kind: [where] for kind, where in belongs_to.items()},
    )
