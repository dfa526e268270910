"""From the draft to the published minutes: circulate, decide objections, approve, black out, publish, correct."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from participation import clock
from participation.councils import approving, content, publication, redacting, rules, sealing, summaries
from participation.councils import minutes_queries as queries
from participation.councils.canonical import canonical
from participation.councils.findings import findings
from participation.councils.life_forms import (
    ApproveForm,
    CirculateForm,
    CorrectForm,
    DecisionForm,
    ObjectionForm,
    PublishForm,
    RedactForm,
    ReleaseForm,
    SummaryForm,
)
from participation.councils.meeting_models import Meeting
from participation.councils.meeting_words import name_of
from participation.councils.minutes_models import Minutes, MinutesObjection, MinutesStatus, ObjectionDecision, Redaction
from participation.councils.minutes_reading import Reading
from participation.councils.seats_and_terms import in_office
from participation.councils.writing_views import find_meeting
from participation.db import session
from participation.errors import Refused
from participation.forms import render_form
from participation.i18n import LazyText, _, _l, language, ngettext
from participation.permissions import require

bp = Blueprint("minutes_life_staff", __name__, url_prefix="/staff/minutes-life")

STATES: dict[MinutesStatus, LazyText] = {
    MinutesStatus.DRAFT: _l("Draft"),
    MinutesStatus.CIRCULATED: _l("Sent to those present"),
    MinutesStatus.APPROVED: _l("Approved, not public yet"),
    MinutesStatus.PUBLISHED: _l("Published"),
}


@bp.get("/<int:meeting_id>")
def show(meeting_id: int) -> str:
    """Where the minutes of a meeting stand, and what can be done."""
    meeting = find_meeting(meeting_id)
    revisions = queries.revisions(meeting_id)
    minutes = revisions[0] if revisions else None
    return render_template(
        "councils/staff/minutes_life.html",
        meeting=meeting,
        name=name_of(meeting),
        minutes=minutes,
        revisions=revisions,
        states=STATES,
        objections=queries.objections(minutes) if minutes else [],
        is_untouched=minutes is None or sealing.is_untouched(minutes),
        refusal=_refusal(minutes) if minutes else None,
    )


@bp.route("/<int:meeting_id>/circulate", methods=["GET", "POST"])
def circulate(meeting_id: int) -> ResponseReturnValue:
    """Send the minutes to those who were there."""
    minutes = _minutes(meeting_id)
    usual = clock.today() + timedelta(days=minutes.meeting.council.objection_days)
    form = CirculateForm(data={"until": usual})
    if form.validate_on_submit():
        written = approving.circulate(minutes, form.until.data)
        told = ngettext("%(n)s letter was written.", "%(n)s letters were written.", written)
        return _done(meeting_id, " ".join([_("Members can check the minutes now."), told]))
    people = [one.membership.person for one in queries.present(minutes.meeting)]
    unreached = [one for one in people if one.contact is None or not one.contact.is_written_to]
    return _form("circulate", form, minutes, people=people, unreached=unreached)


# --- Objections -------------------------------------------------------------------------------------------------------


@bp.route("/<int:meeting_id>/objections/new", methods=["GET", "POST"])
def enter_objection(meeting_id: int) -> ResponseReturnValue:
    """What a member says on the telephone, or writes on paper."""
    minutes = _minutes(meeting_id)
    meeting = minutes.meeting
    form = ObjectionForm(in_office(meeting.council, meeting.held_on), meeting.items)
    if form.validate_on_submit():
        member, item = form.members[form.membership.data], form.items.get(form.item.data)
        approving.object_to(minutes, member, form.text.data, item)
        return _done(meeting_id, _("The objection was saved."))
    return _form("objection_new", form, minutes)


@bp.route("/objections/<int:objection_id>", methods=["GET", "POST"])
def objection(objection_id: int) -> ResponseReturnValue:
    """Read an objection and decide it."""
    require(rules.visit)
    found = session.get_one(MinutesObjection, objection_id)
    require(rules.manage, found.minutes.meeting.council)
    form = DecisionForm()
    if form.validate_on_submit():
        approving.decide_objection(found, ObjectionDecision(form.decision.data), form.reason.data)
        return _done(found.minutes.meeting_id, _("The objection is decided, and the member is told."))
    return _form("objection", form, found.minutes, objection=found)


# --- Approving and correcting -----------------------------------------------------------------------------------------


@bp.route("/<int:meeting_id>/approve", methods=["GET", "POST"])
def approve(meeting_id: int) -> ResponseReturnValue:
    """Lock the text, knowing that only a correction changes it afterwards."""
    minutes = _minutes(meeting_id)
    approving.check_approvable(minutes)
    form = ApproveForm()
    if form.validate_on_submit():
        approving.approve(minutes, form.how.data)
        return _done(meeting_id, _("The minutes are approved and locked."))
    without = [one.item for one in queries.entries(minutes) if one.result is None and one.item.withdrawn_at is None]
    return _form("approve", form, minutes, without=without)


@bp.get("/<int:meeting_id>/<int:number>/approved.txt")
def approved(meeting_id: int, number: int) -> Response:
    """The whole approved text, as its hash was made of it; for the office and the members only."""
    meeting = find_meeting(meeting_id)
    found = {one.number: one for one in queries.revisions(meeting.id)}.get(number)
    if found is None or found.content is None:
        raise NotFound
    answer = Response(canonical(content.readable(found.content)), mimetype="text/plain")
    answer.cache_control.no_store = True
    return answer


@bp.route("/<int:meeting_id>/correct", methods=["GET", "POST"])
def correct(meeting_id: int) -> ResponseReturnValue:
    """Begin a new revision."""
    minutes = _minutes(meeting_id)
    form = CorrectForm()
    if form.validate_on_submit():
        approving.correct(minutes, form.reason.data)
        return _done(meeting_id, _("A correction is begun. The approved minutes stay readable."))
    return _form("correct", form, minutes)


# --- Blacking out and publishing --------------------------------------------------------------------------------------


@bp.route("/<int:meeting_id>/redactions", methods=["GET", "POST"])
def redactions(meeting_id: int) -> ResponseReturnValue:
    """The words that residents do not read; the form adds some."""
    minutes = _minutes(meeting_id)
    form = RedactForm()
    if form.validate_on_submit():
        try:
            redacting.redact(minutes, form.passage.data, form.why)
        except Refused as refused:
            form.refuse("passage", refused.message)
        else:
            flash(_("These words are blacked out everywhere."))
            return redirect(url_for(".redactions", meeting_id=meeting_id))
    return _form("redactions", form, minutes, reasons=redacting.REASONS, findings=_findings(minutes))


@bp.post("/redactions/<int:redaction_id>/show")
def show_again(redaction_id: int) -> Redirect:
    """These words were blacked out by mistake."""
    require(rules.visit)
    found = session.get_one(Redaction, redaction_id)
    minutes = session.get_one(Minutes, found.minutes_id)
    require(rules.manage, minutes.meeting.council)
    redacting.show_again(found)
    flash(_("These words are shown again."))
    return redirect(url_for(".redactions", meeting_id=minutes.meeting_id))


@bp.get("/<int:meeting_id>/preview")
def preview(meeting_id: int) -> str:
    """What residents would read now."""
    minutes = _minutes(meeting_id)
    if minutes.content is None:
        raise NotFound
    said = content.public_now(minutes)
    return render_template("councils/staff/minutes_preview.html", minutes=minutes, read=Reading(minutes, said))


@bp.route("/<int:meeting_id>/publish", methods=["GET", "POST"])
def publish(meeting_id: int) -> ResponseReturnValue:
    """A look at what may be personal data, then everybody can read the minutes."""
    minutes = _minutes(meeting_id)
    publication.check_publishable(minutes)
    found = findings(minutes)
    form = PublishForm(has_findings=bool(found))
    if form.validate_on_submit():
        try:
            publication.publish(minutes, is_checked=form.was_checked)
        except publication.PersonalDataLeft as left:
            form.refuse("is_checked", left.message)
        else:
            return _done(meeting_id, _("Everybody can read the minutes now."))
    return _form("publish", form, minutes, findings=found)


# --- Summaries --------------------------------------------------------------------------------------------------------


@bp.route("/<int:meeting_id>/summaries/<tag>", methods=["GET", "POST"])
def summary(meeting_id: int, tag: str) -> ResponseReturnValue:
    """The minutes in short, in one of the languages the council wants."""
    minutes = _summarised(meeting_id, tag)
    known = summaries.summary(minutes, tag)
    form = SummaryForm(data={"text": known.text if known else ""})
    if form.validate_on_submit():
        try:
            summaries.write(minutes, tag, form.text.data)
        except summaries.HoldsRedactedWords as refused:
            form.refuse("text", refused.message)
        else:
            flash(_("The summary is saved. Residents read it once somebody has released it."))
            return redirect(url_for(".summary", meeting_id=meeting_id, tag=tag))
    return _form("summary", form, minutes, summary=known, spoken=language(tag))


@bp.post("/<int:meeting_id>/summaries/<tag>/release")
def release(meeting_id: int, tag: str) -> Redirect:
    """Somebody has read the summary and answers for it."""
    minutes = _summarised(meeting_id, tag)
    read = ReleaseForm().text.data or ""
    summaries.release(minutes, tag, read)
    flash(_("The summary is released."))
    return redirect(url_for(".summary", meeting_id=meeting_id, tag=tag))


@bp.post("/<int:meeting_id>/summaries/<tag>/take-back")
def take_back(meeting_id: int, tag: str) -> Redirect:
    """Residents do not read the summary any more."""
    minutes = _summarised(meeting_id, tag)
    summaries.take_back(minutes, tag)
    flash(_("Residents do not see the summary any more."))
    return redirect(url_for(".summary", meeting_id=meeting_id, tag=tag))


# --- What all of them share -------------------------------------------------------------------------------------------


def _minutes(meeting_id: int) -> Minutes:
    """The revision that is worked on, or else the last one."""
    meeting = find_meeting(meeting_id)
    minutes = queries.newest(meeting.id)
    if minutes is None:
        raise NotFound
    return minutes


def _summarised(meeting_id: int, tag: str) -> Minutes:
    """For the office and for those who look after languages."""
    require(rules.visit_cards)
    meeting = session.get_one(Meeting, meeting_id)
    require(rules.release, meeting.council)
    minutes = queries.newest_approved(meeting_id)
    if tag not in meeting.council.languages or minutes is None:
        raise NotFound
    return minutes


def _findings(minutes: Minutes) -> list[Any]:
    return findings(minutes) if minutes.content is not None else []


def _refusal(minutes: Minutes) -> LazyText | str | None:
    """Why the minutes cannot be approved yet."""
    try:
        approving.check_approvable(minutes)
    except Refused as refused:
        return refused.message
    return None


def _form(page: str, form: Any, minutes: Minutes, **values: Any) -> tuple[str, int]:
    return render_form(
        f"councils/staff/minutes_{page}.html", form, minutes=minutes, name=name_of(minutes.meeting), **values
    )


def _done(meeting_id: int, message: str) -> Redirect:
    flash(message)
    return redirect(url_for(".show", meeting_id=meeting_id))
