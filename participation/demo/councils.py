"""The demo's council: who sits there, a meeting with approved minutes, one to be approved, and the next one.

Rows are made directly: the operations would write into the audit log, which keeps its lines when the demo goes.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from participation import clock
from participation.contacts import consent
from participation.contacts.models import Contact
from participation.contributions import hints
from participation.councils import agreements, content, indexing, publication, publishing, register, sealing
from participation.councils.meeting_models import AgendaItem, AgendaLink, Answer, Attendance, Meeting, Presence
from participation.councils.minutes_models import Minutes, MinutesEntry, MinutesObjection, MinutesStatus, MinutesSummary
from participation.councils.models import Council, CouncilPerson, Group, Membership, ProfileConsent, Role, Statute
from participation.councils.proposal_models import ItemProposal
from participation.councils.resolution_models import (
    CommitteeAnswer,
    HandOver,
    Resolution,
    ResolutionCard,
    ResolutionState,
    ResolutionStep,
    Task,
    TaskReturn,
)
from participation.db import session
from participation.demo import council_texts as texts
from participation.demo.council_texts import Point, Said
from participation.districts.models import Area
from participation.i18n import LocalizedText, content_text
from participation.ideas.models import Idea
from participation.places.models import Place
from participation.receipts import operations as receipts
from participation.rich_text import LocalizedRichText, RichText
from participation.text_matching import fold

FIRST_SERIAL = 1_000_001  # within the numbers that people.py draws from
WANTED = ["de", "de-simple", "tr", "ar"]
A_YEAR = timedelta(days=365)


def load(areas: dict[str, Area]) -> Council:
    """A Quartiersrat with a past and a future."""
    council = _council(areas)
    members = [_member(council, seat, number) for number, seat in enumerate(texts.seats())]
    ideas = {one.title: one.id for one in session.scalars(select(Idea).where(Idea.listed_at.is_not(None)))}
    first = _meeting(council, -120, texts.first_meeting(), ideas)
    _approved(_minutes(first, members, texts.first_meeting()), first)
    second = _meeting(council, -6, texts.second_meeting(), ideas)
    _waiting(_minutes(second, members, texts.second_meeting()), members[3])
    following_one = _meeting(council, 24, texts.next_meeting(), ideas)
    _came_back(following_one, first)
    _answers(following_one, members)
    _followed(council)
    _proposal(council)
    for one in (first, second, following_one):
        indexing.index_meeting(one)
    publishing.refresh_whole(council)
    publishing.refresh_house()
    publication.print_missing()
    return council


def _council(areas: dict[str, Area]) -> Council:
    council = Council(
        is_demo=True,
        slug="quartiersrat-nordstadt",
        name=texts.name(),
        introduction=_rich(texts.introduction()),
        contact="quartiersrat@demo.invalid",
        areas=[areas["north"]] if "north" in areas else [],
        languages=WANTED,
        purpose=content_text("Arbeit des Quartiersrats: einladen, beraten, Niederschriften führen."),
        legal_basis=content_text("Aufgabe der Stadt im öffentlichen Interesse (Artikel 6 Absatz 1 Buchstabe e DSGVO)."),
        person_in_charge="Stabsstelle Quartiersarbeit",
        published_at=clock.now() - A_YEAR,
        groups=[
            Group(kind=kind, seats=seats, has_vote=has_vote, position=position)
            for position, (kind, seats, has_vote) in enumerate(texts.GROUPS, 1)
        ],
    )
    session.add(council)
    session.flush()
    session.add(
        Statute(
            council=council,
            number=1,
            title=content_text("Geschäftsordnung"),
            text=_rich(texts.statutes()),
            valid_from=_day(-365),
            published_at=council.published_at,
        )
    )
    session.flush()
    indexing.index_council(council)
    return council


def _member(council: Council, seat: texts.Seat, number: int) -> Membership:
    contact = Contact(
        email=f"mitglied{number + 1}@demo.invalid",
        language="de",
        given_on=clock.today(),
        consent_version=consent.VERSION,
        is_needed=True,
    )
    person = CouncilPerson(
        is_demo=True,
        serial=FIRST_SERIAL + number,
        given_name=seat.given_name,
        family_name=seat.family_name,
        sort_name=fold(f"{seat.family_name} {seat.given_name}"),
        about=seat.about,
        contact=contact,
        receipt=receipts.issue().receipt,
        consents=[
            ProfileConsent(purpose=purpose, version=agreements.VERSION, given_at=council.published_at)
            for purpose in seat.shows
        ],
    )
    group = next(one for one in council.groups if one.kind is seat.group)
    membership = Membership(
        council=council,
        person=person,
        group=group,
        role=Role.CHAIR if number == 0 else Role.MEMBER,
        has_vote=group.has_vote,
        on_behalf_of=seat.behalf,
        starts_on=_day(-365),
        ends_on=_day(3 * 365),
    )
    session.add(membership)
    session.flush()
    return membership


def _meeting(council: Council, days: int, points: list[Point], ideas: dict[str, int]) -> Meeting:
    starts_at = datetime.combine(_day(days), time(18), clock.BERLIN).astimezone(UTC)
    place = session.scalars(select(Place).where(Place.is_demo).order_by(Place.id)).first()
    meeting = Meeting(
        council=council,
        number=1 + max((one.number for one in _all(council)), default=0),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place=place,
        proposals_until=(starts_at - timedelta(days=21)).date(),
    )
    for number, point in enumerate(points, 1):
        links = [AgendaLink(kind="idea", ref_id=ideas[point.idea])] if point.idea in ideas else []
        meeting.items.append(
            AgendaItem(
                position=number,
                number=str(number),
                title=point.title,
                text=point.text,
                brought_by=point.brought_by,
                is_public=point.is_public,
                links=links,
            )
        )
    session.add(meeting)
    meeting.agenda_published_at = meeting.invited_at = min(clock.now(), starts_at - timedelta(days=20))
    session.flush()
    return meeting


def _came_back(meeting: Meeting, earlier: Meeting) -> None:
    """What was postponed, and a task that is not done, stand on the next agenda as returning.py puts them there."""
    last = len(meeting.items)
    postponed = earlier.items[-1]
    task = session.scalars(select(Task).where(Task.council_id == meeting.council_id)).one()
    tasks = [("Offene Aufgaben", last + 2, str(last + 2), False), (task.text, last + 3, f"{last + 2}.1", True)]
    meeting.items.append(
        AgendaItem(position=last + 1, number=str(last + 1), title=postponed.title, postponed_from=postponed)
    )
    meeting.items.extend(
        AgendaItem(position=position, number=number, title=LocalizedText(de=title), is_part=is_part)
        for title, position, number, is_part in tasks
    )
    session.flush()
    session.add(TaskReturn(task=task, item=meeting.items[-1]))
    session.flush()


def _all(council: Council) -> list[Meeting]:
    return list(session.scalars(select(Meeting).where(Meeting.council_id == council.id)))


# --- Minutes ----------------------------------------------------------------------------------------------------------


def _minutes(meeting: Meeting, members: list[Membership], points: list[Point]) -> Minutes:
    """What was written in the meeting."""
    for number, member in enumerate(members):
        absent = number in {4, 9}
        session.add(
            Attendance(meeting=meeting, membership=member, presence=Presence.EXCUSED if absent else Presence.PRESENT)
        )
    meeting.chaired_by = members[0]
    minutes = Minutes(
        meeting=meeting,
        is_demo=True,
        opened_at=meeting.starts_at + timedelta(minutes=5),
        closed_at=meeting.ends_at - timedelta(minutes=10),
        circulated_at=meeting.starts_at + timedelta(days=5),
        objections_until=(meeting.starts_at + timedelta(days=19)).date(),
        status=MinutesStatus.CIRCULATED,
        entries=[_entry(item, point.said) for item, point in zip(meeting.items, points, strict=True) if point.said],
    )
    session.add(minutes)
    session.flush()
    for item, point in zip(meeting.items, points, strict=True):
        if point.said and point.said.task:
            _task(meeting, item.id, point.said)
    return minutes


def _entry(item: Any, said: Said) -> MinutesEntry:
    votes_for, votes_against, abstained = said.votes
    return MinutesEntry(
        item=item,
        is_demo=True,
        discussion=said.discussion,
        result=said.result,
        resolution=said.resolution,
        vote=said.vote,
        votes_for=votes_for,
        votes_against=votes_against,
        abstained=abstained,
    )


def _task(meeting: Meeting, item_id: int, said: Said) -> None:
    due_on = meeting.held_on + said.due_in if said.due_in else None
    session.add(
        Task(
            council=meeting.council,
            item_id=item_id,
            text=said.task,
            responsible=said.responsible,
            due_on=due_on,
            is_demo=True,
        )
    )
    session.flush()


def _approved(minutes: Minutes, meeting: Meeting) -> None:
    """As approving and publication do it, but months ago."""
    minutes.content = content.full(minutes)
    minutes.digest = content.digest(minutes.content)
    minutes.approved_at = meeting.starts_at + timedelta(days=21)
    minutes.approved_how = content_text("Ohne Einwendungen nach Ablauf der Frist")["de"]
    minutes.seal = sealing.seal(minutes)
    minutes.status = MinutesStatus.APPROVED
    for entry in minutes.entries:
        entry.is_locked = True
    session.flush()
    register.from_minutes(minutes)
    minutes.public_content = content.public_now(minutes)
    minutes.public_digest = content.digest(minutes.public_content)
    minutes.public_seal = sealing.public_seal(minutes)
    minutes.status, minutes.published_at = MinutesStatus.PUBLISHED, meeting.starts_at + timedelta(days=22)
    summary = texts.summary()
    minutes.summaries.extend(
        MinutesSummary(language=tag, text=summary[tag], released_at=minutes.published_at)
        for tag in WANTED
        if tag in summary
    )
    session.flush()
    register.publish(minutes)
    indexing.index_minutes(minutes)


def _waiting(minutes: Minutes, member: Membership) -> None:
    """Members can still object, and one of them did."""
    minutes.objections_until = clock.today() + timedelta(days=8)
    minutes.circulated_at = clock.now() - timedelta(days=2)
    minutes.objections.append(
        MinutesObjection(
            membership=member,
            item=minutes.entries[1].item,
            text=content_text("Es waren zwei Stimmen dagegen, nicht drei. Bitte prüfen Sie das.")["de"],
            language="de",
        )
    )
    session.flush()


# --- What follows -----------------------------------------------------------------------------------------------------


def _followed(council: Council) -> None:
    """The first resolution went to a committee, the second one is done."""
    found = session.scalars(select(Resolution).where(Resolution.council_id == council.id).order_by(Resolution.id)).all()
    lamps, cafe = found[0], found[1]
    reasons = content_text("Kinder gehen im Winter im Dunkeln nach Hause. Zwei Laternen fehlen seit Jahren.")
    answer = content_text("Zwei Leuchten werden im Frühjahr aufgestellt. Über die dritte wird im Haushalt entschieden.")
    lamps.responsible, lamps.due_on, lamps.state = "Tiefbauamt", _day(30), ResolutionState.HANDED_OVER
    lamps.hand_overs.append(
        HandOver(
            committee="Bezirksvertretung Mitte",
            committee_on=_day(-40),
            top="7",
            reference=f"{clock.today().year}/112",
            proposal=lamps.text,
            reasons=reasons["de"],
            handed_over_on=_day(-60),
            answer=CommitteeAnswer.PARTLY,
            answer_text=answer["de"],
            answered_on=_day(-40),
        )
    )
    lamps.steps.append(ResolutionStep(state=lamps.state, note="Bezirksvertretung Mitte", made_at=_moment(-60)))
    lamps.steps.append(ResolutionStep(state=lamps.state, note=answer["de"], made_at=_moment(-40)))
    done = content_text("Das Sprachcafé findet jeden Dienstag um 15 Uhr statt.")
    cafe.responsible, cafe.due_on, cafe.state = "Stadtteilbibliothek", _day(-30), ResolutionState.DONE
    cafe.steps.append(ResolutionStep(state=cafe.state, note=done["de"], made_at=_moment(-35)))
    cards = {point.said.resolution: point.said.card for point in texts.first_meeting() if point.said}
    for resolution in (lamps, cafe):
        title, card = resolution.item.title, cards[resolution.text]
        resolution.cards.extend(
            ResolutionCard(language=tag, title=title[tag], text=card[tag], released_at=clock.now())
            for tag in WANTED
            if tag in card and tag in title
        )
        indexing.index_resolution(resolution)
    session.flush()


def _answers(meeting: Meeting, members: list[Membership]) -> None:
    """Some have said whether they come."""
    for number, member in enumerate(members[:8]):
        answer = Answer.NOT_COMING if number in {3, 6} else Answer.COMING
        session.add(
            Attendance(
                meeting=meeting, membership=member, answer=answer, answered_at=clock.now() - timedelta(days=number)
            )
        )
    session.flush()


def _proposal(council: Council) -> None:
    """A resident proposes something; moderators have not looked at it yet."""
    title, text = texts.proposal()
    proposal = ItemProposal(
        council=council,
        title=title,
        text=text,
        language="tr",
        author_name="Zeynep",
        areas=list(council.areas),
        receipt=receipts.issue().receipt,
        waiting_since=_moment(-1),
        created_at=_moment(-1),
    )
    session.add(proposal)
    proposal.hints = hints.found_in(proposal)
    session.flush()


def _rich(text: LocalizedText) -> LocalizedRichText:
    return LocalizedRichText({tag: RichText.from_plain(said) for tag, said in text.items()})


def _day(days: int) -> date:
    return clock.today() + timedelta(days=days)


def _moment(days: int) -> datetime:
    return clock.now() + timedelta(days=days)
