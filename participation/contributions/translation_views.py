"""Translations for staff: what is to be translated or looked at again, and the page with original and translation."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.contributions import queries, rules, translating
from participation.contributions.forms import TranslationForm
from participation.contributions.models import Contribution, ContributionStatus
from participation.contributions.operations import ChangedMeanwhile
from participation.db import session
from participation.forms import render_form
from participation.i18n import Language, _, languages
from participation.paging import paginate
from participation.permissions import require

bp = Blueprint("translation_staff", __name__, url_prefix="/staff")

MOST_COUNTED = 1_000


@bp.get("/translations")
def index() -> str:
    """Contributions that have no German translation, or with ?show=doubts the translations that readers doubt."""
    require(rules.visit)
    shows_doubts = request.args.get("show") == "doubts"
    query = queries.doubted() if shows_doubts else queries.without_german()
    return render_template(
        "contributions/staff_translations.html",
        page=paginate(query, most=MOST_COUNTED),
        shows_doubts=shows_doubts,
        doubted=queries.doubted_count(),
    )


@bp.get("/contributions/<int:contribution_id>/translations")
def show(contribution_id: int) -> str:
    """The original, the translations there are, and the languages that are missing."""
    contribution = asked(contribution_id)
    found = queries.translations([contribution.id]).get(contribution.id, [])
    known = {one.language for one in found} | {contribution.language}
    missing = [one for one in languages() if one.tag not in known]
    return render_template(
        "contributions/staff_contribution.html", contribution=contribution, translations=found, missing=missing
    )


@bp.route("/contributions/<int:contribution_id>/translations/<tag>", methods=["GET", "POST"])
def write(contribution_id: int, tag: str) -> ResponseReturnValue:
    """Write a translation, with the original beside it."""
    staff = require(rules.visit)
    contribution = asked(contribution_id)
    into = offered_language(tag)
    known = queries.translation(contribution.id, into.tag)
    form = TranslationForm(title=known.title if known else "", text=known.text if known else "")
    form.version.data = form.version.data or str(contribution.version)
    newer = False
    if form.validate_on_submit():
        try:
            translating.translate(
                contribution, staff, into.tag, title=form.title.data, text=form.text.data, version=form.version_seen
            )
        except ChangedMeanwhile as error:  # what was typed stays, beside the new wording
            session.rollback()
            contribution, newer = asked(contribution_id), True
            form.form_errors.append(str(error))
            form.version.data = str(contribution.version)
        else:
            flash(_("The translation was saved."))
            return redirect(url_for("translation_staff.show", contribution_id=contribution.id))
    return render_form(
        "contributions/staff_translate.html", form, contribution=contribution, into=into, known=known, newer=newer
    )


@bp.post("/contributions/<int:contribution_id>/translations/<tag>/keep")
def keep(contribution_id: int, tag: str) -> ResponseReturnValue:
    """It is right, whatever readers said."""
    translation = queries.translation(asked(contribution_id).id, offered_language(tag).tag) or abort(404)
    translating.accept(translation)
    flash(_("The translation stays as it is."))
    return redirect(url_for("translation_staff.show", contribution_id=contribution_id))


@bp.post("/contributions/<int:contribution_id>/translations/<tag>/delete")
def delete(contribution_id: int, tag: str) -> ResponseReturnValue:
    """Better none than a wrong one."""
    translation = queries.translation(asked(contribution_id).id, offered_language(tag).tag) or abort(404)
    translating.discard(translation)
    flash(_("The translation was deleted."))
    return redirect(url_for("translation_staff.show", contribution_id=contribution_id))


def asked(contribution_id: int) -> Contribution:
    """The contribution, for those who may translate it; words that were taken back are gone."""
    require(rules.visit)
    contribution = queries.contribution(contribution_id)
    require(rules.translate, contribution)
    return contribution if contribution.status is not ContributionStatus.WITHDRAWN else abort(404)


def offered_language(tag: str) -> Language:
    """One of the languages of the pages."""
    return next((one for one in languages() if one.tag == tag), None) or abort(404)
