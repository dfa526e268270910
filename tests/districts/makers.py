"""Makers of the districts room."""

from typing import Any

from sqlalchemy import func, select

from participation.db import session
from participation.districts import operations, streets
from participation.districts.models import Area, Layer, Parity, Street
from participation.i18n import LocalizedText


def make_layer(slug: str = "stadtbezirke", name: str = "Stadtbezirke", *, is_default: bool = False) -> Layer:
    """A layer; the first one is the default."""
    return operations.create_layer(slug, LocalizedText(de=name), is_default=is_default)


def make_area(name: str | LocalizedText = "Mitte", layer: Layer | None = None, code: str = "", **facts: Any) -> Area:
    """An area of the given layer, or of the first one."""
    layer = layer or session.scalar(select(Layer).order_by(Layer.id).limit(1)) or make_layer()
    if isinstance(name, str):
        name = LocalizedText(de=name)
    code = code or f"{(session.scalar(select(func.count(Area.id))) or 0) + 1:02}"
    area = Area(layer=layer, code=code, name=name, **facts)
    session.add(area)
    session.flush()
    return area


def make_street(
    name: str,
    area: Area,
    house_from: int | None = None,
    house_to: int | None = None,
    parity: Parity | None = None,
) -> Street:
    """A street, or some of its houses, in an area."""
    street = Street(
        area=area, name=name, key=streets.key(name), house_from=house_from, house_to=house_to, parity=parity
    )
    session.add(street)
    session.flush()
    return street


def geojson(*features: dict[str, Any]) -> dict[str, Any]:
    """A file of areas."""
    return {"type": "FeatureCollection", "features": list(features)}


def feature(name: str = "Mitte", *, geometry: Any = None, **properties: Any) -> dict[str, Any]:
    """One area in such a file: a small square unless another outline is given."""
    square = {"type": "Polygon", "coordinates": [[[6.5, 51.3], [6.6, 51.3], [6.6, 51.4], [6.5, 51.3]]]}
    return {"type": "Feature", "properties": {"name": name, **properties}, "geometry": geometry or square}
