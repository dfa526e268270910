"""All that we keep about a registration, for whoever holds its receipt (D7, D8)."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

bp = Blueprint("own_data", __name__, url_prefix="/events/registration/data")


@bp.get("")
def show() -> ResponseReturnValue:
    """As a page to read."""
    return redirect(url_for("receipts.find"))
