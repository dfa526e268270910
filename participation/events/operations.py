"""What staff do with an event before and beside its life: begin it, say what it is, when, where and for whom."""

from datetime import datetime, timedelta
from typing import Any

from flask import current_app

from participation import audit, clock
from participation.db import session
from participation.errors import Refused
from participation.events import life, staff_queries
from participation.events.models import Event, EventLanguage, EventSession, Mode
from participation.events.readiness import missing_duties, missing_facts
from participation.i18n import LazyText, LocalizedText, _l, languages
from participation.questionnaires.asking import next_version
from participation.questionnaires.check import check
from participation.questionnaires.definition import Definition
from participation.questionnaires.models import QuestionnaireVersion

USUAL_LENGTH = timedelta(hours=2)
FARTHEST_AHEAD = timedelta(days=5 * 366)
WHEN_AND_WHERE = ("starts_at", "ends_at", "place", "room", "format")


class EndsBeforeItBegins(Refused):
    message = _l("The event must end after it begins.")


class InThePast(Refused):
    message = _l("The event cannot begin in the past.")


class TooFarAhead(Refused):
    message = _l("The event cannot lie more than five years ahead.")


class AlreadyPublic(Refused):
    message = _l(
        "Residents know the time and the place of this event already. Please move the event, so that everybody is told."
    )


class OutOfReach(Refused):
    message = _l("This event is cancelled. It cannot be changed any more.")


class StillNeeded(Refused):
    """What a published event cannot be without."""


class QuestionsNotReady(Refused):
    message = _l("The event is published, so its questions must be complete. Please look at the check of your file.")


class NeverOpens(Refused):
    message = _l("Registration must open before it closes, and before the event begins.")


class HasRegistrations(Refused):
    message = _l("People have registered already, so the event cannot become one without registration.")


class PromiseGiven(Refused):
    message = _l("People were told how long their data are kept. The time can become shorter, but not longer.")


# --- The event --------------------------------------------------------------------------------------------------------


def create_event(title: LocalizedText, starts_at: datetime, ends_at: datetime | None = None, **facts: Any) -> Event:
    """A new draft, which no resident sees, with one session for as many as come."""
    ends_at = ends_at or starts_at + USUAL_LENGTH
    check_times(starts_at, ends_at)
    event = Event(
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        zone="Europe/Berlin",
        retention_days=30,
        needs_second_person=current_app.config["SETTINGS"].events_need_second_person,
        sessions=[EventSession()],
        **facts,
    )
    event.note_times()
    session.add(event)
    session.flush()
    audit.record("event.created", thing=life.name(event))
    return event


def check_times(starts_at: datetime, ends_at: datetime) -> None:
    """An event ends after it begins, lies ahead, and not at the other end of the calendar."""
    if ends_at <= starts_at:
        raise EndsBeforeItBegins
    if starts_at <= clock.now():
        raise InThePast
    if ends_at > clock.now() + FARTHEST_AHEAD:
        raise TooFarAhead


def change_event(event: Event, **facts: Any) -> None:
    """Change what is said about an event and by which rules it goes; what residents were promised stays.

    `languages` are tags with whether they are interpreted. Raises the refusals above.
    """
    life.lock(event)  # nobody publishes it meanwhile
    if event.is_cancelled:
        raise OutOfReach
    changed = {name: fact for name, fact in facts.items() if not _is_same(_present(event, name), fact)}
    _check(event, changed)
    by = life.local_difference(event, changed.get("starts_at", event.starts_at))
    before = _lacks(event)
    for name, fact in changed.items():
        _set(event, name, fact)
    if event.published_at is not None and (lost := [one for one in _lacks(event) if one not in before]):
        raise StillNeeded(lost[0])
    if by:
        life.move_along(event, by)
    if changed:
        event.note_times()
        note_change(event, *changed)


def _lacks(event: Event) -> list[LazyText]:
    return [*missing_facts(event), *missing_duties(event)]


def _present(event: Event, name: str) -> Any:
    if name == "languages":
        return {one.language: one.is_interpreted for one in event.languages}
    return getattr(event, name)


def _is_same(before: Any, after: Any) -> bool:
    if isinstance(after, list):  # of areas or topics, in any order
        return set(before) == set(after)
    return bool(before == after)


def _set(event: Event, name: str, fact: Any) -> None:
    if name != "languages":
        setattr(event, name, fact)
        return
    known = {one.language: one for one in event.languages}
    event.languages = [known.get(tag) or EventLanguage(language=tag) for tag in fact]
    for one in event.languages:
        one.is_interpreted = fact[one.language]


def _check(event: Event, facts: dict[str, Any]) -> None:
    if event.is_public and facts.keys() & set(WHEN_AND_WHERE):
        raise AlreadyPublic
    if facts.keys() & {"starts_at", "ends_at"}:
        starts_at = facts.get("starts_at", event.starts_at)
        check_times(starts_at, facts.get("ends_at", event.ends_at))
        if event.published_at is not None and event.published_at >= starts_at:
            raise life.AppearsTooLate
    if facts.keys() & {"registration_opens_at", "registration_closes_at"}:
        _check_period(event, **facts)
    if event.is_public and facts.get("retention_days", 0) > event.retention_days:
        raise PromiseGiven
    if facts.get("mode") is Mode.OPEN and staff_queries.has_registrations(event):
        raise HasRegistrations


def _check_period(event: Event, **facts: Any) -> None:
    opens_at = facts.get("registration_opens_at", event.registration_opens_at)
    closes_at = facts.get("registration_closes_at", event.registration_closes_at)
    if opens_at is not None and opens_at >= min(closes_at or event.starts_at, event.starts_at):
        raise NeverOpens


def note_change(event: Event, *fields: str) -> None:
    """Write down that something about an event was changed; calendars and the search learn of what is public."""
    session.flush()
    audit.record("event.changed", thing=life.name(event), fields=list(fields))
    if event.is_public:
        life.touch(event)


# --- Extra questions --------------------------------------------------------------------------------------------------


def ask_questions(event: Event, definition: Definition) -> QuestionnaireVersion:
    """Give an event its extra questions, or other ones; answers to the earlier ones stay with theirs."""
    life.lock(event)
    tags = [one.tag for one in languages()]
    if event.published_at is not None and any(one.is_refusal for one in check(definition, tags)):
        raise QuestionsNotReady
    event.version = next_version(
        event.version, definition, name=life.name(event), published_at=clock.now() if event.published_at else None
    )
    session.flush()
    audit.record("event.questions_changed", thing=life.name(event), questions=len(definition.questions))
    return event.version


def stop_asking(event: Event) -> None:
    """The event asks nothing beside its own form; answers given so far stay."""
    life.lock(event)
    event.version = None
    session.flush()
    audit.record("event.questions_taken_out", thing=life.name(event))
