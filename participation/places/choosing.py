"""Choosing a place, or a room in it, from a menu."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from participation.db import session
from participation.i18n import _, format_number
from participation.places.models import Place
from participation.text_matching import order_key


def places_to_choose(chosen: Place | None = None) -> list[Place]:
    """Places that are in use, in the order of the alphabet, and the one that was chosen before."""
    wanted = Place.is_active if chosen is None else or_(Place.is_active, Place.id == chosen.id)
    rows = session.scalars(select(Place).where(wanted).options(selectinload(Place.rooms)))
    return sorted(rows, key=lambda one: order_key(str(one.name)))


def spots(places: list[Place]) -> dict[str, tuple[tuple[Any, Any], str]]:
    """Places, each followed by its rooms, under the keys of the menu: the place, the room, and what the menu says."""
    offered: dict[str, tuple[tuple[Any, Any], str]] = {}
    for place in places:
        offered[spot_key(place.id)] = (place, None), f"{place.name}, {place.address}"
        for room in place.rooms:
            offered[spot_key(place.id, room.id)] = (place, room), f"{place.name}, {_room_label(room)}"
    return offered


def spot_key(place_id: int | None, room_id: int | None = None) -> str:
    """How the menu calls a place, or a room in it."""
    if place_id is None:
        return ""
    return f"{place_id}-{room_id}" if room_id is not None else str(place_id)


def _room_label(room: Any) -> str:
    return _("%(room)s (%(n)s people)", room=room.name, n=format_number(room.holds)) if room.holds else str(room.name)
