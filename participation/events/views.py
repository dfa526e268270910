"""Reading events: the list, the month, and the page of one event."""

from typing import Any

from flask import Blueprint, abort, current_app, render_template, request

from participation import clock
from participation.events import months, queries, rules, showing
from participation.events.filters import NEEDS, Filters
from participation.events.models import Event
from participation.events.structured import structured
from participation.feature import mentions
from participation.permissions import allowed

bp = Blueprint("events", __name__, url_prefix="/events")
for name, words in showing.FILTERS.items():
    bp.add_app_template_filter(words, name)


def asked_filters() -> Filters:
    """What the reader has chosen, as the address tells."""
    return Filters.from_address(request.args, current_app.config["LANGUAGES"])


@bp.get("/")
def index() -> str:
    """The events to come, or the earlier ones, or those of one day."""
    filters = asked_filters()
    return render_template(
        "events/index.html",
        filters=filters,
        page=queries.page_of(filters),
        choices=queries.choices(),
        needs=NEEDS,
        today=clock.today(),
    )


@bp.get("/month/<int:year>/<int:month>")
def month(year: int, month: int) -> str:
    """All events of a month, as a calendar on the wall shows them and as a list."""
    if not months.is_shown(year, month):
        abort(404)
    filters = asked_filters()
    return render_template(
        "events/month.html",
        filters=filters,
        month=months.month(year, month, filters),
        choices=queries.choices(),
        needs=NEEDS,
        today=clock.today(),
    )


@bp.get("/<int:event_id>")
def show(event_id: int) -> str:
    """One event with all one needs to know to come."""
    event = queries.event(event_id)
    if not allowed(rules.read, event):
        abort(404)
    return shown(event)


def shown(event: Event, template: str = "events/show.html", **more: Any) -> str:
    """The page of an event; those who prepare it see it within a page of theirs."""
    belonging = queries.belonging(event)
    return render_template(
        template,
        event=event,
        belonging=belonging,
        entrance=showing.entrance(event, is_full=showing.all_full(belonging.sessions)).value,
        places_left=showing.places_left(belonging.sessions),
        data=structured(event),
        mentions=mentions("event", event.id),
        **more,
    )
