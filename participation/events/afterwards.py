"""After an event: what came of it, what happens next, photos, and how many people were there."""

from typing import Any

from sqlalchemy import func, select

from participation import audit, clock
from participation.db import session
from participation.errors import Refused
from participation.events import letters, life
from participation.events.models import Event
from participation.events.registration_models import CheckIn
from participation.i18n import _l
from participation.media import operations as pictures
from participation.media.models import Picture

MOST_PHOTOS = 30


class NotOverYet(Refused):
    message = _l("The event is not over yet, so there is nothing to report.")


class DidNotTakePlace(Refused):
    message = _l("Only an event that took place has a report.")


class ReportMissing(Refused):
    message = _l("Please write the report in German first.")


class ReportedAlready(Refused):
    message = _l("The report is published already. Nobody was told a second time.")


class ReportNeeded(Refused):
    message = _l("Residents can read this report. It can be changed, but not emptied.")


class TooManyPhotos(Refused):
    message = _l("An event has at most %(most)s photos. Please take one away first.")

    def __init__(self) -> None:
        super().__init__(self.message % {"most": MOST_PHOTOS})


def keep_report(event: Event, **facts: Any) -> None:
    """Write down report, next_steps and attended; what is published already changes for everybody at once."""
    life.lock(event)
    _must_have_begun(event)
    if event.is_reported and not facts.get("report", event.report).get("de"):
        raise ReportNeeded
    changed = [name for name, fact in facts.items() if getattr(event, name) != fact]
    for name in changed:
        setattr(event, name, facts[name])
    if not changed:
        return
    session.flush()
    audit.record("event.report_changed", thing=life.name(event), fields=changed)
    if event.is_reported:
        life.touch(event)


def publish_report(event: Event) -> int:
    """Everybody can read what came of it, and whoever had a place is thanked; tells how many letters were written."""
    life.lock(event)
    _must_have_begun(event)
    if not event.is_over:
        raise NotOverYet
    if event.is_reported:
        raise ReportedAlready
    if not event.report.get("de"):
        raise ReportMissing
    event.reported_at = clock.now()
    if event.attended is None:
        event.attended = counted_at_the_door(event)
    for photo in event.photos:
        pictures.publish(photo)
    life.touch(event)
    audit.record("event.report_published", thing=life.name(event))
    return letters.thanks(event)


def add_photo(event: Event, photo: Picture) -> None:
    """One more photo, which everybody can see as soon as the report is published."""
    life.lock(event)
    _must_have_begun(event)
    if len(event.photos) >= MOST_PHOTOS:
        raise TooManyPhotos
    event.photos.append(photo)
    pictures.keep(photo)
    if event.is_reported:
        pictures.publish(photo)
        life.touch(event)
    audit.record("event.photo_added", thing=life.name(event))


def take_photo_away(event: Event, photo: Picture) -> None:
    """Nobody can see it any more; the file is deleted."""
    life.lock(event)
    event.photos.remove(photo)
    session.flush()
    session.delete(photo)
    session.flush()
    if event.is_reported:
        life.touch(event)
    audit.record("event.photo_taken_away", thing=life.name(event))


def counted_at_the_door(event: Event) -> int | None:
    """How many people came, as far as somebody has counted; None when nobody has."""
    counted: int | None = session.scalar(select(func.sum(CheckIn.persons)).where(CheckIn.event_id == event.id))
    return counted


def _must_have_begun(event: Event) -> None:
    if not event.is_public or event.is_cancelled:
        raise DidNotTakePlace
    if event.starts_at > clock.now():
        raise NotOverYet
