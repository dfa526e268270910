"""Who may: `require` at the door, `allowed` at the button, both asking the same function in a room's rules.py."""

from collections.abc import Callable
from types import ModuleType
from typing import Any, Protocol, runtime_checkable

from flask import Flask, current_app, g, has_request_context, request
from flask_login import AnonymousUserMixin, current_user

from participation.errors import Forbidden, SignInNeeded


@runtime_checkable
class Person(Protocol):
    """Whoever is asking: a visitor or a member of staff."""

    @property
    def name(self) -> str:
        """Whose name stands beside what was changed; visitors have none."""

    @property
    def is_staff(self) -> bool:
        """Whether this person works for the city and is signed in."""

    def has_role(self, *roles: str, area_id: int | None = None) -> bool:
        """Whether one of the roles is held, everywhere or for the given area."""

    def areas_of(self, *roles: str) -> frozenset[int] | None:
        """The areas for which one of the roles is held: None is everywhere, an empty set is nowhere."""


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


class Visitor(AnonymousUserMixin):
    """Somebody who is not signed in: may read and take part, needs no account."""

    is_staff = False
    is_demo = False
    id = None
    name = ""

    def has_role(self, *_roles: str, area_id: int | None = None) -> bool:  # noqa: ARG002  (the same question as to staff)
        return False

    def areas_of(self, *_roles: str) -> frozenset[int] | None:
        return frozenset()


VISITOR = Visitor()


def has_session() -> bool:
    """Whether the browser carries our cookie; asking the session itself would count as using it (D12)."""
    return has_request_context() and current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def person() -> Any:
    """Who asks. Without a cookie it can only be a visitor, and then the session stays untouched (D12)."""
    if not has_session():
        return VISITOR
    # The person themselves, not Flask-Login's stand-in, which the database would not know.
    return g.get("_login_user") or current_user._get_current_object()


class RoomRules:
    """`rules.surveys.edit` in a page: the rules of every room, under its name."""

    def __getattr__(self, name: str) -> ModuleType:
        for room in current_app.extensions["features"]:
            if room.name == name and room.rules is not None:
                rules: ModuleType = room.rules
                return rules
        raise AttributeError(name)


def init_app(app: Flask) -> None:
    """Let pages ask the same questions as doors do."""
    app.jinja_env.globals.update(allowed=allowed, has_session=has_session, person=person, rules=RoomRules())
