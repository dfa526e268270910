"""Downloading the list of registrations; what for is asked, and written down (D15)."""

from flask import Blueprint, request, send_file
from flask.typing import ResponseReturnValue

from participation import audit, spreadsheets
from participation.events import registration_exports
from participation.events.registration_queries import Filters
from participation.events.registration_staff_forms import ExportForm
from participation.events.registration_views import event_of
from participation.events.registration_wordings import STATUS_FILTERS
from participation.forms import render_form
from participation.limits import limit

bp = Blueprint("registration_export", __name__, url_prefix="/staff/events/<int:event_id>/registrations")


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
    file = spreadsheets.temporary_file()
    rows = registration_exports.write(file, event, filters, kind, with_needs=with_needs)
    audit.record(
        "event.registrations_exported",
        f"event {event.id}",
        is_personal_data=True,
        purpose=form.purpose.data,
        form=kind,
        rows=rows,
        with_needs=with_needs,
    )
    file.seek(0)
    mimetype = spreadsheets.XLSX_TYPE if kind == "xlsx" else spreadsheets.CSV_TYPE
    return send_file(file, mimetype=mimetype, as_attachment=True, download_name=f"registrations-{event.id}.{kind}")
