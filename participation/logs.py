"""Logs: one JSON object a line, in UTC, without names, addresses or secrets (V24, D4)."""

import logging
import sys
from typing import Any

import structlog
from flask import Flask, Response, g, request

from participation.permissions import VISITOR, person

log = structlog.get_logger()


def configure() -> None:
    """Write structured lines to standard error, where the server's supervisor collects them."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def init_app(app: Flask) -> None:
    """Log what was refused; what succeeds is told by the audit log and by the database."""

    @app.after_request
    def note_refusals(response: Response) -> Response:
        if response.status_code in {401, 403, 409, 422, 429} or response.status_code >= 500:
            log.info("answered", **_facts(response))
        return response


def _facts(response: Response) -> dict[str, Any]:
    # The rule, not the address: addresses may hold what a person typed.
    asking = person() if "_login_user" in g else VISITOR
    rule = request.url_rule.rule if request.url_rule else None
    return {"status": response.status_code, "method": request.method, "rule": rule, "staff": asking.id}
