"""What somebody fills in who registers for an event, or changes a registration: only what this event asks for (D4)."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from flask import request
from markupsafe import Markup
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from participation import clock
from participation.contacts.forms import ContactField
from participation.contributions.forms import typed_line, typed_text
from participation.events import consents, letter_facts, registering
from participation.events.models import ContactRule, Event, EventSession, Format, Mode, Offer
from participation.events.phones import PhoneField
from participation.events.registering import Needs, Wish
from participation.events.registration_models import ConsentText, Registration
from participation.forms import Form, NumberField, OnceForm, at_most, between, number_needed
from participation.honesty import HonestForm
from participation.i18n import LocalizedText, _, _l, format_day, language, ngettext
from participation.questionnaires.extra_questions import ExtraQuestions

MOST_OF_A_NEED = 50
LONGEST_NEEDS = 1_000

FILL_IN = _l("Please fill in this field.")
ONE_WAY = _l("Please give an e-mail address or a telephone number, so that we can reach you.")
PLEASE_AGREE = _l(
    "Please tick this box too, so that we may use what you have told us above. Or leave those fields empty."
)
TEXT_HAS_CHANGED = _l("One of these texts has changed meanwhile. Please read it again and choose anew.")
TOO_LATE = _l("It is too late to ask for some of what you need. We have taken that out. Please press the button again.")

# What people can ask for, and the column of the event that tells whether.
ON_OFFER = {"interpreter": "interpretation", "sign_language": "sign_language", "children": "child_care"}
ABOUT_HEALTH = ("sign_language", "wheelchairs", "needs")


class WishForm(Form):
    """Who comes, how we reach them and what they need; shared by all who register somebody."""

    name = StringField(_l("Your name"), [at_most(120)], filters=[typed_line])
    persons = NumberField(_l("How many people are coming, together with you?"), [number_needed()], default=1)
    organisation = StringField(_l("Organisation"), [at_most(200)], filters=[typed_line])
    email = ContactField(_l("Your e-mail address"))
    phone = PhoneField(_l("Your telephone number"))
    interpreter = SelectField(_l("Which language do you need an interpreter for?"), [Optional()], coerce=str)
    children = NumberField(_l("How many children need child care?"), [Optional(), between(0, MOST_OF_A_NEED)])
    sign_language = BooleanField(_l("We need sign language interpreters."))
    wheelchairs = NumberField(
        _l("How many places for wheelchairs do you need?"), [Optional(), between(0, MOST_OF_A_NEED)]
    )
    needs = TextAreaField(_l("What else do you need to take part?"), [at_most(LONGEST_NEEDS)], filters=[typed_text])
    needs_agreed = BooleanField(_l("You may use what I have told you here to prepare the event."))

    def __init__(self, event: Event, registration: Registration | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.event = event
        # As many as are registered already may come, even if fewer are allowed by now.
        self.persons_before = registration.persons if registration else 0
        self.is_too_late = False
        if "interpreter" in self:
            names = [SelectChoice(tag, language(tag).name) for tag in event.interpreted]
            self.interpreter.choices = [SelectChoice("", _("No interpreter")), *names]
        for name in not_asked(event, registration):
            if name in self:
                self._leave_out(name)
        if event.contact_rule is not ContactRule.NONE:
            _mark_needed(self.name)

    def _leave_out(self, name: str) -> None:
        """A field that this event does not ask for; what was typed while it still did is told about."""
        if name in ON_OFFER and self[name].data and getattr(self.event, ON_OFFER[name]) is Offer.ON_REQUEST:
            self.is_too_late = True
        delattr(self, name)

    def validate_name(self, field: StringField) -> None:
        """Who comes; where we need no way to reach people, we need no name either."""
        if not field.data and self.event.contact_rule is not ContactRule.NONE:
            raise ValidationError(str(FILL_IN))

    def validate_persons(self, field: NumberField) -> None:
        """An organisation may bring more people."""
        if field.data is not None:
            most = registering.most_persons(self.event, self._said("organisation", ""))
            between(1, max(most, self.persons_before))(self, field)

    def validate_email(self, field: ContactField) -> None:
        """One way to reach them is enough; a wrong number is told about at its own field."""
        phone = self.phone if "phone" in self else None
        has_phone = phone is not None and (phone.data or phone.process_errors)
        if self.event.contact_rule is ContactRule.NEEDED and not field.data and not has_phone:
            raise ValidationError(str(ONE_WAY))

    def validate_needs_agreed(self, field: BooleanField) -> None:
        """What tells about somebody's health is kept only with their yes (D6)."""
        if not field.data and any(self._said(name, None) for name in ABOUT_HEALTH):
            raise ValidationError(str(PLEASE_AGREE))

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):  # type: ignore[no-untyped-call]  # WTForms has no types
            return False
        if self.is_too_late:
            self.form_errors.append(str(TOO_LATE))
        return not self.form_errors

    def _said(self, name: str, otherwise: Any) -> Any:
        return (self[name].data or otherwise) if name in self else otherwise

    @property
    def asked_needs(self) -> Needs:
        """What they need, as far as it was asked."""
        return Needs(
            interpreter=self._said("interpreter", ""),
            sign_language=bool(self._said("sign_language", None)),
            children=self._said("children", 0),
            wheelchairs=self._said("wheelchairs", 0),
            words=self._said("needs", ""),
            is_agreed=bool(self._said("needs_agreed", None)),
        )

    @property
    def who(self) -> dict[str, Any]:
        """What the form says about people and how to reach them, for a Wish; nothing about what it does not ask."""
        return {name: self[name].data for name in ("name", "persons", "organisation", "email", "phone") if name in self}


F = TypeVar("F", bound=WishForm)


@cache
def _without(kind: type[F], names: frozenset[str]) -> type[F]:
    return type(kind.__name__, (kind,), dict.fromkeys(names))


def fitting(kind: type[F], event: Event) -> type[F]:
    """The form without the fields that this event never asks for, so that nobody has to make them each time."""
    never = (name for name in not_asked(event, None) if name not in ON_OFFER or name not in request.form)
    others = [] if event.mode is Mode.INVITATION else ["invitation"]
    if len(event.sessions) == 1 or not event.several_sessions:
        others.append("sessions")
    if len(event.sessions) == 1 or event.several_sessions:
        others.append("one_session")
    return _without(kind, frozenset([*never, *others]))


def not_asked(event: Event, registration: Registration | None) -> Iterator[str]:
    """The fields that an event does not ask for; what a registration has can always be changed."""
    if event.contact_rule is ContactRule.NONE:
        yield from ("email", "phone")
    if not event.most_in_group:
        yield "organisation"
    if event.most_persons == 1 and not event.most_in_group:
        yield "persons"
    if event.format is Format.ONLINE:
        yield "wheelchairs"
    for name, column in ON_OFFER.items():
        is_kept = registration is not None and bool(getattr(registration, name))
        if not is_kept and not can_ask_for(event, getattr(event, column)):
            yield name


class RegistrationForm(OnceForm, HonestForm, WishForm):
    """The one page on which somebody registers."""

    waits_for = HiddenField()  # the sessions that the person has seen to be full
    invitation = StringField(_l("Your invitation code"), [at_most(60)])
    one_session = RadioField(_l("What do you want to take part in?"), coerce=str)
    sessions = SelectMultipleField(_l("What do you want to take part in?"), coerce=str)
    consents = SelectMultipleField(_l("May we also do this? You need not agree."), coerce=str)

    def __init__(self, event: Event, **options: Any) -> None:
        super().__init__(event, **options)
        self.texts: Sequence[ConsentText] = ()
        self.knows_texts = False
        self.outdated: list[str] = []
        self.consents.choices = []
        for name in ("invitation", "one_session", "sessions"):
            if name in self:
                _mark_needed(self[name])
        for name in ("one_session", "sessions"):
            if name in self:
                self[name].choices = [SelectChoice(str(one.id), "") for one in event.sessions]

    def show_places(self, event: Event) -> None:
        """Say in the choices what is free now; whoever sends the page again has seen what is full."""
        self.event = event
        for name in ("one_session", "sessions"):
            if name in self:
                self[name].choices = [
                    SelectChoice(str(one.id), session_words(one, has_waiting_list=event.has_waiting_list))
                    for one in event.sessions
                ]
        self.wait_for(one for one in event.sessions if one.is_full)

    def ask_consents(self, texts: Sequence[ConsentText]) -> None:
        """The texts as they are asked now; boxes are never ticked by us (D3)."""
        self.texts, self.knows_texts = texts, True
        known = {str(text.id) for text in texts}
        self.outdated = [value for value in self.consents.data or () if value not in known]
        self.consents.data = [value for value in self.consents.data or () if value in known]
        self.consents.choices = [SelectChoice(str(text.id), Markup("{}").format(text.text)) for text in texts]
        if not texts and not self.outdated:
            del self.consents

    def validate_invitation(self, field: StringField) -> None:
        """Nobody gets in without one."""
        if not (field.data or "").strip():
            raise ValidationError(str(FILL_IN))

    def validate_sessions(self, field: SelectMultipleField) -> None:
        """At least one."""
        if not field.data:
            raise ValidationError(str(registering.NoSuchSession.message))

    def validate_consents(self, _field: SelectMultipleField) -> None:
        """A yes counts for the words that were read, and for no others (D3)."""
        if self.outdated:
            raise ValidationError(str(TEXT_HAS_CHANGED))

    def wait_for(self, full: Iterable[EventSession]) -> None:
        """The page says now that these are full; whoever sends it again wants to wait."""
        self.waits_for.data = " ".join(sorted({*self._seen_full(), *(str(one.id) for one in full)}))

    def _seen_full(self) -> list[str]:
        return [number for number in (self.waits_for.data or "").split()[:100] if is_number(number)]

    @property
    def chosen(self) -> frozenset[int]:
        """The sessions by their numbers; none where there is only one."""
        if "one_session" in self:
            return frozenset({int(self.one_session.data)})
        return frozenset(map(int, self.sessions.data)) if "sessions" in self else frozenset()

    @property
    def only_waits(self) -> bool:
        """Whether whoever presses the button joins the waiting list in any case, as far as the page can tell."""
        seen = set(self._seen_full())
        return self.event.has_waiting_list and all(str(one.id) in seen for one in self.event.sessions)

    def wish(self, questions: ExtraQuestions | None) -> Wish:
        """All of it, as the operation takes it."""
        agreed = set(self.consents.data or ()) if "consents" in self else set()
        return Wish(
            **self.who,
            sessions=self.chosen,
            waits_for=frozenset(map(int, self._seen_full())),
            needs=self.asked_needs,
            consents=tuple(text for text in self.texts if str(text.id) in agreed),
            questions=questions,
            invitation=self._said("invitation", ""),
        )

    @property
    def fields_in_order(self) -> list[Any]:
        """As they stand on the page."""
        return [self[name] for name in IN_ORDER if name in self]


IN_ORDER = (
    *("invitation", "one_session", "sessions", "name", "persons", "organisation", "email", "phone"),
    *("interpreter", "children", "sign_language", "wheelchairs", "needs", "needs_agreed", "consents"),
)
FIELDS = {*IN_ORDER, "form_key", "waits_for"}


class ChangeForm(WishForm):
    """What somebody changes about a registration."""

    def __init__(self, registration: Registration, **options: Any) -> None:
        self.kept = _facts_of(registration)
        super().__init__(registration.event, registration, data=self.kept, **options)

    @property
    def wish(self) -> Wish:
        """What they want from here on; what was not asked stays as it is."""
        kept = {name: self.kept[name] for name in ("name", "persons", "organisation", "email", "phone")}
        return Wish(**{**kept, **self.who}, needs=self.asked_needs)

    @property
    def fields_in_order(self) -> list[Any]:
        """As they stand on the page."""
        return [self[name] for name in IN_ORDER if name in self]


class NamesForm(Form):
    """The names of the people in a group, one in each line."""

    names = TextAreaField(_l("Names, one in each line"), [at_most(8_000)])

    def __init__(self, registration: Registration, **options: Any) -> None:
        super().__init__(data={"names": "\n".join(one.name for one in registration.people)}, **options)
        self.most = registration.persons

    def validate_names(self, _field: TextAreaField) -> None:
        """No more names than people, and none that is a whole letter."""
        if len(self.lines) > self.most:
            raise ValidationError(
                ngettext("You have registered %(n)s person.", "You have registered %(n)s people.", self.most)
            )
        if any(len(line) > 120 for line in self.lines):
            raise ValidationError(_("A name can have at most %(number)s characters.", number=120))

    @property
    def lines(self) -> list[str]:
        """The names."""
        return [line for line in map(typed_line, (self.names.data or "").splitlines()) if line]


class ConsentsForm(Form):
    """What somebody agrees to from here on."""

    consents = SelectMultipleField(_l("What I agree to"), coerce=str)

    def __init__(self, registration: Registration, **options: Any) -> None:
        given = [consent.text for consent in consents.in_force(registration)]
        super().__init__(data={"consents": [str(text.id) for text in given]}, **options)
        numbers = {text.number for text in given}
        asked = [text for text in consents.asked(registration.event) if text.number not in numbers]
        self.texts = sorted([*given, *asked], key=lambda text: text.number)
        self.consents.choices = [SelectChoice(str(text.id), Markup("{}").format(text.text)) for text in self.texts]

    @property
    def agreed(self) -> list[ConsentText]:
        """The texts that are ticked."""
        ticked = set(self.consents.data or ())
        return [text for text in self.texts if str(text.id) in ticked]


# --- What an event asks -----------------------------------------------------------------------------------------------


def can_ask_for(event: Event, offer: Offer) -> bool:
    """Whether somebody can still ask for it: what is there for all can be wished for at any time."""
    if offer is Offer.ON_REQUEST:
        return event.requests_until is None or clock.today() <= event.requests_until
    return offer is Offer.YES


def missed_requests(event: Event) -> str:
    """Says that it is too late to ask for what is there on request only; "" when it is not."""
    offers = [getattr(event, column) for column in ON_OFFER.values()]
    if event.requests_until is None or not any(
        offer is Offer.ON_REQUEST and not can_ask_for(event, offer) for offer in offers
    ):
        return ""
    day = format_day(event.requests_until)
    return _("Interpreters, sign language and child care on request had to be asked for by %(day)s.", day=day)


def session_words(one: EventSession, *, has_waiting_list: bool) -> Markup:
    """A session as one chooses it: its title, when it is, and whether places are left."""
    told: list[LocalizedText | str] = []
    if one.title:
        told.append(one.title)
    if one.starts_at:
        told.append(letter_facts.when(one))
    if one.is_online:
        told.append(_("Online"))
    told.append(places_left(one, has_waiting_list=has_waiting_list))
    return Markup(" · ").join([words for words in told if words])


def places_left(one: EventSession, *, has_waiting_list: bool) -> str:
    """How many places are left, in words; nothing where there is no limit."""
    if one.free is None:
        return ""
    if one.free <= 0:
        return _("Full. You can join the waiting list.") if has_waiting_list else _("Full.")
    return ngettext("%(n)s place left", "%(n)s places left", one.free)


def _mark_needed(field: Any) -> None:
    """The page does not call it optional."""
    field.flags.required = True


def is_number(typed: str) -> bool:
    """Whether this could be the number of a session."""
    return typed.isascii() and typed.isdecimal() and len(typed) < 10


def _facts_of(registration: Registration) -> dict[str, Any]:
    """What stands in the form when somebody begins to change a registration."""
    same = ("name", "persons", "organisation", "phone", "interpreter", "sign_language", "needs")
    facts = {name: getattr(registration, name) for name in same}
    facts |= {name: getattr(registration, name) or None for name in ("children", "wheelchairs")}
    facts["email"] = registration.contact.email if registration.contact else ""
    facts["needs_agreed"] = registration.needs_agreed_at is not None
    return facts
