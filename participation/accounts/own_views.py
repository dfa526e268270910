"""What everybody who works here has: a start page, and an account of their own."""

from datetime import date

from flask import flash, redirect, render_template, url_for

from participation import clock, feature
from participation.accounts import operations, queries, rules, second_factor, signing_in
from participation.accounts.forms import ChangePasswordForm, PasswordForm
from participation.accounts.views import WRONG_PASSWORD, Page, bp, guessing_limit
from participation.errors import Refused
from participation.forms import render_form
from participation.i18n import _
from participation.permissions import require


@bp.get("/staff")
def staff_home() -> str:
    """Today: what waits for this person in any room, the overdue first, and all doors that are open to them."""
    user = require(rules.enter_office)
    waiting = sorted(feature.duties(user), key=lambda duty: duty.due_on or date.max)  # what has no day can wait
    return render_template("accounts/staff_home.html", user=user, duties=waiting, today=clock.today())


@bp.post("/account/stay-signed-in")
def stay_signed_in() -> dict[str, int]:
    """The script of the office asks for more time (A16); to have asked is to have done something."""
    require(rules.enter_office)
    return {"seconds": signing_in.seconds_left()}


@bp.get("/account")
def own_account() -> str:
    """One's own account: where it is signed in, its password and its second factor."""
    user = require(rules.enter_office)
    return render_template(
        "accounts/own_account.html",
        user=user,
        sign_ins=queries.open_sign_ins(user),
        here=signing_in.sign_in_id(),
        codes_left=queries.recovery_codes_left(user),
    )


@bp.post("/account/sign-ins/<int:sign_in_id>/end")
def end_sign_in(sign_in_id: int) -> Page:
    """Sign out one other browser of one's own."""
    user = require(rules.enter_office)
    operations.end_sign_in(user, sign_in_id)
    flash(_("The other browser is signed out."))
    return redirect(url_for("accounts.own_account"))


@bp.post("/account/sign-out-everywhere")
def sign_out_everywhere() -> Page:
    """Sign out all browsers, this one too."""
    user = require(rules.enter_office)
    operations.end_sign_ins(user)
    signing_in.end_current()
    flash(_("You are signed out everywhere."))
    return redirect(url_for("accounts.sign_in"))


@bp.route("/account/password", methods=["GET", "POST"])
@guessing_limit
def change_password() -> Page:
    """A new password, for whoever knows the old one (V17)."""
    user = require(rules.change_own_account)
    form = ChangePasswordForm()
    if form.validate_on_submit():
        if not operations.confirm_password(user, form.password.data):
            form.refuse("password", WRONG_PASSWORD)
        else:
            try:
                operations.change_password(user, form.new_password.data, here=signing_in.sign_in_id())
            except Refused as refused:
                form.refuse("new_password", refused.message)
            else:
                flash(_("Your password is changed. You are signed out in all other browsers."))
                return redirect(url_for("accounts.own_account"))
    return render_form("accounts/change_password.html", form, user=user)


@bp.route("/account/recovery-codes", methods=["GET", "POST"])
@guessing_limit
def renew_recovery_codes() -> Page:
    """New recovery codes, for whoever knows the password (V17)."""
    user = require(rules.change_own_account)
    form = PasswordForm()
    if form.validate_on_submit():
        if operations.confirm_password(user, form.password.data):
            codes = second_factor.renew_recovery_codes(user)
            return render_template("accounts/recovery_codes.html", codes=codes, onward=None)
        form.refuse("password", WRONG_PASSWORD)
    return render_form("accounts/renew_recovery_codes.html", form)
