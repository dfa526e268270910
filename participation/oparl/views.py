"""The addresses that other machines read: no language, no cookie, nothing but what everybody may know."""

import json
import uuid
from urllib.parse import quote, urlsplit

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound
from werkzeug.exceptions import Gone, HTTPException, NotFound

from participation.councils.oparl_objects import BODY, COLLECTIONS
from participation.councils.public_models import PublicObject
from participation.media import queries as media
from participation.media.views import ALONE
from participation.oparl import answers, queries
from participation.oparl.queries import Asked

bp = Blueprint("oparl", __name__, url_prefix="/oparl/1.1")

OF_A_COUNCIL = {"meetings": "Meeting", "consultations": "Consultation"}
USUAL_PORTS = {"http": ":80", "https": ":443"}


@bp.before_request
def one_house() -> ResponseReturnValue | None:
    """Every object has one address only, with one scheme and one host (O7)."""
    public = urlsplit(answers.house())
    if (request.scheme, request.host) == (public.scheme, public.netloc.removesuffix(USUAL_PORTS[public.scheme])):
        return None
    query = f"?{request.query_string.decode(errors='replace')}" if request.query_string else ""
    return redirect(f"{answers.house()}{quote(request.path)}{quote(query, safe='?=&%+:;,-._~')}", 301)


@bp.after_request
def for_all(response: Response) -> Response:
    """Pages of others may read it, too (O7)."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@bp.errorhandler(HTTPException)
def refused(error: HTTPException) -> ResponseReturnValue:
    """Every no is said in a way that machines read (O10)."""
    if error.code is None or error.code < 400:
        return error
    return answers.error_page(error.code, error.description or error.name)


@bp.errorhandler(NoResultFound)
def missing(_error: NoResultFound) -> ResponseReturnValue:
    return answers.error_page(404, "There is no such object.")


@bp.get("/")
def start() -> ResponseReturnValue:
    return redirect(f"{answers.house()}{bp.url_prefix}/system", 301)


@bp.get("/system")
def system() -> ResponseReturnValue:
    return answers.object_page(queries.one("System", "system"))


@bp.get("/<collection>")
def overview(collection: str) -> ResponseReturnValue:
    """The list of bodies; all other lists are a body's."""
    if collection != "bodies":
        raise NotFound("There is no such list.")
    return _list("Body")


@bp.get("/<collection>/<ref>")
def show(collection: str, ref: str) -> ResponseReturnValue:
    """One object, also when it is deleted (O1, O5)."""
    return answers.object_page(queries.one(_kind(collection), ref))


@bp.get("/<collection>/<ref>/<part>")
def below(collection: str, ref: str, part: str) -> ResponseReturnValue:
    """A list of the body or of a council, or the file that a File is about."""
    if collection == "bodies" and ref == BODY:
        return _list(_kind(part))
    if collection == "organizations" and part in OF_A_COUNCIL:
        return _list(OF_A_COUNCIL[part], queries.one("Organization", ref).ref)
    if collection == "files" and part in {"access", "download"}:
        return _bytes(queries.one("File", ref), is_download=part == "download")
    raise NotFound("There is no such list.")


@bp.get("/<path:anything>")
def nothing(anything: str) -> ResponseReturnValue:  # noqa: ARG001  (whatever it is)
    raise NotFound("There is no such object.")


def _kind(collection: str) -> str:
    if collection not in COLLECTIONS:
        raise NotFound("There is no such list.")
    return COLLECTIONS[collection]


def _list(kind: str, owner: str | None = None) -> Response:
    asked = Asked.read(request.args)
    return answers.list_page(queries.found(kind, asked, owner), asked)


def _bytes(row: PublicObject, *, is_download: bool) -> Response:
    """The file itself, as long as it is public; to be looked at, or to be kept under its name (O5, O8)."""
    try:
        if row.deleted_at is not None:
            raise Gone("This file is not public any more.")
        document = media.document(uuid.UUID(row.ref))
    except NoResultFound:
        raise Gone("This file is not there any more.") from None
    answer = Response(mimetype="application/pdf")
    answer.headers["Content-Security-Policy"] = ALONE
    name = json.loads(row.data)["fileName"]
    said = {"filename": "document.pdf", "filename*": f"UTF-8''{quote(name, safe='')}"}
    answer.headers.set("Content-Disposition", "attachment" if is_download else "inline", **said)
    answer.cache_control.no_cache = True  # what is hidden later is asked for again
    answer.set_etag(row.ref)
    answer.make_conditional(request)
    if answer.status_code == 200:
        answer.data = media.bytes_of(document)
    return answer
