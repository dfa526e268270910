"""Results and downloads, for those who evaluate a survey."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, func, select
from werkzeug.wrappers import Response

from participation import audit, spreadsheets
from participation.db import session
from participation.errors import Refused
from participation.forms import render_form
from participation.i18n import LazyText, _, _l
from participation.limits import limit
from participation.paging import PAGE_SIZE, ListPage, asked_page
from participation.permissions import allowed, require
from participation.surveys import exports, queries, rules
from participation.surveys import operations as surveys
from participation.surveys.asked import AskedQuestion, asked_questions
from participation.surveys.forms import ExportForm, PurposeForm
from participation.surveys.models import Survey
from participation.surveys.results import plain, shown_result

bp = Blueprint("survey_results", __name__, url_prefix="/staff/surveys")

PURPOSES = "survey_texts"  # which texts this person has given a reason to read, until they sign out
DOWNLOAD = "survey_download"
LONGEST_SEARCH = 100
KINDS: dict[str, LazyText] = {
    "results": _l("The counted results as tables, with small numbers hidden"),
    "codebook": _l("The code book: what columns and values mean"),
    "answers": _l("Single responses without free texts"),
    "texts": _l("The free texts on their own, without the other answers"),
}
OF_PERSONS = frozenset({"answers", "texts"})


class NothingCounted(Refused):
    message = _l("No result has been counted yet, so there is nothing to download.")


@bp.get("/<int:survey_id>/results")
def show(survey_id: int) -> str:
    """The result as last counted: tables, bars, and what has to be known to read them."""
    survey = queries.survey(survey_id)
    require(rules.read_results, survey)
    counted = queries.result(survey)
    return render_template(
        "surveys/staff/results.html",
        survey=survey,
        numbers=queries.numbers([survey])[survey.id],
        result=shown_result(survey, counted) if counted else None,
    )


@bp.post("/<int:survey_id>/results/count")
def count(survey_id: int) -> Response:
    """Do not wait for the worker: count now, if the next step is reached."""
    survey = queries.survey(survey_id)
    require(rules.read_results, survey)
    if surveys.refresh_result(survey):
        flash(_("The result was counted anew."))
    else:
        flash(_("Too few responses have come since the last count, so the result stays as it is."))
    return redirect(url_for("survey_results.show", survey_id=survey.id))


@bp.route("/<int:survey_id>/texts/<question>", methods=["GET", "POST"])
def texts(survey_id: int, question: str) -> ResponseReturnValue:
    """What people wrote, as a list to search; the reason for looking is asked for once and logged (D15)."""
    survey = queries.survey(survey_id)
    require(rules.read_texts, survey)
    versions = queries.published_versions(survey)
    one = asked_questions(versions).get(question)
    if one is None or not one.is_text:
        abort(404)
    form = PurposeForm()
    if form.validate_on_submit():
        audit.record("survey.texts_read", f"survey {survey.id}", is_personal_data=True, purpose=form.purpose.data)
        browser[PURPOSES] = [*browser.get(PURPOSES, []), survey.id]
        return redirect(url_for("survey_results.texts", survey_id=survey.id, question=question))
    if survey.id not in browser.get(PURPOSES, []):
        return render_form("surveys/staff/texts_purpose.html", form, survey=survey)
    return _texts_page(survey, one, [version.id for version in versions])


def _texts_page(survey: Survey, one: AskedQuestion, version_ids: Sequence[int]) -> str:
    wanted = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    query = queries.texts(version_ids, one.question.name)
    if wanted:
        found, is_complete = queries.matching_texts(query, wanted)
        page, number = _page_of(len(found))
        page.items.extend(found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
    else:
        is_complete = True
        page, number = _page_of(_count(query))
        rows = session.execute(query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
        page.items.extend((value, language) for value, language in rows)
    return render_template(
        "surveys/staff/texts.html",
        survey=survey,
        label=plain(one.question.label) or one.question.name,
        page=page,
        wanted=wanted,
        is_complete=is_complete,
    )


def _count(query: Select[str, str]) -> int:
    return session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def _page_of(total: int) -> tuple[ListPage[tuple[str, str]], int]:
    count = max(1, -(-total // PAGE_SIZE))
    number = asked_page(count)
    return ListPage([], number, count, total), number


@bp.route("/<int:survey_id>/export", methods=["GET", "POST"])
@limit("30 per hour")
def export(survey_id: int) -> ResponseReturnValue:
    """Choose a download and say what it is for; both are logged (D15)."""
    survey = queries.survey(survey_id)
    require(rules.read_results, survey)
    form = ExportForm()
    form.offer([(kind, words) for kind, words in KINDS.items() if kind not in OF_PERSONS or _may_export(survey)])
    if form.validate_on_submit():
        kind, file_form = form.kind.data, form.form.data
        if kind == "results" and queries.result(survey) is None:
            raise NothingCounted
        audit.record(
            "survey.exported",
            f"survey {survey.id}",
            is_personal_data=kind in OF_PERSONS,
            kind=kind,
            form=file_form,
            purpose=form.purpose.data,
        )
        browser[DOWNLOAD] = [survey.id, kind, file_form]
        return redirect(url_for("survey_results.file", survey_id=survey.id))
    return render_form("surveys/staff/export.html", form, survey=survey)


@bp.get("/<int:survey_id>/export/file")
def file(survey_id: int) -> Response:
    """The download that was asked for, once. As a page that is only read, it keeps nobody from answering meanwhile."""
    survey = queries.survey(survey_id)
    require(rules.read_results, survey)
    asked_id, kind, form = browser.pop(DOWNLOAD, (None, "", ""))
    if asked_id != survey.id:
        return redirect(url_for("survey_results.export", survey_id=survey.id))
    if kind in OF_PERSONS:
        require(rules.export, survey)
    counted = queries.result(survey) if kind == "results" else None
    made = spreadsheets.temporary_file()
    exports.write(made, survey, kind, form, shown_result(survey, counted) if counted else None)
    made.seek(0)
    return send_file(
        made,
        mimetype=spreadsheets.CSV_TYPE if form == "csv" else spreadsheets.XLSX_TYPE,
        as_attachment=True,
        download_name=f"{survey.slug}-{kind}.{form}",
    )


def _may_export(survey: Survey) -> bool:
    return allowed(rules.export, survey)
