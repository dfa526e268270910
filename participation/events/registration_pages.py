"""Registering for an event: one page, and then the receipt."""

from collections.abc import Iterator

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import bindparam, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from participation.db import as_read, session, table_of
from participation.districts.places import Places
from participation.errors import Refused
from participation.events import consents, registering, registration_forms, rules, showing
from participation.events.invitations import InvitationUsed, WrongInvitation
from participation.events.models import Event, EventSession
from participation.events.registering import AlreadyRegistered, NowFull, TooManyPersons
from participation.events.registration_forms import FIELDS, RegistrationForm, fitting
from participation.events.registration_models import Registration
from participation.events.showing import Entrance
from participation.forms import SWITCH, render_form
from participation.honesty import FIELDS as HONESTY
from participation.limits import limit
from participation.permissions import allowed, has_session
from participation.questionnaires.extra_questions import ExtraQuestions
from participation.questionnaires.replies import PREFIX, SHOWN
from participation.receipts import pocket

bp = Blueprint("event_registration", __name__, url_prefix="/events")

CHECKED_BEFORE = {"csrf": False}  # the token of each POST is checked before any view; twice would cost twice
BESIDE_THE_FORM = {SWITCH, SHOWN, "csrf_token", *HONESTY}
# Where a refusal is told; what is not named here is told above the form.
FIELD_OF = {WrongInvitation: "invitation", InvitationUsed: "invitation", TooManyPersons: "persons"}


@bp.route("/<int:event_id>/register", methods=["GET", "POST"])
@limit("300 per hour")  # a whole meeting point may share one address
def register(event_id: int) -> ResponseReturnValue:
    """The form, and what was typed into it; whoever is too late keeps it on the page."""
    event = _held_event(event_id) if request.method == "POST" else _event(event_id)
    if not allowed(rules.register, event):
        abort(404)
    entrance = showing.entrance(event, is_full=showing.all_full(event.sessions))
    if request.method != "POST" and entrance not in {Entrance.REGISTER, Entrance.WAITING_LIST}:
        return render_template("events/register.html", event=event, entrance=entrance, form=None)
    attempt = Attempt(event)
    if request.method != "POST" or SWITCH in request.form:
        return attempt.page(told=False)
    return attempt.send() if attempt.is_valid() else attempt.page()


TO_READ = (
    select(Event)
    .where(Event.id == bindparam("event_id"))
    .options(joinedload(Event.place), joinedload(Event.room), selectinload(Event.sessions))
)
events, sessions = table_of(Event), table_of(EventSession)
NEEDED = (
    *("id", "sequence", "changed_at", "title", "starts_at", "ends_at", "zone", "format", "mode", "most_persons"),
    *("interpretation", "sign_language", "child_care", "requests_until", "contact_rule", "confirms_by_link"),
    *("registration_opens_at", "registration_closes_at", "hold_hours", "most_in_group", "has_waiting_list"),
    *("group_rule", "several_sessions", "version_id", "published_at", "cancelled_at"),
    *("purpose", "legal_basis", "person_in_charge", "retention_days"),
)
OF_SESSION = tuple(sessions.c.keys())
TO_REGISTER = (
    select(*(events.c[name] for name in NEEDED), *sessions.c)
    .join(sessions, sessions.c.event_id == events.c.id)
    .where(events.c.id == bindparam("event_id"))
    .order_by(sessions.c.id)
    .with_for_update(of=[events, sessions], key_share=True)
)


def _event(event_id: int) -> Event:
    """The event with its sessions."""
    return session.scalars(TO_READ, {"event_id": event_id}).one()


def _held_event(event_id: int) -> Event:
    """The same, held with its sessions, so that nobody cancels or fills it while somebody registers.

    It is read column by column: this happens with each registration, and objects made by hand cost half.
    """
    rows = session.connection().execute(TO_REGISTER, {"event_id": event_id}).all()
    if not rows:
        raise NoResultFound
    event = as_read(Event, dict(zip(NEEDED, rows[0], strict=False)))
    parts = [as_read(EventSession, dict(zip(OF_SESSION, row[len(NEEDED) :], strict=True))) for row in rows]
    for part in parts:
        set_committed_value(part, "event", event)
    registering.note_held(event, parts)
    return event


class Attempt:
    """One visit to the page, with all that was typed."""

    def __init__(self, event: Event) -> None:
        self.event = event
        typed = request.form if request.method == "POST" else None
        self.form = fitting(RegistrationForm, event)(event, meta=CHECKED_BEFORE)
        if typed is None or self.form.consents.data:
            self.form.ask_consents(consents.asked(event))
        self.questions = ExtraQuestions(event.version, Places(), typed) if event.version_id else None
        if typed is not None and any(self._unknown_fields()):
            abort(400)

    def is_valid(self) -> bool:
        """Whether all of it can be sent."""
        questions = self.questions
        is_right = bool(self.form.validate())
        return is_right and (questions is None or not (questions.errors or questions.has_more_to_ask))

    def send(self) -> ResponseReturnValue:
        """Register and show the receipt; whatever comes in between leaves all that was typed on the page."""
        form = self.form
        try:
            issued = registering.register_anew(self.event, form.wish(self.questions), form_key=form.key)
        except Refused as refused:
            return self._refused(refused)
        pocket.keep(issued.code, receipt=issued.receipt)
        return redirect(url_for("receipts.new"))

    def _refused(self, refused: Refused) -> ResponseReturnValue:
        """Nothing half done stays. Where a double click was the reason, the first click's receipt is shown."""
        session.rollback()
        try:
            code = registering.code_again(self.form.key)
        except AlreadyRegistered:
            if pocket.kept_code() is None:
                raise
            return redirect(url_for("receipts.new"))
        if code is not None:
            pocket.keep(code)
            return redirect(url_for("receipts.new"))
        return self._asked_again(refused)

    def _asked_again(self, refused: Refused) -> ResponseReturnValue:
        if isinstance(refused, NowFull):
            self.form.wait_for(refused.sessions)
        self.event = _event(self.event.id)
        name = FIELD_OF.get(type(refused))
        if name is not None and name in self.form:
            self.form.refuse(name, str(refused))
        else:
            self.form.form_errors.append(str(refused))
        return self.page()

    def page(self, *, told: bool = True) -> ResponseReturnValue:
        """The page with the mistakes, unless only the language was switched."""
        form, questions = self.form, self.questions
        if not form.knows_texts:
            form.ask_consents(consents.asked(self.event))
        form.show_places(self.event)
        if questions is not None and not told:
            questions.errors.clear()
        page, status = render_form(
            "events/register.html",
            form,
            event=self.event,
            entrance=showing.entrance(self.event, is_full=showing.all_full(self.event.sessions)),
            questions=questions,
            asks_more=questions is not None and told and questions.has_more_to_ask,
            missed=registration_forms.missed_requests(self.event),
            is_registered=has_registered(self.event),
        )
        return page, 422 if questions is not None and questions.errors else status

    def _unknown_fields(self) -> Iterator[str]:
        """Fields that no page of ours sends (V6)."""
        known = BESIDE_THE_FORM | FIELDS
        yield from (name for name in request.form if name not in known and not name.startswith(PREFIX))
        if self.questions is not None:
            yield from self.questions.foreign_fields
        else:
            yield from (name for name in request.form if name.startswith(PREFIX))


def has_registered(event: Event) -> bool:
    """Whether the receipt that this browser holds is for this event."""
    receipt = pocket.current() if has_session() else None
    if receipt is None:
        return False
    mine = select(Registration.id).where(Registration.receipt_id == receipt.id, Registration.event_id == event.id)
    return session.scalar(mine) is not None
