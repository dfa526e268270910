"""Calendars and a news feed of the events, for programs: read by everybody, asked for again and again (F1, F2)."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from flask import Blueprint, Response, abort, current_app, request, url_for
from sqlalchemy import ColumnElement, func, select

from participation import clock
from participation.db import session
from participation.events import atom, calendar, calendar_feed, queries
from participation.events.filters import Filters
from participation.events.models import Event
from participation.i18n import current_language, languages
from participation.mail import absolute
from participation.memory import remembered

bp = Blueprint("event_calendar", __name__, url_prefix="/events")

LOOKS_BACK = timedelta(days=90)
MOST = 2_000
MOST_NEWS = 50
FRESH_FOR = timedelta(minutes=15)
EDITION = "1"  # of what we write: another one is a change for every calendar
CALENDAR_TYPE, ATOM_TYPE = "text/calendar", "application/atom+xml"


class State(NamedTuple):
    """What a feed depends on, found without reading the events."""

    tag: str
    changed_at: datetime


@bp.get("/calendar.ics")
def feed() -> Response:
    """A calendar to subscribe to, with the filters of the list: what comes, and what has been for 90 days."""
    filters = _asked()
    conditions = _fitting(filters)
    state = _state(conditions, filters)
    known = _known(state)
    if known:
        return known
    answer = _file(_written(filters, conditions, state), CALENDAR_TYPE)
    answer.headers.set("Content-Disposition", "inline", filename="events.ics")
    return _for_programs(answer, state)


def _written(filters: Filters, conditions: Sequence[ColumnElement[bool]], state: State) -> str:
    """The calendar itself. That of all events, which most have subscribed to, is kept until something changes."""
    tag = current_language().tag
    address = _own_address("event_calendar.feed", filters)
    if filters.narrow_down:
        return calendar_feed.feed(conditions, tag, address, MOST)
    kept: dict[str, str] = remembered(("calendar of all events", tag), dict)
    text = kept.get(state.tag)
    if text is None:
        text = calendar_feed.feed(conditions, tag, address, MOST)
        kept.clear()
        kept[state.tag] = text
    return text


@bp.get("/<int:event_id>/event.ics")
def event(event_id: int) -> Response:
    """One event for one's own calendar."""
    found = session.get_one(Event, event_id)
    if not found.is_public:  # nobody else either: what is open to all programs does not ask who asks (V12)
        abort(404)
    tag = current_language().tag
    answer = _file(calendar.public_calendar_of(found, tag), CALENDAR_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=f"event-{found.id}.ics")
    digest = hashlib.sha256(answer.get_data()).hexdigest()[:24]
    _for_programs(answer, State(digest, found.changed_at)).make_conditional(request)
    return answer


@bp.get("/feed.atom", endpoint="atom")
def news() -> Response:
    """What is new among the events, by the filters of the list."""
    filters = _asked()
    conditions = _fitting(filters)
    state = _state(conditions, filters)
    known = _known(state)
    if known:
        return known
    address = _own_address("event_calendar.atom", filters)
    page = absolute(url_for("events.index", **filters.in_feeds))
    text = atom.feed(conditions, address, page, state.changed_at, MOST_NEWS)
    return _for_programs(_file(text, ATOM_TYPE), state)


# --- What is asked for ------------------------------------------------------------------------------------------------


def _asked() -> Filters:
    return Filters.from_address(request.args, [one.tag for one in languages()])


def _own_address(endpoint: str, filters: Filters) -> str:
    return absolute(url_for(endpoint, **filters.in_feeds))


def _fitting(filters: Filters) -> Sequence[ColumnElement[bool]]:
    return [Event.ends_at > clock.now() - LOOKS_BACK, *queries.fitting(filters)]


# --- Whether it is known already --------------------------------------------------------------------------------------


def _state(conditions: Sequence[ColumnElement[bool]], filters: Filters) -> State:
    """One cheap look. Time alone changes a feed too: events become public at their moment, and old ones leave."""
    changed_at, published_at, count, numbers = session.execute(
        select(
            func.max(Event.changed_at), func.max(Event.published_at), func.count(), func.coalesce(func.sum(Event.id), 0)
        ).where(*conditions)
    ).one()
    moments = [moment for moment in (changed_at, published_at) if moment is not None]
    settings = current_app.config["SETTINGS"]
    told = (
        *(EDITION, request.endpoint, settings.public_url, settings.city_name, current_language().tag),
        *(sorted(filters.in_feeds.items()), changed_at, published_at, count, int(numbers)),
    )
    tag = hashlib.sha256(repr(told).encode()).hexdigest()[:24]
    return State(tag, max(moments, default=datetime(2000, 1, 1, tzinfo=UTC)))


def _known(state: State) -> Response | None:
    """304 for whoever has just this."""
    answer = _for_programs(Response(), state)
    answer.make_conditional(request)
    return answer if answer.status_code == 304 else None


# --- Answers ----------------------------------------------------------------------------------------------------------


def _file(text: str, mimetype: str) -> Response:
    return Response(text, mimetype=mimetype)


def _for_programs(answer: Response, state: State) -> Response:
    """Read-only and the same for all, so pages of other sites may read it too (V12); kept for a quarter of an hour."""
    answer.set_etag(state.tag, weak=True)  # the same words, however they are compressed
    if clock.now() - state.changed_at > timedelta(seconds=2):  # its second is over: no change can hide in it
        answer.last_modified = state.changed_at
    answer.cache_control.public = True
    answer.cache_control.max_age = int(FRESH_FOR.total_seconds())
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.content_language.add(current_language().tag)
    return answer
