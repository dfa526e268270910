"""The doors of the office: signing in, the second factor, signing out, and links that work once."""

from urllib.parse import urlsplit

import structlog
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from participation.accounts import operations, queries, rules, second_factor, signing_in
from participation.accounts.forms import CodeForm, NewPasswordForm, NewSecondFactorForm, RecoveryCodeForm, SignInForm
from participation.accounts.models import User
from participation.accounts.tokens import keyed
from participation.errors import Refused
from participation.forms import render_form
from participation.i18n import _, _l
from participation.limits import limit, limiter, somebody
from participation.permissions import person, require

bp = Blueprint("accounts", __name__)
log = structlog.get_logger()

NEXT, SALT, LINK = "next", "salt", "link"
WRONG_CODE = _l("This code is not right or was used already. Please wait for the next one and try again.")
WRONG_PASSWORD = _l("This password is not right.")

Page = tuple[str, int] | str | Response


def typed_account() -> str:
    """The account that is being tried, as a hash: guessing from many addresses is limited as well (V8)."""
    return keyed("limits", request.form.get("email", "").strip().lower()).hex()


def asking_account() -> str:
    """The account behind this browser, whose codes and password are being tried."""
    found = signing_in.current_sign_in()
    return f"account {found.user_id}" if found else somebody()


guessing_limit = limiter.shared_limit(
    "20 per 15 minutes;100 per day", scope="account", methods=["POST"], key_func=asking_account
)


def own_path(address: str | None) -> str | None:
    """The address, if it is a path of this house and nothing that a browser could read as another host (V22)."""
    if not address or not address.startswith("/") or address.startswith("//") or "\\" in address:
        return None
    if any(ord(char) < 32 or ord(char) == 127 for char in address):
        return None
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc else None


def onward(address: str | None) -> Response:
    """To where the person wanted to go, or to the start page of the office."""
    return redirect(own_path(address) or url_for("accounts.staff_home"))


@bp.route("/account/sign-in", methods=["GET", "POST"])
@limit("10 per minute")
@limiter.limit("30 per hour", methods=["POST"], key_func=typed_account)
def sign_in() -> Page:
    """E-mail address and password; the second factor comes on a page of its own."""
    if person().is_staff:
        return onward(request.args.get(NEXT))
    form = SignInForm(next=request.args.get(NEXT, ""))
    if form.validate_on_submit():
        user = operations.check_password(form.email.data, form.password.data)
        if user:
            return _password_was_right(user, form.next.data)
        form.refuse("password", _l("The e-mail address or the password is not right."))
    return render_form("accounts/sign_in.html", form)


def _password_was_right(user: User, wanted: str | None) -> Response:
    started = signing_in.begin(user, with_second_factor=False)
    if started.is_complete:
        return onward(wanted)
    if own_path(wanted):
        cookie[NEXT] = wanted
    page = "accounts.second_factor_code" if user.has_second_factor else "accounts.set_up_second_factor"
    return redirect(url_for(page))


def _second_factor_was_right(user: User) -> str | None:
    """Start the real session; tells where the person wanted to go."""
    wanted: str | None = cookie.get(NEXT)
    signing_in.begin(user, with_second_factor=True)
    return wanted


@bp.route("/account/second-factor", methods=["GET", "POST"])
@limit("10 per minute")
@guessing_limit
def second_factor_code() -> Page:
    """The code from the authenticator app."""
    user = signing_in.pending_person()
    if user is None:
        return redirect(url_for("accounts.sign_in"))
    if not user.has_second_factor:
        return redirect(url_for("accounts.set_up_second_factor"))
    form = CodeForm()
    if form.validate_on_submit():
        if second_factor.accept_code(user, form.code.data):
            return onward(_second_factor_was_right(user))
        form.refuse("code", WRONG_CODE)
    return render_form("accounts/second_factor.html", form)


@bp.route("/account/recovery-code", methods=["GET", "POST"])
@limit("10 per minute")
@guessing_limit
def recovery_code() -> Page:
    """A recovery code instead, when the phone is lost."""
    user = signing_in.pending_person()
    if user is None or not user.has_second_factor:
        return redirect(url_for("accounts.sign_in"))
    form = RecoveryCodeForm()
    if form.validate_on_submit():
        if second_factor.accept_recovery_code(user, form.code.data):
            return onward(_second_factor_was_right(user))
        form.refuse("code", _l("This recovery code is not right or was used already."))
    return render_form("accounts/recovery_code.html", form)


@bp.route("/account/second-factor/set-up", methods=["GET", "POST"])
@limit("10 per minute")
@guessing_limit
def set_up_second_factor() -> Page:
    """Connect an authenticator app: at the first sign-in, or a new one after typing the password again (V17)."""
    pending = signing_in.pending_person()
    user: User = pending or require(rules.change_own_account)
    if pending and pending.has_second_factor:
        return redirect(url_for("accounts.second_factor_code"))
    # Until it is confirmed, the new secret lives in this browser's session only.
    salt = cookie.setdefault(SALT, second_factor.new_salt())
    form: CodeForm = CodeForm() if pending else NewSecondFactorForm()
    if form.validate_on_submit() and _is_confirmed(user, form):
        codes = second_factor.set_up(user, salt, form.code.data)
        if codes:
            wanted = _second_factor_was_right(user)
            operations.end_sign_ins(user, but=signing_in.sign_in_id())
            return render_template("accounts/recovery_codes.html", codes=codes, onward=own_path(wanted))
        form.refuse("code", WRONG_CODE)
    picture = second_factor.qr_code(salt, user.email, second_factor.issuer())
    secret = second_factor.secret_of(salt)
    return render_form("accounts/set_up_second_factor.html", form, picture=picture, secret=secret)


def _is_confirmed(user: User, form: CodeForm) -> bool:
    """At the first sign-in the password was typed a moment ago."""
    if not isinstance(form, NewSecondFactorForm) or operations.confirm_password(user, form.password.data):
        return True
    form.refuse("password", WRONG_PASSWORD)
    return False


@bp.post("/account/sign-out")
def sign_out() -> Response:
    """End the session here and in the database."""
    asking = person()
    signing_in.end_current()
    if asking.is_staff:
        log.info("signed_out", staff=asking.id)
    return redirect(url_for("pages.home"))


@bp.get("/account/link/<token>")
def open_link(token: str) -> Response:
    """Take the token out of the address at once, so that it stays in no history and no log of a later page (V21)."""
    cookie[LINK] = token
    return redirect(url_for("accounts.choose_password"))


@bp.route("/account/choose-password", methods=["GET", "POST"])
@limit("10 per minute")
def choose_password() -> Page:
    """Whoever came with a link chooses a password, and signs in with it."""
    token = cookie.get(LINK, "")
    link = queries.valid_link(token)
    if link is None:
        raise operations.LinkNotValid
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            operations.use_link(token, form.new_password.data)
        except operations.LinkNotValid:
            raise
        except Refused as refused:
            form.refuse("new_password", refused.message)
        else:
            signing_in.end_current()
            flash(_("Your password is set. Please sign in with it now."))
            return redirect(url_for("accounts.sign_in"))
    return render_form("accounts/choose_password.html", form, user=link.user)
