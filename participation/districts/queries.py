"""Looking up layers, areas and streets."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from participation import clock
from participation.db import session
from participation.districts import streets
from participation.districts.models import Area, ImportDraft, Layer, Street
from participation.text_matching import order_key

SHORTEST_BEGINNING = 4  # fewer letters are no clear beginning of a street's name
SHOWN_AT_ONCE = 60
MOST_ROWS = 2_000  # of a directory, for one lookup


class Overview(NamedTuple):
    """A layer for the public list: how many areas it has today and, when they are not too many, which ones."""

    layer: Layer
    total: int
    areas: Sequence[Area]


def layers() -> Sequence[Layer]:
    """All layers, the default one first."""
    return session.scalars(select(Layer).order_by(Layer.is_default.desc(), Layer.slug)).all()


def layer(slug: str) -> Layer:
    """The layer with this slug; a slug nobody knows is not found."""
    return session.scalars(select(Layer).where(Layer.slug == slug)).one()


def layer_by_id(layer_id: int) -> Layer:
    """The layer with this number."""
    return session.get_one(Layer, layer_id)


def default_layer() -> Layer | None:
    """The layer that is meant where nobody says which one."""
    return session.scalar(select(Layer).where(Layer.is_default))


def valid_on(day: date) -> ColumnElement[bool]:
    """The areas that exist on a day; the first and the last day count."""
    return and_(
        or_(Area.valid_from.is_(None), Area.valid_from <= day),
        or_(Area.valid_to.is_(None), Area.valid_to >= day),
    )


def areas(layer: Layer, on: date | None = None) -> list[Area]:
    """The areas of a layer on a day (today), ordered by their names in the reader's language."""
    found = session.scalars(select(Area).where(Area.layer_id == layer.id, valid_on(on or clock.today())))
    return sorted(found, key=lambda area: order_key(str(area.name)))


def every_area(layer: Layer) -> Select[Area]:
    """All areas of a layer, past and future ones too, as a list to be paged."""
    return (
        select(Area)
        .where(Area.layer_id == layer.id)
        .options(joinedload(Area.merged_into))
        .order_by(Area.sort_name, Area.id)
    )


def present_areas(layer: Layer) -> Select[Area]:
    """The areas of today, as a list to be paged."""
    return select(Area).where(Area.layer_id == layer.id, valid_on(clock.today())).order_by(Area.sort_name, Area.id)


def area(area_id: int) -> Area:
    """The area with this number."""
    return session.get_one(Area, area_id)


def areas_by_id(layer: Layer) -> dict[int, Area]:
    """All areas of a layer by number, past ones too: results and receipts may still name them."""
    found = session.scalars(select(Area).where(Area.layer_id == layer.id))
    return {one.id: one for one in found}


def merge_targets(layer: Layer) -> dict[int, int]:
    """For each area the one it is counted with in results: itself, or where the stored rule leads to (S7)."""
    rows = session.execute(select(Area.id, Area.merged_into_id).where(Area.layer_id == layer.id))
    step: dict[int, int | None] = {area_id: target for area_id, target in rows}  # noqa: C416  (as above)
    return {area_id: _end_of(area_id, step) for area_id in step}


def _end_of(area_id: int, step: dict[int, int | None]) -> int:
    seen = {area_id}
    while (following := step.get(area_id)) is not None and following not in seen:
        area_id = following
        seen.add(area_id)
    return area_id


def overview() -> list[Overview]:
    """Every layer with its areas of today, in three statements."""
    today = valid_on(clock.today())
    rows = session.execute(select(Area.layer_id, func.count()).where(today).group_by(Area.layer_id))
    counts = {layer_id: count for layer_id, count in rows}  # noqa: C416  (mypy does not see pairs in rows)
    short = [layer_id for layer_id, count in counts.items() if count <= SHOWN_AT_ONCE]
    found = session.scalars(select(Area).where(Area.layer_id.in_(short), today)).all()
    ordered = sorted(found, key=lambda one: order_key(str(one.name)))
    return [
        Overview(one, counts.get(one.id, 0), [area for area in ordered if area.layer_id == one.id]) for one in layers()
    ]


def street_count(layer: Layer) -> int:
    """How many rows the street directory of a layer has."""
    return session.scalar(select(func.count(Street.id)).join(Area).where(Area.layer_id == layer.id)) or 0


def areas_of_street(typed: str, layer: Layer) -> list[Area]:
    """The areas in which a typed street lies today: none when we do not know it, several when it crosses areas.

    "Hauptstr. 12a" and "hauptstrasse 12" find the same; of the beginnings of names only those that fit one street.
    """
    return areas_in_layers(typed, [layer])[layer.id]


def areas_in_layers(typed: str, layers: Sequence[Layer]) -> dict[int, list[Area]]:
    """The same for several layers at once, by the numbers of the layers, in two statements."""
    meanings = streets.readings(typed)
    exact = _rows(layers, [Street.key == one.key for one in meanings])
    long_enough = [one.key for one in meanings if len(one.key) >= SHORTEST_BEGINNING]
    missing = [layer for layer in layers if layer.id not in exact]
    begun = _rows(missing, [Street.key.startswith(one, autoescape=True) for one in long_enough])
    return {
        layer.id: _chosen(exact.get(layer.id, ()), meanings) or _begun(begun.get(layer.id, ()), meanings)
        for layer in layers
    }


def _chosen(rows: Sequence[Street], meanings: Sequence[streets.Typed]) -> list[Area]:
    for meaning in meanings:
        if same := [row for row in rows if row.key == meaning.key]:
            return _areas_for(same, meaning.house)
    return []


def _begun(rows: Sequence[Street], meanings: Sequence[streets.Typed]) -> list[Area]:
    for meaning in meanings:
        fitting = [row for row in rows if row.key.startswith(meaning.key)]
        if len({row.key for row in fitting}) == 1:
            return _areas_for(fitting, meaning.house)
    return []


def _rows(layers: Sequence[Layer], wanted: Sequence[ColumnElement[bool]]) -> dict[int, list[Street]]:
    """The rows of today that fit one of the conditions, by layer."""
    if not layers or not wanted:
        return {}
    query = (
        select(Street)
        .join(Street.area)
        .where(Area.layer_id.in_([layer.id for layer in layers]), valid_on(clock.today()), or_(*wanted))
        .options(joinedload(Street.area))
        .order_by(Street.id)
        .limit(MOST_ROWS)
    )
    found: dict[int, list[Street]] = {}
    for row in session.scalars(query):
        found.setdefault(row.area.layer_id, []).append(row)
    return found


def _areas_for(rows: Sequence[Street], house: int | None) -> list[Area]:
    fitting = {row.area.id: row.area for row in rows if house is None or row.has_house(house)}
    return sorted(fitting.values(), key=lambda area: order_key(str(area.name)))


def import_draft(draft_id: int, owner_id: int) -> ImportDraft:
    """An upload that waits for its owner; nobody else finds it."""
    return session.scalars(
        select(ImportDraft).where(ImportDraft.id == draft_id, ImportDraft.owner_id == owner_id)
    ).one()
