"""The invitation to a meeting: who is invited, who has answered, and whether enough will be there."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation import audit
from participation.councils import answering, inviting, letter_facts, letters, meeting_queries, own_seat, quorum, rules
from participation.councils.answering import NoDeputy
from participation.councils.meeting_models import Meeting
from participation.councils.models import Membership
from participation.councils.names import ROLES
from participation.councils.own_seat_forms import AnswerForm
from participation.councils.wordings import ANSWERED
from participation.forms import render_form
from participation.i18n import _, ngettext
from participation.permissions import require

bp = Blueprint("invitation_staff", __name__, url_prefix="/staff/invitations")


@bp.get("/<int:meeting_id>")
def show(meeting_id: int) -> ResponseReturnValue:
    """The invitation of one meeting with all answers and the forecast."""
    meeting = _found(meeting_id)
    invited, attendances = inviting.invited_members(meeting), own_seat.attendances(meeting)
    return render_template(
        "councils/staff/invitation.html",
        meeting=meeting,
        invited=invited,
        unreached=[one for one in invited if not letters.can_be_written_to(one.person)],
        missing=sum(one.id not in attendances for one in invited),
        attendances=attendances,
        forecast=quorum.forecast(meeting),
        is_late=inviting.is_late(meeting),
        can_invite=inviting.can_invite(meeting),
        takes_answers=answering.takes_answers(meeting),
        answered=ANSWERED,
        roles=ROLES,
    )


@bp.post("/<int:meeting_id>/invite")
def invite(meeting_id: int) -> ResponseReturnValue:
    """Write to everybody; a late invitation needs a tick."""
    meeting = _found(meeting_id)
    written = inviting.invite(meeting, although_late=request.form.get("although_late") == "y")
    flash(ngettext("%(n)s invitation was sent by mail.", "%(n)s invitations were sent by mail.", written), "success")
    unreached = len(inviting.on_paper(meeting))
    if unreached:
        flash(
            ngettext(
                "%(n)s person has no e-mail address. Please print the invitation on paper.",
                "%(n)s people have no e-mail address. Please print the invitations on paper.",
                unreached,
            )
        )
    return redirect(url_for("invitation_staff.show", meeting_id=meeting.id))


@bp.post("/<int:meeting_id>/paper")
def paper(meeting_id: int) -> ResponseReturnValue:
    """The invitations to print, for whom no e-mail reaches; looking at them is written down (D15)."""
    meeting = _found(meeting_id)
    inviting.check(meeting)
    audit.look(
        "meeting.paper_invitations_printed", f"meeting {meeting.id}", "inviting members without an e-mail address"
    )
    return render_template(
        "councils/staff/invitation_paper.html",
        meeting=meeting,
        people=letters.people_of(inviting.on_paper(meeting)),
        when=letter_facts.when(meeting),
        where=letter_facts.where(meeting),
        items=letter_facts.items(meeting),
        is_late=inviting.is_late(meeting),
    )


@bp.route("/<int:meeting_id>/answers/<int:membership_id>", methods=["GET", "POST"])
def answer(meeting_id: int, membership_id: int) -> ResponseReturnValue:
    """Enter what somebody said by telephone or on paper."""
    meeting = _found(meeting_id)
    membership = _member(meeting, membership_id)
    form = AnswerForm(
        own_seat.attendance(meeting, membership), has_deputy=own_seat.has_deputy(meeting, membership), words=ANSWERED
    )
    if not form.validate_on_submit():
        return render_form("councils/staff/answer.html", form, meeting=meeting, membership=membership)
    try:
        answering.answer(meeting, membership, form.said, form.note.data or "")
    except NoDeputy as refused:
        form.refuse("answer", refused.message)
        return render_form("councils/staff/answer.html", form, meeting=meeting, membership=membership)
    audit.record("meeting.answer_entered", thing=f"meeting {meeting.id}", membership=membership.id)
    flash(_("The answer is saved."), "success")
    return redirect(url_for("invitation_staff.show", meeting_id=meeting.id))


def _found(meeting_id: int) -> Meeting:
    require(rules.visit)
    meeting = meeting_queries.with_agenda(meeting_id)
    require(rules.manage, meeting.council)
    return meeting


def _member(meeting: Meeting, membership_id: int) -> Membership:
    """Somebody who is invited to this meeting."""
    found = next((one for one in inviting.invited_members(meeting) if one.id == membership_id), None)
    return found or abort(404)
