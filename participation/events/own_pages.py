"""What somebody does with the receipt of their registration at hand."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

bp = Blueprint("own_registration", __name__, url_prefix="/events")


@bp.route("/registration/change", methods=["GET", "POST"])
def change() -> ResponseReturnValue:
    abort(404)


@bp.route("/registration/cancel", methods=["GET", "POST"])
def cancel() -> ResponseReturnValue:
    abort(404)


@bp.route("/registration/names", methods=["GET", "POST"])
def names() -> ResponseReturnValue:
    abort(404)


@bp.route("/registration/consents", methods=["GET", "POST"])
def consents() -> ResponseReturnValue:
    abort(404)


@bp.get("/registration/ticket")
def ticket() -> ResponseReturnValue:
    abort(404)


@bp.route("/registration/erase", methods=["GET", "POST"])
def erase() -> ResponseReturnValue:
    abort(404)


@bp.get("/letters/<token>")
def open_letter(token: str) -> ResponseReturnValue:
    abort(404)


@bp.route("/letters", methods=["GET", "POST"])
def letter() -> ResponseReturnValue:
    abort(404)
