"""The events desk: by which rules people register, what else they are asked, and what they may agree to."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation import audit
from participation.errors import Refused
from participation.events import consents as asking
from participation.events import life, operations, staff_queries
from participation.events.desk import bp, complain, done, found
from participation.events.models import Event
from participation.events.setting_forms import ConsentForm, RegistrationSettingsForm
from participation.forms import render_form
from participation.i18n import _
from participation.limits import limit
from participation.questionnaires.asking import REFUSED, QuestionsForm
from participation.questionnaires.definition import Definition

FIELDS: dict[type[Refused], str] = {
    operations.NeverOpens: "registration_opens_at",
    operations.HasRegistrations: "mode",
}


@bp.route("/<int:event_id>/registration", methods=["GET", "POST"])
def registration_settings(event_id: int) -> ResponseReturnValue:
    """Whether, when and by which rules people register."""
    event = found(event_id)
    form = RegistrationSettingsForm(event)
    if form.validate_on_submit():
        try:
            operations.change_event(event, **form.answers)
        except Refused as refused:
            complain(form, refused, FIELDS)
        else:
            return done(event, _("Your changes were saved."))
    return render_form("events/staff/registration_settings.html", form, event=event)


# --- Extra questions --------------------------------------------------------------------------------------------------


@bp.route("/<int:event_id>/questions", methods=["GET", "POST"])
@limit("20 per minute")
def questions(event_id: int) -> ResponseReturnValue:
    """Questions beside those of the form itself, from a spreadsheet."""
    event = found(event_id)
    form, problems = QuestionsForm(), []
    if form.validate_on_submit():
        read = form.read()
        problems = list(read.problems)
        if read.definition is None:
            form.refuse("file", REFUSED)
        elif _went_well(form, event, read.definition):
            return done(event, _("The questions were saved. Please look at what the check says about them."))
    return render_form("events/staff/questions.html", form, event=event, problems=problems)


def _went_well(form: QuestionsForm, event: Event, definition: Definition) -> bool:
    try:
        operations.ask_questions(event, definition)
    except Refused as refused:
        form.refuse("file", refused.message)
        return False
    return True


@bp.post("/<int:event_id>/questions/stop")
def stop_asking(event_id: int) -> Response:
    """Ask nothing but what the form itself asks."""
    event = found(event_id)
    operations.stop_asking(event)
    return done(event, _("The event asks no extra questions any more."))


# --- Consents ---------------------------------------------------------------------------------------------------------


@bp.route("/<int:event_id>/consents", methods=["GET", "POST"])
def consents(event_id: int) -> ResponseReturnValue:
    """What people may agree to; the form adds one thing."""
    event = found(event_id)
    form = ConsentForm()
    if form.validate_on_submit():
        text = asking.ask(event, form.text.data)
        audit.record("consent.added", thing=life.name(event), number=text.number)
        return done(event, _("The consent was added."), "event_staff.consents")
    texts = staff_queries.consent_texts(event)
    return render_form("events/staff/consents.html", form, event=event, texts=texts)


@bp.route("/<int:event_id>/consents/<int:text_id>", methods=["GET", "POST"])
def consent(event_id: int, text_id: int) -> ResponseReturnValue:
    """Another wording is another version: who agreed to the one before has agreed to that one only (D3)."""
    event = found(event_id)
    before = staff_queries.consent_of(event, text_id)
    form = ConsentForm(data={"text": before.text})
    if form.validate_on_submit():
        text = asking.reword(before, form.text.data)
        audit.record("consent.reworded", thing=life.name(event), number=text.number, version=text.version)
        return done(event, _("From now on people are asked with the new words."), "event_staff.consents")
    return render_form("events/staff/consent.html", form, event=event, text=before)


@bp.post("/<int:event_id>/consents/<int:text_id>/retire")
def retire_consent(event_id: int, text_id: int) -> Response:
    """Do not ask for it any more; what people have agreed to stays on record."""
    event = found(event_id)
    text = staff_queries.consent_of(event, text_id)
    asking.retire(text)
    audit.record("consent.retired", thing=life.name(event), number=text.number, version=text.version)
    flash(_("People are not asked for this consent any more."), "success")
    return redirect(url_for("event_staff.consents", event_id=event.id))
