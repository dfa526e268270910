"""The map of ideas: the same list with a button that opens the map, and the data that the map asks for."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from sqlalchemy import select

from participation.db import session
from participation.districts import geometry
from participation.i18n import current_language
from participation.ideas import places, queries
from participation.ideas.map_points import View, points
from participation.ideas.models import Idea
from participation.ideas.views import asked_filters, listing
from participation.memory import remembered
from participation.settings import PROJECT

bp = Blueprint("ideas_map", __name__, url_prefix="/ideas")

LEAFLET = PROJECT / "static" / "vendor" / "leaflet" / "leaflet.js"
OUTLINES_LIVE = timedelta(hours=1)


@bp.app_template_global()
def has_map() -> bool:
    """Whether the map was fetched at set-up; without it everything works by list and by address (A8)."""
    return LEAFLET.exists()


@bp.get("/map")
def index() -> str:
    """The list of ideas, with the same filters, and the map on demand."""
    filters = asked_filters()
    calls = queries.open_calls()
    return render_template(
        "ideas/map.html",
        calls=calls,  # the categories name theirs
        categories=queries.categories(calls),
        focus=_asked_point(),
        **listing(filters),
    )


def _asked_point() -> tuple[float, float] | None:
    """Where the idea lies from whose page the reader comes."""
    told = request.args.get("idea", "")
    if not (told.isascii() and told.isdecimal() and len(told) < 10):
        return None
    idea = session.scalar(select(Idea).where(Idea.id == int(told), Idea.listed_at.is_not(None)))
    if idea is None or idea.latitude is None or idea.longitude is None:
        return None
    return places.rounded(idea.latitude), places.rounded(idea.longitude)


@bp.get("/map.json")
def data() -> Response:
    """What lies in the part that the map shows (?box=west,south,east,north), by the filters of the list."""
    found = points(asked_filters(), View.from_address(request.args.get("box", "")))
    return _for_a_while(
        jsonify(
            found,
        ),
        timedelta(minutes=1),
    )


@bp.get("/map/outlines.json")
def outlines() -> Response:
    """The districts as a background: the default layer, or the one with outlines."""
    return _for_a_while(
        jsonify(remembered(("map outlines", current_language().tag), _outlines, places.LIFETIME)), OUTLINES_LIVE
    )


def _for_a_while(answer: Response, lifetime: timedelta) -> Response:
    answer.cache_control.max_age = int(lifetime.total_seconds())
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def _outlines() -> list[dict[str, Any]]:
    known = places.outlines()
    shown = [one for one in known if one.is_default] or [one for one in known if one.layer_id == known[0].layer_id]
    return [{"name": str(one.name), "parts": _coarse(one.outline)} for one in shown]


def _coarse(outline: dict[str, Any]) -> list[Any]:
    """The outline as the map draws it: latitude first, to about ten metres. Neighbours stay neighbours."""
    return [[_ring(ring) for ring in polygon] for polygon in geometry.polygons(outline)]


def _ring(ring: list[list[float]]) -> list[tuple[float, float]]:
    drawn: list[tuple[float, float]] = []
    for x, y in ring:
        position = (places.rounded(y), places.rounded(x))
        if not drawn or drawn[-1] != position:
            drawn.append(position)
    return drawn


@bp.app_template_global()
def map_addresses() -> dict[str, str]:
    """Where the scripts of the map find what they need."""
    return {
        "points": url_for("ideas_map.data"),
        "outlines": url_for("ideas_map.outlines"),
        "idea": url_for("ideas.show", idea_id=0).removesuffix("0"),
    }
