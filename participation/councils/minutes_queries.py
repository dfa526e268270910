"""Looking up minutes: the revisions of a meeting, and everything that their content is made from."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload, undefer

from participation.councils.meeting_models import Attendance, Meeting, Presence
from participation.councils.minutes_models import Minutes, MinutesEntry, MinutesObjection, MinutesStatus, VoteCast
from participation.councils.models import ConsentPurpose, CouncilPerson, Membership, ProfileConsent
from participation.councils.resolution_models import Resolution, ResolutionCard, Task
from participation.db import session

WITH_MEETING = joinedload(Minutes.meeting).joinedload(Meeting.council)


def published(meeting_id: int, number: int | None = None) -> Minutes:
    """What everybody may read: this revision, or the newest one that is public."""
    query = (
        select(Minutes)
        .where(Minutes.meeting_id == meeting_id, Minutes.status == MinutesStatus.PUBLISHED)
        .order_by(Minutes.number.desc())
        .options(WITH_MEETING, undefer(Minutes.public_content))
        .limit(1)
    )
    if number is not None:
        query = query.where(Minutes.number == number)
    return session.scalars(query).one()


def newest_published(meeting_id: int) -> Minutes | None:
    """The newest revision that everybody may read, if there is one."""
    found = select(Minutes).where(Minutes.meeting_id == meeting_id, Minutes.status == MinutesStatus.PUBLISHED)
    return session.scalars(found.order_by(Minutes.number.desc()).limit(1)).first()


def revisions(meeting_id: int) -> Sequence[Minutes]:
    """All revisions of a meeting's minutes, the newest first."""
    return session.scalars(
        select(Minutes).where(Minutes.meeting_id == meeting_id).order_by(Minutes.number.desc()).options(WITH_MEETING)
    ).all()


def published_revisions(meeting_id: int) -> Sequence[Minutes]:
    """Those that everybody may read, the newest first, with what residents read of them."""
    return session.scalars(
        select(Minutes)
        .where(Minutes.meeting_id == meeting_id, Minutes.status == MinutesStatus.PUBLISHED)
        .order_by(Minutes.number.desc())
        .options(undefer(Minutes.public_content))
    ).all()


def newest(meeting_id: int) -> Minutes | None:
    """The revision that is worked on, or else the last one."""
    return next(iter(revisions(meeting_id)), None)


def newest_approved(meeting_id: int) -> Minutes | None:
    """The last revision that was approved, public or not."""
    return next((one for one in revisions(meeting_id) if one.is_locked), None)


def objections(minutes: Minutes) -> Sequence[MinutesObjection]:
    """What members object to, in the order in which it came."""
    return session.scalars(
        select(MinutesObjection)
        .where(MinutesObjection.minutes_id == minutes.id)
        .order_by(MinutesObjection.id)
        .options(
            joinedload(MinutesObjection.membership).joinedload(Membership.person),
            joinedload(MinutesObjection.item),
        )
    ).all()


# --- What the content is made from ------------------------------------------------------------------------------------


def entries(minutes: Minutes, *, for_update: bool = False) -> list[MinutesEntry]:
    """What was said, in the order of the agenda; locked, nobody saves anything meanwhile."""
    query = (
        select(MinutesEntry)
        .where(MinutesEntry.minutes_id == minutes.id)
        .options(
            joinedload(MinutesEntry.item),
            selectinload(MinutesEntry.casts).joinedload(VoteCast.membership).joinedload(Membership.person),
            selectinload(MinutesEntry.casts).joinedload(VoteCast.membership).joinedload(Membership.group),
        )
        .execution_options(populate_existing=for_update)
    )
    if for_update:
        query = query.with_for_update(of=MinutesEntry)
    return sorted(session.scalars(query), key=lambda one: (one.item.position, one.item_id))


def attendances(meeting: Meeting) -> Sequence[Attendance]:
    """Who was there, excused or absent, in the order of their names."""
    return session.scalars(
        select(Attendance)
        .join(Attendance.membership)
        .join(Membership.person)
        .where(Attendance.meeting_id == meeting.id, Attendance.presence.is_not(None))
        .order_by(CouncilPerson.sort_name, Attendance.id)
        .options(
            joinedload(Attendance.membership).joinedload(Membership.person).joinedload(CouncilPerson.contact),
            joinedload(Attendance.membership).joinedload(Membership.group),
        )
    ).all()


def present(meeting: Meeting) -> list[Attendance]:
    """Who was there."""
    return [one for one in attendances(meeting) if one.presence is Presence.PRESENT]


def tasks(item_ids: Collection[int]) -> dict[int, list[Task]]:
    """What was promised under these items."""
    found: dict[int, list[Task]] = defaultdict(list)
    promised = session.scalars(
        select(Task)
        .where(Task.item_id.in_(item_ids))
        .order_by(Task.id)
        .options(joinedload(Task.membership).joinedload(Membership.person))
    )
    for task in promised:
        found[task.item_id or 0].append(task)
    return found


def may_be_named(membership_ids: Collection[int]) -> set[int]:
    """Of these members those who agreed to have their names published (D3, D17)."""
    return set(
        session.scalars(
            select(Membership.id)
            .join(ProfileConsent, ProfileConsent.person_id == Membership.person_id)
            .where(
                Membership.id.in_(membership_ids),
                ProfileConsent.purpose == ConsentPurpose.NAME,
                ProfileConsent.withdrawn_at.is_(None),
            )
        )
    )


# --- What stands beside the public version ----------------------------------------------------------------------------


def resolutions(item_ids: Collection[int]) -> dict[int, Resolution]:
    """The public resolutions of these items, by item."""
    found = session.scalars(
        select(Resolution)
        .where(Resolution.item_id.in_(item_ids))
        .where(Resolution.published_at.is_not(None), Resolution.is_confidential.is_(False))
        .order_by(Resolution.id)
    )
    return {one.item_id: one for one in found}


def cards(resolution_ids: Collection[int], language: str) -> dict[int, ResolutionCard]:
    """The released cards of these resolutions in one language."""
    found = session.scalars(
        select(ResolutionCard).where(
            ResolutionCard.resolution_id.in_(resolution_ids),
            ResolutionCard.language == language,
            ResolutionCard.released_at.is_not(None),
        )
    )
    return {one.resolution_id: one for one in found}
