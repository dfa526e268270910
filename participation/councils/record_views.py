"""What belongs to the minutes beside their text: who was there, who voted how, and what was promised."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation.councils import attending, labels, promising, rules, writing
from participation.councils.meeting_models import Answer, Meeting, Presence
from participation.councils.minutes_models import Choice, MinutesEntry, VoteKind
from participation.councils.resolution_models import Task
from participation.councils.writing_forms import Row, TaskForm, choices_typed
from participation.councils.writing_views import bp, find_meeting, typed_version
from participation.db import session
from participation.errors import Refused
from participation.forms import render_form
from participation.i18n import _
from participation.permissions import require

# What the answer to an invitation suggests; a person looks at it and saves.
SUGGESTED = {Answer.COMING: Presence.PRESENT, Answer.NOT_COMING: Presence.EXCUSED}


# --- Attendance -------------------------------------------------------------------------------------------------------


@bp.route("/attendance/<int:meeting_id>", methods=["GET", "POST"])
def attendance(meeting_id: int) -> ResponseReturnValue:
    """Who was there, who came later and who left earlier."""
    meeting = find_meeting(meeting_id)
    here = attending.roll(meeting)
    typed = request.form if request.method == "POST" else None
    rows = [Row(one, meeting, here.seen(one), typed) for one in here.memberships]
    if typed is None:
        return _attendance_page(meeting, here, rows)
    if any(row.errors for row in rows):
        return _attendance_page(meeting, here, rows, _("Please look at the times that are marked.")), 422
    try:
        said = {row.membership.id: row.said for row in rows}
        attending.record(meeting, said, {row.membership.id: row.was for row in rows})
    except attending.AttendanceChanged as changed:
        for row in rows:
            row.look_again(meeting, here.seen(row.membership))
        return _attendance_page(meeting, here, rows, str(changed)), 409
    except attending.LeftBeforeComing as refused:
        return _attendance_page(meeting, here, rows, str(refused)), 422
    flash(_("The attendance was saved."))
    return redirect(url_for("minutes_staff.write", meeting_id=meeting.id))


def _attendance_page(meeting: Meeting, here: attending.Roll, rows: list[Row], problem: str = "") -> str:
    answers = {number: one.answer for number, one in here.attendances.items() if one.answer is not None}
    return render_template(
        "councils/staff/write_attendance.html",
        meeting=meeting,
        rows=rows,
        problem=problem,
        answers=answers,
        suggested={number: SUGGESTED.get(answer) for number, answer in answers.items()},
        is_first=not here.is_recorded() and request.method == "GET",
        now={one.id: here.seen(one) for one in here.memberships},
        names={one.id: one.person.name for one in here.memberships},
        presences=labels.PRESENCES,
    )


# --- Votes by name ----------------------------------------------------------------------------------------------------


@bp.route("/entries/<int:entry_id>/votes", methods=["GET", "POST"])
def votes(entry_id: int) -> ResponseReturnValue:
    """Who voted how; of an open or secret vote only who was recused."""
    entry = session.get_one(MinutesEntry, entry_id)
    meeting = find_meeting(entry.minutes.meeting_id)
    voters = attending.present_voters(meeting, entry.voted_at)
    if request.method == "GET":
        return _votes_page(entry, {one.membership_id: one.choice for one in entry.casts})
    choices = choices_typed(voters, request.form)
    try:
        writing.record_votes(entry, typed_version(), choices)
    except writing.ChangedMeanwhile as refused:
        return _votes_page(entry, choices, refused), 409
    flash(_("The names were saved."))
    return redirect(url_for("minutes_staff.write", meeting_id=meeting.id, _anchor=f"entry-{entry.id}"))


def _votes_page(entry: MinutesEntry, choices: dict[int, Choice], problem: Refused | None = None) -> str:
    kinds = labels.CHOICES if entry.vote is VoteKind.BY_NAME else {Choice.RECUSED: labels.CHOICES[Choice.RECUSED]}
    meeting = entry.minutes.meeting
    return render_template(
        "councils/staff/write_votes.html",
        entry=entry,
        meeting=meeting,
        voters=attending.present_voters(meeting, entry.voted_at),
        choices=choices,
        saved={one.membership_id: one.choice for one in entry.casts},
        kinds=kinds,
        problem=problem,
    )


# --- Tasks ------------------------------------------------------------------------------------------------------------


@bp.route("/tasks/<int:task_id>", methods=["GET", "POST"])
def task(task_id: int) -> ResponseReturnValue:
    """Other words, somebody else, another day."""
    found, meeting = _task(task_id)
    form = TaskForm(found, writing.chairs(meeting))
    if form.validate_on_submit():
        promising.change_task(found, **form.said)
        return _back(meeting, _("Your changes were saved."))
    return render_form("councils/staff/write_task.html", form, task=found, meeting=meeting)


@bp.post("/tasks/<int:task_id>/delete")
def delete_task(task_id: int) -> Response:
    """It was no task after all."""
    found, meeting = _task(task_id)
    promising.delete_task(found)
    return _back(meeting, _("The task was deleted."))


def _task(task_id: int) -> tuple[Task, Meeting]:
    require(rules.visit)
    found = session.get_one(Task, task_id)
    require(rules.manage, found.council)
    if found.item is None:
        raise promising.NotInWork
    return found, found.item.meeting


def _back(meeting: Meeting, message: str) -> Response:
    flash(message)
    return redirect(url_for("minutes_staff.write", meeting_id=meeting.id))
