"""The pictures themselves; their addresses have no language, as pixels need none."""

import uuid

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from participation.errors import error_page
from participation.media import queries, rules
from participation.permissions import allowed

bp = Blueprint("media", __name__, url_prefix="/media")

# Should a browser ever show such a file by itself, it runs nothing and loads nothing (V19).
ALONE = "default-src 'none'; sandbox"


@bp.get("/<uuid:picture_id>/<int:width>.webp")
def file(picture_id: uuid.UUID, width: int) -> ResponseReturnValue:
    """One size of a picture. Whoever may not see it learns no more than whoever guesses a number."""
    picture = queries.picture(picture_id, width)
    if not allowed(rules.see, picture):
        return error_page(404)
    answer = Response(mimetype="image/webp")
    answer.headers["Content-Security-Policy"] = ALONE
    answer.headers["Content-Disposition"] = "inline"
    if picture.is_public:
        answer.cache_control.private = True  # a picture that is hidden later must not live on in caches of others
        answer.cache_control.max_age = 86_400
        answer.cache_control.immutable = True
    else:
        answer.cache_control.no_store = True
    answer.set_etag(f"{picture_id.hex}-{width}")
    answer.make_conditional(request)
    if answer.status_code == 200:
        answer.data = queries.content(picture, width)
    return answer
