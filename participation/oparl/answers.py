"""How answers for other machines look: objects, lists and errors as OParl wants them."""

import json
from typing import Any
from urllib.parse import urlencode

from flask import Response, current_app, request

from participation.councils.oparl_objects import BASE, SCHEMA, address, moment
from participation.councils.public_models import PublicObject
from participation.oparl.queries import PAGE_SIZE, Asked, Found

COMPACT = (",", ":")


def house() -> str:
    """What addresses of this house begin with: the one scheme and host of its settings (O7)."""
    public_url: str = current_app.config["SETTINGS"].public_url
    return public_url.rstrip("/")


def text_of(row: PublicObject, *, omits_internal: bool = False) -> str:
    """An object as JSON, with its dates; of a deleted one only that it was there (O2, O5)."""
    dates: dict[str, Any] = {"created": moment(row.created_at), "modified": moment(row.modified_at)}
    if row.deleted_at is not None:
        gone = {"id": _id(row), "type": f"{SCHEMA}{row.type}", "deleted": True, **dates}
        return json.dumps(gone, ensure_ascii=False, separators=COMPACT)
    data = _without_internal(row.data) if omits_internal else row.data
    return f"{data[:-1]},{json.dumps(dates, separators=COMPACT)[1:]}"


def _id(row: PublicObject) -> str:
    return address(row.type, row.ref) if row.type != "System" else f"{BASE}/oparl/1.1/system"


def _without_internal(data: str) -> str:
    """The object without those it embeds; they stand in lists of their own (O4)."""
    kept = {name: value for name, value in json.loads(data).items() if not _is_internal(value)}
    return json.dumps(kept, ensure_ascii=False, separators=COMPACT)


def _is_internal(value: Any) -> bool:
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, dict) and "id" in first  # a point on the map has none


def answer(text: str, status: int = 200) -> Response:
    """JSON in UTF-8, with this house in all its addresses (O3)."""
    return Response(text.replace(BASE, house()), status, mimetype="application/json")


def object_page(row: PublicObject) -> Response:
    return answer(text_of(row))


def list_page(found: Found, asked: Asked) -> Response:
    """Objects, where they stand in the whole list, and the way to the other pages (O4)."""
    objects = ",".join(text_of(row, omits_internal=asked.omits_internal) for row in found.rows)
    pagination = {
        "totalElements": found.total,
        "elementsPerPage": PAGE_SIZE,
        "currentPage": found.page,
        "totalPages": found.pages,
    }
    rest = {"pagination": pagination, "links": _links(found, asked)}
    return answer(f'{{"data":[{objects}],{json.dumps(rest, separators=COMPACT)[1:]}')


def _links(found: Found, asked: Asked) -> dict[str, str]:
    pages = {
        "first": 1,
        "prev": found.page - 1,
        "self": found.page,
        "next": found.page + 1,
        "last": found.pages,
    }
    return {name: _page(number, asked) for name, number in pages.items() if 1 <= number <= found.pages}


def _page(number: int, asked: Asked) -> str:
    return f"{house()}{request.path}?{urlencode({**asked.typed, 'page': number})}"


def error_page(status: int, message: str) -> Response:
    """An error as other machines read it (O10)."""
    said = {"type": f"{SCHEMA}Error", "message": message}
    return answer(json.dumps(said, ensure_ascii=False, separators=COMPACT), status)
