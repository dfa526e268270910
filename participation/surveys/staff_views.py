"""The surveys desk: prepare, publish, close."""

import io

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation.forms import render_form
from participation.i18n import _, _l, languages
from participation.paging import paginate
from participation.permissions import require
from participation.questionnaires.xlsform import export as xlsform
from participation.spreadsheets import XLSX_TYPE
from participation.surveys import operations, posters, queries, rules
from participation.surveys.forms import ScheduleForm, SettingsForm
from participation.surveys.models import Survey, SurveyState
from participation.surveys.readiness import readiness

bp = Blueprint("survey_staff", __name__, url_prefix="/staff/surveys")

STATES = {
    SurveyState.DRAFT: _l("Draft"),
    SurveyState.SCHEDULED: _l("Not open yet"),
    SurveyState.OPEN: _l("Open"),
    SurveyState.CLOSED: _l("Closed"),
    SurveyState.ERASED: _l("Closed, responses deleted"),
}


@bp.get("")
def index() -> str:
    """All surveys."""
    require(rules.visit)
    page = paginate(queries.every_survey())
    return render_template("surveys/staff/index.html", page=page, numbers=queries.numbers(page.items), states=STATES)


@bp.get("/<int:survey_id>")
def show(survey_id: int) -> str:
    """One survey: where it stands and what can be done."""
    require(rules.visit)
    survey = queries.survey(survey_id)
    versions = queries.versions(survey)
    newest = versions[0] if versions else None
    return render_template(
        "surveys/staff/show.html",
        survey=survey,
        numbers=queries.numbers([survey])[survey.id],
        state=STATES[survey.state],
        newest=newest,
        readiness=readiness(survey, newest),
        address=posters.address,
    )


@bp.route("/<int:survey_id>/settings", methods=["GET", "POST"])
def settings(survey_id: int) -> ResponseReturnValue:
    """What is said about the survey, and the rules for its result."""
    survey = queries.survey(survey_id)
    require(rules.manage, survey)
    form = SettingsForm(obj=survey)
    if form.validate_on_submit():
        try:
            operations.change(survey, **form.answers)
        except operations.MinimumFixed as error:
            form.refuse("minimum_cell", error.message)
        except operations.PromiseGiven as error:
            form.refuse("retention_days", error.message)
        else:
            return _done(survey, _("Your changes were saved."))
    return render_form("surveys/staff/settings.html", form, survey=survey)


@bp.route("/<int:survey_id>/schedule", methods=["GET", "POST"])
def schedule(survey_id: int) -> ResponseReturnValue:
    """From when to when it is open."""
    survey = queries.survey(survey_id)
    require(rules.publish, survey)
    form = ScheduleForm(obj=survey)
    if form.validate_on_submit():
        operations.schedule(survey, **form.answers)
        return _done(survey, _("Your changes were saved."))
    return render_form("surveys/staff/schedule.html", form, survey=survey)


@bp.route("/<int:survey_id>/publish", methods=["GET", "POST"])
def publish(survey_id: int) -> ResponseReturnValue:
    """A last look at what the check says, then publish: two clicks."""
    survey = queries.survey(survey_id)
    require(rules.publish, survey)
    if request.method == "POST":
        operations.publish(survey)
        return _done(survey, _("The survey is published."))
    draft = queries.draft_version(survey)
    found = readiness(survey, draft)
    return render_template("surveys/staff/publish.html", survey=survey, draft=draft, readiness=found)


@bp.post("/<int:survey_id>/close")
def close(survey_id: int) -> Response:
    """Close before its time."""
    survey = queries.survey(survey_id)
    require(rules.publish, survey)
    operations.close(survey)
    return _done(survey, _("The survey is closed."))


@bp.post("/<int:survey_id>/reopen")
def reopen(survey_id: int) -> Response:
    """Open again."""
    survey = queries.survey(survey_id)
    require(rules.publish, survey)
    operations.reopen(survey)
    return _done(survey, _("The survey is open again."))


@bp.route("/<int:survey_id>/delete", methods=["GET", "POST"])
def delete(survey_id: int) -> ResponseReturnValue:
    """Throw a draft away, after a question back."""
    survey = queries.survey(survey_id)
    require(rules.manage, survey)
    if survey.published_at is not None:
        raise operations.NotADraft
    if request.method == "GET":
        return render_template("surveys/staff/delete.html", survey=survey)
    operations.delete_draft(survey)
    flash(_("The draft was deleted."))
    return redirect(url_for("survey_staff.index"))


@bp.get("/<int:survey_id>/questionnaire.xlsx")
def questionnaire(survey_id: int) -> Response:
    """The youngest wording as a spreadsheet, to be changed and imported again (F7)."""
    require(rules.visit)
    survey = queries.survey(survey_id)
    versions = queries.versions(survey)
    if not versions:
        abort(404)
    data = xlsform.write(versions[0].definition, survey.title, survey.slug)
    return send_file(io.BytesIO(data), mimetype=XLSX_TYPE, as_attachment=True, download_name=f"{survey.slug}.xlsx")


@bp.get("/<int:survey_id>/poster")
def poster(survey_id: int) -> str:
    """A page to print, with a QR code for each chosen language."""
    require(rules.visit)
    survey = queries.survey(survey_id)
    offered = [one.tag for one in languages()]
    asked = [tag for tag in request.args.getlist("tags") if tag in offered]
    chosen = asked or [tag for tag in ("de", "en") if tag in offered]
    size = request.args.get("size")
    return render_template(
        "surveys/staff/poster.html",
        survey=survey,
        chosen=chosen,
        panels=posters.panels(survey, chosen),
        size=size if size in posters.SIZES else posters.SIZES[0],
        sizes=posters.SIZES,
        most=posters.MOST_LANGUAGES,
    )


def _done(survey: Survey, message: str) -> Response:
    flash(message)
    return redirect(url_for("survey_staff.show", survey_id=survey.id))
