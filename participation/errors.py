"""Refusals, and the page for every kind of no: it says what happened and what to do next."""

import secrets

import structlog
from flask import Flask, Response, current_app, g, render_template, request
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import NoResultFound
from werkzeug.exceptions import HTTPException

from participation.db import session
from participation.i18n import LazyText, _, _l, negotiate

log = structlog.get_logger()


class Refused(Exception):
    """A rule of the house says no; the message is a sentence for the person who asked. Becomes a 409 page."""

    message: LazyText | str = _l("This is not possible at the moment.")

    def __init__(self, message: LazyText | str | None = None) -> None:
        super().__init__()
        if message is not None:
            self.message = message

    def __str__(self) -> str:
        return str(self.message)


class Forbidden(HTTPException):
    """Signed in, but not allowed."""

    code = 403


class SignInNeeded(HTTPException):
    """Not signed in, and the page is for staff."""

    code = 401


class TokenExpired(Refused):
    """The hidden token of a form was missing, forged or too old (V10)."""

    message = _l("This page was open for a long time. Please go back, load the page again and send it once more.")


def _titles(code: int) -> tuple[str, str]:
    known = {
        400: (_("We could not read that"), _("Something in what was sent is not right. Please go back and try again.")),
        401: (_("Please sign in"), _("This page is for staff of the city.")),
        403: (_("You may not open this page"), _("Your account does not have the right for this page.")),
        404: (_("We cannot find this page"), _("The address may have a typing error, or the page has moved.")),
        405: (_("We cannot find this page"), _("Please start again from the home page.")),
        409: (_("That did not work"), ""),
        410: (_("This is no longer here"), _("It was taken away.")),
        413: (_("That is too large"), _("Please send less text or a smaller file.")),
        429: (_("Too many attempts"), _("Please wait a few minutes and try again.")),
    }
    if code in known:
        return known[code]
    if code < 500:
        return known[400]
    return _("Something went wrong here"), _("It is our fault. Nothing was changed. Please try again in a few minutes.")


def spoken_here() -> str:
    """The language in an address that leads nowhere, or else the browser's."""
    first = request.path.strip("/").partition("/")[0]
    return first if first in current_app.config["LANGUAGES"] else negotiate(request)


def error_page(code: int, message: str = "", reference: str = "") -> tuple[str, int]:
    """The page for a no, in the reader's language even when the address has none."""
    if "language" not in g:
        g.language = spoken_here()
    title, advice = _titles(code)
    return render_template("error.html", code=code, title=title, message=message or advice, reference=reference), code


def init_app(app: Flask) -> None:
    """Answer every kind of no with a page of ours."""

    @app.errorhandler(Refused)
    def refused(error: Refused) -> tuple[str, int]:
        session.rollback()
        return error_page(409, str(error))

    @app.errorhandler(NoResultFound)
    def missing(_error: NoResultFound) -> tuple[str, int]:
        return error_page(404)

    @app.errorhandler(CSRFError)
    def forged(_error: CSRFError) -> tuple[str, int]:
        return error_page(400, str(TokenExpired.message))

    @app.errorhandler(RateLimitExceeded)
    def too_many(_error: RateLimitExceeded) -> tuple[str, int]:
        log.info("rate_limited", endpoint=request.endpoint)
        return error_page(429)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> tuple[str, int] | Response | HTTPException:
        if error.code is None or error.code < 400 or error.response is not None:
            return error
        return error_page(error.code)

    @app.errorhandler(Exception)
    def broken(error: Exception) -> tuple[str, int]:
        if app.testing:
            raise error
        session.rollback()
        reference = secrets.token_hex(4)
        log.error("unhandled_error", reference=reference, endpoint=request.endpoint, exc_info=error)
        return error_page(500, reference=reference)
