"""Resolutions on cards: written in plain words of one language, and released by a person."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation.councils import following, rules
from participation.councils import resolution_queries as queries
from participation.councils.resolution_forms import CardForm, ReleaseForm, language_choices
from participation.councils.resolution_models import Resolution
from participation.councils.resolution_views import done, went_well
from participation.forms import render_form
from participation.i18n import _
from participation.permissions import Person, require

bp = Blueprint("card_staff", __name__, url_prefix="/staff/resolution-cards")


@bp.get("")
def index() -> str:
    """The cards that wait for somebody to release them."""
    person = require(rules.visit_cards)
    areas = None if person.has_role("editor") else person.areas_of(*rules.SECRETARIES)
    return render_template("councils/staff/cards.html", page=queries.cards_that_wait(areas))


@bp.route("/<int:resolution_id>/<tag>", methods=["GET", "POST"])
def write(resolution_id: int, tag: str) -> ResponseReturnValue:
    """Write the card of one language; new words have to be released anew."""
    resolution, _person = _found(resolution_id, tag)
    form = CardForm(following.card_in(resolution, tag))
    if form.validate_on_submit():
        said = form.answers
        if went_well(form, lambda: following.write_card(resolution, tag, **said)):
            return done(resolution, _("The card was saved. Residents read it once somebody has released it."))
    return render_form("councils/staff/card.html", form, resolution=resolution, tag=tag)


@bp.route("/<int:resolution_id>/<tag>/release", methods=["GET", "POST"])
def release(resolution_id: int, tag: str) -> ResponseReturnValue:
    """Read the card beside what was decided, and stand for it."""
    resolution, person = _found(resolution_id, tag)
    card = following.card_in(resolution, tag)
    if card is None:
        abort(404)
    form = ReleaseForm(card)
    if form.validate_on_submit():
        seen = form.seen.data or ""
        if went_well(form, lambda: following.release_card(card, person, seen)):
            return done(resolution, _("The card is released."))
        form.seen.data = following.print_of(card)
    return render_form("councils/staff/card_release.html", form, resolution=resolution, card=card)


@bp.post("/<int:resolution_id>/<tag>/drop")
def drop(resolution_id: int, tag: str) -> Response:
    """Take the card away."""
    resolution, _person = _found(resolution_id, tag)
    following.drop_card(resolution, tag)
    return done(resolution, _("The card was deleted."))


def _found(resolution_id: int, tag: str) -> tuple[Resolution, Person]:
    require(rules.visit_cards)
    resolution = queries.resolution(resolution_id)
    # Of what residents never read, those who look after languages for the whole city read nothing either.
    may = rules.manage if resolution.is_confidential else rules.release
    person = require(may, resolution.council)
    if tag not in dict(language_choices()):
        abort(404)
    return resolution, person
