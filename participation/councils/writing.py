"""Writing minutes during the meeting: several people at once, and none of them loses a word."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.orm.attributes import flag_modified

from participation import audit, clock
from participation.councils import agenda, voting
from participation.councils.attending import NotInOffice
from participation.councils.attending import present_voters as present_voters  # where others look for it
from participation.councils.meeting_models import AgendaItem, Meeting
from participation.councils.minutes_models import Choice, Minutes, MinutesEntry, MinutesStatus, Result, VoteKind
from participation.councils.models import Membership
from participation.councils.seats_and_terms import in_office
from participation.db import session
from participation.errors import Refused
from participation.i18n import LocalizedText, _l
from participation.permissions import person

IN_WORK = (MinutesStatus.DRAFT, MinutesStatus.CIRCULATED)
IN_WORDS = (Result.RESOLVED, Result.REJECTED)
NUMBERS = ("votes_for", "votes_against", "abstained", "recused")
OF_VOTE = ("vote", *NUMBERS, "voted_at")
OF_ENTRY = ("discussion", "result", "resolution", *OF_VOTE)
OF_FRAME = ("language", "opened_at", "closed_at", "guests", "remarks")
SITTING = timedelta(minutes=30)  # saving again and again in this time is one line of the audit log


class ChangedMeanwhile(Refused):
    """Somebody else has saved since this writer last looked; `thing` holds what they wrote."""

    message = _l("Somebody else has saved this part meanwhile. Nothing was overwritten.")

    def __init__(self, thing: Minutes | MinutesEntry) -> None:
        super().__init__()
        self.thing = thing


class Locked(Refused):
    message = _l("These minutes are approved and never change. A correction is a new revision.")


class NothingToWrite(Refused):
    message = _l("This meeting is cancelled, so there are no minutes of it.")


class WordsMissing(Refused):
    message = _l("Please write the words that were voted on.")


class ClosedBeforeOpening(Refused):
    message = _l("The end of the meeting must be after its beginning.")


# --- Beginning --------------------------------------------------------------------------------------------------------


def in_work(meeting: Meeting) -> Minutes | None:
    """The minutes of a meeting that can be written at present."""
    return session.scalars(select(Minutes).where(Minutes.meeting_id == meeting.id, Minutes.status.in_(IN_WORK))).first()


def has_minutes(meeting: Meeting) -> bool:
    """Whether there are any, approved ones too."""
    return session.scalar(select(Minutes.id).where(Minutes.meeting_id == meeting.id).limit(1)) is not None


def begin(meeting: Meeting) -> Minutes:
    """Minutes with an entry for each item; where there is a draft already, entries for the items that came later."""
    session.refresh(meeting, with_for_update={"of": Meeting})  # two writers begin one draft
    if meeting.cancelled_at is not None:
        raise NothingToWrite
    minutes = in_work(meeting)
    if minutes is None:
        if has_minutes(meeting):
            raise Locked
        minutes = Minutes(meeting=meeting, is_demo=meeting.council.is_demo)
        session.add(minutes)
        session.flush()
        audit.record("minutes.begun", f"minutes {minutes.id}", meeting=meeting.id)
    for item in items_without_entry(minutes):
        minutes.entries.append(MinutesEntry(item=item, is_demo=minutes.is_demo))
    session.flush()
    return minutes


def items_without_entry(minutes: Minutes, written: Sequence[MinutesEntry] | None = None) -> list[AgendaItem]:
    """Items that nobody can write about yet; what was taken off the agenda needs no entry."""
    known = {one.item_id for one in (minutes.entries if written is None else written)}
    return [one for one in minutes.meeting.items if one.withdrawn_at is None and one.id not in known]


def add_item(minutes: Minutes, title: LocalizedText, *, is_public: bool = True) -> MinutesEntry:
    """An item that the meeting itself puts on its agenda, which says that it came later."""
    _lock(minutes)
    item = agenda.add(minutes.meeting, title, is_public=is_public)
    entry = MinutesEntry(item=item, is_demo=minutes.is_demo)
    minutes.entries.append(entry)
    session.flush()
    return entry


def entries(minutes: Minutes) -> list[MinutesEntry]:
    """What is written, in the order of the agenda; one statement, however many items there are."""
    found = session.scalars(
        select(MinutesEntry)
        .join(MinutesEntry.item)
        .where(MinutesEntry.minutes_id == minutes.id)
        .order_by(AgendaItem.position, AgendaItem.id)
        .options(contains_eager(MinutesEntry.item), joinedload(MinutesEntry.casts))
    )
    return list(found.unique())


# --- Saving -----------------------------------------------------------------------------------------------------------


def save_entry(entry: MinutesEntry, version: int, **said: Any) -> MinutesEntry:
    """Keep what was typed for one item. Raises ChangedMeanwhile where somebody else has saved since `version`, unless
    they have saved the same: a click that arrives twice is no quarrel."""
    lock_entry(entry)
    values = _fitting(entry, {name: value for name, value in said.items() if name in OF_ENTRY})
    changed = {name for name, value in values.items() if getattr(entry, name) != value}
    if not changed:
        return entry
    if entry.version != version:
        raise ChangedMeanwhile(entry)
    with session.begin_nested(), session.no_autoflush:  # nothing reaches the table before it is checked
        for name in changed:
            setattr(entry, name, values[name])
        if entry.result in IN_WORDS and not entry.resolution:
            raise WordsMissing
        if changed & set(OF_VOTE):
            voting.follow_kind(entry)
            voting.check(entry)
        _sign(entry)
    return entry


def record_votes(entry: MinutesEntry, version: int, choices: Mapping[int, Choice]) -> None:
    """Who voted how, by name; of other votes only who was recused."""
    lock_entry(entry)
    if {one.membership_id: one.choice for one in entry.casts} == dict(choices):
        return
    if entry.version != version:
        raise ChangedMeanwhile(entry)
    with session.begin_nested(), session.no_autoflush:
        voting.record_names(entry, choices)
        _sign(entry)


def save_frame(minutes: Minutes, version: int, chair_id: int | None, **said: Any) -> Minutes:
    """Keep when the meeting was opened and closed, who chaired it, and who came as a guest."""
    _lock(minutes)
    meeting = minutes.meeting
    changed = {name: said[name] for name in OF_FRAME if name in said and said[name] != getattr(minutes, name)}
    if not changed and chair_id == meeting.chaired_by_id:
        return minutes
    if minutes.version != version:
        raise ChangedMeanwhile(minutes)
    opened, closed = (changed.get(name, getattr(minutes, name)) for name in ("opened_at", "closed_at"))
    if opened and closed and closed <= opened:
        raise ClosedBeforeOpening
    if chair_id != meeting.chaired_by_id:
        if chair_id is not None and all(one.id != chair_id for one in in_office(meeting.council, meeting.held_on)):
            raise NotInOffice
        meeting.chaired_by_id = chair_id
        flag_modified(minutes, "remarks")  # the chair is part of what the version stands for
    for name, value in changed.items():
        setattr(minutes, name, value)
    audit.record("minutes.frame_written", f"minutes {minutes.id}")
    session.flush()
    return minutes


def lock_entry(entry: MinutesEntry) -> None:
    """One writer after the other, and none at all once the minutes are approved."""
    _lock(entry.minutes)
    session.refresh(entry, with_for_update={"of": MinutesEntry})
    if entry.is_locked:
        raise Locked


def _lock(minutes: Minutes) -> None:
    session.refresh(minutes, with_for_update={"of": Minutes})
    if minutes.is_locked:
        raise Locked


def _fitting(entry: MinutesEntry, said: dict[str, Any]) -> dict[str, Any]:
    """Without a vote there are no numbers, and those of a vote by name come from the names."""
    kind = said.get("vote", entry.vote)
    if kind is None:
        return {**said, **dict.fromkeys(NUMBERS, 0), "voted_at": None}
    if kind is VoteKind.BY_NAME:
        return {name: value for name, value in said.items() if name not in NUMBERS}
    return said


def _sign(entry: MinutesEntry) -> None:
    """Who wrote last, and when; saving by itself every few seconds does not fill the audit log."""
    now, writer = clock.now(), person().id
    if entry.saved_at is None or entry.saved_by_id != writer or now - entry.saved_at > SITTING:
        audit.record("minutes.entry_written", f"minutes {entry.minutes_id}", item=entry.item_id)
    entry.saved_at, entry.saved_by_id = now, writer


def chairs(meeting: Meeting) -> list[Membership]:
    """Who can have chaired the meeting: everybody in office that day."""
    return in_office(meeting.council, meeting.held_on)
