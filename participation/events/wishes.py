"""What somebody wants when they register, and why it may be refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from participation.errors import Refused
from participation.events.models import EventSession
from participation.events.registration_models import ConsentText
from participation.i18n import _l
from participation.questionnaires.extra_questions import ExtraQuestions


class RegistrationClosed(Refused):
    message = _l("One cannot register for this event at the moment. You are not registered.")


class AlreadyRegistered(Refused):
    message = _l("You have already sent this registration. Please use the receipt you were given.")


class NoSuchSession(Refused):
    message = _l("Please choose what you want to take part in.")


class TooManyPersons(Refused):
    message = _l("So many people cannot be registered at once. Please register fewer people, or ask us.")


class NeedsNotAgreed(Refused):
    message = _l("Without your yes we may not keep what you need. Please tick the box, or leave these fields empty.")


class Full(Refused):
    """No places are left in some of the sessions that were chosen, and nobody can wait."""

    message = _l("There are not enough places left, and there is no waiting list. You are not registered.")

    def __init__(self, sessions: Sequence[EventSession] = ()) -> None:
        super().__init__()
        self.sessions = tuple(sessions)


class NowFull(Full):
    """The same where one can wait, and the person has not said yet that they want to."""

    message = _l(
        "There are not enough places left. You are not registered yet. All you have typed is still here. Press the "
        "button once more, and you join the waiting list."
    )


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What people need to take part. `is_agreed` is their yes to our keeping what tells about their health (D6)."""

    interpreter: str = ""
    sign_language: bool = False
    children: int = 0
    wheelchairs: int = 0
    words: str = ""
    is_agreed: bool = False

    @property
    def tell_about_health(self) -> bool:
        return self.sign_language or self.wheelchairs > 0 or self.words != ""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants when they register; of e-mail and telephone only the first that is given is kept (D4).

    `sessions` are ids; none means the only one. `waits_for` are the sessions of which they know that they are full,
    and for which they want to wait.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    organisation: str = ""
    persons: int = 1
    sessions: frozenset[int] = frozenset()
    waits_for: frozenset[int] = frozenset()
    needs: Needs = field(default_factory=Needs)
    consents: tuple[ConsentText, ...] = ()
    questions: ExtraQuestions | None = None
    invitation: str = ""
    language: str = ""  # none: the one we are speaking
