"""Coming back with a receipt: type the code, see what became of the matter, and leave nothing on the device."""

from typing import NamedTuple

import segno
from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from participation import feature
from participation.feature import Matter
from participation.forms import render_form
from participation.i18n import _, current_language
from participation.limits import limit
from participation.receipts import codes, operations, pocket
from participation.receipts.forms import UNKNOWN, CodeForm
from participation.receipts.models import Receipt

bp = Blueprint("receipts", __name__, url_prefix="/receipt")

Answer = str | tuple[str, int] | Response


class Told(NamedTuple):
    """What became of one matter, with what its room lets the person do about it."""

    matter: Matter
    actions: Markup


@bp.route("", methods=["GET", "POST"])
@limit("10 per minute; 50 per hour")
def find() -> Answer:
    """One field for the code; the code itself never stands in an address (V21)."""
    form = CodeForm()
    if form.validate_on_submit():
        receipt = operations.find(form.code.data)
        if receipt is not None:
            pocket.remember(receipt)
            return redirect(url_for("receipts.matter"))
        form.refuse("code", UNKNOWN)
    return render_form("receipts/find.html", form)


@bp.get("/matter")
def matter() -> Answer:
    """What became of it, as each room tells."""
    receipt = pocket.current()
    if receipt is None:
        return redirect(url_for("receipts.find"))
    return render_template("receipts/matter.html", told=told_by_rooms(receipt))


@bp.get("/new")
def new() -> Answer:
    """Where it stands, and the fresh code, large, with its QR code, to be written down or printed."""
    code = pocket.kept_code()
    if code is None:
        return redirect(url_for("receipts.find"))
    address = qr_address(code)
    picture = segno.make(address, error="m").svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
    receipt, is_draft = pocket.current(), pocket.is_draft()
    matters = feature.matters(receipt) if receipt and not is_draft else []
    return render_template(
        "receipts/new.html", code=codes.grouped(code), picture=picture, is_draft=is_draft, matters=matters
    )


@bp.post("/forget")
def forget() -> Answer:
    """Finished: the next person at this device finds nothing."""
    pocket.forget()
    flash(_("This device has forgotten the receipt. The receipt itself is still valid."))
    return redirect(url_for("pages.home"))


def told_by_rooms(receipt: Receipt) -> list[Told]:
    """What became of it in every room, with what can be done."""
    return [Told(found, _actions(found)) for found in feature.matters(receipt)]


def qr_address(code: str) -> str:
    """Where the QR code leads: the code follows the #, which browsers never send to a server."""
    public_url = current_app.config["SETTINGS"].public_url
    path = url_for("receipts.find", lang=current_language().tag)
    return f"{public_url}{path}#{codes.grouped(code)}"


def _actions(found: Matter) -> Markup:
    if found.template is None:
        return Markup()
    return Markup(render_template(found.template, **found.context))  # noqa: S704  (our own template, escaped there)
