"""Writing down an idea for somebody who stands at the desk or calls: one screen, and a receipt to print."""

import segno
from flask import Blueprint, redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import select

from participation import audit
from participation.db import session
from participation.forms import render_form
from participation.i18n import current_language, language, languages, speaking
from participation.ideas import rules, sending
from participation.ideas.entry_forms import EntryForm
from participation.ideas.models import Idea, Source
from participation.ideas.sending import Extras
from participation.media.uploads import takes_pictures
from participation.permissions import require
from participation.receipts import codes
from participation.receipts.views import qr_address

bp = Blueprint("idea_entry", __name__, url_prefix="/staff/ideas")

ENTERED = "entered_idea"  # code and language of the receipt that is to be printed


@bp.route("/enter", methods=["GET", "POST"])
@takes_pictures
def enter() -> ResponseReturnValue:
    """One screen for all of it."""
    staff = require(rules.enter)
    cookie.pop(ENTERED, None)
    form = EntryForm()
    if not form.validate_on_submit():
        return render_form("ideas/entry.html", form)
    tag = spoken(form.language.data)
    extras = Extras(
        category=form.chosen_category,
        spot=form.spot,
        picture=form.picture.data,
        email=form.email.data or "",
        source=Source(form.source.data),
        entered_by_id=staff.id,
    )
    with speaking(tag):  # what is written to the person is in their language
        code = sending.send_idea(form.chosen_call, form.words, extras, form_key=form.key)
    number = session.scalars(select(Idea.id).where(Idea.form_key == form.key)).one()
    audit.record("idea.entered", thing=f"idea {number}", source=form.source.data)
    cookie[ENTERED] = [code, tag]
    return redirect(url_for("idea_entry.entered"))


@bp.get("/entered")
def entered() -> ResponseReturnValue:
    """The receipt in the language of the person, to be printed or read aloud, until the next idea is begun."""
    require(rules.enter)
    code, tag = cookie.get(ENTERED, (None, None))
    if code is None:
        return redirect(url_for("idea_entry.enter"))
    with speaking(tag):
        picture = segno.make(qr_address(code), error="m").svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
        receipt = render_template("ideas/_printed_receipt.html", code=codes.grouped(code), picture=picture)
    return render_template("ideas/entered.html", receipt=Markup(receipt), marks=language(tag))  # noqa: S704  (our own)


def spoken(tag: str) -> str:
    """The language of a person if the pages speak it too, or else the one of this page."""
    return tag if tag in {one.tag for one in languages()} else current_language().tag
