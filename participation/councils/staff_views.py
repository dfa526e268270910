"""The councils' desk: set up a council, say by which rules it works, publish it, dissolve it; groups and statutes."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation import clock
from participation.councils import operations, queries, rules, seats_and_terms, statutes
from participation.councils.council_forms import CouncilForm, DissolveForm, GroupForm, NewCouncilForm, StatuteForm
from participation.councils.models import Council, Group, Statute
from participation.councils.names import KINDS, PROPOSED_BY, group_name
from participation.errors import Refused
from participation.forms import render_form
from participation.i18n import _
from participation.limits import limit
from participation.media.uploads import takes_pictures
from participation.paging import paginate
from participation.permissions import allowed, require

bp = Blueprint("council_staff", __name__, url_prefix="/staff/councils")


# --- Councils ---------------------------------------------------------------------------------------------------------


@bp.get("")
def index() -> str:
    """The councils that somebody looks after, with who sits there and when they meet."""
    staff = require(rules.visit)
    page = paginate(queries.managed(staff))
    return render_template(
        "councils/staff/index.html",
        page=page,
        kinds=KINDS,
        counts=queries.counted(page.items),
        next_meetings=queries.next_meetings(page.items),
    )


@bp.route("/new", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    """A name and a kind are enough to begin with."""
    require(rules.create)
    form = NewCouncilForm()
    if form.validate_on_submit():
        council = operations.create_council(**form.answers)
        return _done(council, _("The council is a draft. Residents see nothing until you publish it."))
    return render_form("councils/staff/council_new.html", form)


@bp.get("/<int:council_id>")
def show(council_id: int) -> str:
    """One council: where it stands and what can be done."""
    council = found(council_id)
    members = seats_and_terms.in_office(council)
    return render_template(
        "councils/staff/council.html",
        council=council,
        kinds=KINDS,
        proposed_by=PROPOSED_BY,
        group_name=group_name,
        seats=seats_and_terms.group_seats(council, members),
        people=len(members),
        meetings=queries.coming_meetings(council),
        statute=statutes.in_force(statutes.published(council)),
        missing=operations.missing_duties(council),
    )


@bp.route("/<int:council_id>/settings", methods=["GET", "POST"])
def settings(council_id: int) -> ResponseReturnValue:
    """Words, districts and rules."""
    council = found(council_id)
    form = CouncilForm(council, may_move=allowed(rules.create))
    if form.validate_on_submit() and _went_well(form, council):
        return _done(council, _("Your changes were saved."))
    return render_form("councils/staff/council_settings.html", form, council=council)


def _went_well(form: CouncilForm, council: Council) -> bool:
    try:
        operations.change_council(council, **form.answers)
    except operations.PromiseGiven as refused:
        form.refuse("retention_days", refused.message)
        return False
    return True


@bp.route("/<int:council_id>/publish", methods=["GET", "POST"])
def publish(council_id: int) -> ResponseReturnValue:
    """A last look at what residents are told, then publish: two clicks."""
    council = found(council_id)
    if request.method == "POST":
        operations.publish_council(council)
        return _done(council, _("The council is published."))
    missing = operations.missing_duties(council)
    return render_template("councils/staff/council_publish.html", council=council, missing=missing)


@bp.route("/<int:council_id>/dissolve", methods=["GET", "POST"])
def dissolve(council_id: int) -> ResponseReturnValue:
    """The last day of a council; all terms end with it."""
    council = found(council_id)
    form = DissolveForm()
    if form.validate_on_submit():
        try:
            operations.dissolve(council, form.last_day.data)
        except Refused as refused:
            form.refuse("last_day", refused.message)
        else:
            return _done(council, _("The council was dissolved. What it did stays readable."))
    return render_form("councils/staff/council_dissolve.html", form, council=council)


@bp.route("/<int:council_id>/delete", methods=["GET", "POST"])
def delete(council_id: int) -> ResponseReturnValue:
    """Throw a draft away, after a question back."""
    council = found(council_id)
    if request.method == "GET":
        return render_template("councils/staff/council_delete.html", council=council)
    operations.delete_draft(council)
    flash(_("The draft was deleted."), "success")
    return redirect(url_for("council_staff.index"))


# --- Groups -----------------------------------------------------------------------------------------------------------


@bp.route("/<int:council_id>/groups", methods=["GET", "POST"])
def groups(council_id: int) -> ResponseReturnValue:
    """For whom seats are there; the form adds a group."""
    council = found(council_id)
    form = GroupForm(None)
    if form.validate_on_submit():
        operations.keep_group(council, None, **form.answers)
        return _to_groups(council, _("The group was added."))
    return render_form("councils/staff/groups.html", form, council=council, group_name=group_name)


@bp.route("/groups/<int:group_id>", methods=["GET", "POST"])
def group(group_id: int) -> ResponseReturnValue:
    """Other facts about a group."""
    known = _group(group_id)
    form = GroupForm(known)
    if form.validate_on_submit():
        try:
            operations.keep_group(known.council, known, **form.answers)
        except operations.SeatsTaken as refused:
            form.refuse("seats", refused.message)
        else:
            return _to_groups(known.council, _("Your changes were saved."))
    return render_form("councils/staff/group.html", form, group=known, group_name=group_name)


@bp.post("/groups/<int:group_id>/up")
def move_group(group_id: int) -> Response:
    """One place further up."""
    known = _group(group_id)
    operations.move_group(known)
    return _to_groups(known.council)


@bp.post("/groups/<int:group_id>/delete")
def delete_group(group_id: int) -> Response:
    """Only one in which nobody ever sat."""
    known = _group(group_id)
    council = known.council
    operations.delete_group(known)
    return _to_groups(council, _("The group was deleted."))


# --- Statutes ---------------------------------------------------------------------------------------------------------


@bp.get("/<int:council_id>/statutes")
def all_statutes(council_id: int) -> str:
    """All versions, drafts too."""
    council = found(council_id)
    in_force = statutes.in_force(statutes.published(council))
    return render_template(
        "councils/staff/statutes.html",
        council=council,
        versions=statutes.versions(council),
        in_force=in_force,
        today=clock.today(),
    )


@bp.route("/<int:council_id>/statutes/new", methods=["GET", "POST"])
@takes_pictures
@limit("60 per hour")
def new_statute(council_id: int) -> ResponseReturnValue:
    """One more version, as a draft."""
    council = found(council_id)
    form = StatuteForm(None)
    if form.validate_on_submit():
        made = statutes.draft(council, **form.answers)
        return _to_statute(made, _("The new version is a draft. Residents see nothing until you publish it."))
    return render_form("councils/staff/statute_edit.html", form, council=council, statute=None)


@bp.get("/statutes/<int:statute_id>")
def statute(statute_id: int) -> str:
    """One version as it stands, and what can be done with it."""
    known = _statute(statute_id)
    return render_template("councils/staff/statute.html", statute=known, council=known.council)


@bp.route("/statutes/<int:statute_id>/edit", methods=["GET", "POST"])
@takes_pictures
@limit("60 per hour")
def edit_statute(statute_id: int) -> ResponseReturnValue:
    """Other words for a draft."""
    known = _statute(statute_id)
    if known.published_at is not None:
        raise statutes.PublishedStays
    form = StatuteForm(known)
    if form.validate_on_submit():
        statutes.change(known, **form.answers)
        return _to_statute(known, _("Your changes were saved."))
    return render_form("councils/staff/statute_edit.html", form, council=known.council, statute=known)


@bp.post("/statutes/<int:statute_id>/publish")
def publish_statute(statute_id: int) -> Response:
    """From here on it never changes."""
    known = _statute(statute_id)
    statutes.publish(known)
    return _to_statute(known, _("This version of the statutes is published."))


@bp.post("/statutes/<int:statute_id>/delete")
def delete_statute(statute_id: int) -> Response:
    """Only a draft."""
    known = _statute(statute_id)
    council_id = known.council_id
    statutes.delete_draft(known)
    flash(_("The draft was deleted."), "success")
    return redirect(url_for("council_staff.all_statutes", council_id=council_id))


# --- What all of them share -------------------------------------------------------------------------------------------


def found(council_id: int) -> Council:
    """The council, for whoever looks after it; whoever looks after none learns nothing of its number."""
    require(rules.visit)
    council = queries.council_by_id(council_id)
    require(rules.manage, council)
    return council


def _group(group_id: int) -> Group:
    require(rules.visit)
    group = queries.group(group_id)
    require(rules.manage, group.council)
    return group


def _statute(statute_id: int) -> Statute:
    require(rules.visit)
    statute = queries.statute(statute_id)
    require(rules.manage, statute.council)
    return statute


def _done(council: Council, message: str) -> Response:
    return _to("council_staff.show", message, council_id=council.id)


def _to_groups(council: Council, message: str = "") -> Response:
    return _to("council_staff.groups", message, council_id=council.id)


def _to_statute(statute: Statute, message: str) -> Response:
    return _to("council_staff.statute", message, statute_id=statute.id)


def _to(endpoint: str, message: str, **values: Any) -> Response:
    if message:
        flash(message, "success")
    return redirect(url_for(endpoint, **values))
