"""The areas a district question offers, looked up only when a screen needs them."""

from datetime import timedelta

from participation.districts import queries as districts
from participation.districts.models import Layer
from participation.i18n import LocalizedText, current_language
from participation.memory import remembered

LIFETIME = timedelta(seconds=30)  # areas change once in years; who edits them sees it half a minute later


class Places:
    """The areas of the city, as questionnaires ask for them."""

    def areas(self, layer: str) -> dict[str, LocalizedText]:
        """Names by id, in the alphabetical order of the reader's language."""
        return remembered(("areas", layer, current_language().tag), lambda: _areas(layer), LIFETIME)

    def by_street(self, typed: str, layer: str) -> list[str]:
        """The ids of the areas a street lies in; the street itself goes no further."""
        found = _layer(layer)
        return [str(area.id) for area in districts.areas_of_street(typed, found)] if found else []


def _areas(layer: str) -> dict[str, LocalizedText]:
    found = _layer(layer)
    return {str(area.id): area.name for area in districts.areas(found)} if found else {}


def _layer(slug: str) -> Layer | None:
    """The named layer; a layer that was taken away since must not keep people from answering."""
    named = next((layer for layer in districts.layers() if layer.slug == slug), None) if slug else None
    return named or districts.default_layer()
