"""What the office hands over to committees of the city, and what they answered."""

import io

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation.councils import hand_over_files, hand_overs, rules
from participation.councils import resolution_queries as queries
from participation.councils.resolution_forms import CommitteeAnswerForm, HandOverForm
from participation.councils.resolution_labels import COMMITTEE_ANSWERS
from participation.councils.resolution_models import HandOver
from participation.councils.resolution_views import resolution_for, went_well
from participation.forms import render_form
from participation.i18n import _
from participation.limits import limit
from participation.pdf import printer
from participation.permissions import Person, require

bp = Blueprint("hand_over_staff", __name__, url_prefix="/staff/hand-overs")

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("")
def index() -> str:
    """The papers that committees have not answered yet."""
    areas = require(rules.visit).areas_of(*rules.SECRETARIES)
    return render_template("councils/staff/hand_overs.html", page=queries.hand_overs_that_wait(areas))


@bp.route("/new/<int:resolution_id>", methods=["GET", "POST"])
def new(resolution_id: int) -> ResponseReturnValue:
    """Hand a resolution over to a committee."""
    resolution, person = resolution_for(resolution_id)
    form = HandOverForm(resolution, queries.papers_for(resolution))
    made: list[HandOver] = []
    if form.validate_on_submit():
        said = form.answers
        if went_well(form, lambda: made.append(hand_overs.hand_over(resolution, person=person, **said))):
            return _done(made[0], _("The paper is ready. You can download it here."))
    return render_form("councils/staff/hand_over_form.html", form, resolution=resolution, handed=None)


@bp.get("/<int:hand_over_id>")
def show(hand_over_id: int) -> str:
    """One paper for a committee, as a page; with its files."""
    handed, _person = _found(hand_over_id)
    return render_template(
        "councils/staff/hand_over.html",
        handed=handed,
        resolution=handed.resolution,
        answers=COMMITTEE_ANSWERS,
        has_pdf=printer() is not None,
    )


@bp.route("/<int:hand_over_id>/change", methods=["GET", "POST"])
def change(hand_over_id: int) -> ResponseReturnValue:
    """Change the words, the day or the annexes, as long as nobody has answered."""
    handed, _person = _found(hand_over_id)
    form = HandOverForm(handed.resolution, queries.papers_for(handed.resolution), handed)
    if form.validate_on_submit():
        said = form.answers
        if went_well(form, lambda: hand_overs.change(handed, **said)):
            return _done(handed, _("The paper was changed. Please download it again."))
    return render_form("councils/staff/hand_over_form.html", form, resolution=handed.resolution, handed=handed)


@bp.route("/<int:hand_over_id>/answer", methods=["GET", "POST"])
def answer(hand_over_id: int) -> ResponseReturnValue:
    """Write down what the committee answered."""
    handed, person = _found(hand_over_id)
    form = CommitteeAnswerForm()
    if form.validate_on_submit():
        said = form.answers
        if went_well(form, lambda: hand_overs.record_answer(handed, person=person, **said)):
            return _done(handed, _("The answer is written down. It is shown wherever the resolution began."))
    return render_form("councils/staff/hand_over_answer.html", form, handed=handed, resolution=handed.resolution)


@bp.get("/<int:hand_over_id>/paper.pdf")
@limit("30 per minute")
def pdf(hand_over_id: int) -> Response:
    """The paper as a PDF file."""
    handed, _person = _found(hand_over_id)
    return _file(handed, hand_over_files.pdf(handed), "application/pdf", "pdf")


@bp.get("/<int:hand_over_id>/paper.docx")
@limit("30 per minute")
def docx(hand_over_id: int) -> Response:
    """The paper as a file for word processors."""
    handed, _person = _found(hand_over_id)
    return _file(handed, hand_over_files.docx(handed), DOCX_TYPE, "docx")


def _file(handed: HandOver, data: bytes, mimetype: str, ending: str) -> Response:
    name = f"vorlage-{handed.resolution.year}-{handed.resolution.serial}-{handed.id}.{ending}"
    return send_file(io.BytesIO(data), mimetype=mimetype, as_attachment=True, download_name=name)


def _found(hand_over_id: int) -> tuple[HandOver, Person]:
    require(rules.visit)
    handed = queries.hand_over(hand_over_id)
    return handed, require(rules.manage, handed.resolution.council)


def _done(handed: HandOver, message: str) -> Response:
    flash(message)
    return redirect(url_for("hand_over_staff.show", hand_over_id=handed.id))
