"""The pictures and documents themselves; their addresses have no language, as files need none."""

import re
import uuid
from urllib.parse import quote

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from participation.errors import error_page
from participation.media import queries, rules
from participation.permissions import allowed

bp = Blueprint("media", __name__, url_prefix="/media")

# Should a browser ever show such a file by itself, it runs nothing and loads nothing (V19).
ALONE = "default-src 'none'; sandbox"
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f<>:\"/\\\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]")  # in names of files
LONGEST_NAME = 80


@bp.get("/<uuid:picture_id>/<int:width>.webp")
def file(picture_id: uuid.UUID, width: int) -> ResponseReturnValue:
    """One size of a picture. Whoever may not see it learns no more than whoever guesses a number."""
    picture = queries.picture(picture_id, width)
    if not allowed(rules.see, picture):
        return error_page(404)
    answer = _answer("image/webp", f"{picture_id.hex}-{width}", is_public=picture.is_public)
    answer.headers["Content-Disposition"] = "inline"
    if answer.status_code == 200:
        answer.data = queries.content(picture, width)
    return answer


@bp.get("/documents/<uuid:document_id>.pdf")
def document(document_id: uuid.UUID) -> ResponseReturnValue:
    """A PDF file to keep; no page of ours ever shows it in place (V19)."""
    found = queries.document(document_id)
    if not allowed(rules.read, found):
        return error_page(404)
    answer = _answer("application/pdf", found.id.hex, is_public=found.is_public)
    name = f"{file_name(found.title)}.pdf"
    said = {"filename": "document.pdf", "filename*": f"UTF-8''{quote(name, safe='')}"}
    answer.headers.set("Content-Disposition", "attachment", **said)
    if answer.status_code == 200:
        answer.data = queries.bytes_of(found)
    return answer


def file_name(title: str) -> str:
    """A title as the name of a file on any machine (V20)."""
    plain = UNSAFE.sub(" ", title)
    return " ".join(plain.split())[:LONGEST_NAME].strip(" .") or "document"


def _answer(mimetype: str, tag: str, *, is_public: bool) -> Response:
    """A file that never changes under its address, as long as it may be seen."""
    answer = Response(mimetype=mimetype)
    answer.headers["Content-Security-Policy"] = ALONE
    if is_public:
        answer.cache_control.private = True  # what is hidden later must not live on in caches of others
        answer.cache_control.max_age = 86_400
        answer.cache_control.immutable = True
    else:
        answer.cache_control.no_store = True
    answer.set_etag(tag)
    answer.make_conditional(request)
    return answer
