"""All that we keep about a member, to read and as a file, for whoever holds the member's receipt."""

import json

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from participation.councils import members, own_data
from participation.councils.names import ROLES

bp = Blueprint("own_seat_data", __name__, url_prefix="/own-seat/data")


@bp.get("")
def show() -> ResponseReturnValue:
    """As a page to read and to print."""
    person = members.own()
    return render_template("councils/own_data.html", member=person, data=own_data.as_dict(person), roles=ROLES)


@bp.get("/file")
def file() -> Response:
    """The same as JSON, for other programs."""
    data = own_data.as_dict(members.own())
    answer = Response(json.dumps(data, ensure_ascii=False, indent=2), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="council-seat.json"'
    return answer
