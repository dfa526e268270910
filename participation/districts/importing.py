"""What an import would change: worked out for the preview, and again for the import itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import undefer

from participation.db import session
from participation.districts import area_files, street_files
from participation.districts.models import Area, ImportKind, Layer, Parity, Street
from participation.districts.rows import AreaRow, Problem, Reading, StreetRow
from participation.errors import Refused
from participation.i18n import LazyText, LocalizedText, _l

AT_ONCE = 500
MEANINGS = {
    "name": _l("Name"),
    "valid_from": _l("Valid from"),
    "valid_to": _l("Valid until (last day)"),
    "residents": _l("Residents"),
    "outline": _l("Outline"),
}


class HasProblems(Refused):
    """Nothing is imported as long as one row is wrong."""

    message = _l("Nothing was imported, because some rows have mistakes. Please correct the file and upload it again.")

    def __init__(self, problems: Sequence[Problem] = ()) -> None:
        super().__init__()
        self.problems = problems


class Planned(NamedTuple):
    """One line of the preview: which row, what it is called, and what changes."""

    row: int
    code: str
    name: Any
    changes: Sequence[LazyText] = ()


@dataclass
class Plan:
    """What an import would do."""

    new: list[Planned] = field(default_factory=list)
    changed: list[Planned] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    reading: Reading[Any] = field(default_factory=Reading)
    work: list[Any] = field(default_factory=list)  # what apply() does

    @property
    def is_possible(self) -> bool:
        """Whether there is something to do and nothing wrong."""
        return not self.problems and bool(self.new or self.changed or self.removed)

    @property
    def counts(self) -> dict[str, int]:
        """How much would be done."""
        return {"new": len(self.new), "changed": len(self.changed), "removed": len(self.removed)}


def plan(layer: Layer, kind: ImportKind, content: bytes, options: Mapping[str, Any]) -> Plan:
    """What a file would do now."""
    if kind is ImportKind.AREAS:
        return plan_areas(layer, content, **options)
    return plan_streets(layer, content, **options)


def apply(layer: Layer, planned: Plan) -> None:
    """Do what was planned, wholly or not at all."""
    if planned.problems:
        raise HasProblems(planned.problems)
    for task in planned.work:
        if isinstance(task, AreaTask):
            _write_area(layer, task)
        else:
            _write_streets(layer, task)
    session.flush()


# --- Areas ------------------------------------------------------------------------------------------------------------


class AreaTask(NamedTuple):
    """One area to make or to change."""

    code: str
    area: Area | None
    values: dict[str, Any]


def plan_areas(
    layer: Layer, content: bytes, name_property: str | None = None, code_property: str | None = None
) -> Plan:
    """Compare the areas of a file with those of the layer. Areas that are not in the file stay as they are."""
    found = area_files.read(content, name_property, code_property)
    planned = Plan(problems=found.problems, reading=found)
    query = select(Area).where(Area.layer_id == layer.id)
    if any(row.outline for row in found.rows):
        query = query.options(undefer(Area.outline))
    stored = {area.code: area for area in session.scalars(query)}
    for row in found.rows:
        area = stored.get(row.code)
        values = _news(row, area)
        if problem := _wrong(row, area, values):
            planned.problems.append(problem)
        elif values:
            line = Planned(row.row, row.code, values.get("name") or row.name, [MEANINGS[key] for key in values])
            (planned.changed if area else planned.new).append(line)
            planned.work.append(AreaTask(row.code, area, values))
        else:
            planned.unchanged += 1
    planned.problems.sort(key=lambda problem: problem.row)
    return planned


def _news(row: AreaRow, area: Area | None) -> dict[str, Any]:
    """What the row says that is not stored yet; what is empty in the file leaves what is stored."""
    told: dict[str, Any] = {
        "name": LocalizedText({**(area.name if area else {}), **row.name}),
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "residents": row.residents,
    }
    if row.outline:
        told["outline"] = row.outline
    return {
        key: value
        for key, value in told.items()
        if value is not None and (area is None or not _same(getattr(area, key), value))
    }


def _same(stored: Any, told: Any) -> bool:
    if isinstance(told, LocalizedText):
        return dict(stored) == dict(told)
    return bool(stored == told)


def _wrong(row: AreaRow, area: Area | None, values: dict[str, Any]) -> Problem | None:
    """Mistakes that only show when the row is put together with what is stored."""
    if area is None and not row.name.get("de"):
        return Problem(row.row, "name_de", _l("The German name is missing."))
    begin = values.get("valid_from", area.valid_from if area else None)
    end = values.get("valid_to", area.valid_to if area else None)
    if begin and end and end <= begin:
        return Problem(row.row, "valid_to", _l("The last day must be after the first day."))
    return None


def _write_area(layer: Layer, task: AreaTask) -> None:
    if task.area is None:
        session.add(Area(layer=layer, code=task.code, **task.values))
    else:
        for key, value in task.values.items():
            setattr(task.area, key, value)


# --- Streets ----------------------------------------------------------------------------------------------------------

Part = tuple[int, str, int | None, int | None, Parity | None]  # area, shown name, house numbers, side


class StreetTask(NamedTuple):
    """Streets whose rows are written anew."""

    keys: list[str]
    rows: list[dict[str, Any]]


def plan_streets(layer: Layer, content: bytes, *, is_complete: bool = False) -> Plan:
    """Compare a directory with the stored one. Streets that are not in the file stay, unless the file is complete."""
    areas = {area.code: area for area in session.scalars(select(Area).where(Area.layer_id == layer.id))}
    found = street_files.read(content, areas)
    planned = Plan(problems=found.problems, reading=found)
    stored, told = _stored_parts(layer), _told_parts(found.rows, areas)
    first = {row.key: row for row in reversed(found.rows)}
    written = [key for key, parts in told.items() if set(parts) != set(stored.get(key, ()))]
    for key in written:
        line = Planned(first[key].row, ", ".join(_codes(told[key], areas)), first[key].name)
        (planned.changed if key in stored else planned.new).append(line)
    planned.unchanged = len(told) - len(written)
    gone = [key for key in stored if is_complete and key not in told]
    planned.removed = sorted(stored[key][0][1] for key in gone)
    values = _street_values(written, told)
    planned.work.append(StreetTask([*(key for key in written if key in stored), *gone], values))
    return planned


def _told_parts(rows: Iterable[StreetRow], areas: Mapping[str, Area]) -> dict[str, dict[Part, None]]:
    """The parts of each street, every one once: directories often repeat themselves."""
    parts: dict[str, dict[Part, None]] = {}
    for row in rows:
        part = (areas[row.area_code].id, row.name, row.house_from, row.house_to, row.parity)
        parts.setdefault(row.key, {})[part] = None
    return parts


def _stored_parts(layer: Layer) -> dict[str, list[Part]]:
    columns = (Street.key, Street.area_id, Street.name, Street.house_from, Street.house_to, Street.parity)
    parts: dict[str, list[Part]] = {}
    for key, *part in session.execute(select(*columns).join(Area).where(Area.layer_id == layer.id)):
        parts.setdefault(key, []).append(cast(Part, tuple(part)))
    return parts


def _codes(parts: Iterable[Part], areas: Mapping[str, Area]) -> list[str]:
    wanted = {part[0] for part in parts}
    return [code for code, area in areas.items() if area.id in wanted]


def _street_values(keys: Iterable[str], told: Mapping[str, Iterable[Part]]) -> list[dict[str, Any]]:
    columns = ("area_id", "name", "house_from", "house_to", "parity")
    return [{"key": key, **dict(zip(columns, part, strict=True))} for key in keys for part in told[key]]


def _write_streets(layer: Layer, task: StreetTask) -> None:
    of_layer = select(Area.id).where(Area.layer_id == layer.id)
    for start in range(0, len(task.keys), AT_ONCE):
        some = task.keys[start : start + AT_ONCE]
        session.execute(
            delete(Street).where(Street.area_id.in_(of_layer), Street.key.in_(some)),
            execution_options={"synchronize_session": False},
        )
    if task.rows:
        session.execute(insert(Street), task.rows)
