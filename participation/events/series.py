"""Events that come again: made from one event, added to, changed and called off from one date on.

Each date is an event of its own. What was moved, cancelled or deleted alone stays so when the others change.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select

from participation import audit, clock
from participation.db import session
from participation.errors import Refused
from participation.events import life, operations
from participation.events.copying import copy_of
from participation.events.models import Event, EventLanguage, EventLink, EventSeries, Rhythm, event_documents
from participation.events.rhythm import NoSuchTime, Repetition, on_the_clock
from participation.i18n import LocalizedText, _l
from participation.media.models import Document

MOST_DATES = 104  # two years of weeks; whoever wants more adds later dates then

# What one date can hand on to those after it. Time and place are not among it: of these people have to be told.
PARTS: dict[str, tuple[str, ...]] = {
    "texts": (
        *("title", "summary", "text", "target_group", "picture_id"),
        *("organiser", "contact_name", "contact_phone", "contact_email"),
    ),
    "topics": ("areas", "topics"),
    "more": ("documents", "links"),
    "access": ("languages", "sign_language", "child_care", "interpretation"),
    "duties": ("purpose", "legal_basis", "person_in_charge"),
}


class InSeriesAlready(Refused):
    message = _l("This event belongs to a series already. You can add later dates to the series.")


class NoSeries(Refused):
    message = _l("This event does not belong to a series.")


class NoDates(Refused):
    message = _l("By this rhythm there is no further date up to that day.")


class TooManyDates(Refused):
    message = _l("A series has at most %(most)s dates. Please choose an earlier last day.")

    def __init__(self) -> None:
        super().__init__(self.message % {"most": MOST_DATES})


class OtherDates(Refused):
    message = _l("The dates have changed in the meantime. Please look at them again.")


class NothingChosen(Refused):
    message = _l("Please choose what the following dates shall take over.")


@dataclass(frozen=True)
class Plan:
    """The days that a series would get, and those it cannot have, with the reason."""

    days: list[date]
    impossible: dict[date, str]


# --- Making dates -----------------------------------------------------------------------------------------------------


def plan(event: Event, rhythm: Rhythm, every: int, until_on: date) -> Plan:
    """What repeating this event by this rhythm would make, beside the event itself."""
    _may_be_repeated(event)
    begins_on = event.local_start.date()
    found = Repetition(rhythm, every, begins_on).days(until_on, MOST_DATES + 1)
    if len(found) > MOST_DATES:
        raise TooManyDates
    return _planned(event, [day for day in found if day > begins_on])


def plan_more(series: EventSeries, until_on: date) -> Plan:
    """What later dates the series would get."""
    taken = set(session.scalars(select(Event.series_on).where(Event.series_id == series.id)))
    found = _repetition(series).days(until_on, 12 * MOST_DATES)
    new = [day for day in found if day > series.until_on and day > clock.today() and day not in taken]
    if len(new) + len(taken) > MOST_DATES:
        raise TooManyDates
    return _planned(pattern(series), new)


def repeat(event: Event, rhythm: Rhythm, every: int, until_on: date, days: Collection[date]) -> EventSeries:
    """Make a series: this event is its first date, and each of the days gets one like it, draft or public as it is."""
    life.lock(event)
    possible = plan(event, rhythm, every, until_on).days
    begins_on = event.local_start.date()
    series = EventSeries(rhythm=rhythm, every=every, begins_on=begins_on, until_on=until_on)
    session.add(series)
    session.flush()
    event.series, event.series_on = series, begins_on
    made = _make(series, event, _chosen(days, possible))
    audit.record("series.created", thing=_name(series), event=event.id, dates=len(made))
    return series


def extend(series: EventSeries, until_on: date, days: Collection[date]) -> list[Event]:
    """Add later dates, like the last one that is not cancelled."""
    session.refresh(series, with_for_update={"of": EventSeries})
    possible = plan_more(series, until_on).days
    made = _make(series, pattern(series), _chosen(days, possible))
    series.until_on = max(series.until_on, until_on)
    session.flush()
    audit.record("series.extended", thing=_name(series), dates=len(made))
    return made


def _may_be_repeated(event: Event) -> None:
    if event.series_id is not None:
        raise InSeriesAlready
    if event.cancelled_at is not None:
        raise life.AlreadyCancelled
    if event.starts_at <= clock.now():
        raise life.HasBegun


def _planned(event: Event, days: Sequence[date]) -> Plan:
    possible: list[date] = []
    impossible: dict[date, str] = {}
    for day in days:
        try:
            operations.check_times(*_times(event, day))
        except NoSuchTime as reason:
            impossible[day] = str(reason)
        else:
            possible.append(day)
    if not possible and not impossible:
        raise NoDates
    return Plan(possible, impossible)


def _times(event: Event, day: date) -> tuple[datetime, datetime]:
    """When it would begin and end on that day, by the clock on the wall."""
    zone, begins, ends = ZoneInfo(event.zone), event.local_start, event.local_end
    last_day = day + (ends.date() - begins.date())
    return on_the_clock(day, begins.time(), zone), on_the_clock(last_day, ends.time(), zone)


def _chosen(days: Collection[date], possible: Sequence[date]) -> list[date]:
    if not days or not set(days) <= set(possible):
        raise OtherDates
    return sorted(set(days))


def _make(series: EventSeries, event: Event, days: Sequence[date]) -> list[Event]:
    """One event for each day; it stands where the one it is like stands."""
    now = clock.now()
    standing: dict[str, Any] = {
        "needs_second_person": event.needs_second_person,
        "handed_in_at": event.handed_in_at,
        "handed_in_by_id": event.handed_in_by_id,
        "released_by_id": event.released_by_id,
        "published_at": max(event.published_at, now) if event.published_at else None,
    }
    made = []
    for day in days:
        by = timedelta(days=(day - event.local_start.date()).days)
        one = copy_of(event, by, series_id=series.id, series_on=day, **standing)
        if one.is_public:
            life.appear(one)
        made.append(one)
    session.expire(series, ["events"])
    return made


def pattern(series: EventSeries) -> Event:
    """What later dates look like: the last one that is not cancelled."""
    last = select(Event).where(Event.series_id == series.id)
    return session.scalars(last.order_by(Event.cancelled_at.is_not(None), Event.series_on.desc()).limit(1)).one()


def _repetition(series: EventSeries) -> Repetition:
    return Repetition(series.rhythm, series.every, series.begins_on)


# --- This date and all that follow ------------------------------------------------------------------------------------


def following(event: Event, *, with_itself: bool = False, locked: bool = False) -> list[Event]:
    """The later dates of its series that can still change: neither cancelled nor begun."""
    if event.series_id is None:
        return [event] if with_itself else []
    wanted = select(Event).where(
        Event.series_id == event.series_id,
        Event.starts_at >= event.starts_at if with_itself else Event.starts_at > event.starts_at,
        Event.cancelled_at.is_(None),
        Event.starts_at > clock.now(),
    )
    if locked:  # always in the same order, so that two people never wait for each other
        wanted = wanted.with_for_update(of=Event).execution_options(populate_existing=True)
    return sorted(session.scalars(wanted.order_by(Event.id)), key=lambda one: one.starts_at)


def take_over(event: Event, parts: Iterable[str]) -> int:
    """The following dates say the same as this one, as far as these parts go; tells how many dates that were."""
    if event.series_id is None:
        raise NoSeries
    names = [name for part in parts for name in PARTS[part]]
    if not names:
        raise NothingChosen
    others = following(event, locked=True)
    before = {one.id for other in others for one in other.documents}
    for other in others:
        for name in names:
            setattr(other, name, _for_another(event, name))
        session.flush()
        session.expire(other, ["picture"])
        life.touch(other)
        life.show_media(other)
    _throw_away_unused(before)
    audit.record("series.changed", thing=f"series {event.series_id}", like=event.id, fields=names, dates=len(others))
    return len(others)


def _for_another(event: Event, name: str) -> Any:
    """What belongs to one event alone is made anew, all else is the same."""
    if name == "languages":
        return [EventLanguage(language=one.language, is_interpreted=one.is_interpreted) for one in event.languages]
    if name == "links":
        return [EventLink(position=one.position, title=one.title, address=one.address) for one in event.links]
    value = getattr(event, name)
    return list(value) if isinstance(value, list) else value


def _throw_away_unused(document_ids: set[Any]) -> None:
    is_used = exists().where(event_documents.c.document_id == Document.id)
    for one in session.scalars(select(Document).where(Document.id.in_(document_ids), ~is_used)):
        session.delete(one)
    session.flush()


def release_following(event: Event, staff: Any, at: datetime | None = None) -> int:
    """Release this date and the drafts after it; tells how many dates that were."""
    drafts = [one for one in following(event, with_itself=True, locked=True) if one.published_at is None]
    for one in drafts:
        life.release(one, staff, at)
    return len(drafts)


def hand_in_following(event: Event, staff: Any) -> int:
    """Hand in this date and the drafts after it; tells how many dates that were."""
    every = following(event, with_itself=True, locked=True)
    drafts = [one for one in every if one.published_at is None and one.handed_in_at is None]
    for one in drafts:
        life.hand_in(one, staff)
    return len(drafts)


def call_off(event: Event, because: LocalizedText, seen: int | None = None) -> tuple[int, int]:
    """The series ends before this date: what residents know is cancelled, the rest is deleted; tells both numbers."""
    if event.series is None:
        raise NoSeries
    series, last = event.series, event.series_on or event.local_start.date()
    life.cancel(event, because, seen)
    cancelled, deleted = 1, 0
    for one in following(event, locked=True):
        if _is_known(one):
            life.cancel(one, because)
            cancelled += 1
        else:
            one.published_at = one.released_by_id = None
            session.flush()
            life.delete_draft(one)
            deleted += 1
    series.until_on = min(series.until_on, last - timedelta(days=1))
    session.flush()
    audit.record("series.called_off", thing=_name(series), cancelled=cancelled, deleted=deleted)
    return cancelled, deleted


def what_is_called_off(event: Event) -> tuple[list[Event], list[Event]]:
    """The dates after this one, as residents know of them or not."""
    later = following(event)
    return [one for one in later if _is_known(one)], [one for one in later if not _is_known(one)]


def _is_known(event: Event) -> bool:
    return event.is_public or life.has_registrations(event)


def dates(series: EventSeries) -> Sequence[Event]:
    """All dates of the series in their order."""
    return session.scalars(select(Event).where(Event.series_id == series.id).order_by(Event.starts_at, Event.id)).all()


def drafts_after(event: Event) -> int:
    """How many later dates of its series are still drafts."""
    if event.series_id is None:
        return 0
    later = (Event.series_id == event.series_id, Event.starts_at > event.starts_at, Event.published_at.is_(None))
    return session.scalar(select(func.count()).select_from(Event).where(*later)) or 0


def _name(series: EventSeries) -> str:
    return f"series {series.id}"
