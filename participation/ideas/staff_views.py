"""The ideas desk: what waits for the city, and one idea with all that is done with it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation import audit, spreadsheets
from participation.contributions.operations import ChangedMeanwhile
from participation.db import session
from participation.errors import Refused
from participation.forms import Form, render_form
from participation.i18n import _, _l
from participation.ideas import exports, merging, processing, rules, staff_queries
from participation.ideas.models import Idea, IdeaState
from participation.ideas.staff_forms import AnswerForm, ExportForm, IdeaForm, ProgressForm, RemarkForm, TakeOnForm
from participation.ideas.staff_queries import Filters
from participation.ideas.wordings import ANSWERS, STATES
from participation.limits import limit
from participation.media.uploads import takes_pictures
from participation.permissions import Person, require

bp = Blueprint("idea_staff", __name__, url_prefix="/staff/ideas")

SHOWN = {
    staff_queries.WAITING: _l("Waiting for the city"),
    staff_queries.OVERDUE: _l("Overdue"),
    staff_queries.SOON: _l("Due within seven days"),
    staff_queries.REOPENED: _l("Not solved, as the author says"),
    **{state.value: label for state, label in STATES.items()},
    staff_queries.MERGED: _l("Joined with another idea"),
    staff_queries.ALL: _l("All public ideas"),
}


# --- The list ---------------------------------------------------------------------------------------------------------


@bp.get("")
def index() -> ResponseReturnValue:
    """What waits for the city, the most urgent first; a number typed leads to its idea."""
    person = require(rules.visit)
    filters, mine = _filters(), person.areas_of(*rules.PROCESSORS)
    if filters.words.removeprefix("#").isdecimal() and len(filters.words) < 10:
        found = session.get(Idea, int(filters.words.removeprefix("#")))
        if found is not None and rules.process(person, found):
            return redirect(url_for("idea_staff.show", idea_id=found.id))
    page = staff_queries.page_of_ideas(filters, mine)
    return render_template("ideas/staff/index.html", page=page, filters=filters, **_menus())


@bp.route("/export", methods=["GET", "POST"])
@limit("20 per minute")
def export() -> ResponseReturnValue:
    """The list as a file, without contacts; what for is written down (D15)."""
    require(rules.export)
    filters, form = _filters(), ExportForm()
    if not form.validate_on_submit():
        return render_form("ideas/staff/export.html", form, filters=filters, shown=SHOWN)
    kind = form.form.data
    audit.record("ideas.exported", is_personal_data=True, purpose=form.purpose.data, form=kind, show=filters.show)
    file = spreadsheets.temporary_file()
    exports.write(file, filters, kind)
    file.seek(0)
    mimetype = spreadsheets.XLSX_TYPE if kind == "xlsx" else spreadsheets.CSV_TYPE
    return send_file(file, mimetype=mimetype, as_attachment=True, download_name=f"ideas.{kind}")


def _filters() -> Filters:
    asked = request.args
    show = asked.get("show", "")
    return Filters(
        show=show if show in SHOWN else staff_queries.WAITING,
        office=asked.get("office", type=_number),
        call=asked.get("call", type=_number),
        area=asked.get("area", type=_number),
        words=" ".join(asked.get("words", "").split())[:200],
    )


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else None


def _menus() -> dict[str, Any]:
    return {
        "shown": SHOWN,
        "states": STATES,
        "offices": staff_queries.offices(),
        "calls": staff_queries.calls(),
        "areas": staff_queries.areas(),
    }


# --- One idea ---------------------------------------------------------------------------------------------------------


@bp.route("/<int:idea_id>", methods=["GET", "POST"])
def show(idea_id: int) -> ResponseReturnValue:
    """Everything about one idea; what is typed here is a remark for colleagues."""
    idea, person = _found(idea_id)
    form = RemarkForm()
    if form.validate_on_submit():
        processing.remark(idea, person, form.text.data)
        return _done(idea, _("Your remark was saved."))
    around = {
        "steps": staff_queries.steps(idea),
        "remarks": staff_queries.remarks(idea),
        "progress": staff_queries.progress(idea),
        "merges": staff_queries.merges(idea),
    }
    names = {"states": STATES, "answers": ANSWERS, "promises": processing.PROMISES, "State": IdeaState}
    return render_form("ideas/staff/show.html", form, idea=idea, **around, **names)


@bp.route("/<int:idea_id>/office", methods=["GET", "POST"])
def take_on(idea_id: int) -> ResponseReturnValue:
    """Which office answers, and by when."""
    idea, _person = _found(idea_id)
    form = TakeOnForm(idea)
    if form.validate_on_submit() and _went_well(form, idea, lambda: processing.take_on(idea, **form.answers)):
        return _done(idea, _("Office and day were saved."))
    return render_form("ideas/staff/take_on.html", form, idea=idea)


@bp.post("/<int:idea_id>/examine")
def examine(idea_id: int) -> Response:
    """Tell everybody that the city looks at it."""
    idea, person = _found(idea_id)
    processing.examine(idea, person)
    return _done(idea, _("Everybody can see now that the idea is under examination."))


@bp.route("/<int:idea_id>/answer", methods=["GET", "POST"])
def answer(idea_id: int) -> ResponseReturnValue:
    """Answer, with the reason in the language of the idea first."""
    idea, person = _found(idea_id)
    form = AnswerForm(idea)
    if form.validate_on_submit() and _went_well(form, idea, lambda: processing.answer(idea, person, **form.answers)):
        return _done(idea, _("The answer is public. Everybody who waited for it and left an address gets a mail."))
    return render_form("ideas/staff/answer.html", form, idea=idea)


@bp.route("/<int:idea_id>/progress", methods=["GET", "POST"])
@takes_pictures
def progress(idea_id: int) -> ResponseReturnValue:
    """Tell what has happened."""
    idea, person = _found(idea_id)
    form = ProgressForm(idea)

    def report() -> None:
        processing.report_progress(idea, person, **form.answers)

    if form.validate_on_submit() and _went_well(form, idea, report):
        return _done(idea, _("The news are public. Everybody who left an address gets a mail."))
    return render_form("ideas/staff/progress.html", form, idea=idea)


@bp.route("/<int:idea_id>/finish", methods=["GET", "POST"])
def finish(idea_id: int) -> ResponseReturnValue:
    """It is done: after a question back, because everybody hears of it."""
    idea, person = _found(idea_id)
    form = IdeaForm(idea)
    if form.validate_on_submit() and _went_well(form, idea, lambda: processing.finish(idea, person, form.seen)):
        return _done(idea, _("The idea is done. Its author is asked whether it is solved."))
    return render_form("ideas/staff/finish.html", form, idea=idea)


# --- Joining with another one -----------------------------------------------------------------------------------------


@bp.route("/<int:idea_id>/merge", methods=["GET", "POST"])
def merge(idea_id: int) -> ResponseReturnValue:
    """Choose the other idea, look at both, join them."""
    idea, person = _found(idea_id)
    form, target = IdeaForm(idea), _target(person)
    problem = _l("There is no public idea with this number.") if request.args.get("into") and target is None else None
    if target is not None and form.validate_on_submit():
        chosen = target
        if _went_well(form, idea, lambda: merging.merge(idea, chosen, person, form.seen)):
            return _done(idea, _("The ideas are joined. You can undo this on the page of either."))
    similar = staff_queries.similar_to(idea) if target is None else []
    return render_form(
        "ideas/staff/merge.html", form, idea=idea, target=target, similar=similar, problem=problem, states=STATES
    )


def _target(person: Person) -> Idea | None:
    """The other idea, as the address names it, if this person may process it too."""
    number = _number(request.args.get("into", "").strip().removeprefix("#"))
    found = session.get(Idea, number) if number is not None else None
    return found if found is not None and found.is_public and rules.process(person, found) else None


@bp.post("/merges/<int:merge_id>/undo")
def undo_merge(merge_id: int) -> Response:
    """Take two ideas apart again."""
    person = require(rules.visit)
    made = staff_queries.merge(merge_id)
    require(rules.process, made.source)
    merging.undo(made, person)
    return _done(made.source, _("The ideas are two again."))


# --- What all of them share -------------------------------------------------------------------------------------------


def _found(idea_id: int) -> tuple[Idea, Person]:
    require(rules.visit)
    idea = staff_queries.idea(idea_id)
    return idea, require(rules.process, idea)


def _went_well(form: Form, idea: Idea, change: Callable[[], object]) -> bool:
    """Do it; a no comes back with the form, so that nothing typed is lost and the newest state stands beside it."""
    try:
        change()
    except Refused as refused:
        session.rollback()
        form.form_errors.append(str(refused))
        if isinstance(refused, ChangedMeanwhile) and isinstance(form, IdeaForm):
            form.version.data = str(idea.version)
        return False
    return True


def _done(idea: Idea, message: str) -> Response:
    flash(message)
    return redirect(url_for("idea_staff.show", idea_id=idea.id))
