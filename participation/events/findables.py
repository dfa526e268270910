"""Events as the search desk and links between rooms show them."""

from collections.abc import Mapping, Sequence

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from participation.db import session
from participation.events import indexing, queries
from participation.events.models import Event
from participation.feature import Findable, Finding
from participation.i18n import _l


def load(ids: Sequence[int]) -> Mapping[int, Finding]:
    """The public ones among these, with what they say in each language."""
    query = select(Event).where(Event.id.in_(ids), queries.is_public())
    return {
        event.id: Finding(
            title=event.title,
            url=url_for("events.show", event_id=event.id),
            day=event.local_start.date(),
            texts=indexing.said(event),
            place=event.place.name if event.place else None,
        )
        for event in session.scalars(query.options(joinedload(Event.place), joinedload(Event.room)))
    }


def every() -> Sequence[int]:
    """The ids of all public events, by time."""
    return session.scalars(select(Event.id).where(queries.is_public()).order_by(Event.starts_at, Event.id)).all()


def index(ids: Sequence[int]) -> None:
    """Index these anew."""
    around = (joinedload(Event.place), joinedload(Event.room), selectinload(Event.areas))
    for event in session.scalars(select(Event).where(Event.id.in_(ids)).options(*around)):
        indexing.index(event)


FINDABLES = [Findable(indexing.KIND, _l("Events"), load, every, index)]
