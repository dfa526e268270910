"""Areas from a GeoJSON or CSV file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from participation.districts import files, geometry, rows
from participation.districts.rows import AreaRow, Cells, Problem, Reading
from participation.i18n import ALIASES, LazyText, LocalizedText, _l, languages
from participation.text_matching import fold

MOST_AREAS = 5_000
MOST_PROPERTIES = 200
# What offices call these columns and properties, the likelier word first.
NAMES = ("name", "bezeichnung", "bez", "stadtteil", "stadtbezirk", "bezirk", "ortsteil", "quartier", "sozialraum")
CODES = ("code", "schluessel", "schlüssel", "kennung", "kennziffer", "nummer", "nr", "number")
COLUMNS = {
    "valid_from": ("valid_from", "gueltig_ab", "gültig_ab", "gueltig_von", "gültig_von"),
    "valid_to": ("valid_to", "gueltig_bis", "gültig_bis"),
    "residents": ("residents", "einwohner", "einwohnerzahl"),
}

NO_CODES = _l("The file has no codes. The names serve as codes.")


@dataclass(frozen=True)
class Properties:
    """Which property of the file means what."""

    names: dict[str, str]  # language: property
    code: str | None
    valid_from: str | None
    valid_to: str | None
    residents: str | None

    @property
    def used(self) -> set[str]:
        """All that is read; the rest of the file is left alone."""
        others = {self.code, self.valid_from, self.valid_to, self.residents}
        return {*self.names.values(), *(name for name in others if name)}


def read(content: bytes, name_property: str | None = None, code_property: str | None = None) -> Reading[AreaRow]:
    """All areas of a file with all that is wrong in it; FileRefused when there are no rows to talk about."""
    text, notes = files.decode(content)
    found: Reading[AreaRow] = Reading(notes=notes)
    if files.is_geojson(text):
        _read_features(_features(files.parse_json(text)), found, name_property, code_property)
    else:
        _read_table(text, found)
    if not found.rows and not found.problems:
        raise files.FileRefused(_l("The file holds no rows."))
    _check_codes(found)
    return found


# --- GeoJSON ----------------------------------------------------------------------------------------------------------


def _features(document: Any) -> list[Any]:
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise files.FileRefused(_l("The file must be a GeoJSON FeatureCollection."))
    features = document.get("features")
    if not isinstance(features, list):
        raise files.FileRefused(_l("The file has no list of features."))
    if len(features) > MOST_AREAS:
        raise files.too_many_rows(MOST_AREAS)
    if features and not any(_may_have_outline(feature) for feature in features):
        raise files.FileRefused(_l("The file holds points or lines. Areas need a Polygon or a MultiPolygon."))
    return features


def _may_have_outline(feature: Any) -> bool:
    shape = feature.get("geometry") if isinstance(feature, dict) else None
    return not isinstance(shape, dict) or shape.get("type") in geometry.KINDS


def _read_features(
    features: list[Any], found: Reading[AreaRow], name_property: str | None, code_property: str | None
) -> None:
    found.properties = _property_names(features)
    props = understand(found.properties, name_property, code_property)
    found.name_property, found.code_property = props.names.get("de"), props.code
    if not props.names:
        _ask_for_the_name(found)
        return
    if props.code is None:
        found.notes.append(NO_CODES)
    for row, feature in enumerate(features, start=1):
        values = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(feature, dict) or feature.get("type") != "Feature" or not isinstance(values or {}, dict):
            found.problems.append(Problem(row, "", _l("This is not a GeoJSON feature with properties.")))
            continue
        _take(row, values or {}, props, found, feature.get("geometry"))


def _ask_for_the_name(found: Reading[AreaRow]) -> None:
    """No property looks like a name: staff choose one of those that are there, if there are any."""
    if not found.properties:
        raise files.FileRefused(_l("The features have no properties, so we do not know their names."))
    message = _l("No property looks like the name of an area. Please choose the property that holds the name.")
    found.problems.append(Problem(1, "", message))


def _property_names(features: list[Any]) -> list[str]:
    names: dict[str, None] = {}
    for feature in features:
        values = feature.get("properties") if isinstance(feature, dict) else None
        if isinstance(values, dict):
            names.update(dict.fromkeys(name for name in values if name.strip() and len(name) <= rows.LONGEST_CODE))
        if len(names) > MOST_PROPERTIES:
            raise files.FileRefused(_l("The features have too many different properties."))
    return [name for name in names if not rows.UNTYPED.search(name)]


# --- CSV --------------------------------------------------------------------------------------------------------------


def _read_table(text: str, found: Reading[AreaRow]) -> None:
    columns = [name.casefold() for name in files.column_names(text) if name]
    props = understand(columns)
    if props.code is None:
        raise files.FileRefused(
            _l("The first line must name the columns, at least code and name_de. There is no column called code.")
        )
    unused = [name for name in columns if name not in props.used]
    if unused:
        found.notes.append(_l("These columns were not used: %(names)s", names=", ".join(unused)[:300]))
    for row, cells in files.records(text, MOST_AREAS):
        _take(row, cells, props, found, None)


# --- Both -------------------------------------------------------------------------------------------------------------


def understand(available: list[str], name_property: str | None = None, code_property: str | None = None) -> Properties:
    """Find out what the properties mean, by what staff chose or else by their usual names."""
    by_small = {name.casefold(): name for name in reversed(available)}
    base = name_property if name_property in available else _first(by_small, NAMES)
    names = dict(_name_properties(available, base or "name"))
    if base:
        names["de"] = names.get("de", base) if name_property is None else base
    code = code_property if code_property in available else _first(by_small, CODES)
    others = {meaning: _first(by_small, words) for meaning, words in COLUMNS.items()}
    return Properties(names, code, others["valid_from"], others["valid_to"], others["residents"])


def _first(by_small: dict[str, str], words: tuple[str, ...]) -> str | None:
    return next((by_small[word] for word in words if word in by_small), None)


def _name_properties(available: list[str], base: str) -> Iterator[tuple[str, str]]:
    """`name:tr` and `name_tr` are the name in Turkish; a language this city does not offer is left out."""
    offered = {one.tag for one in languages()}
    for prop in available:
        match = re.fullmatch(re.escape(base.casefold()) + r"[:_.]([a-z]{2,3}(?:[-_][a-z]{2,8})?)", prop.casefold())
        if match:
            tag = match[1].replace("_", "-")
            tag = ALIASES.get(tag, tag)
            if tag in offered:
                yield tag, prop


def _take(row: int, values: dict[str, Any], props: Properties, found: Reading[AreaRow], geometry_: Any) -> None:
    before = len(found.problems)
    cells = Cells(row, found.problems)
    names = {tag: cells.read(prop, rows.name, values.get(prop)) or "" for tag, prop in props.names.items()}
    code = cells.read(props.code or "", rows.code, values.get(props.code)) if props.code else code_from(names)
    valid_from = cells.read("valid_from", rows.day, values.get(props.valid_from or ""))
    valid_to = cells.read("valid_to", rows.day, values.get(props.valid_to or ""))
    residents = cells.read("residents", rows.residents, values.get(props.residents or ""))
    outline = cells.read("geometry", geometry.outline, geometry_)
    if not code and len(found.problems) == before:
        what = _l("The code is missing.") if props.code else _l("The name is missing.")
        found.problems.append(Problem(row, props.code or props.names.get("de", ""), what))
    if len(found.problems) == before:
        found.rows.append(AreaRow(row, code or "", LocalizedText(names), valid_from, valid_to, residents, outline))


def code_from(names: dict[str, str]) -> str:
    """A code made of the German name, for files that have none."""
    return fold(names.get("de", "")).replace(" ", "-")[: rows.LONGEST_CODE]


def _check_codes(found: Reading[AreaRow]) -> None:
    """A code stands for one area only."""
    first: dict[str, int] = {}
    for one in found.rows:
        earlier = first.setdefault(one.code, one.row)
        if earlier != one.row:
            message: LazyText = _l("The code %(code)s stands in row %(row)s already.", code=one.code, row=earlier)
            found.problems.append(Problem(one.row, found.code_property or "code", message))
