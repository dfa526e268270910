"""Limits on how often somebody may try (V8), without keeping anybody's address (D4)."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, current_app, request
from flask_limiter import Limiter

from participation import clock
from participation.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])

_fallback_key = secrets.token_bytes(32)


def somebody() -> str:
    """A name for the sender that is good for one day: a keyed hash of the address, which itself is never kept."""
    key = str(current_app.secret_key).encode() if current_app.secret_key else _fallback_key
    told = f"{clock.today().isoformat()}|{request.remote_addr}"
    return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()[:32]


limiter = Limiter(key_func=somebody)


def limit(amount: str) -> Callable[[F], F]:
    """At most so many POSTs per sender, as in limit('10 per minute')."""
    return cast(Callable[[F], F], limiter.limit(amount, methods=["POST"]))


def limit_reading(amount: str) -> Callable[[F], F]:
    """At most so many looks per sender, where each look is work, as in a search."""
    return cast(Callable[[F], F], limiter.limit(amount, methods=["GET"]))


def init_app(app: Flask, settings: Settings) -> None:
    """Count in memory, or in Redis where several machines serve one city."""
    app.config.update(
        RATELIMIT_STORAGE_URI=settings.rate_limit_storage,
        RATELIMIT_ENABLED=not settings.testing,
        RATELIMIT_HEADERS_ENABLED=False,
    )
    limiter.init_app(app)
    # Each limited view asks by itself. Asking again before every request would cost all other pages for nothing.
    asked = app.before_request_funcs[None]
    asked[:] = [check for check in asked if getattr(check, "__self__", None) is not limiter]
