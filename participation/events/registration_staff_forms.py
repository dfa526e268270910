"""What staff fill in about registrations: for somebody who calls, to many at once, for invitations and downloads."""

from typing import Any

from markupsafe import Markup
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from participation.contributions.forms import typed_line, typed_text
from participation.events import audiences, consents, registering
from participation.events.models import Event, Mode
from participation.events.registering import Wish
from participation.events.registration_forms import ChangeForm, WishForm, session_words
from participation.events.registration_models import Registration, RegistrationSource
from participation.events.registration_wordings import SOURCES
from participation.forms import Form, NumberField, OnceForm, at_most, between, must_choose, number_needed, required
from participation.i18n import LazyText, _l, current_language, languages
from participation.questionnaires.extra_questions import ExtraQuestions

BY_STAFF = (RegistrationSource.TELEPHONE, RegistrationSource.DESK)
MOST_CODES = 200
LONGEST_MESSAGE = 5_000

# The words of the residents' forms, said about somebody else.
ABOUT_SOMEBODY: dict[str, LazyText] = {
    "name": _l("Name"),
    "persons": _l("How many people are coming?"),
    "email": _l("E-mail address"),
    "phone": _l("Telephone number"),
    "interpreter": _l("Interpreter for this language"),
    "children": _l("Number of children for the child care"),
    "sign_language": _l("They need sign language interpreters."),
    "wheelchairs": _l("Number of places for wheelchairs"),
    "needs": _l("What else they need to take part"),
    "needs_agreed": _l("They have said that we may keep what they need."),
}
IN_ORDER = (
    *("source", "language", "invitation", "sessions", "name", "persons", "organisation", "email", "phone"),
    *("interpreter", "children", "sign_language", "wheelchairs", "needs", "needs_agreed", "consents", "waits"),
)


def speak_about_somebody(form: WishForm) -> None:
    """Staff are not asked for their own name."""
    for name, words in ABOUT_SOMEBODY.items():
        if name in form:
            form[name].label.text = words


class EntryForm(OnceForm, WishForm):
    """The one screen on which staff register somebody."""

    source = RadioField(_l("How did the registration come in?"), [must_choose()])
    language = SelectField(_l("In which language do we write and speak to them?"), [must_choose()])
    invitation = StringField(_l("Invitation code"), [at_most(60)])
    sessions = SelectMultipleField(_l("What do they want to take part in?"), coerce=str)
    consents = SelectMultipleField(_l("What they have agreed to, after you read it to them"), coerce=str)
    waits = BooleanField(_l("If no place is free, they want to wait for one."))

    def __init__(self, event: Event, **options: Any) -> None:
        super().__init__(event, **options)
        speak_about_somebody(self)
        self.source.choices = [SelectChoice(one.value, str(SOURCES[one])) for one in BY_STAFF]
        self.language.choices = [SelectChoice(one.tag, one.name) for one in languages()]
        if not self.language.data:
            self.language.data = current_language().tag
        self.texts = consents.asked(event)
        self.consents.choices = [SelectChoice(str(text.id), Markup("{}").format(text.text)) for text in self.texts]
        self._leave_out_what_is_not_asked(event)

    def _leave_out_what_is_not_asked(self, event: Event) -> None:
        self.sessions.choices = [
            SelectChoice(str(one.id), session_words(one, has_waiting_list=event.has_waiting_list))
            for one in event.sessions
        ]
        self.sessions.flags.required = True  # type: ignore[attr-defined]  # WTForms gives any flag a meaning
        wanted = {
            "invitation": event.mode is Mode.INVITATION,
            "sessions": len(event.sessions) > 1,
            "consents": bool(self.texts),
            "waits": event.has_waiting_list,
        }
        for name, is_asked in wanted.items():
            if not is_asked:
                del self[name]  # type: ignore[no-untyped-call]  # WTForms has no types

    def validate_sessions(self, field: SelectMultipleField) -> None:
        """At least one, and only one where the event says so."""
        chosen = field.data or []
        if not chosen or (len(chosen) > 1 and not self.event.several_sessions):
            raise ValidationError(str(registering.NoSuchSession.message))

    def wish(self, questions: ExtraQuestions | None) -> Wish:
        """All of it, as the operation takes it."""
        agreed = set(self._said("consents", ()))
        waits = "waits" in self and self.waits.data
        return Wish(
            **self.who,
            sessions=frozenset(map(int, self._said("sessions", ()))),
            waits_for=frozenset(one.id for one in self.event.sessions) if waits else frozenset(),
            needs=self.asked_needs,
            consents=tuple(text for text in self.texts if str(text.id) in agreed),
            questions=questions,
            invitation=self._said("invitation", ""),
            language=self.language.data,
        )

    @property
    def fields_in_order(self) -> list[Any]:
        """As they stand on the page."""
        return [self[name] for name in IN_ORDER if name in self]


class ChangeForSomebodyForm(ChangeForm):
    """What somebody who called wants to have changed."""

    def __init__(self, registration: Registration, **options: Any) -> None:
        super().__init__(registration, **options)
        speak_about_somebody(self)


class MessageForm(Form):
    """A message to a group, in the words of staff."""

    group = RadioField(_l("Who gets the message?"), [must_choose()], default=audiences.ALL)
    subject = StringField(_l("Subject"), [required(), at_most(150)], filters=[typed_line])
    text = TextAreaField(_l("Message"), [required(), at_most(LONGEST_MESSAGE)], filters=[typed_text])
    seen = HiddenField()  # the preview was seen for just this message

    def __init__(self, event: Event, **options: Any) -> None:
        super().__init__(**options)
        self.group.choices = [SelectChoice(name, words) for name, words in audiences.offered(event).items()]


class InvitationsForm(Form):
    """How many codes, and for whom."""

    how_many = NumberField(_l("How many codes?"), [number_needed(), between(1, MOST_CODES)], default=1)
    most_persons = NumberField(
        _l("For how many persons is each code?"),
        [Optional(), between(1, 500)],
        description=_l("If this is empty, as many people as there are places can register with it."),
    )
    note = StringField(
        _l("Who gets them?"),
        [at_most(200)],
        filters=[typed_line],
        description=_l("For your own overview. Only staff see it."),
    )


class ExportForm(Form):
    """In which form the list is wanted, and what for (D15)."""

    form = RadioField(_l("File format"), [must_choose()], default="xlsx")
    with_needs = BooleanField(
        _l("With what people wrote about their needs, also about their health"),
        description=_l("Only if you cannot arrange what they need in another way."),
    )
    purpose = StringField(_l("What do you need the file for?"), [required(), at_most(300)], filters=[typed_line])

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.form.choices = [
            SelectChoice("xlsx", str(_l("Excel workbook (XLSX)"))),
            SelectChoice("csv", str(_l("Plain table (CSV)"))),
        ]
