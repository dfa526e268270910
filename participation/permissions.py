"""Who may: `require` at the door, `allowed` at the button, both asking the same function in a room's rules.py."""

from collections.abc import Callable
from typing import Any, Protocol, runtime_checkable

from flask import Flask, current_app, request
from flask_login import AnonymousUserMixin, current_user

from participation.errors import Forbidden, SignInNeeded


@runtime_checkable
class Person(Protocol):
    """Whoever is asking: a visitor or a member of staff."""

    @property
    def is_staff(self) -> bool:
        """Whether this person works for the city and is signed in."""

    def has_role(self, *roles: str, area_id: int | None = None) -> bool:
        """Whether one of the roles is held, everywhere or for the given area."""


Rule = Callable[..., bool]


def allowed(rule: Rule, *things: Any) -> bool:
    """Whether the person at the door may; pages ask this before they show a button."""
    return rule(person(), *things)


def require(rule: Rule, *things: Any) -> Any:
    """Let the person in and give them back, or say no: 401 for visitors, 403 for staff."""
    asking = person()
    if rule(asking, *things):
        return asking
    raise Forbidden if asking.is_staff else SignInNeeded


class Visitor(AnonymousUserMixin):  # type: ignore[misc]
    """Somebody who is not signed in: may read and take part, needs no account."""

    is_staff = False
    id = None
    name = ""

    def has_role(self, *_roles: str, area_id: int | None = None) -> bool:
        return False


VISITOR = Visitor()


def person() -> Any:
    """Who asks. Without a cookie it can only be a visitor, and then the session stays untouched (D12)."""
    return current_user if current_app.config["SESSION_COOKIE_NAME"] in request.cookies else VISITOR


def init_app(app: Flask) -> None:
    """Let pages ask the same questions as doors do."""
    app.jinja_env.globals.update(allowed=allowed, person=person)
