"""Downloading the list of registrations; what for is asked, and written down (D15)."""

from flask import Blueprint, redirect, request, send_file, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation import audit, spreadsheets
from participation.events import registration_exports
from participation.events.registration_queries import Filters
from participation.events.registration_staff_forms import ExportForm
from participation.events.registration_views import event_of
from participation.events.registration_wordings import STATUS_FILTERS
from participation.forms import render_form
from participation.limits import limit

bp = Blueprint("registration_export", __name__, url_prefix="/staff/events/<int:event_id>/registrations")

DOWNLOAD = "registrations_download"


@bp.route("/export", methods=["GET", "POST"])
@limit("20 per minute")
def export(event_id: int) -> ResponseReturnValue:
    """The registrations that the filters of the list fit, as a file."""
    event = event_of(event_id)
    filters, form = Filters.from_address(request.args), ExportForm()
    if not form.validate_on_submit():
        shown = STATUS_FILTERS[filters.status]
        return render_form("events/staff/export.html", form, event=event, filters=filters, shown=shown)
    kind, with_needs = form.form.data, form.with_needs.data
    audit.record(
        "event.registrations_exported",
        f"event {event.id}",
        is_personal_data=True,
        purpose=form.purpose.data,
        form=kind,
        with_needs=with_needs,
    )
    cookie[DOWNLOAD] = [event.id, kind, with_needs]
    return redirect(url_for("registration_export.file", event_id=event.id, **filters.in_address))


@bp.get("/export/file")
def file(event_id: int) -> Response:
    """What was asked for, once. As a page that is only read, it keeps nobody from registering meanwhile."""
    event = event_of(event_id)
    asked_id, kind, with_needs = cookie.pop(DOWNLOAD, (None, "", False))
    if asked_id != event.id:
        return redirect(url_for("registration_export.export", event_id=event.id))
    made = spreadsheets.temporary_file()
    filters = Filters.from_address(request.args)
    registration_exports.write(made, event, filters, kind, with_needs=with_needs)
    made.seek(0)
    mimetype = spreadsheets.XLSX_TYPE if kind == "xlsx" else spreadsheets.CSV_TYPE
    return send_file(made, mimetype=mimetype, as_attachment=True, download_name=f"registrations-{event.id}.{kind}")
