"""The events desk: the list, a new event, one event with all that can be done, its texts, its time and its place."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from participation.errors import Refused
from participation.events import doors, life, operations, rules, staff_queries, views
from participation.events.desk import STATES, bp, complain, done, found
from participation.events.event_forms import AccessForm, DutiesForm, NewEventForm, OnlineForm, TextsForm, TimesForm
from participation.events.models import Event
from participation.events.readiness import readiness
from participation.events.staff_queries import Filters
from participation.forms import Form, render_form
from participation.i18n import _, _l, languages
from participation.permissions import person, require

SHOWN = {
    staff_queries.UPCOMING: _l("All that lie ahead"),
    **{state.value: label for state, label in STATES.items()},
    staff_queries.ALL: _l("All events"),
}

# Where a mistake that only the operation sees is shown.
FIELDS: dict[type[Refused], str] = {
    operations.EndsBeforeItBegins: "ends_at",
    operations.TooFarAhead: "ends_at",
    operations.InThePast: "starts_at",
    life.AppearsTooLate: "starts_at",
    operations.PromiseGiven: "retention_days",
}


# --- The list, and a new event ----------------------------------------------------------------------------------------


@bp.get("")
def index() -> str:
    """The events that somebody may prepare, the next one first."""
    mine = require(rules.visit).areas_of(*rules.ORGANISERS)
    filters = _filters()
    page = staff_queries.page_of_events(filters, mine)
    areas = staff_queries.areas_to_name([], mine).values()
    return render_template(
        "events/staff/index.html", page=page, filters=filters, areas=areas, shown=SHOWN, states=STATES
    )


def _filters() -> Filters:
    asked = request.args
    show = asked.get("show", "")
    return Filters(
        show=show if show in SHOWN else staff_queries.UPCOMING,
        area=asked.get("area", type=_number),
        words=" ".join(asked.get("words", "").split())[:200],
    )


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else None


@bp.route("/new", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    """A title and a time are enough to begin with."""
    staff = require(rules.create)
    form = NewEventForm(staff.areas_of(*rules.ORGANISERS))
    if form.validate_on_submit():
        try:
            event = operations.create_event(**form.answers)
        except Refused as refused:
            complain(form, refused, FIELDS)
        else:
            return done(event, _("The event is a draft. Residents see nothing until it is published."))
    return render_form("events/staff/new.html", form)


# --- One event --------------------------------------------------------------------------------------------------------


@bp.get("/<int:event_id>")
def show(event_id: int) -> str:
    """One event: where it stands, what is missing, and all that can be done."""
    event = found(event_id)
    return render_template(
        "events/staff/show.html",
        event=event,
        state=STATES[event.state],
        readiness=readiness(event),
        steps=doors.next_steps(event),
        pages=doors.preparing(event),
        around=doors.around(event),
    )


@bp.get("/<int:event_id>/preview")
def preview(event_id: int) -> str:
    """The event as residents see it, in the language of this address."""
    return views.shown(found(event_id), "events/staff/preview.html", offered=languages())


@bp.route("/<int:event_id>/texts", methods=["GET", "POST"])
def settings(event_id: int) -> ResponseReturnValue:
    """What the event is about, for whom, and who organises it."""
    event = found(event_id)
    return _answered(event, TextsForm(_mine(), event), "events/staff/texts.html")


@bp.route("/<int:event_id>/times", methods=["GET", "POST"])
def times(event_id: int) -> ResponseReturnValue:
    """When and where; what residents know already is moved, not changed."""
    event = found(event_id)
    if event.is_public:
        return _answered(event, OnlineForm(obj=event), "events/staff/times_public.html")
    return _answered(event, TimesForm(event), "events/staff/times.html")


@bp.route("/<int:event_id>/access", methods=["GET", "POST"])
def access(event_id: int) -> ResponseReturnValue:
    """Languages, interpreters, child care."""
    event = found(event_id)
    return _answered(event, AccessForm(event), "events/staff/access.html")


@bp.route("/<int:event_id>/duties", methods=["GET", "POST"])
def duties(event_id: int) -> ResponseReturnValue:
    """What the city owes to those who register (D2)."""
    event = found(event_id)
    return _answered(event, DutiesForm(event), "events/staff/duties.html")


def _answered(event: Event, form: Form, template: str) -> ResponseReturnValue:
    """A form about the event itself: what is valid is kept, what the operation refuses stands beside its field."""
    if form.validate_on_submit():
        try:
            operations.change_event(event, **form.answers)
        except Refused as refused:
            complain(form, refused, FIELDS)
        else:
            return done(event, _("Your changes were saved."))
    return render_form(template, form, event=event)


def _mine() -> staff_queries.Areas:
    areas: staff_queries.Areas = person().areas_of(*rules.ORGANISERS)
    return areas
