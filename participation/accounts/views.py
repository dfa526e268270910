"""The doors of the office: signing in, the second factor, signing out, and links that work once."""

from flask import Blueprint
from werkzeug.wrappers import Response

bp = Blueprint("accounts", __name__)


@bp.get("/account/sign-in")
def sign_in() -> str:
    return ""


@bp.post("/account/sign-out")
def sign_out() -> Response:
    return Response()


@bp.get("/staff")
def staff_home() -> str:
    return ""
