"""The events desk: picture, documents and links of an event."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from participation.errors import Refused
from participation.events import materials
from participation.events.desk import bp, done, found
from participation.events.material_forms import DocumentForm, LinkForm, PictureForm
from participation.events.models import Event
from participation.forms import render_form
from participation.i18n import _
from participation.limits import limit
from participation.media.uploads import takes_pictures

HERE = "event_staff.media"


@bp.get("/<int:event_id>/media")
def media(event_id: int) -> str:
    """What there is so far, and the ways to more."""
    return render_template("events/staff/media.html", event=found(event_id))


@bp.route("/<int:event_id>/picture", methods=["GET", "POST"])
@takes_pictures
@limit("60 per hour")
def picture(event_id: int) -> ResponseReturnValue:
    """One picture with a text for people who cannot see it."""
    event = found(event_id)
    form = PictureForm(event)
    if form.validate_on_submit():
        materials.show_picture(event, form.picture.data)
        return done(event, _("Your changes were saved."), HERE)
    return render_form("events/staff/picture.html", form, event=event)


@bp.route("/<int:event_id>/documents", methods=["GET", "POST"])
@takes_pictures
@limit("60 per hour")
def add_document(event_id: int) -> ResponseReturnValue:
    """A PDF file to read."""
    event = found(event_id)
    form = DocumentForm()
    if form.validate_on_submit() and form.taken is not None:
        materials.add_document(event, form.taken)
        return done(event, _("The document was added."), HERE)
    return render_form("events/staff/document.html", form, event=event)


@bp.post("/<int:event_id>/documents/<uuid:document_id>/remove")
def remove_document(event_id: int, document_id: uuid.UUID) -> Response:
    """The event shows it no longer."""
    event = found(event_id)
    known = {one.id: one for one in event.documents}
    if document_id not in known:
        raise NoResultFound
    materials.remove_document(event, known[document_id])
    return _back(event, _("The document was removed."))


@bp.route("/<int:event_id>/links", methods=["GET", "POST"])
def add_link(event_id: int) -> ResponseReturnValue:
    """A survey, a call for ideas, a page elsewhere."""
    event = found(event_id)
    form = LinkForm()
    if form.validate_on_submit():
        try:
            materials.add_link(event, form.chosen, form.wording)
        except Refused as refused:
            form.refuse("address", refused.message)
        else:
            return done(event, _("The link was added."), HERE)
    return render_form("events/staff/link.html", form, event=event)


@bp.post("/<int:event_id>/links/<int:link_id>/remove")
def remove_link(event_id: int, link_id: int) -> Response:
    """It is no longer shown."""
    event = found(event_id)
    known = {one.id: one for one in event.links}
    if link_id not in known:
        raise NoResultFound
    materials.remove_link(event, known[link_id])
    return _back(event, _("The link was removed."))


def _back(event: Event, message: str) -> Response:
    flash(message, "success")
    return redirect(url_for(HERE, event_id=event.id))
