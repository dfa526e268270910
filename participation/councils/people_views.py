"""The people of the councils: their data, what is shown of them, and their terms of office."""

import segno
from flask import Blueprint, flash, redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.wrappers import Response

from participation.councils import agreements, looks, people, queries, rules, seats_and_terms
from participation.councils.models import ConsentPurpose, Council, CouncilPerson, Membership
from participation.councils.names import ROLES, group_name
from participation.councils.people_forms import (
    AppointForm,
    ConsentForm,
    FindForm,
    PersonForm,
    PortraitForm,
    TermForm,
)
from participation.councils.staff_views import found as found_council
from participation.errors import Refused
from participation.forms import render_form
from participation.i18n import SOURCE_LANGUAGE, _, language, speaking
from participation.limits import limit
from participation.media.uploads import takes_pictures
from participation.paging import paginate
from participation.permissions import person as whoever
from participation.permissions import require
from participation.receipts import codes
from participation.receipts.views import qr_address

bp = Blueprint("council_people", __name__, url_prefix="/staff/council-people")

PRINTED = "council_person_code"  # code and language of the receipt that is to be printed


# --- Finding people ---------------------------------------------------------------------------------------------------


@bp.route("", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """Everybody who sits or sat in a council, page by page, or whose name is looked for."""
    staff = require(rules.visit)
    form = FindForm()
    people_found = queries.named(staff, form.words.data) if form.validate_on_submit() else None
    page = paginate(queries.people_of(staff)) if people_found is None else None
    return render_form("councils/staff/people.html", form, page=page, found=people_found)


@bp.get("/of/<int:council_id>")
def members(council_id: int) -> str:
    """Who sits in a council today, who will, and who did."""
    council = found_council(council_id)
    in_office = seats_and_terms.in_office(council)
    return render_template(
        "councils/staff/members.html",
        council=council,
        roles=ROLES,
        group_name=group_name,
        members=in_office,
        seats=seats_and_terms.group_seats(council, in_office),
        names={one.id: one.person.name for one in in_office},
        to_come=queries.terms_to_come(council),
        page=paginate(queries.earlier_terms(council)),
        ConsentPurpose=ConsentPurpose,
    )


@bp.route("/of/<int:council_id>/choose", methods=["GET", "POST"])
def choose(council_id: int) -> ResponseReturnValue:
    """Who is to take a seat: somebody the office knows already, or somebody new."""
    council = found_council(council_id)
    form = FindForm()
    found = queries.named(whoever(), form.words.data) if form.validate_on_submit() else None
    return render_form("councils/staff/choose.html", form, council=council, found=found)


# --- One person -------------------------------------------------------------------------------------------------------


@bp.route("/of/<int:council_id>/new", methods=["GET", "POST"])
def create(council_id: int) -> ResponseReturnValue:
    """Somebody new; then their seat."""
    council = found_council(council_id)
    form = PersonForm()
    if form.validate_on_submit():
        made = people.create_person(**form.answers)
        looks.note(made)
        flash(_("The person was saved. Please say now which seat they take."), "success")
        return redirect(url_for("council_people.appoint", council_id=council.id, serial=made.serial))
    return render_form("councils/staff/person_new.html", form, council=council)


@bp.get("/<int:serial>")
def show(serial: int) -> str:
    """One person: terms, what is published, and, after a button, how to reach them."""
    found = _person(serial)
    return render_template(
        "councils/staff/person.html",
        found=found,
        terms=queries.terms_of(found),
        roles=ROLES,
        group_name=group_name,
        has_looked=looks.has_looked(found),
        agreements=agreements.SHORT,
        language_of=language,
    )


@bp.post("/<int:serial>/look")
def look(serial: int) -> Response:
    """From here on with address and telephone, as the log says."""
    found = _person(serial)
    looks.note(found)
    return _to(found)


@bp.route("/<int:serial>/edit", methods=["GET", "POST"])
def edit(serial: int) -> ResponseReturnValue:
    """Other facts about somebody."""
    found = _person(serial)
    if not looks.has_looked(found):
        return _to(found)
    form = PersonForm(found)
    if form.validate_on_submit():
        people.change_person(found, **form.answers)
        return _to(found, _("Your changes were saved."))
    return render_form("councils/staff/person_edit.html", form, found=found)


@bp.route("/<int:serial>/picture", methods=["GET", "POST"])
@takes_pictures
@limit("60 per hour")
def picture(serial: int) -> ResponseReturnValue:
    """The picture with what can be seen on it."""
    found = _person(serial)
    form = PortraitForm(found)
    if form.validate_on_submit():
        people.show_portrait(found, form.picture.data)
        return _to(found, _("Your changes were saved."))
    return render_form("councils/staff/person_picture.html", form, found=found)


@bp.route("/<int:serial>/consents", methods=["GET", "POST"])
def consents(serial: int) -> ResponseReturnValue:
    """What the person agreed to have published, entered from paper."""
    found = _person(serial)
    form = ConsentForm(found)
    if form.validate_on_submit():
        for purpose, is_given in form.chosen.items():
            if is_given:
                people.give_consent(found, purpose, entered_by_id=whoever().id)
            else:
                people.withdraw_consent(found, purpose)
        return _to(found, _("Your changes were saved."))
    return render_form("councils/staff/person_consents.html", form, found=found)


@bp.post("/<int:serial>/code")
@limit("60 per hour")
def renew_code(serial: int) -> Response:
    """Another code for the person's own page, to be handed over on paper; the earlier one ends."""
    found = _person(serial)
    tag = found.contact.language if found.contact else SOURCE_LANGUAGE
    cookie[PRINTED] = [found.serial, people.new_code(found), tag]
    return redirect(url_for("council_people.code", serial=found.serial))


@bp.get("/<int:serial>/code")
def code(serial: int) -> ResponseReturnValue:
    """The code in the person's language, to be printed."""
    found = _person(serial)
    printed_for, fresh, tag = cookie.get(PRINTED, (None, "", SOURCE_LANGUAGE))
    if printed_for != found.serial:
        return _to(found)
    with speaking(tag):
        drawn = segno.make(qr_address(fresh), error="m").svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
        receipt = render_template("councils/staff/_printed_code.html", code=codes.grouped(fresh), picture=drawn)
    page = Markup(receipt)  # noqa: S704  (our own template, escaped there)
    return render_template("councils/staff/code.html", found=found, receipt=page, marks=language(tag))


# --- Terms of office --------------------------------------------------------------------------------------------------


@bp.route("/of/<int:council_id>/appoint/<int:serial>", methods=["GET", "POST"])
def appoint(council_id: int, serial: int) -> ResponseReturnValue:
    """A seat or an office for a term."""
    council, found = found_council(council_id), _person(serial)
    form = AppointForm(council, queries.seated_members(council))
    if form.validate_on_submit():
        try:
            seats_and_terms.appoint(found, council, **form.answers)
        except Refused as refused:
            form.refuse(_where(refused), refused.message)
        else:
            return _to_members(council, _("The term of office was saved."))
    return render_form("councils/staff/appoint.html", form, council=council, found=found)


def _where(refused: Refused) -> str:
    """The field that a refusal is about."""
    fields: dict[type[Refused], str] = {
        seats_and_terms.EndsBeforeItBegins: "ends_on",
        seats_and_terms.NoSeatLeft: "group",
        seats_and_terms.NobodyToStandInFor: "deputy_for",
    }
    return fields.get(type(refused), "starts_on")


@bp.route("/terms/<int:membership_id>", methods=["GET", "POST"])
def term(membership_id: int) -> ResponseReturnValue:
    """Another last day of a term, and for whom the person sits there."""
    membership = _membership(membership_id)
    form = TermForm(obj=membership)
    if form.validate_on_submit():
        try:
            seats_and_terms.change_term(membership, **form.answers)
        except Refused as refused:
            form.refuse("ends_on", refused.message)
        else:
            return _to_members(membership.council, _("Your changes were saved."))
    return render_form("councils/staff/term.html", form, membership=membership, roles=ROLES, group_name=group_name)


@bp.post("/terms/<int:membership_id>/end")
def end_term(membership_id: int) -> Response:
    """Today is the last day."""
    membership = _membership(membership_id)
    seats_and_terms.end_term(membership)
    return _to_members(membership.council, _("The term of office ends today."))


# --- What all of them share -------------------------------------------------------------------------------------------


def _person(serial: int) -> CouncilPerson:
    require(rules.visit)
    found = queries.person(serial)
    require(rules.manage_person, found)
    return found


def _membership(membership_id: int) -> Membership:
    require(rules.visit)
    membership = queries.membership(membership_id)
    require(rules.manage, membership.council)
    return membership


def _to(found: CouncilPerson, message: str = "") -> Response:
    if message:
        flash(message, "success")
    return redirect(url_for("council_people.show", serial=found.serial))


def _to_members(council: Council, message: str) -> Response:
    flash(message, "success")
    return redirect(url_for("council_people.members", council_id=council.id))
