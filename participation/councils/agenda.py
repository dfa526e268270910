"""What staff do with an agenda. Once it is published it is frozen: whatever changes then is marked, for all to see."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, func, select

from participation import audit, clock
from participation.councils import announcing
from participation.councils.locking import lock
from participation.councils.meeting_models import AgendaChange, AgendaItem, AgendaLink, Change, Meeting
from participation.councils.minutes_models import Minutes, MinutesStatus
from participation.councils.proposal_models import ItemProposal
from participation.councils.public_agenda import public_view
from participation.db import session
from participation.errors import Refused
from participation.feature import findable
from participation.i18n import LocalizedText, _l

MOST_ITEMS = 100
MOST_LINKS = 20
OPEN = (MinutesStatus.DRAFT, MinutesStatus.CIRCULATED)
NOTHING = LocalizedText()


class AgendaClosed(Refused):
    message = _l("The minutes of this meeting are approved. Its agenda does not change any more.")


class MeetingCancelled(Refused):
    message = _l("This meeting is cancelled. Its agenda does not change any more.")


class OrderIsPublished(Refused):
    message = _l("Everybody can read this agenda by now. Its order and its numbers stay as they are.")


class TooManyItems(Refused):
    message = _l("An agenda can have at most 100 items.")


class TooManyLinks(Refused):
    message = _l("At most 20 links fit here. Please remove one first.")


class TitleMissing(Refused):
    message = _l("Please write at least the German text.")


class NotPublic(Refused):
    message = _l("Only things that everybody can read can be linked.")


class StaysOnAgenda(Refused):
    message = _l(
        "This item cannot be deleted: somebody proposed it, or minutes were written about it. You can take it off the "
        "agenda. Then it stays there, marked."
    )


# --- Items ------------------------------------------------------------------------------------------------------------


def add(
    meeting: Meeting,
    title: LocalizedText,
    *,
    text: LocalizedText = NOTHING,
    brought_by: str = "",
    is_public: bool = True,
    public_title: LocalizedText = NOTHING,
    is_part: bool = False,
    postponed_from: AgendaItem | None = None,
    after: AgendaItem | None = None,
) -> AgendaItem:
    """The last item of the agenda from now on, or the one after another; on a published one always the last one,
    and it says that it came later."""
    begin_change(meeting)
    if not title:
        raise TitleMissing
    if len(meeting.items) >= MOST_ITEMS:
        raise TooManyItems
    position = len(meeting.items) if after is None or meeting.is_announced else meeting.items.index(after) + 1
    item = AgendaItem(
        position=max((one.position for one in meeting.items), default=0) + 1,
        number="",
        title=title,
        text=text,
        brought_by=brought_by,
        is_public=is_public,
        public_title=public_title,
        is_part=is_part,
        postponed_from=postponed_from,
        added_at=clock.now() if meeting.is_announced else None,
    )
    meeting.items.insert(position, item)
    if meeting.is_announced:
        item.number = numbers(meeting.items)[-1]
    else:
        _number_anew(meeting.items)
    session.flush()
    _note(item, Change.ADDED)
    audit.record("agenda_item.added", f"agenda item {item.id}", meeting=meeting.id)
    announcing.tell(meeting)
    return item


def change(item: AgendaItem, **facts: Any) -> None:
    """Another title, text or origin, public or not. The earlier public title is kept where readers knew it."""
    begin_change(item.meeting)
    before = public_view(item).title
    changed = sorted(name for name, value in facts.items() if getattr(item, name) != value)
    if not changed:
        return
    if not facts.get("title", item.title):
        raise TitleMissing
    for name in changed:
        setattr(item, name, facts[name])
    if "is_part" in changed:
        _check_order_is_free(item.meeting)
        _number_anew(item.meeting.items)
    _note(item, Change.CHANGED, before if item.is_public and "title" in changed else NOTHING)
    audit.record("agenda_item.changed", f"agenda item {item.id}", fields=changed)
    announcing.tell(item.meeting)


def move(item: AgendaItem, *, up: bool) -> None:
    """One place further up or down, as long as nobody outside knows the numbers."""
    begin_change(item.meeting)
    _check_order_is_free(item.meeting)
    items = list(item.meeting.items)
    here = items.index(item)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(items):
        return
    items[here], items[there] = items[there], items[here]
    _number_anew(items)
    session.flush()
    session.expire(item.meeting, ["items"])
    audit.record("agenda_item.moved", f"agenda item {item.id}", position=item.position)


def withdraw(item: AgendaItem) -> None:
    """It is not dealt with in this meeting; it keeps its number and stays there, marked."""
    begin_change(item.meeting)
    if item.withdrawn_at is not None:
        return
    item.withdrawn_at = clock.now()
    _note(item, Change.WITHDRAWN)
    audit.record("agenda_item.withdrawn", f"agenda item {item.id}")
    announcing.tell(item.meeting)


def delete(item: AgendaItem) -> None:
    """Gone without a trace, as long as nobody outside has read the agenda, and nobody waits for this item."""
    meeting = item.meeting
    begin_change(meeting)
    _check_order_is_free(meeting)
    is_taken = exists().where(ItemProposal.item_id == item.id)
    has_minutes = exists().where(Minutes.meeting_id == meeting.id)
    if session.scalar(select(is_taken | has_minutes)):
        raise StaysOnAgenda
    audit.record("agenda_item.deleted", f"agenda item {item.id}", meeting=meeting.id)
    meeting.items.remove(item)
    _number_anew(meeting.items)
    session.flush()


def numbers(items: Sequence[AgendaItem]) -> list[str]:
    """How the items are called, in their order: 1, 2, 2.1, 2.2, 3. The first one cannot be a part of another."""
    called, whole, part = [], 0, 0
    for item in items:
        if item.is_part and whole:
            part += 1
            called.append(f"{whole}.{part}")
        else:
            whole, part = whole + 1, 0
            called.append(str(whole))
    return called


def _number_anew(items: Sequence[AgendaItem]) -> None:
    for position, (item, number) in enumerate(zip(items, numbers(items), strict=True), start=1):
        item.position, item.number = position, number


def _check_order_is_free(meeting: Meeting) -> None:
    if meeting.is_announced:
        raise OrderIsPublished


def begin_change(meeting: Meeting) -> None:
    """One change after the other, and none once the agenda is history."""
    lock(meeting)
    if meeting.cancelled_at is not None:
        raise MeetingCancelled
    if is_closed(meeting):
        raise AgendaClosed


def is_closed(meeting: Meeting) -> bool:
    """Whether its minutes are approved; a correction of them opens the agenda again."""
    states = session.scalars(select(Minutes.status).where(Minutes.meeting_id == meeting.id)).all()
    return bool(states) and not any(one in OPEN for one in states)


def note_change(item: AgendaItem) -> None:
    """Something else of an item has changed: its papers."""
    _note(item, Change.CHANGED)


def _note(item: AgendaItem, what: Change, before: LocalizedText = NOTHING) -> None:
    if item.meeting.is_announced:
        session.add(AgendaChange(meeting_id=item.meeting_id, item_id=item.id, what=what, before=before))
    session.flush()


def count_items(meeting: Meeting) -> int:
    """How many items the agenda has."""
    query = select(func.count()).select_from(AgendaItem).where(AgendaItem.meeting_id == meeting.id)
    return session.scalar(query) or 0


# --- Links to what else there is in the house -------------------------------------------------------------------------


def link(item: AgendaItem, kind: str, ref_id: int) -> AgendaLink:
    """The item is about this idea, survey, event or resolution. The same one twice stays one."""
    lock(item.meeting)
    known = findable(kind)
    if known is None or ref_id not in known.load([ref_id]):
        raise NotPublic
    made = next((one for one in item.links if (one.kind, one.ref_id) == (kind, ref_id)), None)
    if made is not None:
        return made
    if len(item.links) >= MOST_LINKS:
        raise TooManyLinks
    made = AgendaLink(kind=kind, ref_id=ref_id)
    item.links.append(made)
    session.flush()
    audit.record("agenda_item.linked", f"agenda item {item.id}", kind=kind, ref_id=ref_id)
    announcing.tell(item.meeting)
    return made


def unlink(item: AgendaItem, made: AgendaLink) -> None:
    """It is no longer shown there."""
    audit.record("agenda_item.unlinked", f"agenda item {item.id}", kind=made.kind, ref_id=made.ref_id)
    item.links.remove(made)
    session.flush()
    announcing.tell(item.meeting)
