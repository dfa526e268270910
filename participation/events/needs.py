"""What somebody has to arrange for an event: interpreters, sign language, child care, room for wheelchairs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import Row, or_, select
from sqlalchemy.orm import selectinload

from participation import audit, clock
from participation.db import session
from participation.errors import Refused
from participation.events import registration_queries, rules, standing
from participation.events.arrangement_models import Arrangement, NeedKind
from participation.events.models import Event
from participation.events.registration_models import Registration
from participation.events.standing import Standing
from participation.feature import Duty
from participation.i18n import _l
from participation.permissions import Person

SOON = timedelta(days=14)


class NothingToArrange(Refused):
    message = _l("Nobody needs this at the moment. Please load the page again.")


class Kind(NamedTuple):
    """One thing to arrange: a kind of need, for interpreters with the language."""

    kind: NeedKind
    language: str = ""


@dataclass
class Need:
    """How many need one thing, and whether it is arranged for all who have a place."""

    kind: NeedKind
    language: str
    coming: int = 0
    waiting: int = 0
    arrangement: Arrangement | None = None
    registrations: list[Any] = field(default_factory=list)

    @property
    def is_arranged(self) -> bool:
        """Arranged for as many as have a place now."""
        return self.arrangement is not None and self.arrangement.arranged_for >= self.coming

    @property
    def is_open(self) -> bool:
        """Whether somebody with a place needs it, and nobody has arranged it yet."""
        return self.coming > 0 and not self.is_arranged

    @property
    def missing(self) -> int:
        """How many have come to need it since it was arranged."""
        return max(0, self.coming - self.arrangement.arranged_for) if self.arrangement else self.coming


def of_event(event: Event) -> list[Need]:
    """All that is needed, in the order of the page."""
    return of_events([event.id])[event.id]


def of_events(event_ids: Sequence[int]) -> dict[int, list[Need]]:
    """The same for several events; two statements, however many."""
    found: dict[int, dict[Kind, Need]] = {number: {} for number in event_ids}
    for row in _rows(event_ids):
        if row.standing != Standing.CANCELLED.value:
            _count(row, found[row.event_id])
    for done in session.scalars(select(Arrangement).where(Arrangement.event_id.in_(event_ids))):
        need = found[done.event_id].get(Kind(done.kind, done.language))
        if need is not None:
            need.arrangement = done
    order = list(NeedKind)

    def place(need: Need) -> tuple[int, int, str]:
        return order.index(need.kind), -need.coming, need.language

    return {number: sorted(needs.values(), key=place) for number, needs in found.items()}


def arrange(event: Event, kind: NeedKind, language: str, staff_id: int | None) -> None:
    """It is arranged for all who have a place now."""
    need = next((one for one in of_event(event) if (one.kind, one.language) == (kind, language)), None)
    if need is None or not need.coming:
        raise NothingToArrange
    done = session.get(Arrangement, (event.id, kind, language), with_for_update=True)
    if done is None:
        done = Arrangement(event_id=event.id, kind=kind, language=language)
        session.add(done)
    done.arranged_for, done.arranged_at, done.arranged_by_id = need.coming, clock.now(), staff_id
    audit.record("event.need_arranged", thing=f"event {event.id}", need=kind.value, language=language)
    session.flush()


def not_arranged(event: Event, kind: NeedKind, language: str) -> None:
    """It was a mistake, or the interpreter is ill."""
    done = session.get(Arrangement, (event.id, kind, language))
    if done is not None:
        session.delete(done)
        audit.record("event.need_reopened", thing=f"event {event.id}", need=kind.value, language=language)
        session.flush()


def duty(user: Person) -> Duty | None:
    """Events of the next two weeks for which something is still to be arranged; it leads to the first of them."""
    if not rules.visit(user):
        return None
    near = _soon(user)
    needed = of_events([event.id for event in near]) if near else {}
    waiting = [event for event in near if any(need.is_open for need in needed[event.id])]
    if not waiting:
        return None
    return Duty(
        _l("Events in the next two weeks with needs to arrange"),
        url_for("event_needs.show", event_id=waiting[0].id),
        len(waiting),
        waiting[0].local_start.date(),
    )


def _soon(user: Person) -> list[Event]:
    now = clock.now()
    has_needs = select(Registration.id).where(Registration.event_id == Event.id, _some_need()).exists()
    near = (
        select(Event)
        .where(Event.published_at <= now, Event.starts_at > now, Event.starts_at <= now + SOON)
        .where(Event.cancelled_at.is_(None), has_needs)
        .order_by(Event.starts_at, Event.id)
        .options(selectinload(Event.areas))
    )
    return [event for event in session.scalars(near) if rules.see_registrations(user, event)]


def _some_need() -> Any:
    return or_(*(registration_queries.has_need(kind) for kind in NeedKind))


def _rows(event_ids: Sequence[int]) -> Sequence[Row[Any]]:
    facts = (
        Registration.id,
        Registration.event_id,
        Registration.name,
        Registration.persons,
        Registration.interpreter,
        Registration.sign_language,
        Registration.children,
        Registration.wheelchairs,
        Registration.needs,
        standing.column(),
    )
    needy = select(*facts).where(Registration.event_id.in_(event_ids), _some_need())
    return session.execute(needy.order_by(Registration.name, Registration.id)).all()


def _count(row: Row[Any], found: dict[Kind, Need]) -> None:
    for key, number in _needs_of(row):
        need = found.setdefault(key, Need(key.kind, key.language))
        need.registrations.append(row)
        if row.standing == Standing.COMING.value:
            need.coming += number
        else:
            need.waiting += number


def _needs_of(row: Row[Any]) -> Iterable[tuple[Kind, int]]:
    """What one registration needs, and for how many: interpreters speak to all of a family."""
    if row.interpreter:
        yield Kind(NeedKind.INTERPRETER, row.interpreter), row.persons
    if row.sign_language:
        yield Kind(NeedKind.SIGN_LANGUAGE), row.persons
    if row.children:
        yield Kind(NeedKind.CHILD_CARE), row.children
    if row.wheelchairs:
        yield Kind(NeedKind.WHEELCHAIRS), row.wheelchairs
    if row.needs:
        yield Kind(NeedKind.OTHER), 1
