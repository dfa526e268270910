"""The register of resolutions, as everybody reads it: what was decided, how far it is, and who answers for it."""

from flask import Blueprint, abort, render_template, request, send_file
from werkzeug.wrappers import Response

from participation import spreadsheets
from participation.councils import blackening, public_agenda, register_table, tasks
from participation.councils import resolution_queries as queries
from participation.councils.blackening import Blackening
from participation.councils.labels import VOTES
from participation.councils.mentioning import sources
from participation.councils.resolution_labels import COMMITTEE_ANSWERS, STATES, TASK_STATES
from participation.councils.resolution_models import Resolution, ResolutionStep
from participation.i18n import current_language
from participation.limits import limit

bp = Blueprint("resolutions", __name__, url_prefix="/resolutions")
bp.add_app_template_filter(blackening.shown, "blacked_out")
bp.add_app_template_filter(blackening.shown_line, "blacked_out_line")
bp.add_app_template_filter(tasks.public_responsible, "public_responsible")


@bp.get("/")
def index() -> str:
    """All public resolutions of all councils, the newest first."""
    filters = queries.Filters.from_address(request.args)
    return render_template(
        "councils/resolutions.html",
        filters=filters,
        page=queries.public_page(filters),
        councils=queries.councils(),
        years=queries.years(),
        states=STATES,
    )


@bp.get("/register.csv")
@limit("10 per minute; 60 per hour")
def export() -> Response:
    """The same as a table."""
    file = spreadsheets.temporary_file()
    register_table.write(file, queries.Filters.from_address(request.args))
    file.seek(0)
    return send_file(file, mimetype=spreadsheets.CSV_TYPE, as_attachment=True, download_name="resolutions.csv")


@bp.get("/tasks", endpoint="tasks")
def open_tasks() -> str:
    """What was promised in meetings and is not done yet."""
    council = queries.Filters.from_address(request.args).council
    return render_template(
        "councils/public_tasks.html",
        page=queries.open_public_tasks(council),
        councils=queries.councils(),
        council=council,
    )


@bp.get("/<int:resolution_id>")
def show(resolution_id: int) -> str:
    """One resolution: what was decided and how, what became of it, and where it began."""
    resolution = queries.resolution(resolution_id)
    if not (resolution.is_public and resolution.council.is_public):
        abort(404)
    hidden = public_agenda.blackening_of([resolution.item])
    return render_template(
        "councils/resolution.html",
        resolution=resolution,
        hidden=hidden.text,
        card=card_for_reader(resolution),
        others=[one for one in resolution.cards if one.released_at and one.language != current_language().tag],
        steps=steps_in_public(resolution, hidden),
        tasks=queries.public_tasks_of(resolution.item_id),
        sources=sources(resolution),
        states=STATES,
        task_states=TASK_STATES,
        answers=COMMITTEE_ANSWERS,
        votes=VOTES,
    )


def steps_in_public(resolution: Resolution, hidden: Blackening) -> list[tuple[ResolutionStep, str]]:
    """Its history with the notes as residents read them, after the first line, which is the resolution itself."""
    later = resolution.steps[1:] if resolution.steps and not resolution.steps[0].note else resolution.steps
    return [(one, hidden.text(one.note)) for one in later]


def card_for_reader(resolution: Resolution) -> object | None:
    """The card in the reader's language, once a person stands for its words."""
    tag = current_language().tag
    return next((one for one in resolution.cards if one.language == tag and one.released_at), None)
