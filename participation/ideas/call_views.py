"""The calls desk: prepare a call for ideas, publish it, close it, say that it is answered; and who answers."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation.errors import Refused
from participation.forms import Form, render_form
from participation.i18n import _
from participation.ideas import operations, rules, staff_queries
from participation.ideas.call_forms import CallForm, CategoryForm, NewCallForm, OfficeForm
from participation.ideas.models import Call, Category, Phase
from participation.ideas.readiness import readiness
from participation.ideas.wordings import PHASES
from participation.limits import limit
from participation.paging import paginate
from participation.permissions import require
from participation.questionnaires.asking import REFUSED, QuestionsForm
from participation.questionnaires.xlsform.reading import Reading

bp = Blueprint("call_staff", __name__, url_prefix="/staff/calls")
offices_bp = Blueprint("office_staff", __name__, url_prefix="/staff/offices")


# --- Calls ------------------------------------------------------------------------------------------------------------


@bp.get("")
def index() -> str:
    """All calls, and how many ideas each has."""
    require(rules.manage_calls)
    page = paginate(staff_queries.every_call())
    has_letter_box = staff_queries.has_letter_box()
    counts = staff_queries.idea_counts(page.items)
    return render_template(
        "ideas/staff/calls.html", page=page, counts=counts, phases=PHASES, has_letter_box=has_letter_box
    )


@bp.route("/new", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    """A title is enough to begin with."""
    require(rules.manage_calls)
    form = NewCallForm()
    if form.validate_on_submit():
        call = operations.create_call(form.title.data)
        return _done(call, _("The call is a draft. Residents see nothing until you publish it."))
    return render_form("ideas/staff/call_new.html", form)


@bp.post("/letter-box")
def letter_box() -> Response:
    """The call that never closes, made on first use."""
    require(rules.manage_calls)
    return redirect(url_for("call_staff.show", call_id=operations.letter_box().id))


@bp.get("/<int:call_id>")
def show(call_id: int) -> str:
    """One call: where it stands and what can be done."""
    call = _found(call_id)
    total, waiting = staff_queries.idea_counts([call])[call.id]
    return render_template(
        "ideas/staff/call.html",
        call=call,
        phase=PHASES[call.phase],
        Phase=Phase,
        total=total,
        waiting=waiting,
        readiness=readiness(call),
    )


@bp.route("/<int:call_id>/settings", methods=["GET", "POST"])
def settings(call_id: int) -> ResponseReturnValue:
    """Texts, period, districts and rules."""
    call = _found(call_id)
    form = CallForm(call)
    if form.validate_on_submit():
        try:
            operations.change_call(call, **form.answers)
        except operations.PromiseGiven as error:
            form.refuse("retention_days", error.message)
        else:
            return _done(call, _("Your changes were saved."))
    return render_form("ideas/staff/call_settings.html", form, call=call)


@bp.route("/<int:call_id>/publish", methods=["GET", "POST"])
def publish(call_id: int) -> ResponseReturnValue:
    """A last look at what residents are told, then publish: two clicks."""
    call = _found(call_id)
    if request.method == "POST":
        operations.publish(call)
        return _done(call, _("The call is published."))
    return render_template("ideas/staff/call_publish.html", call=call, readiness=readiness(call))


@bp.post("/<int:call_id>/close")
def close(call_id: int) -> Response:
    """No more ideas; the city examines what came."""
    call = _found(call_id)
    operations.close(call)
    return _done(call, _("The call is closed. The city examines the ideas now."))


@bp.route("/<int:call_id>/answered", methods=["GET", "POST"])
def mark_answered(call_id: int) -> ResponseReturnValue:
    """Say that the whole call is answered, knowing how many ideas are not."""
    call = _found(call_id)
    if request.method == "POST":
        told = request.form.get("still_open", "")
        operations.mark_answered(call, int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else -1)
        return _done(call, _("Everybody can see now that the call is answered."))
    return render_template("ideas/staff/call_answered.html", call=call, still_open=staff_queries.open_ideas(call))


@bp.route("/<int:call_id>/delete", methods=["GET", "POST"])
def delete(call_id: int) -> ResponseReturnValue:
    """Throw a draft away, after a question back."""
    call = _found(call_id)
    if call.published_at is not None:
        raise operations.NotADraft
    if request.method == "GET":
        return render_template("ideas/staff/call_delete.html", call=call)
    operations.delete_draft(call)
    flash(_("The draft was deleted."))
    return redirect(url_for("call_staff.index"))


# --- Extra questions --------------------------------------------------------------------------------------------------


@bp.route("/<int:call_id>/questions", methods=["GET", "POST"])
@limit("20 per minute")
def questions(call_id: int) -> ResponseReturnValue:
    """Questions beside the idea itself, from a spreadsheet."""
    call = _found(call_id)
    form, problems = QuestionsForm(), []
    if form.validate_on_submit():
        found = form.read()
        problems = list(found.problems)
        if found.definition is None:
            form.refuse("file", REFUSED)
        elif _went_well(form, "file", call, found):
            return _done(call, _("The questions were saved. Please look at what the check says about them."))
    return render_form("ideas/staff/call_questions.html", form, call=call, problems=problems)


def _went_well(form: Form, name: str, call: Call, found: Reading) -> bool:
    assert found.definition is not None
    try:
        operations.ask_questions(call, found.definition)
    except Refused as refused:
        form.refuse(name, refused.message)
        return False
    return True


@bp.post("/<int:call_id>/questions/stop")
def stop_asking(call_id: int) -> Response:
    """Ask nothing but the idea."""
    call = _found(call_id)
    operations.stop_asking(call)
    return _done(call, _("The call asks no extra questions any more."))


# --- Categories -------------------------------------------------------------------------------------------------------


@bp.route("/<int:call_id>/categories", methods=["GET", "POST"])
def categories(call_id: int) -> ResponseReturnValue:
    """What ideas of this call can be about; the form adds one."""
    call = _found(call_id)
    form = CategoryForm()
    if form.validate_on_submit():
        operations.add_category(call, form.label.data)
        flash(_("The category was added."))
        return redirect(url_for("call_staff.categories", call_id=call.id))
    return render_form("ideas/staff/categories.html", form, call=call)


@bp.route("/categories/<int:category_id>", methods=["GET", "POST"])
def category(category_id: int) -> ResponseReturnValue:
    """Another name for the same category."""
    found = _category(category_id)
    form = CategoryForm(data={"label": found.name})
    if form.validate_on_submit():
        operations.rename_category(found, form.label.data)
        return _back_to_categories(found)
    return render_form("ideas/staff/category.html", form, category=found)


@bp.post("/categories/<int:category_id>/up")
def move_category(category_id: int) -> Response:
    """One place further up."""
    found = _category(category_id)
    operations.move_category(found)
    return _back_to_categories(found)


@bp.post("/categories/<int:category_id>/delete")
def delete_category(category_id: int) -> Response:
    """Only one that no idea is in."""
    found = _category(category_id)
    call_id = found.call_id
    operations.delete_category(found)
    flash(_("The category was deleted."))
    return redirect(url_for("call_staff.categories", call_id=call_id))


# --- Offices ----------------------------------------------------------------------------------------------------------


@offices_bp.get("")
def offices() -> str:
    """Who answers for the city."""
    require(rules.manage_offices)
    return render_template("ideas/staff/offices.html", offices=staff_queries.offices())


@offices_bp.route("/new", methods=["GET", "POST"])
@offices_bp.route("/<int:office_id>", methods=["GET", "POST"])
def office(office_id: int | None = None) -> ResponseReturnValue:
    """One office: its name, its address, and whether it answers at present."""
    require(rules.manage_offices)
    known = staff_queries.office(office_id) if office_id is not None else None
    form = OfficeForm(data={"label": known.name, "email": known.email, "is_active": known.is_active} if known else None)
    if form.validate_on_submit():
        operations.keep_office(known, **form.answers)
        flash(_("The office was saved."))
        return redirect(url_for("office_staff.offices"))
    return render_form("ideas/staff/office.html", form, office=known)


# --- What all of them share -------------------------------------------------------------------------------------------


def _found(call_id: int) -> Call:
    require(rules.manage_calls)
    return staff_queries.call(call_id)


def _category(category_id: int) -> Category:
    require(rules.manage_calls)
    return staff_queries.category(category_id)


def _done(call: Call, message: str) -> Response:
    flash(message)
    return redirect(url_for("call_staff.show", call_id=call.id))


def _back_to_categories(category: Category) -> Response:
    return redirect(url_for("call_staff.categories", call_id=category.call_id))
