"""The office's list of tasks: who promised what, and what came of it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation.councils import resolution_queries as queries
from participation.councils import rules, tasks
from participation.councils.resolution_forms import TaskEndForm, TaskPlanForm
from participation.councils.resolution_labels import TASK_STATES
from participation.councils.resolution_models import Task, TaskState
from participation.councils.resolution_views import went_well
from participation.forms import render_form
from participation.i18n import _
from participation.permissions import require

bp = Blueprint("task_staff", __name__, url_prefix="/staff/tasks")

ALL = "all"


@bp.get("")
def index() -> str:
    """The tasks of the councils this person looks after; the open ones if nothing else is asked for."""
    areas = require(rules.visit).areas_of(*rules.SECRETARIES)
    filters = queries.Filters.from_address(request.args)
    asked = request.args.get("show", TaskState.OPEN.value)
    state = None if asked == ALL else next((one for one in TaskState if one.value == asked), TaskState.OPEN)
    return render_template(
        "councils/staff/tasks.html",
        page=queries.staff_tasks(filters, areas, state),
        filters=filters,
        state=state,
        councils=queries.councils(only_public=False, areas=areas),
        states=TASK_STATES,
    )


@bp.get("/<int:task_id>")
def show(task_id: int) -> str:
    """One task."""
    return render_template("councils/staff/task.html", task=_found(task_id), states=TASK_STATES)


@bp.route("/<int:task_id>/plan", methods=["GET", "POST"])
def plan(task_id: int) -> ResponseReturnValue:
    """Say who does it, and by when."""
    task = _found(task_id)
    form = TaskPlanForm(task, queries.members_for(task))
    if form.validate_on_submit() and went_well(form, lambda: tasks.plan(task, **form.answers)):
        return _done(task, _("Who does it and by when was saved."))
    return render_form("councils/staff/task_plan.html", form, task=task)


@bp.route("/<int:task_id>/end", methods=["GET", "POST"])
def end(task_id: int) -> ResponseReturnValue:
    """It is done, or nobody will do it."""
    task, form = _found(task_id), TaskEndForm()
    if form.validate_on_submit() and went_well(form, lambda: tasks.end(task, **form.answers)):
        return _done(task, _("The task has ended. It does not come back to an agenda."))
    return render_form("councils/staff/task_end.html", form, task=task)


@bp.post("/<int:task_id>/reopen")
def reopen(task_id: int) -> Response:
    """It was not done after all."""
    task = _found(task_id)
    tasks.reopen(task)
    return _done(task, _("The task is open again. It comes back to the next agenda."))


def _found(task_id: int) -> Task:
    require(rules.visit)
    task = queries.task(task_id)
    require(rules.manage, task.council)
    return task


def _done(task: Task, message: str) -> Response:
    flash(message)
    return redirect(url_for("task_staff.show", task_id=task.id))
