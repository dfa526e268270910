"""The search desk: one question to the whole house, with a kind, a part of the city and a period to narrow it down."""

from flask import Blueprint, render_template, request

from participation.feature import features
from participation.limits import limit_reading
from participation.search import queries
from participation.search.filters import Filters

bp = Blueprint("search", __name__, url_prefix="/search")


@bp.get("")
@limit_reading("60 per minute; 1000 per hour")
def index() -> tuple[str, int]:
    """The form, and what was found; a day that cannot be read is said so, and nothing is looked for."""
    filters = Filters.from_address(request.args)
    results = queries.results(filters) if filters.words and not filters.errors else None
    page = render_template(
        "search/index.html",
        filters=filters,
        results=results,
        kinds=queries.kinds(),
        areas=queries.areas(),
        doors=[item for room in features() for item in room.navigation],
    )
    return page, 422 if filters.errors else 200
