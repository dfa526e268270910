"""The councils' desk: the items of an agenda, and what they are linked to."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from participation.councils import agenda, linking, meeting_queries, rules
from participation.councils.meeting_forms import ItemForm, LinkSearchForm
from participation.councils.meeting_models import AgendaItem
from participation.councils.meeting_views import done
from participation.councils.meeting_views import found as found_meeting
from participation.councils.meeting_words import name_of
from participation.forms import render_form
from participation.i18n import _
from participation.limits import limit
from participation.permissions import require

LONGEST_SEARCH = 200

bp = Blueprint("agenda_staff", __name__, url_prefix="/staff/agenda-items")


@bp.route("/new/<int:meeting_id>", methods=["GET", "POST"])
def add(meeting_id: int) -> ResponseReturnValue:
    """One more item at the end of the agenda."""
    meeting = found_meeting(meeting_id)
    form = ItemForm()
    if form.validate_on_submit():
        agenda.add(meeting, **form.answers)
        return done(meeting, _("The item stands on the agenda."))
    return render_form("councils/staff/item_new.html", form, meeting=meeting, name=name_of(meeting))


@bp.route("/<int:item_id>", methods=["GET", "POST"])
def change(item_id: int) -> ResponseReturnValue:
    """Title, text, who brings it in, and who may read it."""
    item = found(item_id)
    form = ItemForm(item, is_order_free=not item.meeting.is_announced)
    if form.validate_on_submit():
        agenda.change(item, **form.answers)
        return done(item.meeting, _("Your changes were saved."))
    return render_form("councils/staff/item.html", form, item=item)


@bp.post("/<int:item_id>/up")
def move_up(item_id: int) -> Response:
    """One place further up."""
    return _moved(found(item_id), up=True)


@bp.post("/<int:item_id>/down")
def move_down(item_id: int) -> Response:
    """One place further down."""
    return _moved(found(item_id), up=False)


def _moved(item: AgendaItem, *, up: bool) -> Response:
    agenda.move(item, up=up)
    return redirect(url_for("meeting_staff.show", meeting_id=item.meeting_id, _anchor=f"item-{item.id}"))


@bp.route("/<int:item_id>/withdraw", methods=["GET", "POST"])
def withdraw(item_id: int) -> ResponseReturnValue:
    """Take it off the agenda, after a question back."""
    item = found(item_id)
    if request.method == "POST":
        agenda.withdraw(item)
        return done(item.meeting, _("The item is taken off the agenda."))
    return render_template("councils/staff/item_withdraw.html", item=item)


@bp.route("/<int:item_id>/delete", methods=["GET", "POST"])
def delete(item_id: int) -> ResponseReturnValue:
    """As if it had never been there, after a question back."""
    item = found(item_id)
    if request.method == "POST":
        meeting = item.meeting
        agenda.delete(item)
        return done(meeting, _("The item was deleted."))
    return render_template("councils/staff/item_delete.html", item=item)


# --- Links to ideas, surveys, events and earlier resolutions ----------------------------------------------------------


@bp.get("/<int:item_id>/links")
@limit("60 per minute")
def links(item_id: int) -> str:
    """What the item is about, and a search for more."""
    item = found(item_id)
    form = LinkSearchForm(request.args)
    words = " ".join((form.q.data or "").split())[:LONGEST_SEARCH]
    return render_template(
        "councils/staff/item_links.html",
        item=item,
        form=form,
        words=words,
        findings=meeting_queries.findings(item.links),
        kinds=linking.kind_names(),
        results=linking.look_for(words, item) if words else [],
    )


@bp.post("/<int:item_id>/links")
def add_link(item_id: int) -> Response:
    """This one of those that were found."""
    item = found(item_id)
    number = request.form.get("ref_id", "")
    is_number = number.isascii() and number.isdecimal() and len(number) < 10
    agenda.link(item, request.form.get("kind", ""), int(number) if is_number else 0)
    return _back_to_links(item)


@bp.post("/<int:item_id>/links/<int:link_id>/remove")
def remove_link(item_id: int, link_id: int) -> Response:
    """It is no longer shown."""
    item = found(item_id)
    known = next((one for one in item.links if one.id == link_id), None)
    if known is None:
        raise NoResultFound
    agenda.unlink(item, known)
    return _back_to_links(item)


def _back_to_links(item: AgendaItem) -> Response:
    return redirect(url_for("agenda_staff.links", item_id=item.id))


def found(item_id: int) -> AgendaItem:
    """The item, for whoever may look after its council."""
    item = meeting_queries.item(item_id)
    require(rules.manage, item.meeting.council)
    return item
