"""Addresses: the language is the first part of each one, numbers have bounds, and nothing unreadable gets in."""

from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, Request, abort, current_app, g, redirect, request, url_for
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import BaseConverter, IntegerConverter, ValidationError
from werkzeug.utils import cached_property
from werkzeug.wrappers import Response

from participation.forms import SWITCH
from participation.i18n import negotiate

PREFIX = "/<language:lang>"
LARGEST_ID = 2**31 - 1
UNQUOTED = "/:@!$&'()*+,;="  # besides letters and digits, what may stand in a path as it is
# Control characters and the two marks that force a writing direction on what follows: nobody types them.
UNTYPED = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0x202D, 0x202E])


class CleanRequest(Request):
    """A request whose form holds only what people can type; PostgreSQL would stumble over NUL."""

    max_form_parts = 2_000

    @cached_property
    def form(self) -> ImmutableMultiDict[str, str]:
        sent = super().form
        # A part without a name is no field, and Werkzeug gives it the name None.
        return ImmutableMultiDict([(key, value.translate(UNTYPED)) for key, value in sent.items(multi=True) if key])


class LanguageConverter(BaseConverter):
    """One of the languages this city offers."""

    part_isolating = True

    def to_python(self, value: str) -> str:
        if value not in current_app.config["LANGUAGES"]:
            raise ValidationError
        return value


class BoundedInteger(IntegerConverter):
    """A number that fits into a column: whatever is larger is not found."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": LARGEST_ID, **kwargs})


def init_app(app: Flask) -> None:
    """Take the language out of the address, and put it into each address that is made."""
    app.request_class = CleanRequest
    app.url_map.converters.update(language=LanguageConverter, int=BoundedInteger)
    app.jinja_env.globals["same_page"] = same_page
    app.before_request(bound_plain_forms)
    app.before_request(refuse_the_unreadable)
    app.before_request(switch_language)
    app.add_url_rule("/", "front_door", front_door)

    @app.url_value_preprocessor
    def take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "lang" in values:
            g.language = values.pop("lang")

    @app.url_defaults
    def give_language(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = g.get("language") or negotiate(request)


def bound_plain_forms() -> None:
    """Werkzeug limits the memory of multipart forms only; a plain one could be as large as an upload."""
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def refuse_the_unreadable() -> None:
    """NUL is in no address that we make, and PostgreSQL would stumble over it."""
    if "\x00" in request.path or b"\x00" in request.query_string or b"%00" in request.query_string:
        abort(400)


def switch_language() -> Response | None:
    """The language menu of a half-filled form: the same page, the same words typed, another language (L18)."""
    wanted = request.form.get(SWITCH) if request.method == "POST" else None
    if wanted in current_app.config["LANGUAGES"] and wanted != g.get("language") and request.endpoint:
        values = {**(request.view_args or {}), **request.args.to_dict(), "lang": wanted}
        return redirect(url_for(request.endpoint, **values), 307)
    return None


def front_door() -> Response:
    """Choose by Accept-Language, and remember nothing."""
    answer = redirect(url_for("pages.home", lang=negotiate(request)))
    answer.vary.add("Accept-Language")
    return answer


def same_page(tag: str) -> str:
    """The address of this page in another language, with its filters."""
    if "behind_language" not in g:  # a page asks for it in each language
        g.behind_language = _behind_language()
    return f"{request.script_root}/{tag}/{g.behind_language}"


def _behind_language() -> str:
    """What follows the language in the address of this page; nothing, as for the home page, where it has none."""
    if not request.endpoint or not current_app.url_map.is_endpoint_expecting(request.endpoint, "lang"):
        return ""
    path = quote(request.path.removeprefix("/").partition("/")[2], safe=UNQUOTED)
    query = urlencode(list(request.args.items(multi=True)))
    return f"{path}?{query}" if query else path
