"""A reader of the OParl schema files, which are written in a dialect of their own."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

KINDS: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "object": dict,
    "array": list,
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
ALWAYS = ("id", "type", "created", "modified")


@cache
def schema(folder: Path, kind: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / f"{kind}.json").read_text())
    return read


def kind_of(thing: dict[str, Any]) -> str:
    return str(thing["type"]).rpartition("/")[2]


def mistakes(folder: Path, thing: dict[str, Any]) -> Iterator[str]:
    """Everything about an object, and those within it, that is not as the schema says (O1, O2, O3)."""
    kind = kind_of(thing)
    rules = schema(folder, kind)
    here = thing.get("id", kind)
    needed = ALWAYS if thing.get("deleted") else (*rules["required"], *ALWAYS)
    yield from (f"{here} lacks {name}" for name in needed if name not in thing)
    for name, value in thing.items():
        if name not in rules["properties"]:
            yield f"{here} has {name}"
            continue
        yield from (f"{here} {name}: {what}" for what in _wrong(folder, rules["properties"][name], value))


def _wrong(folder: Path, rule: dict[str, Any], value: Any) -> Iterator[str]:
    if value is None or value in ("", []):
        yield "empty"
        return
    if not isinstance(value, KINDS[rule["type"]]) or (rule["type"] == "integer" and isinstance(value, bool)):
        yield f"{value!r} is no {rule['type']}"
        return
    if "schema" in rule and rule["type"] == "object":
        yield from mistakes(folder, value)
    for one in value if isinstance(value, list) else ():
        items = rule["items"]
        yield from mistakes(folder, one) if "schema" in items else _wrong(folder, items, one)
    if isinstance(value, str):
        yield from _wrong_text(rule, value)


def _wrong_text(rule: dict[str, Any], value: str) -> Iterator[str]:
    kind = rule.get("format")
    if "pattern" in rule and not re.search(rule["pattern"], value):
        yield f"{value!r} does not fit {rule['pattern']}"
    if kind == "url" and not (urlsplit(value).scheme and urlsplit(value).netloc):
        yield f"{value!r} is no address"
    if kind == "date-time" and not (MOMENT.fullmatch(value) and datetime.fromisoformat(value)):
        yield f"{value!r} is no moment"
    if kind == "date" and not date.fromisoformat(value):
        yield f"{value!r} is no day"


def within(thing: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The object and all that it embeds."""
    yield thing
    for value in thing.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and "id" in one:
                yield from within(one)


def addresses(folder: Path, thing: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What an object refers to: the name of the property and the address."""
    rules = schema(folder, kind_of(thing))["properties"]
    for name, value in thing.items():
        rule = rules.get(name, {})
        refers = "references" in rule or "references" in rule.get("items", {})
        for one in (value if isinstance(value, list) else [value]) if refers else ():
            if isinstance(one, str):
                yield name, one
