"""The districts of the city for residents: as text, and found by a street."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from participation.districts import queries, rules
from participation.districts.forms import StreetForm
from participation.forms import render_form
from participation.limits import limit
from participation.paging import paginate
from participation.permissions import require

bp = Blueprint("districts", __name__, url_prefix="/districts")


@bp.route("")
def index() -> ResponseReturnValue:
    require(rules.read)
    return render_template("districts/index.html", overview=queries.overview())


@bp.route("/<slug>")
def layer(slug: str) -> ResponseReturnValue:
    found = queries.layer(slug)
    require(rules.read)
    page = paginate(queries.present_areas(found), size=100)
    return render_template("districts/layer.html", layer=found, page=page)


@bp.route("/find", methods=["GET", "POST"])
@limit("60 per minute")
def find() -> ResponseReturnValue:
    """What people type is never stored and never stands in an address (V21); so this is a POST that answers at once."""
    require(rules.read)
    form = StreetForm()
    if not form.validate_on_submit():
        return render_form("districts/find.html", form, found=None)
    layers = queries.layers()
    areas = queries.areas_in_layers(form.street.data, layers)
    found = [(layer, areas[layer.id]) for layer in layers]
    is_crossing = any(len(several) > 1 for several in areas.values())
    return render_form("districts/find.html", form, found=found, is_crossing=is_crossing)
