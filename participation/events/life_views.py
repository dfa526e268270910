"""The events desk: release an event, take it back, cancel it, move it; each after a page that says what will happen."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.errors import Refused
from participation.events import life, life_queries, rules, series
from participation.events.desk import STATES, done, following, found
from participation.events.life_forms import CancelForm, FollowingForm, MoveForm, ReleaseForm
from participation.events.models import Event, EventState
from participation.events.readiness import readiness
from participation.forms import Form, render_form
from participation.i18n import LazyText, _, _l, format_moment
from participation.paging import paginate
from participation.permissions import person, require

bp = Blueprint("event_life", __name__, url_prefix="/staff/events")

WAITING: dict[str, LazyText] = {
    life_queries.RELEASE: _l("Events that wait for a second person"),
    life_queries.REPORT: _l("Events that are over and have no report"),
}
# Where a mistake that only the operation sees is shown; anything else is a page of its own.
FIELDS: dict[type[Refused], str] = {
    life.MomentPassed: "at",
    life.AppearsTooLate: "at",
    life.IntoThePast: "starts_at",
    life.TooFarAhead: "ends_at",
    life.EndsTooEarly: "ends_at",
    life.PlaceMissing: "where",
}


@bp.get("/waiting")
def waiting() -> str:
    """What the page "Today" counts: events to release, or without a report."""
    staff = require(rules.visit)
    asked = request.args.get("show", "")
    show = asked if asked in WAITING else life_queries.RELEASE
    page = paginate(life_queries.WAITING[show](staff))
    return render_template("events/staff/waiting.html", page=page, show=show, shown=WAITING)


# --- Before residents see it ------------------------------------------------------------------------------------------


@bp.route("/<int:event_id>/hand-in", methods=["GET", "POST"])
def hand_in(event_id: int) -> ResponseReturnValue:
    """Ask a second person to look at it."""
    event = found(event_id)
    form = FollowingForm()
    later = series.drafts_after(event)
    if form.validate_on_submit():
        if form.following.data:
            following(event)
            series.hand_in_following(event, person())
        else:
            life.hand_in(event, person())
        return done(event, _("The event waits for a second person now. Somebody else finds it on the page “Today”."))
    return render_form(
        "events/staff/hand_in.html",
        form,
        event=event,
        later=later,
        readiness=readiness(event),
        is_needed=life.second_person_is_needed(),
    )


@bp.route("/<int:event_id>/hand-back", methods=["GET", "POST"])
def hand_back(event_id: int) -> ResponseReturnValue:
    """It needs more work."""
    event = found(event_id)
    if request.method == "POST":
        life.hand_back(event)
        return done(event, _("The event is a draft again."))
    return render_template("events/staff/hand_back.html", event=event)


@bp.route("/<int:event_id>/release", methods=["GET", "POST"])
def release(event_id: int) -> ResponseReturnValue:
    """Publish it, now or at a moment."""
    event = found(event_id)
    form = ReleaseForm()
    if form.validate_on_submit():
        try:
            _release(event, form)
        except (life.MomentPassed, life.AppearsTooLate) as refused:
            _complain(form, refused)
        else:
            return done(event, _released(event))
    return render_form(
        "events/staff/release.html",
        form,
        event=event,
        later=series.drafts_after(event),
        readiness=readiness(event),
        must_be_handed_in=_must_be_handed_in(event),
        may=rules.release(person(), event),
        state=event.state,
        State=EventState,
        states=STATES,
    )


def _release(event: Event, form: ReleaseForm) -> None:
    if form.following.data:
        following(event)
        series.release_following(event, person(), form.moment)
    else:
        life.release(event, person(), form.moment)


def _must_be_handed_in(event: Event) -> bool:
    return event.handed_in_at is None and (life.second_person_is_needed() or event.needs_second_person)


def _released(event: Event) -> str:
    if event.is_public:
        return _("The event is public.")
    assert event.published_at is not None
    return _("The event will be public from this moment on: %(moment)s", moment=format_moment(event.published_at))


@bp.route("/<int:event_id>/take-back", methods=["GET", "POST"])
def take_back(event_id: int) -> ResponseReturnValue:
    """Make it a draft again, as long as nobody has registered."""
    event = found(event_id)
    if request.method == "POST":
        life.take_back(event)
        return done(event, _("The event is a draft again. Residents do not see it any more."))
    return render_template("events/staff/take_back.html", event=event, has_registrations=life.has_registrations(event))


@bp.route("/<int:event_id>/delete", methods=["GET", "POST"])
def delete(event_id: int) -> ResponseReturnValue:
    """Throw a draft away, after a question back."""
    event = found(event_id)
    if event.published_at is not None:
        raise life.NotADraft
    if request.method == "GET":
        return render_template("events/staff/delete.html", event=event)
    life.delete_draft(event)
    flash(_("The draft was deleted."), "success")
    return redirect(url_for("event_staff.index"))


# --- While residents count on it --------------------------------------------------------------------------------------


@bp.route("/<int:event_id>/cancel", methods=["GET", "POST"])
def cancel(event_id: int) -> ResponseReturnValue:
    """Tell everybody that it does not take place."""
    event = found(event_id)
    form = CancelForm(event)
    reach = life_queries.reach([event])
    if form.validate_on_submit():
        life.cancel(event, form.because.data, form.seen)
        return done(event, _("The event is cancelled. Everybody can see it, and whoever is registered is told."))
    return render_form(
        "events/staff/cancel.html", form, event=event, reach=reach, following=len(series.following(event))
    )


@bp.route("/<int:event_id>/move", methods=["GET", "POST"])
def move(event_id: int) -> ResponseReturnValue:
    """Another time or another place."""
    event = found(event_id)
    form = MoveForm(event)
    if form.validate_on_submit():
        try:
            life.move(event, form.note.data, seen=form.seen, **form.answers)
        except tuple(FIELDS) as refused:
            _complain(form, refused)
        else:
            return done(event, _("The event is moved. Whoever is registered and can be reached is told."))
    return render_form("events/staff/move.html", form, event=event, reach=life_queries.reach([event]))


def _complain(form: Form, refused: Refused) -> None:
    form.refuse(FIELDS[type(refused)], refused.message)
