"""The register of resolutions: what approved minutes say was decided gets a number, and is public with the minutes."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from participation import clock
from participation.councils import indexing
from participation.councils.minutes_models import Minutes, MinutesEntry, Result
from participation.councils.models import Council
from participation.councils.public_agenda import blackening_of
from participation.councils.resolution_models import Resolution, ResolutionState, ResolutionStep, Task
from participation.db import session
from participation.i18n import speaking

DECIDED = frozenset({Result.RESOLVED, Result.REJECTED})


def from_minutes(minutes: Minutes) -> list[Resolution]:
    """A row for each item that was voted on, when minutes are approved; numbers are counted per council and year.

    What residents read already stays as it is until the corrected minutes are published, too.
    """
    council = _locked(minutes)
    known, entries = _known(minutes), _entries(minutes)
    made = []
    for entry in entries:
        resolution = known.get(entry.item_id)
        if resolution is None:
            resolution = Resolution(item=entry.item, council=council, **_number(council, minutes))
            _take_over(resolution, entry, minutes)
            session.add(resolution)
            session.flush()
            _step(resolution, _first_state(resolution), minutes)
        elif not resolution.is_public:
            _renew(resolution, entry, minutes)
        made.append(resolution)
    _withdraw([one for one in _others(known, entries) if not one.is_public], minutes)
    session.flush()
    return made


def publish(minutes: Minutes) -> None:
    """Everybody reads what was decided and promised, without the words that are blacked out in the minutes."""
    _locked(minutes)
    known, entries = _known(minutes), _entries(minutes)
    if any(one.minutes.number > minutes.number for one in known.values()):
        return  # a later revision says what holds
    confidential = _confidential(minutes)
    for entry in entries:
        resolution = known[entry.item_id]
        _renew(resolution, entry, minutes)
        _black_out(resolution, entry, minutes)
        if entry.item_id in confidential:
            resolution.is_confidential = True
        resolution.published_at = None if resolution.is_confidential else resolution.published_at or clock.now()
    _withdraw(_others(known, entries), minutes)
    _publish_tasks(minutes)
    session.flush()
    for resolution in known.values():
        indexing.index_resolution(resolution)


# --- Tasks ------------------------------------------------------------------------------------------------------------


def _publish_tasks(minutes: Minutes) -> None:
    """What was promised under the public items; whoever sits in the council is named by their own consent only."""
    items = {entry.item_id: entry.item for entry in minutes.entries}
    confidential, hidden = _confidential(minutes), blackening_of(items.values())
    for task in session.scalars(select(Task).where(Task.item_id.in_(items)).with_for_update()):
        if task.item_id is None or not items[task.item_id].is_public or task.item_id in confidential:
            task.published_at, task.public_text, task.public_responsible = None, "", ""
            continue
        named = task.responsible if task.membership_id is None else ""
        task.public_text = hidden.text(task.text)
        task.public_responsible = hidden.text(named)[:200]
        task.outcome = hidden.text(task.outcome)
        task.published_at = task.published_at or clock.now()


# --- Steps of the two above -------------------------------------------------------------------------------------------


def _locked(minutes: Minutes) -> Council:
    """Its council, which nobody else gives numbers to meanwhile."""
    return session.scalars(
        select(Council).where(Council.id == minutes.meeting.council_id).with_for_update(of=Council)
    ).one()


def _known(minutes: Minutes) -> dict[int, Resolution]:
    """What the register has from this meeting already, by agenda item."""
    items = [entry.item_id for entry in minutes.entries]
    asked = select(Resolution).where(Resolution.item_id.in_(items)).options(joinedload(Resolution.minutes))
    found = session.scalars(asked.with_for_update(of=Resolution))
    return {one.item_id: one for one in found}


def _entries(minutes: Minutes) -> Sequence[MinutesEntry]:
    """What was decided, in the order of the agenda."""
    found = session.scalars(
        select(MinutesEntry)
        .where(MinutesEntry.minutes_id == minutes.id, MinutesEntry.result.in_(DECIDED))
        .options(joinedload(MinutesEntry.item))
    )
    return sorted(found, key=lambda one: (one.item.position, one.item_id))


def _confidential(minutes: Minutes) -> set[int]:
    """The items that were confidential when these minutes were approved, whatever a correction makes of them."""
    return {one["item"] for one in (minutes.content or {}).get("items", ()) if not one["is_public"]}


def _number(council: Council, minutes: Minutes) -> dict[str, int]:
    year = minutes.meeting.held_on.year
    last = session.scalar(
        select(func.max(Resolution.serial)).where(Resolution.council_id == council.id, Resolution.year == year)
    )
    return {"year": year, "serial": (last or 0) + 1}


def _take_over(resolution: Resolution, entry: MinutesEntry, minutes: Minutes) -> None:
    resolution.title = _title(entry, minutes)[:300]
    resolution.minutes, resolution.language = minutes, minutes.language
    resolution.decided_on, resolution.is_demo = minutes.meeting.held_on, minutes.is_demo
    resolution.text, resolution.is_confidential = entry.resolution, not entry.item.is_public
    resolution.is_accepted, resolution.vote = entry.result is Result.RESOLVED, entry.vote
    resolution.votes_for, resolution.votes_against = entry.votes_for, entry.votes_against
    resolution.abstained, resolution.recused = entry.abstained, entry.recused


def _title(entry: MinutesEntry, minutes: Minutes) -> str:
    with speaking(minutes.language):
        return str(entry.item.title)


def _black_out(resolution: Resolution, entry: MinutesEntry, minutes: Minutes) -> None:
    hidden = blackening_of([entry.item])
    resolution.title = hidden.text(_title(entry, minutes))[:300]
    resolution.text = hidden.text(resolution.text)
    resolution.responsible = hidden.text(resolution.responsible)[:200]


def _others(known: dict[int, Resolution], entries: Sequence[MinutesEntry]) -> list[Resolution]:
    """What an earlier revision called a resolution, and this one does not."""
    decided = {entry.item_id for entry in entries}
    return [one for item_id, one in known.items() if item_id not in decided]


def _withdraw(resolutions: Sequence[Resolution], minutes: Minutes) -> None:
    """What the corrected minutes do not say any more was no resolution; its number is not given again."""
    for one in resolutions:
        one.published_at = None
        if one.withdrawn_on is None:
            one.withdrawn_on = clock.today()
            _step(one, ResolutionState.NOT_PURSUED, minutes)


def _renew(resolution: Resolution, entry: MinutesEntry, minutes: Minutes) -> None:
    """What this revision says; where it says something else was decided, following begins anew."""
    before = (resolution.is_accepted, None)
    now = (entry.result is Result.RESOLVED, resolution.withdrawn_on)
    _take_over(resolution, entry, minutes)
    if now != before:
        resolution.withdrawn_on = None
        _step(resolution, _first_state(resolution), minutes)


def _first_state(resolution: Resolution) -> ResolutionState:
    """Of what was rejected nothing is to be done."""
    return ResolutionState.OPEN if resolution.is_accepted else ResolutionState.NOT_PURSUED


def _step(resolution: Resolution, state: ResolutionState, minutes: Minutes) -> None:
    resolution.state = state
    session.add(
        ResolutionStep(
            resolution_id=resolution.id, state=state, language=minutes.language, made_by_id=minutes.approved_by_id
        )
    )
