"""For administrators: who works here and what they may; and the audit log."""

from flask import abort, current_app, flash, redirect, render_template, request, url_for

from participation.accounts import operations, queries, rules
from participation.accounts.forms import ROLE_NAMES, AuditFilter, InvitationForm, LinkForm, RoleForm
from participation.accounts.models import User
from participation.accounts.views import Page, bp
from participation.errors import Refused
from participation.forms import render_form
from participation.i18n import _, current_language
from participation.paging import paginate
from participation.permissions import allowed, require


@bp.get("/account/staff")
def staff() -> str:
    """All accounts."""
    require(rules.manage_staff)
    return render_template("accounts/staff.html", page=paginate(queries.staff()), role_names=ROLE_NAMES)


@bp.route("/account/staff/invite", methods=["GET", "POST"])
def invite() -> Page:
    """Somebody new: the link is shown once and handed over by the administrator."""
    require(rules.manage_staff)
    form = InvitationForm()
    if form.validate_on_submit():
        try:
            user, token = operations.invite(**form.answers)
        except operations.AccountExists as refused:
            form.refuse("email", refused.message)
        except Refused as refused:
            form.refuse("area_id", refused.message)
        else:
            return show_link(user, token)
    return render_form("accounts/invite.html", form)


def show_link(user: User, token: str) -> str:
    """The page that shows a link for the only time."""
    return render_template("accounts/link.html", user=user, link=link_address(token))


def link_address(token: str) -> str:
    """The whole address of a link; the host is the one of the settings, never the one a request claims."""
    house = current_app.url_map.bind("house")
    path = house.build("accounts.open_link", {"lang": current_language().tag, "token": token})
    return f"{current_app.config['SETTINGS'].public_url}{path}"


def managed(user_id: int) -> User:
    """The account, for whoever may change it."""
    require(rules.manage_staff)
    user = queries.user(user_id)
    require(rules.manage, user)
    return user


@bp.route("/account/staff/<int:user_id>", methods=["GET", "POST"])
def staff_member(user_id: int) -> Page:
    """One account with its roles; the form gives it another one."""
    require(rules.manage_staff)
    user = queries.user(user_id)
    form = RoleForm()
    if form.validate_on_submit():
        require(rules.manage, user)
        try:
            operations.give_role(user, form.role.data, form.area_id.data)
        except Refused as refused:
            form.refuse("role", refused.message)
        else:
            flash(_("The role is given."))
            return redirect(url_for("accounts.staff_member", user_id=user.id))
    area_names = {area.id: area.name for area in queries.areas()}
    return render_form("accounts/staff_member.html", form, user=user, role_names=ROLE_NAMES, area_names=area_names)


@bp.post("/account/staff/<int:user_id>/roles/<int:assignment_id>/take")
def take_role(user_id: int, assignment_id: int) -> Page:
    """Take a role away."""
    user = managed(user_id)
    operations.take_role(user, assignment_id)
    flash(_("The role is taken away."))
    return redirect(url_for("accounts.staff_member", user_id=user.id))


@bp.post("/account/staff/<int:user_id>/deactivate")
def deactivate(user_id: int) -> Page:
    """Nobody signs in with this account any more."""
    user = managed(user_id)
    operations.deactivate(user)
    flash(_("The account is deactivated, and all its sessions have ended."))
    return redirect(url_for("accounts.staff_member", user_id=user.id))


@bp.post("/account/staff/<int:user_id>/activate")
def activate(user_id: int) -> Page:
    """The account can be used again."""
    user = managed(user_id)
    operations.activate(user)
    flash(_("The account can be used again."))
    return redirect(url_for("accounts.staff_member", user_id=user.id))


@bp.route("/account/staff/<int:user_id>/link", methods=["GET", "POST"])
def link(user_id: int) -> Page:
    """A new link for somebody who has lost the password, or whose invitation has run out."""
    user = managed(user_id)
    if not user.is_active:
        abort(404)
    form = LinkForm()
    if form.validate_on_submit():
        return show_link(user, operations.issue_link(user, **form.answers))
    return render_form("accounts/new_link.html", form, user=user)


@bp.get("/account/audit")
def audit_log() -> Page:
    """The audit log; looks at personal data are shown to the privacy officer alone (D15)."""
    require(rules.read_audit)
    form = AuditFilter(formdata=request.args)
    wanted = form.answers if form.validate() else {}  # type: ignore[no-untyped-call]  # WTForms brings no types
    entries = queries.audit_entries(with_personal_data=allowed(rules.read_personal_audit), **wanted)
    return render_template("accounts/audit.html", form=form, page=paginate(entries)), 422 if form.errors else 200
