"""The events desk after an event: the report, photos, how many people came, and what happens next."""

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from participation.events import afterwards, life_queries
from participation.events.desk import done, found
from participation.events.life_forms import PhotoForm, ReportForm
from participation.events.models import Event
from participation.forms import render_form
from participation.i18n import _
from participation.media.uploads import takes_pictures

bp = Blueprint("event_afterwards", __name__, url_prefix="/staff/events")


@bp.route("/<int:event_id>/report", methods=["GET", "POST"])
def report(event_id: int) -> ResponseReturnValue:
    """What came of it, and what happens next."""
    event = found(event_id)
    form = ReportForm(obj=event)
    counted = afterwards.counted_at_the_door(event)
    if form.attended.raw_data is None and event.attended is None:
        form.attended.data = counted
    if form.validate_on_submit():
        try:
            afterwards.keep_report(event, **form.answers)
        except afterwards.ReportNeeded as refused:
            form.refuse("report", refused.message)
        else:
            flash(_("The report was saved."), "success")
            return _back(event)
    return render_form("events/staff/report.html", form, event=event, counted=counted)


@bp.route("/<int:event_id>/report/photos", methods=["GET", "POST"])
@takes_pictures
def photos(event_id: int) -> ResponseReturnValue:
    """Photos of the event, each with a text for people who cannot see it."""
    event = found(event_id)
    form = PhotoForm()
    if form.validate_on_submit():
        afterwards.add_photo(event, form.photo.data)
        flash(_("The photo was added."), "success")
        return redirect(url_for("event_afterwards.photos", event_id=event.id))
    return render_form("events/staff/photos.html", form, event=event)


@bp.route("/<int:event_id>/report/photos/<uuid:picture_id>/delete", methods=["GET", "POST"])
def take_photo_away(event_id: int, picture_id: uuid.UUID) -> ResponseReturnValue:
    """One photo less, after a question back."""
    event = found(event_id)
    photo = next((one for one in event.photos if one.id == picture_id), None)
    if photo is None:
        raise NoResultFound
    if request.method == "GET":
        return render_template("events/staff/photo_delete.html", event=event, photo=photo)
    afterwards.take_photo_away(event, photo)
    flash(_("The photo was deleted."), "success")
    return redirect(url_for("event_afterwards.photos", event_id=event.id))


@bp.route("/<int:event_id>/report/publish", methods=["GET", "POST"])
def publish(event_id: int) -> ResponseReturnValue:
    """Let everybody read it, and thank those who were there."""
    event = found(event_id)
    if request.method == "POST":
        afterwards.publish_report(event)
        return done(event, _("The report is public. Everybody who had a place and gave an e-mail address is thanked."))
    return render_template(
        "events/staff/report_publish.html",
        event=event,
        counted=event.attended if event.attended is not None else afterwards.counted_at_the_door(event),
        told=life_queries.thanked(event),
    )


def _back(event: Event) -> Response:
    return redirect(url_for("event_afterwards.report", event_id=event.id))
