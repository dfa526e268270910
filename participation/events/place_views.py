"""The desk for places with their rooms, and for the topics of events."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation.events import place_operations, rules, staff_queries
from participation.events.place_forms import STEPS, PlaceForm, RoomForm, TopicForm
from participation.forms import render_form
from participation.i18n import _
from participation.paging import paginate
from participation.permissions import require
from participation.places.models import Place, Room, StepFree

bp = Blueprint("place_staff", __name__, url_prefix="/staff/places")
topics_bp = Blueprint("topic_staff", __name__, url_prefix="/staff/topics")


# --- Places -----------------------------------------------------------------------------------------------------------


@bp.get("")
def index() -> str:
    """All places where events can be, those in use first."""
    require(rules.manage_places)
    page = paginate(staff_queries.every_place())
    return render_template("events/staff/places.html", page=page, steps=STEPS)


@bp.route("/new", methods=["GET", "POST"])
@bp.route("/<int:place_id>", methods=["GET", "POST"])
def place(place_id: int | None = None) -> ResponseReturnValue:
    """One place: where it is and how people get in."""
    require(rules.manage_places)
    known = staff_queries.place(place_id) if place_id is not None else None
    form = PlaceForm(obj=known, data=None if known else {"step_free": StepFree.UNKNOWN})
    if form.validate_on_submit():
        kept = place_operations.keep_place(known, **form.answers)
        return _done(kept, _("The place was saved."))
    is_used = known is not None and staff_queries.events_at(known) > 0
    return render_form("events/staff/place.html", form, place=known, is_used=is_used)


@bp.post("/<int:place_id>/deactivate")
def deactivate(place_id: int) -> Response:
    """No new event is offered this place."""
    found = _found(place_id)
    place_operations.deactivate(found)
    return _done(found, _("The place is not offered for new events any more."))


@bp.post("/<int:place_id>/activate")
def activate(place_id: int) -> Response:
    """New events can be there again."""
    found = _found(place_id)
    place_operations.activate(found)
    return _done(found, _("The place can be chosen for events again."))


@bp.post("/<int:place_id>/delete")
def delete(place_id: int) -> Response:
    """Only one where no event has ever been."""
    place_operations.delete_place(_found(place_id))
    flash(_("The place was deleted."), "success")
    return redirect(url_for("place_staff.index"))


@bp.route("/<int:place_id>/rooms", methods=["GET", "POST"])
@bp.route("/<int:place_id>/rooms/<int:room_id>", methods=["GET", "POST"])
def room(place_id: int, room_id: int | None = None) -> ResponseReturnValue:
    """A new room, or another name and number of people for one."""
    found = _found(place_id)
    known = _room(found, room_id) if room_id is not None else None
    facts = {"label": known.name, "holds": known.holds, "step_free": known.step_free} if known else None
    form = RoomForm(data=facts or {"step_free": found.step_free})
    if form.validate_on_submit():
        place_operations.keep_room(found, known, **form.answers)
        return _done(found, _("The room was saved."))
    is_used = known is not None and staff_queries.is_room_used(known)
    return render_form("events/staff/room.html", form, place=found, room=known, is_used=is_used)


@bp.post("/<int:place_id>/rooms/<int:room_id>/delete")
def delete_room(place_id: int, room_id: int) -> Response:
    """Only one where no event has ever been."""
    found = _found(place_id)
    place_operations.delete_room(_room(found, room_id))
    return _done(found, _("The room was deleted."))


def _found(place_id: int) -> Place:
    require(rules.manage_places)
    return staff_queries.place(place_id)


def _room(place: Place, room_id: int) -> Room:
    return staff_queries.room(place, room_id)


def _done(place: Place, message: str) -> Response:
    flash(message, "success")
    return redirect(url_for("place_staff.place", place_id=place.id))


# --- Topics -----------------------------------------------------------------------------------------------------------


@topics_bp.route("", methods=["GET", "POST"])
def topics() -> ResponseReturnValue:
    """What events are about, in the order of the filter; the form adds one."""
    require(rules.manage_places)
    form = TopicForm()
    if form.validate_on_submit():
        place_operations.add_topic(form.label.data)
        return _to_topics(_("The topic was added."))
    return render_form("events/staff/topics.html", form, topics=staff_queries.topics())


@topics_bp.route("/<int:topic_id>", methods=["GET", "POST"])
def topic(topic_id: int) -> ResponseReturnValue:
    """Another name for the same topic."""
    require(rules.manage_places)
    found = staff_queries.topic(topic_id)
    form = TopicForm(data={"label": found.name})
    if form.validate_on_submit():
        place_operations.rename_topic(found, form.label.data)
        return _to_topics(_("The topic was saved."))
    return render_form("events/staff/topic.html", form, topic=found)


@topics_bp.post("/<int:topic_id>/up")
def move_topic(topic_id: int) -> Response:
    """One place further up."""
    require(rules.manage_places)
    place_operations.move_topic(staff_queries.topic(topic_id))
    return redirect(url_for("topic_staff.topics"))


@topics_bp.post("/<int:topic_id>/delete")
def delete_topic(topic_id: int) -> Response:
    """Only one that no event is about."""
    require(rules.manage_places)
    place_operations.delete_topic(staff_queries.topic(topic_id))
    return _to_topics(_("The topic was deleted."))


def _to_topics(message: str) -> Response:
    flash(message, "success")
    return redirect(url_for("topic_staff.topics"))
