"""The councils' desk: the meetings of a council, from the plan to the published agenda."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation.councils import agenda, inviting, meeting_queries, meetings, returning, rules
from participation.councils.meeting_forms import CancelForm, MeetingForm
from participation.councils.meeting_models import Meeting, MeetingState
from participation.councils.meeting_words import CHANGES, STATES, name_of
from participation.councils.public_agenda import blackening_of, public_view
from participation.councils.staff_views import found as found_council
from participation.forms import render_form
from participation.i18n import _, ngettext
from participation.paging import paginate
from participation.permissions import require

bp = Blueprint("meeting_staff", __name__, url_prefix="/staff/meetings")


@bp.get("/of/<int:council_id>")
def index(council_id: int) -> str:
    """All meetings of a council, the latest first."""
    council = found_council(council_id)
    page = paginate(meeting_queries.of_council(council))
    return render_template("councils/staff/meetings.html", council=council, page=page, states=STATES, name_of=name_of)


@bp.route("/new/<int:council_id>", methods=["GET", "POST"])
def create(council_id: int) -> ResponseReturnValue:
    """Day, time and place of the next meeting."""
    council = found_council(council_id)
    form = MeetingForm(council)
    if form.validate_on_submit():
        meeting = meetings.plan(council, **form.answers)
        return done(meeting, _("The meeting is planned. Everybody can read its date."))
    return render_form("councils/staff/meeting_new.html", form, council=council)


@bp.get("/<int:meeting_id>")
def show(meeting_id: int) -> str:
    """One meeting: where it stands and what can be done."""
    meeting = found(meeting_id)
    meeting = meeting_queries.with_agenda(meeting_id)
    links = [link for item in meeting.items for link in item.links]
    return render_template(
        "councils/staff/meeting.html",
        meeting=meeting,
        name=name_of(meeting),
        state=STATES[meeting.state],
        State=MeetingState,
        missing=[] if meeting.is_announced else meetings.missing(meeting),
        is_closed=agenda.is_closed(meeting),
        is_late=meeting.invited_at is None and inviting.is_late(meeting),
        changes=meeting_queries.changes(meeting) if meeting.is_announced else [],
        change_words=CHANGES,
        findings=meeting_queries.findings(links),
        returned=meeting_queries.returned_tasks(meeting),
    )


@bp.route("/<int:meeting_id>/settings", methods=["GET", "POST"])
def settings(meeting_id: int) -> ResponseReturnValue:
    """Another day, time or place; who was invited gets a letter by itself."""
    meeting = found(meeting_id)
    form = MeetingForm(meeting.council, meeting)
    if form.validate_on_submit():
        meetings.change(meeting, **form.answers)
        return done(meeting, _("Your changes were saved."))
    return render_form("councils/staff/meeting_settings.html", form, meeting=meeting, name=name_of(meeting))


@bp.route("/<int:meeting_id>/publish", methods=["GET", "POST"])
def publish(meeting_id: int) -> ResponseReturnValue:
    """A last look at what everybody will read, then publish: two clicks."""
    meeting = found(meeting_id)
    if request.method == "POST":
        meetings.publish_agenda(meeting)
        return done(meeting, _("The agenda is published. Whatever you change in it from now on is marked."))
    meeting = meeting_queries.with_agenda(meeting_id)
    blackening = blackening_of(meeting.items)
    return render_template(
        "councils/staff/meeting_publish.html",
        meeting=meeting,
        name=name_of(meeting),
        items=[public_view(item, blackening) for item in meeting.items],
        missing=meetings.missing(meeting),
    )


@bp.route("/<int:meeting_id>/cancel", methods=["GET", "POST"])
def cancel(meeting_id: int) -> ResponseReturnValue:
    """It does not take place, for a reason that everybody can read."""
    meeting = found(meeting_id)
    form = CancelForm()
    if form.validate_on_submit():
        meetings.cancel(meeting, form.reason.data)
        return done(meeting, _("The meeting is cancelled."))
    return render_form("councils/staff/meeting_cancel.html", form, meeting=meeting, name=name_of(meeting))


@bp.post("/<int:meeting_id>/bring-back")
def bring_back(meeting_id: int) -> Response:
    """What was left open in earlier meetings comes onto this agenda now, not only by night."""
    meeting = found(meeting_id)
    count = returning.bring_back(meeting)
    nothing = _("Nothing is left open from earlier meetings that does not stand on this agenda.")
    came = ngettext("%(n)s item came onto the agenda.", "%(n)s items came onto the agenda.", count)
    return done(meeting, came if count else nothing)


# --- What the desk shares ---------------------------------------------------------------------------------------------


def found(meeting_id: int) -> Meeting:
    """The meeting, for whoever may look after its council."""
    meeting = meeting_queries.meeting(meeting_id)
    require(rules.manage, meeting.council)
    return meeting


def done(meeting: Meeting, message: str) -> Response:
    """Back to the meeting, which says what was done."""
    flash(message, "success")
    return redirect(url_for("meeting_staff.show", meeting_id=meeting.id))
