"""The office's register: every resolution, how far it is, and who does it by when."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation.councils import following, rules
from participation.councils import resolution_queries as queries
from participation.councils.labels import VOTES
from participation.councils.mentioning import sources
from participation.councils.resolution_forms import PlanForm, StepForm
from participation.councils.resolution_labels import COMMITTEE_ANSWERS, STATES
from participation.councils.resolution_models import Resolution
from participation.db import session
from participation.errors import Refused
from participation.forms import Form, render_form
from participation.i18n import _
from participation.permissions import Person, allowed, require

bp = Blueprint("resolution_staff", __name__, url_prefix="/staff/resolutions")


@bp.get("")
def index() -> str:
    """The resolutions this person looks after; of one council or one meeting if the address says so."""
    areas = require(rules.visit).areas_of(*rules.SECRETARIES)
    filters = queries.Filters.from_address(request.args)
    return render_template(
        "councils/staff/resolutions.html",
        page=queries.staff_page(filters, areas),
        filters=filters,
        councils=queries.councils(only_public=False, areas=areas),
        years=queries.years(),
        states=STATES,
    )


@bp.get("/<int:resolution_id>")
def show(resolution_id: int) -> str:
    """One resolution with all that is done with it."""
    resolution, _person = resolution_for(resolution_id)
    return render_template(
        "councils/staff/resolution.html",
        resolution=resolution,
        sources=sources(resolution),
        wanted=following.wanted_languages(resolution),
        card_in=following.card_in,
        states=STATES,
        votes=VOTES,
        answers=COMMITTEE_ANSWERS,
    )


@bp.route("/<int:resolution_id>/step", methods=["GET", "POST"])
def step(resolution_id: int) -> ResponseReturnValue:
    """Write down how far it is."""
    resolution, person = resolution_for(resolution_id)
    form = StepForm(resolution, following.last_step(resolution))
    if form.validate_on_submit():
        said = form.answers
        if went_well(form, lambda: following.step(resolution, person=person, **said)):
            return done(resolution, _("The step is written down. Everybody can read it once the minutes are public."))
        form.seen.data = str(following.last_step(resolution))
    return render_form("councils/staff/resolution_step.html", form, resolution=resolution, states=STATES)


@bp.route("/<int:resolution_id>/plan", methods=["GET", "POST"])
def plan(resolution_id: int) -> ResponseReturnValue:
    """Say who does it, and by when."""
    resolution, _person = resolution_for(resolution_id)
    form = PlanForm(obj=resolution)
    if form.validate_on_submit() and went_well(form, lambda: following.plan(resolution, **form.answers)):
        return done(resolution, _("Who does it and by when was saved."))
    return render_form("councils/staff/resolution_plan.html", form, resolution=resolution)


# --- What all views of the register share -----------------------------------------------------------------------------


def resolution_for(resolution_id: int) -> tuple[Resolution, Person]:
    """The resolution, if the person at the door looks after its council."""
    require(rules.visit)
    resolution = queries.resolution(resolution_id)
    return resolution, require(rules.manage, resolution.council)


def went_well(form: Form, change: Callable[[], object]) -> bool:
    """Do it; a no comes back with the form, so that nothing typed is lost."""
    try:
        change()
    except Refused as refused:
        session.rollback()
        form.form_errors.append(str(refused))
        return False
    return True


def done(resolution: Resolution, message: str) -> Response:
    """Back to the resolution, or for those who only release cards to the cards that wait."""
    flash(message)
    if allowed(rules.manage, resolution.council):
        return redirect(url_for("resolution_staff.show", resolution_id=resolution.id))
    return redirect(url_for("card_staff.index"))
