"""The life of an event: handed in, released, appeared, taken back, moved, cancelled.

Whoever comes second finds the row locked and then sees the state that the first one left: that is told, not repeated.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import exists, select, update

from participation import audit, clock
from participation.db import Base, session
from participation.errors import Refused
from participation.events import indexing, letters
from participation.events.models import Event, EventState, Format
from participation.events.readiness import readiness
from participation.events.registration_models import Booking, Registration
from participation.i18n import LocalizedText, _l
from participation.media.models import Document, Picture
from participation.places.models import Place, Room

FARTHEST_AHEAD = timedelta(days=5 * 366)
MOST_APPEARING = 200  # in one minute; the rest follows in the next ones, and all can be read already


class AlreadyHandedIn(Refused):
    message = _l("Somebody has handed in this event already.")


class NotHandedIn(Refused):
    message = _l("A second person has to look at this event first. Please hand it in.")


class SecondPersonNeeded(Refused):
    message = _l("You have handed in this event yourself. Somebody else has to release it.")


class AlreadyReleased(Refused):
    message = _l("Somebody has released this event already.")


class NotInReview(Refused):
    message = _l("This event does not wait for a second person any more.")


class NotReady(Refused):
    message = _l("The event cannot be published yet. Please look at the list of what is missing.")


class MomentPassed(Refused):
    message = _l("This moment has passed. Please choose a later one, or publish now.")


class AppearsTooLate(Refused):
    message = _l("The event would begin before anybody can see it. Please choose an earlier moment.")


class NotPublished(Refused):
    message = _l("This event is not published, so this is not possible.")


class PeopleRegistered(Refused):
    message = _l("People have registered already. You can cancel or move the event, and they are told.")


class HasBegun(Refused):
    message = _l("The event has begun already, so this is not possible any more.")


class AlreadyCancelled(Refused):
    message = _l("This event is cancelled already.")


class ChangedMeanwhile(Refused):
    message = _l("Somebody else has changed this event in the meantime. Please look at it again.")


class IntoThePast(Refused):
    message = _l("The event cannot be moved into the past.")


class TooFarAhead(Refused):
    message = _l("The event cannot lie more than five years ahead.")


class EndsTooEarly(Refused):
    message = _l("The event must end after it begins.")


class PlaceMissing(Refused):
    message = _l("Please choose a place, or let the event take place online only.")


class PartOutside(Refused):
    message = _l(
        "A part of this event would begin before it or end after it. Please change the times of its parts first."
    )


class NothingChanged(Refused):
    message = _l("Time and place are the same as before. Nobody was told.")


class NotADraft(Refused):
    message = _l("An event that was published, or that somebody has registered for, cannot be deleted. Cancel it.")


# --- Before residents see it ------------------------------------------------------------------------------------------


def hand_in(event: Event, staff: Any) -> None:
    """Ask a second person to look at it; from now on it is known whether one is needed."""
    lock(event)
    if event.published_at is not None:
        raise AlreadyReleased
    if event.handed_in_at is not None:
        raise AlreadyHandedIn
    if not readiness(event).is_ready:
        raise NotReady
    event.handed_in_at, event.handed_in_by_id = clock.now(), staff.id
    event.needs_second_person = second_person_is_needed()
    session.flush()
    audit.record("event.handed_in", thing=name(event))


def hand_back(event: Event) -> None:
    """It needs more work and is a draft again."""
    lock(event)
    if event.state is not EventState.IN_REVIEW:
        raise NotInReview
    _forget_review(event)
    session.flush()
    audit.record("event.handed_back", thing=name(event))


def release(event: Event, staff: Any, at: datetime | None = None) -> None:
    """Publish it now, or at a moment that lies ahead: then it appears by itself."""
    lock(event)
    now = clock.now()
    _may_be_released(event, staff)
    if at is not None and at <= now:
        raise MomentPassed
    if at is not None and at >= event.starts_at:
        raise AppearsTooLate
    event.published_at, event.released_by_id = at or now, staff.id
    if event.version is not None and event.version.published_at is None:
        event.version.published_at = now
    session.flush()
    if at is None:
        appear(event)
    audit.record("event.released", thing=name(event), at=event.published_at.isoformat())


def _may_be_released(event: Event, staff: Any) -> None:
    if event.published_at is not None:
        raise AlreadyReleased
    if second_person_is_needed() and not event.needs_second_person:
        raise NotHandedIn
    if event.needs_second_person and event.handed_in_by_id is None:
        raise NotHandedIn
    if event.needs_second_person and event.handed_in_by_id == staff.id:
        raise SecondPersonNeeded
    if not readiness(event).is_ready:
        raise NotReady


def second_person_is_needed() -> bool:
    """Whether this city wants nobody to publish what nobody else has looked at."""
    needed: bool = current_app.config["SETTINGS"].events_need_second_person
    return needed


def appear(event: Event) -> None:
    """What publishing needs beside the page itself; it does no harm to do it again, or late."""
    assert event.published_at is not None
    event.appeared_at = clock.now()
    event.changed_at = max(event.changed_at, event.published_at)  # feeds tell by it that there is something new
    show_media(event)
    session.flush()
    indexing.index(event)


def show_media(event: Event) -> None:
    """Picture and documents of a public event are public, too."""
    for one in _media(event) if event.is_public else []:
        one.is_public = True


def appear_by_themselves() -> dict[str, int]:
    """For each minute: whatever has come to its moment."""
    due = session.scalars(
        select(Event)
        .where(Event.published_at <= clock.now(), Event.appeared_at.is_(None))
        .order_by(Event.published_at, Event.id)
        .limit(MOST_APPEARING)
        .with_for_update(of=Event, skip_locked=True)
    ).all()
    for event in due:
        appear(event)
    return {"appeared_events": len(due)}


def take_back(event: Event) -> None:
    """Make it a draft again; nobody has seen it, or at least nobody has registered."""
    lock(event)
    if event.published_at is None:
        raise NotPublished
    if event.cancelled_at is not None:
        raise AlreadyCancelled
    if event.starts_at <= clock.now():
        raise HasBegun
    if has_registrations(event):
        raise PeopleRegistered
    event.published_at = event.released_by_id = event.appeared_at = None
    _forget_review(event)
    touch(event)
    indexing.unindex(event)
    _hide_media(event)
    session.flush()
    audit.record("event.taken_back", thing=name(event))


def delete_draft(event: Event) -> None:
    """Throw away an event that no resident has seen, with all that belongs to it alone."""
    lock(event)
    if event.published_at is not None or has_registrations(event):
        raise NotADraft
    audit.record("event.deleted", thing=name(event), title=event.title.get("de", ""))
    questionnaire = event.version.questionnaire if event.version else None
    alone: list[Base] = [one for one in _media(event) if not _is_shown_elsewhere(one, event)]
    if questionnaire is not None:
        alone.append(questionnaire)
    series = event.series
    session.delete(event)
    session.flush()
    if series is not None and not session.scalar(select(exists().where(Event.series_id == series.id))):
        alone.append(series)
    for one in alone:
        session.delete(one)
    session.flush()


# --- While residents count on it --------------------------------------------------------------------------------------


def cancel(event: Event, because: LocalizedText, seen: int | None = None) -> None:
    """It does not take place: its page says so and why, and whoever is registered is told.

    `seen` is the sequence of the event as the person looked at it.
    """
    lock(event)
    _must_be_ahead(event, seen)
    event.cancelled_at, event.cancelled_because = clock.now(), because
    touch(event)
    letters.event_cancelled(event)
    audit.record("event.cancelled", thing=name(event))


def move(event: Event, note: LocalizedText | None = None, *, seen: int | None = None, **where: Any) -> None:
    """Another time or place, which whoever is registered is told, with a note if there is one.

    Takes starts_at, ends_at, format, place, room and online_address; what is not said stays. Its parts and the days
    of its registration move along with its beginning.
    """
    lock(event)
    _must_be_ahead(event, seen)
    before = _time_and_place(event)
    after = {**before, **where}
    changed = [part for part in before if before[part] != after[part]]
    if not changed:
        raise NothingChanged
    _may_be_moved(after)
    by = local_difference(event, after["starts_at"])
    for part in changed:
        setattr(event, part, after[part])
    if "starts_at" in changed:
        event.moved_from_at = before["starts_at"]
        move_along(event, by)
    if any(_lies_outside(event, part.starts_at, part.ends_at) for part in event.sessions):
        raise PartOutside
    event.note_times()
    touch(event)
    letters.event_changed(event, note or LocalizedText())
    audit.record("event.moved", thing=name(event), fields=changed)


def _must_be_ahead(event: Event, seen: int | None) -> None:
    if event.published_at is None:
        raise NotPublished
    if event.cancelled_at is not None:
        raise AlreadyCancelled
    if event.starts_at <= clock.now():
        raise HasBegun
    if seen is not None and seen != event.sequence:
        raise ChangedMeanwhile


def _time_and_place(event: Event) -> dict[str, Any]:
    return {
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "format": event.format,
        "place": event.place,
        "room": event.room,
        "online_address": event.online_address,
    }


def _may_be_moved(after: dict[str, Any]) -> None:
    place: Place | None = after["place"]
    room: Room | None = after["room"]
    if after["starts_at"] <= clock.now():
        raise IntoThePast
    if after["ends_at"] <= after["starts_at"]:
        raise EndsTooEarly
    if after["ends_at"] > clock.now() + FARTHEST_AHEAD:
        raise TooFarAhead
    if after["format"] is not Format.ONLINE and place is None:
        raise PlaceMissing
    if room is not None and (place is None or room.place_id != place.id):
        raise PlaceMissing


def move_along(event: Event, by: timedelta) -> None:
    """What was said relative to the beginning keeps its distance; the letter of the day before comes again."""
    for part in event.sessions:
        part.starts_at, part.ends_at = shifted(event, part.starts_at, by), shifted(event, part.ends_at, by)
    event.registration_opens_at = shifted(event, event.registration_opens_at, by)
    event.registration_closes_at = shifted(event, event.registration_closes_at, by)
    if event.requests_until is not None:
        event.requests_until = event.requests_until + timedelta(days=by.days)
    event.reminded_at = event.reminded_to = None
    # A place is kept for nobody beyond the beginning.
    kept_longer = update(Booking).where(Booking.event_id == event.id, Booking.ends_at > event.starts_at)
    session.execute(kept_longer.values(ends_at=event.starts_at))


def _lies_outside(event: Event, starts_at: datetime | None, ends_at: datetime | None) -> bool:
    begins_early = starts_at is not None and starts_at < event.starts_at
    return begins_early or (ends_at is not None and ends_at > event.ends_at)


def touch(event: Event) -> None:
    """Calendars and feeds shall take over what has changed; of a public event the search does so as well (F1)."""
    event.sequence += 1
    event.changed_at = clock.now()
    session.flush()
    if event.is_public:
        indexing.index(event)


# --- What several of them need ----------------------------------------------------------------------------------------


def local_difference(event: Event, starts_at: datetime) -> timedelta:
    """How far the new beginning is away from the old one on the clock of the event, whatever the clocks do between."""
    zone = ZoneInfo(event.zone)
    return starts_at.astimezone(zone).replace(tzinfo=None) - event.local_start.replace(tzinfo=None)


def shifted(event: Event, moment: datetime | None, by: timedelta) -> datetime | None:
    """A moment that moves along on the clock of the event; 18:00 stays 18:00."""
    if moment is None:
        return None
    zone = ZoneInfo(event.zone)
    return (moment.astimezone(zone).replace(tzinfo=None) + by).replace(tzinfo=zone)


def lock(event: Event) -> None:
    """From here on nobody else changes this event until we are done."""
    session.refresh(event, with_for_update={"of": Event})


def name(event: Event) -> str:
    """How the audit log calls it."""
    return f"event {event.id}"


def has_registrations(event: Event) -> bool:
    """Whether anybody has registered, also somebody who has cancelled since."""
    return bool(session.scalar(select(exists().where(Registration.event_id == event.id))))


def _forget_review(event: Event) -> None:
    event.handed_in_at = event.handed_in_by_id = None
    event.needs_second_person = False


def _media(event: Event) -> list[Picture | Document]:
    return [*([event.picture] if event.picture else []), *event.documents]


def _hide_media(event: Event) -> None:
    """Only what no other public event shows."""
    for one in _media(event):
        if not _is_shown_elsewhere(one, event, in_public=True):
            one.is_public = False


def _is_shown_elsewhere(one: Picture | Document, event: Event, *, in_public: bool = False) -> bool:
    """The dates of a series share their picture and their documents."""
    there = Event.picture_id == one.id if isinstance(one, Picture) else Event.documents.any(Document.id == one.id)
    others = select(Event.id).where(Event.id != event.id, there)
    if in_public:
        others = others.where(Event.published_at.is_not(None))
    return session.scalar(others.limit(1)) is not None
