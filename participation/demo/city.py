"""The demo city's areas: three Stadtbezirke and two pilot Quartiere that do not nest, with a few streets."""

from participation.districts.models import Area, Layer, Street
from participation.districts.streets import key
from participation.i18n import LocalizedText, content_text

PILOTS = ("north", "canal")


def layers(*, has_default: bool) -> list[Layer]:
    """Two layers that overlap, as in many cities; a default layer that is there stays the default."""
    return [
        Layer(slug="stadtbezirke", name=content_text("Stadtbezirke"), is_default=not has_default),
        Layer(slug="quartiere", name=content_text("Quartiere"), is_default=False),
    ]


def areas(by_slug: dict[str, Layer]) -> list[Area]:
    """The areas of both layers, each a rough rectangle on the map of a city that never was."""
    rows = [
        ("stadtbezirke", "mitte", "Mitte", 41_200, (7.00, 51.50, 7.05, 51.54)),
        ("stadtbezirke", "nord", "Nord", 28_700, (7.00, 51.54, 7.05, 51.58)),
        ("stadtbezirke", "west", "West", 33_900, (6.95, 51.50, 7.00, 51.58)),
        ("quartiere", "north", "Nordstadt", 9_800, (6.99, 51.53, 7.03, 51.56)),
        ("quartiere", "canal", "Kanalviertel", 7_400, (6.97, 51.50, 7.01, 51.53)),
    ]
    return [
        Area(
            layer_id=by_slug[layer].id,
            code=code,
            name=LocalizedText(de=name),
            residents=residents,
            outline=rectangle(*box),
        )
        for layer, code, name, residents, box in rows
    ]


def rectangle(west: float, south: float, east: float, north: float) -> dict[str, object]:
    """A GeoJSON outline."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


STREETS = {
    "north": ["Ahornstraße", "Bergmannsplatz", "Feldweg", "Glückaufstraße", "Nordring"],
    "canal": ["Am Kanal", "Hafenstraße", "Schleusenweg", "Uferpromenade"],
    "mitte": ["Bahnhofstraße", "Markt", "Rathausplatz", "Schleusenweg"],
    "nord": ["Ahornstraße", "Bergmannsplatz", "Glückaufstraße", "Nordring"],
    "west": ["Am Kanal", "Feldweg", "Hafenstraße", "Uferpromenade", "Westring"],
}


def street(area: Area, name: str) -> Street:
    """One street of an area."""
    return Street(area_id=area.id, key=key(name), name=name)
