"""All that we keep about a registration, for whoever holds its receipt: to read, and as a file (D7, D8)."""

import json

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from participation.events import extra_answers, matters, outbox, personal_data, registration_queries
from participation.events.registration_models import Registration
from participation.events.registration_wordings import FATES, SOURCES, STATES
from participation.receipts import pocket

bp = Blueprint("own_data", __name__, url_prefix="/events/registration/data")


def own() -> Registration:
    """The registration that belongs to the receipt at hand."""
    return pocket.own(matters.of_receipt)


@bp.get("")
def show() -> ResponseReturnValue:
    """As a page to read and to print."""
    registration = own()
    return render_template(
        "events/own_data.html",
        registration=registration,
        event=registration.event,
        data=personal_data.as_dict(registration),
        answers=list(extra_answers.shown(registration)),
        letters=outbox.letters(registration.contact) if registration.contact else (),
        came=registration_queries.check_in(registration),
        states=STATES,
        sources=SOURCES,
        fates=FATES,
    )


@bp.get("/file")
def file() -> Response:
    """The same as JSON, for other programs."""
    data = personal_data.as_dict(own())
    answer = Response(json.dumps(data, ensure_ascii=False, indent=2), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="registration.json"'
    return answer
