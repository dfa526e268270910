"""The street directory from a CSV file."""

from collections.abc import Mapping

from participation.districts import files, rows, streets
from participation.districts.models import Area
from participation.districts.rows import Cells, Problem, Reading, StreetRow
from participation.i18n import _l

MOST_STREETS = 50_000
COLUMNS = {
    "street": ("street", "strasse", "straße", "strassenname", "straßenname"),
    "area_code": ("area_code", "code", "gebiet", "area"),
    "from": ("from", "von", "hausnummer_von"),
    "to": ("to", "bis", "hausnummer_bis"),
    "parity": ("parity", "seite"),
}


def read(content: bytes, areas: Mapping[str, Area]) -> Reading[StreetRow]:
    """All streets of a file; `areas` are those of the layer, by their codes."""
    text, notes = files.decode(content)
    found: Reading[StreetRow] = Reading(notes=notes)
    columns = {name.casefold() for name in files.column_names(text)}
    meant = {meaning: next((word for word in words if word in columns), None) for meaning, words in COLUMNS.items()}
    if meant["street"] is None or meant["area_code"] is None:
        raise files.FileRefused(_l("The first line must name the columns, at least street and area_code."))
    for row, cells in files.records(text, MOST_STREETS):
        _take(row, {meaning: cells.get(word or "", "") for meaning, word in meant.items()}, areas, found)
    if not found.rows and not found.problems:
        raise files.FileRefused(_l("The file holds no rows."))
    return found


def _take(row: int, values: dict[str, str], areas: Mapping[str, Area], found: Reading[StreetRow]) -> None:
    before = len(found.problems)
    cells = Cells(row, found.problems)
    name = cells.read("street", rows.name, values["street"]) or ""
    code = cells.read("area_code", rows.code, values["area_code"]) or ""
    house_from = cells.read("from", rows.house, values["from"])
    house_to = cells.read("to", rows.house, values["to"])
    parity = cells.read("parity", rows.parity, values["parity"])
    if len(found.problems) > before:
        return
    key = streets.key(name)
    if not key:
        found.problems.append(Problem(row, "street", _l("The name of the street is missing.")))
    if code not in areas:
        unknown = _l("There is no area with the code %(code)s in this layer.", code=code)
        found.problems.append(Problem(row, "area_code", unknown if code else _l("The code is missing.")))
    if house_from is not None and house_to is not None and house_to < house_from:
        found.problems.append(Problem(row, "to", _l("The last house number must not be smaller than the first one.")))
    if len(found.problems) == before:
        found.rows.append(StreetRow(row, name, key, code, house_from, house_to, parity))
