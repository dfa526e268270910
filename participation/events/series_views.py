"""The events desk: another event like this one, and events that come again."""

from collections.abc import Callable
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from participation.events import copying, life_queries, operations, rules, series
from participation.events.desk import STATES, done, following, found
from participation.events.life_forms import (
    CancelForm,
    DaysForm,
    DuplicateForm,
    ExtendForm,
    RepeatForm,
    TakeOverForm,
)
from participation.events.life_views import bp as bp  # the same desk: the roof finds it here as well
from participation.events.models import Event, EventSeries, Rhythm
from participation.events.series import Plan
from participation.forms import render_form
from participation.i18n import _, format_day, format_number, ngettext
from participation.permissions import require

UNTIL_WHEN = (series.TooManyDates, series.NoDates, operations.TooFarAhead)  # what another last day helps against


@bp.route("/<int:event_id>/duplicate", methods=["GET", "POST"])
def duplicate(event_id: int) -> ResponseReturnValue:
    """A new draft like this one."""
    event = found(event_id)
    form = DuplicateForm()
    if form.validate_on_submit():
        try:
            made = copying.duplicate(event, form.starts_at.data)
        except (operations.InThePast, operations.TooFarAhead) as refused:
            form.refuse("starts_at", refused.message)
        else:
            return done(made, _("This is the new event. It is a draft, and nobody is registered for it."))
    return render_form("events/staff/duplicate.html", form, event=event)


@bp.route("/<int:event_id>/repeat", methods=["GET", "POST"])
def repeat(event_id: int) -> ResponseReturnValue:
    """Make a series of it: first the rule, then the days."""
    event = found(event_id)
    form = RepeatForm()
    if request.method == "POST" and event.series_id is not None:
        raise series.InSeriesAlready
    if form.validate_on_submit():
        rule = form.answers
        try:
            planned = series.plan(event, **rule)
        except UNTIL_WHEN as refused:
            form.refuse("until_on", refused.message)
        else:
            return _days(event, planned, lambda days: len(series.repeat(event, **rule, days=days).events) - 1)
    return render_form("events/staff/repeat.html", form, event=event)


@bp.get("/<int:event_id>/series")
def dates(event_id: int) -> str:
    """All dates of its series, and what can be done with those after this one."""
    event = found(event_id)
    known = _series(event)
    return render_template(
        "events/staff/series.html",
        event=event,
        series=known,
        dates=series.dates(known),
        states=STATES,
        following=len(series.following(event)),
        rule=_rule(known),
    )


@bp.route("/<int:event_id>/series/more", methods=["GET", "POST"])
def extend(event_id: int) -> ResponseReturnValue:
    """Later dates for the series."""
    event = found(event_id)
    known = _series(event)
    require(rules.organise, series.pattern(known))
    form = ExtendForm()
    if form.validate_on_submit():
        until_on = form.until_on.data
        try:
            planned = series.plan_more(known, until_on)
        except UNTIL_WHEN as refused:
            form.refuse("until_on", refused.message)
        else:
            return _days(event, planned, lambda days: len(series.extend(known, until_on, days)))
    return render_form("events/staff/extend.html", form, event=event, series=known, rule=_rule(known))


def _days(event: Event, planned: Plan, make: Callable[[list[date]], int]) -> ResponseReturnValue:
    """The days that the rule gives; holidays lose their mark, then the rest is made."""
    form = DaysForm(planned.days)
    if "days_shown" in request.form and form.validate_on_submit():
        made = make(form.days.data or [])
        message = ngettext("The series has %(n)s further date now.", "The series has %(n)s further dates now.", made)
        return done(event, message, "event_life.dates")
    rule = [(name, request.form[name]) for name in ("rhythm", "every", "until_on") if name in request.form]
    return render_form("events/staff/days.html", form, event=event, rule=rule, planned=planned)


# --- This date and those after it -------------------------------------------------------------------------------------


@bp.route("/<int:event_id>/series/take-over", methods=["GET", "POST"])
def take_over(event_id: int) -> ResponseReturnValue:
    """Let the following dates say the same as this one."""
    event = found(event_id)
    _series(event)
    later = following(event)
    form = TakeOverForm(series.PARTS)
    if form.validate_on_submit():
        changed = series.take_over(event, form.parts.data or [])
        message = ngettext(
            "%(n)s following date says the same now.", "%(n)s following dates say the same now.", changed
        )
        return done(event, message, "event_life.dates")
    return render_form("events/staff/take_over.html", form, event=event, following=later)


@bp.route("/<int:event_id>/series/call-off", methods=["GET", "POST"])
def call_off(event_id: int) -> ResponseReturnValue:
    """Cancel this date and all after it."""
    event = found(event_id)
    _series(event)
    following(event)
    form = CancelForm(event)
    if form.validate_on_submit():
        cancelled, deleted = series.call_off(event, form.because.data, form.seen)
        told = ngettext("%(n)s date is cancelled.", "%(n)s dates are cancelled.", cancelled)
        gone = ngettext("%(n)s draft was deleted.", "%(n)s drafts were deleted.", deleted)
        return done(event, f"{told} {gone}" if deleted else told, "event_life.dates")
    public, hidden = series.what_is_called_off(event)
    reach = life_queries.reach([event, *public])
    return render_form("events/staff/call_off.html", form, event=event, public=public, hidden=hidden, reach=reach)


def _series(event: Event) -> EventSeries:
    if event.series is None:
        raise series.NoSeries
    return event.series


def _rule(known: EventSeries) -> str:
    """How the series goes on, in a sentence."""
    facts = {"day": format_day(known.begins_on, "full"), "n": format_number(known.every)}
    if known.rhythm is Rhythm.WEEKLY:
        return _("On the same weekday as %(day)s. Weeks from one date to the next: %(n)s.", **facts)
    if known.rhythm is Rhythm.MONTHLY_BY_DAY:
        return _("On the same day of the month as %(day)s. Months from one date to the next: %(n)s.", **facts)
    return _("On the same weekday of the month as %(day)s. Months from one date to the next: %(n)s.", **facts)
