"""The areas a district question offers, looked up only when a screen needs them."""

from participation.districts import queries as districts
from participation.districts.models import Layer
from participation.i18n import LocalizedText


class Places:
    """The areas of the city for one request; each layer is read at most once."""

    def __init__(self) -> None:
        self._areas: dict[str, dict[str, LocalizedText]] = {}

    def areas(self, layer: str) -> dict[str, LocalizedText]:
        """Names by id, in alphabetical order."""
        if layer not in self._areas:
            found = self._layer(layer)
            rows = districts.areas(found) if found else []
            self._areas[layer] = {str(area.id): area.name for area in rows}
        return self._areas[layer]

    def by_street(self, typed: str, layer: str) -> list[str]:
        """The ids of the areas a street lies in; the street itself goes no further."""
        found = self._layer(layer)
        return [str(area.id) for area in districts.areas_of_street(typed, found)] if found else []

    def _layer(self, slug: str) -> Layer | None:
        """The named layer; a layer that was taken away since must not keep people from answering."""
        named = next((layer for layer in districts.layers() if layer.slug == slug), None) if slug else None
        return named or districts.default_layer()
