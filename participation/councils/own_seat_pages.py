"""What a member does with their receipt at hand: answer invitations, check minutes, see tasks, decide what is shown."""

from urllib.parse import quote

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.contacts import letter_pages
from participation.councils import (
    agreements,
    answering,
    approving,
    meeting_queries,
    members,
    minutes_queries,
    own_links,
    own_seat,
    people,
    proposing,
)
from participation.councils.answering import NoDeputy
from participation.councils.labels import CHOICES, PRESENCES, RESULTS, VOTES
from participation.councils.meeting_models import Meeting
from participation.councils.minutes_models import Minutes, ObjectionDecision
from participation.councils.models import CouncilPerson, Membership
from participation.councils.names import ROLES, group_name
from participation.councils.own_seat_forms import AgreementsForm, AnswerForm, ObjectionForm
from participation.councils.wordings import ANSWERED
from participation.db import session
from participation.forms import render_form
from participation.i18n import LazyText, _, _l
from participation.limits import limit
from participation.marks import formatted
from participation.media import queries as media
from participation.media.views import ALONE, file_name
from participation.receipts import pocket

bp = Blueprint("own_seat", __name__, url_prefix="/own-seat")

LETTER = "council_letter"  # the token of a letter, which leaves the address at once (V21)
DECISIONS: dict[ObjectionDecision, LazyText] = {
    ObjectionDecision.ACCEPTED: _l("Your objection was accepted. The minutes are corrected."),
    ObjectionDecision.REJECTED: _l("Your objection was not accepted. The minutes stay as they are."),
}


@bp.get("")
def show() -> ResponseReturnValue:
    """Everything that waits for them, and what is known about them."""
    person = members.own()
    terms = own_seat.terms(person)
    return render_template(
        "councils/own_seat.html",
        member=person,
        terms=terms,
        roles=ROLES,
        group_name=group_name,
        coming=own_seat.coming(person),
        answered=ANSWERED,
        minutes=own_seat.to_check(person),
        objections=own_seat.objections(person),
        decisions=DECISIONS,
        tasks=own_seat.tasks(person),
        proposals=own_seat.proposals(person),
        councils=own_seat.open_councils(person),
        agreements=agreements.SHORT,
    )


@bp.route("/meetings/<int:meeting_id>", methods=["GET", "POST"])
@limit("60 per hour")
def meeting(meeting_id: int) -> ResponseReturnValue:
    """The whole agenda with confidential items, and the answer to the invitation."""
    person = members.own()
    found, membership = _meeting(person, meeting_id)
    form = AnswerForm(own_seat.attendance(found, membership), has_deputy=own_seat.has_deputy(found, membership))
    if not form.validate_on_submit():
        return _meeting_page(form, found, membership)
    try:
        answering.answer(found, membership, form.said, form.note.data or "")
    except NoDeputy as refused:
        form.refuse("answer", refused.message)
        return _meeting_page(form, found, membership)
    flash(_("Thank you. Your answer is saved. You can change it until the meeting begins."), "success")
    return redirect(url_for("own_seat.show"))


def _meeting_page(form: AnswerForm, found: Meeting, membership: Membership) -> tuple[str, int]:
    return render_form(
        "councils/own_meeting.html",
        form,
        meeting=found,
        membership=membership,
        takes_answers=answering.takes_answers(found),
        formatted=formatted,
    )


def _meeting(person: CouncilPerson, meeting_id: int) -> tuple[Meeting, Membership]:
    """A meeting whose agenda is out, for those who are in office on its day; for all others there is none (V18)."""
    found = meeting_queries.with_agenda(meeting_id)
    seat = own_seat.seat_at(person, found)
    if seat is None or not found.is_announced:
        abort(404)
    return found, seat


@bp.get("/papers/<int:paper_id>.pdf")
def paper(paper_id: int) -> ResponseReturnValue:
    """The file of a paper, also of a confidential one; it is kept by nobody on the way."""
    person = members.own()
    found = meeting_queries.paper(paper_id)
    document = found.document
    if document is None or not own_seat.may_read(person, found):
        abort(404)
    answer = Response(media.bytes_of(document), mimetype="application/pdf")
    name = quote(f"{file_name(document.title)}.pdf", safe="")
    answer.headers["Content-Disposition"] = f"attachment; filename=\"document.pdf\"; filename*=UTF-8''{name}"
    answer.headers["Content-Security-Policy"] = ALONE
    answer.cache_control.no_store = True
    return answer


# --- Minutes ----------------------------------------------------------------------------------------------------------


@bp.route("/minutes/<int:minutes_id>", methods=["GET", "POST"])
@limit("60 per hour")
def minutes(minutes_id: int) -> ResponseReturnValue:
    """The minutes as they are sent round, and the form for an objection."""
    person = members.own()
    found, membership = _minutes(person, minutes_id)
    entries = minutes_queries.entries(found)
    form = ObjectionForm([one.item for one in entries])
    if form.validate_on_submit():
        approving.object_to(found, membership, form.text.data, form.item, form.language.data)
        flash(_("Your objection is recorded. You hear what is decided about it."), "success")
        return redirect(url_for("own_seat.minutes", minutes_id=found.id))
    return render_form(
        "councils/own_minutes.html",
        form,
        minutes=found,
        meeting=found.meeting,
        entries=entries,
        tasks=minutes_queries.tasks([one.item_id for one in entries]),
        attendances=minutes_queries.attendances(found.meeting),
        objections=own_seat.objections(person, found),
        labels={"results": RESULTS, "votes": VOTES, "choices": CHOICES, "presences": PRESENCES},
        decisions=DECISIONS,
        formatted=formatted,
    )


def _minutes(person: CouncilPerson, minutes_id: int) -> tuple[Minutes, Membership]:
    """Minutes that were sent round, for those who were in office on the day of the meeting."""
    found = session.get_one(Minutes, minutes_id)
    seat = own_seat.seat_at(person, found.meeting)
    if seat is None or not found.takes_objections:
        abort(404)
    return found, seat


# --- What is shown of them, and what is known -------------------------------------------------------------------------


@bp.route("/agreements", methods=["GET", "POST"], endpoint="agreements")
@limit("60 per hour")
def own_agreements() -> ResponseReturnValue:
    """A yes is taken back with the same tick that gave it."""
    person = members.own()
    form = AgreementsForm(person)
    if not form.validate_on_submit():
        return render_form("councils/own_agreements.html", form, member=person)
    for purpose, is_agreed in form.agreed.items():
        if is_agreed:
            people.give_consent(person, purpose)
        else:
            people.withdraw_consent(person, purpose)
    flash(_("Saved. What is not ticked is not shown any more."), "success")
    return redirect(url_for("own_seat.show"))


@bp.post("/proposals/<int:proposal_id>/withdraw")
@limit("30 per hour")
def withdraw_proposal(proposal_id: int) -> ResponseReturnValue:
    """Take a proposal of one's own back."""
    person = members.own()
    mine = next((one for one in own_seat.proposals(person) if one.id == proposal_id), None) or abort(404)
    proposing.take_back(mine)
    flash(_("Your proposal was deleted."), "success")
    return redirect(url_for("own_seat.show"))


# --- From a letter ----------------------------------------------------------------------------------------------------


@bp.get("/letters/<token>")
def open_letter(token: str) -> ResponseReturnValue:
    """Take the token out of the address."""
    return letter_pages.keep(LETTER, token, "own_seat.letter")


@bp.route("/letters", methods=["GET", "POST"])
@limit("60 per hour")
def letter() -> ResponseReturnValue:
    """With one button the own page is at hand, and we know that the address is right."""
    return letter_pages.open_matter(
        LETTER, own_links.behind, "councils/own_letter.html", pocket.remember, "own_seat.show"
    )
