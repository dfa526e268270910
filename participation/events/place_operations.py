"""What staff do with places, their rooms, and the topics of events."""

from typing import Any

from sqlalchemy import ColumnElement, select, update

from participation import audit, clock
from participation.db import session
from participation.errors import Refused
from participation.events import life, staff_queries
from participation.events.models import Event, Topic
from participation.i18n import LocalizedText, _l
from participation.places.models import Place, Room, StepFree

# What stands in calendars and on the pages of events.
TOLD = {"name", "address", "postal_code", "town", "latitude", "longitude"}


class PlaceInUse(Refused):
    message = _l("Events take place here, or did. The place cannot be deleted, but you can take it out of the list.")


class RoomInUse(Refused):
    message = _l("Events take place in this room, or did, so it cannot be deleted. You can give it another name.")


class TopicInUse(Refused):
    message = _l("There are events about this topic, so it cannot be deleted. You can give it another name.")


# --- Places -----------------------------------------------------------------------------------------------------------


def keep_place(place: Place | None, **facts: Any) -> Place:
    """A new place, or new facts about one; events that are to happen there repeat some of them."""
    kept = place or Place(is_active=True)
    changed = {name for name, fact in facts.items() if getattr(kept, name) != fact}
    for name in changed:
        setattr(kept, name, facts[name])
    session.add(kept)
    session.flush()
    audit.record("place.changed" if place else "place.created", thing=name_of(kept), fields=sorted(changed))
    if place is not None and "step_free" in changed:
        _repeat_step_free(place)
    if place is not None and changed & TOLD:
        _tell_calendars(Event.place_id == place.id)
    return kept


def _repeat_step_free(place: Place) -> None:
    is_step_free = place.step_free is StepFree.YES
    session.execute(update(Event).where(Event.place_id == place.id).values(is_step_free=is_step_free))


def _tell_calendars(is_there: ColumnElement[bool]) -> None:
    to_come = (is_there, Event.published_at.is_not(None), Event.ends_at > clock.now())
    for event in session.scalars(select(Event).where(*to_come).order_by(Event.id)):
        life.touch(event)


def deactivate(place: Place) -> None:
    """No new event is offered this place; those that are to happen there stay."""
    place.is_active = False
    session.flush()
    audit.record("place.deactivated", thing=name_of(place))


def activate(place: Place) -> None:
    """New events can happen there again."""
    place.is_active = True
    session.flush()
    audit.record("place.activated", thing=name_of(place))


def delete_place(place: Place) -> None:
    """Only one where no event has ever been."""
    if staff_queries.events_at(place):
        raise PlaceInUse
    audit.record("place.deleted", thing=name_of(place))
    session.delete(place)
    session.flush()


def keep_room(place: Place, room: Room | None, **facts: Any) -> Room:
    """A new room of a place, or new facts about one; events that are to happen there tell its new name."""
    kept = room or Room(place=place)
    has_new_name = room is not None and facts.get("name", room.name) != room.name
    for name, fact in facts.items():
        setattr(kept, name, fact)
    session.add(kept)
    session.flush()
    audit.record("room.changed" if room else "room.created", thing=f"room {kept.id}", place=place.id)
    if has_new_name:
        _tell_calendars(Event.room_id == kept.id)
    return kept


def delete_room(room: Room) -> None:
    """Only one where no event has ever been."""
    if staff_queries.is_room_used(room):
        raise RoomInUse
    audit.record("room.deleted", thing=f"room {room.id}", place=room.place_id)
    session.delete(room)
    session.flush()


def name_of(place: Place) -> str:
    """What the audit log calls it."""
    return f"place {place.id}"


# --- Topics -----------------------------------------------------------------------------------------------------------


def add_topic(name: LocalizedText) -> Topic:
    """One more topic, the last in the list."""
    position = max((one.position for one in staff_queries.topics()), default=-1) + 1
    topic = Topic(name=name, position=position)
    session.add(topic)
    session.flush()
    audit.record("topic.added", thing=f"topic {topic.id}")
    return topic


def rename_topic(topic: Topic, name: LocalizedText) -> None:
    """The same topic under another name."""
    topic.name = name
    session.flush()
    audit.record("topic.renamed", thing=f"topic {topic.id}")


def move_topic(topic: Topic) -> None:
    """One place further up; the first one stays where it is."""
    order = list(staff_queries.topics())
    place = order.index(topic)
    if place:
        order[place - 1 : place + 1] = [topic, order[place - 1]]
    for position, one in enumerate(order):
        one.position = position
    session.flush()


def delete_topic(topic: Topic) -> None:
    """Only one that no event is about."""
    if staff_queries.is_topic_used(topic):
        raise TopicInUse
    audit.record("topic.deleted", thing=f"topic {topic.id}")
    session.delete(topic)
    session.flush()
