"""The communications team's desk: the standing pages, and the reports on barriers."""

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from participation import audit
from participation.feature import Counted, Duty
from participation.forms import render_form
from participation.i18n import _
from participation.pages import operations, queries, rules
from participation.pages.forms import FORMS, AnswerForm, PageForm
from participation.pages.queries import Shown
from participation.paging import paginate
from participation.permissions import Person, require

bp = Blueprint("pages_staff", __name__, url_prefix="/staff")

Answer = str | tuple[str, int] | Response


@bp.get("/pages")
def index() -> str:
    """All standing pages, and who changed them last."""
    require(rules.edit)
    return render_template(
        "pages/staff_index.html", pages=queries.all_shown(), check_is_overdue=queries.is_check_overdue()
    )


@bp.route("/pages/<slug>", methods=["GET", "POST"])
def edit(slug: str) -> Answer:
    """Change a page, after a look at how it will be."""
    staff = require(rules.edit)
    page = queries.shown(slug)
    form = FORMS.get(slug, PageForm)(data={**vars(page), **(page.video or {})})
    preview = None
    if form.validate_on_submit():
        if "preview" not in request.form:
            operations.change_page(slug, staff, **form.answers)
            flash(_("The page was saved. Everybody can see it now."))
            return redirect(url_for("pages_staff.edit", slug=slug))
        preview = Shown(slug, form.title.data, form.text.data)
    return render_form("pages/staff_edit.html", form, page=page, preview=preview)


@bp.get("/barrier-reports")
def reports() -> str:
    """Reports on barriers, the most urgent first."""
    require(rules.answer_reports)
    return render_template(
        "pages/staff_reports.html", page=paginate(queries.reports()), overdue=queries.overdue_reports()
    )


@bp.route("/barrier-reports/<uuid:report_id>", methods=["GET", "POST"])
def report(report_id: uuid.UUID) -> Answer:
    """Read one report and answer it."""
    staff = require(rules.answer_reports)
    found = queries.report(report_id)
    form = AnswerForm()
    if form.validate_on_submit():
        operations.answer(found, staff, form.text.data, is_final=form.kind.data == "final")
        flash(_("Your answer was saved. It is shown to whoever has the receipt."))
        return redirect(url_for("pages_staff.report", report_id=report_id))
    return render_form("pages/staff_report.html", form, report=found, shows_contact=False)


@bp.post("/barrier-reports/<uuid:report_id>/contact")
def contact(report_id: uuid.UUID) -> Answer:
    """Look at the contact; that look is written down (D15)."""
    require(rules.answer_reports)
    found = queries.report(report_id)
    audit.look("barrier_report.contact_seen", f"barrier report {found.id}", "answering the report")
    return render_form("pages/staff_report.html", AnswerForm(formdata=None), report=found, shows_contact=True)


def duties(person: Person) -> list[Counted]:
    """Reports on barriers that wait for an answer, for whoever may give one."""
    if not rules.answer_reports(person):
        return []
    title, url = _("Reports of barriers"), url_for("pages_staff.reports")
    return [Counted(queries.waiting_reports(), lambda count, due_on: Duty(title, url, count, due_on))]
