"""Bringing a questionnaire in from a spreadsheet, by page: upload, look at what came of it, confirm."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from participation.db import session
from participation.forms import Form, render_form
from participation.i18n import _, _l, languages
from participation.limits import limit
from participation.permissions import require
from participation.questionnaires.check import check
from participation.surveys import importing, queries, rules
from participation.surveys.import_forms import NewSurveyForm, ReplaceForm, UploadForm
from participation.surveys.import_models import SurveyImport
from participation.surveys.models import Survey

bp = Blueprint("survey_import", __name__, url_prefix="/staff/surveys/import")

REFUSED = _l("This file cannot be imported. Below you see what must be changed in it.")


@bp.route("", methods=["GET", "POST"])
@bp.route("/for/<int:survey_id>", methods=["GET", "POST"])
@limit("20 per minute")
def upload(survey_id: int | None = None) -> Any:
    """Take a file for a new survey, or with new questions for an existing one."""
    survey = queries.survey(survey_id) if survey_id is not None else None
    require(rules.manage, survey)
    form = UploadForm()
    problems = []
    if form.validate_on_submit():
        reading = importing.read_file(form.file.data.read(), form.language.data)
        if reading.definition is not None:
            kept = importing.keep(reading, form.file.data.filename or "", survey)
            return redirect(url_for("survey_import.show", import_id=kept.id))
        problems = list(reading.problems)
        form.refuse("file", REFUSED)
    return render_form("surveys/import_upload.html", form, survey=survey, problems=problems)


@bp.route("/<int:import_id>", methods=["GET", "POST"])
def show(import_id: int) -> Any:
    """What would be imported and what was left out; with the confirmation it becomes a draft."""
    kept = session.get_one(SurveyImport, import_id)
    require(rules.manage, kept.survey)
    form = _form(kept)
    if form.validate_on_submit():
        try:
            return _confirm(kept, form)
        except (importing.SlugTaken, importing.SlugUnfit) as refused:
            form.refuse("slug", refused.message)
    definition = kept.definition
    return render_form(
        "surveys/import_show.html",
        form,
        kept=kept,
        definition=definition,
        findings=check(definition, [one.tag for one in languages()]),
    )


@bp.get("/help")
def guide() -> str:
    """How a spreadsheet must look."""
    require(rules.manage)
    return render_template("surveys/import_guide.html")


def _form(kept: SurveyImport) -> Form:
    return ReplaceForm() if kept.survey else NewSurveyForm(data={"title": kept.title})


def _confirm(kept: SurveyImport, form: Form) -> Response:
    survey: Survey = importing.confirm(kept, **form.answers)
    flash(_("The questions were imported. They are a draft: residents see nothing until you publish."))
    return redirect(url_for("survey_staff.show", survey_id=survey.id))
