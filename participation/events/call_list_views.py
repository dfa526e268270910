"""The call list: people who have no e-mail address and need to hear something."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from participation import audit
from participation.events import call_list, phones, rules
from participation.events.call_list import Outcome
from participation.events.registration_models import CallReason, PhoneCall
from participation.events.wordings import CALLS, OUTCOMES
from participation.i18n import _
from participation.paging import paginate
from participation.permissions import person, require

bp = Blueprint("call_list", __name__, url_prefix="/staff/phone-calls")


@bp.get("")
def index() -> str:
    """Who is to be called, the most pressing first; whose number it is stands on the page of the call."""
    user = require(rules.visit)
    page = paginate(call_list.waiting_calls(user))
    return render_template("events/staff/call_list.html", page=page, reasons=CALLS, outcomes=OUTCOMES)


@bp.post("/<int:call_id>")
def show(call_id: int) -> str:
    """Number, and what to say. That look is written down, and so it is no GET (D15)."""
    one = found(call_id)
    audit.look("call.seen", f"event {one.registration.event_id}", "calling somebody who registered")
    return render_template(
        "events/staff/call.html",
        call=one,
        registration=one.registration,
        sentences=call_list.sentences(one),
        shown=phones.shown(one.registration.phone),
        reason=CALLS[one.reason],
        outcomes=OUTCOMES,
        offers_something=one.reason is CallReason.OFFER,
    )


@bp.post("/<int:call_id>/<outcome>")
def note(call_id: int, outcome: str) -> Response:
    """Write down what came of it."""
    one = found(call_id)
    chosen = next((kind for kind in Outcome if kind.value == outcome), None) or abort(404)
    call_list.note(one, chosen, person())
    flash(_("The call is written down: %(outcome)s", outcome=OUTCOMES[chosen.value]), "success")
    return redirect(url_for("call_list.index"))


def found(call_id: int) -> PhoneCall:
    """The call, for whoever organises its event."""
    require(rules.visit)
    one = call_list.call(call_id)
    require(rules.see_registrations, one.registration.event)
    return one
