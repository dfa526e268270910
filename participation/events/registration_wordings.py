"""What staff read about registrations: states, needs, groups, and how a registration came in."""

from participation.events.arrangement_models import NeedKind
from participation.events.registration_models import BookingStatus, RegistrationSource
from participation.events.registration_queries import ALL, NOT_CANCELLED
from participation.events.standing import Standing
from participation.i18n import LazyText, _l
from participation.mail import MailState

STATES: dict[BookingStatus, LazyText] = {
    BookingStatus.HELD: _l("Held until the link is opened"),
    BookingStatus.CONFIRMED: _l("Confirmed"),
    BookingStatus.WAITING: _l("Waiting"),
    BookingStatus.OFFERED: _l("A place is offered"),
    BookingStatus.CANCELLED: _l("Registration cancelled"),
}
STATUS_FILTERS: dict[str, LazyText] = {
    NOT_CANCELLED: _l("All that are not cancelled"),
    **{status.value: label for status, label in STATES.items()},
    ALL: _l("All, also cancelled ones"),
}
STANDINGS: dict[Standing, LazyText] = {
    Standing.COMING: _l("Has a place"),
    Standing.WAITING: _l("Waiting"),
    Standing.CANCELLED: _l("Registration cancelled"),
}
NEEDS: dict[NeedKind, LazyText] = {
    NeedKind.INTERPRETER: _l("Interpreter"),
    NeedKind.SIGN_LANGUAGE: _l("Sign language"),
    NeedKind.CHILD_CARE: _l("Child care"),
    NeedKind.WHEELCHAIRS: _l("Places for wheelchairs"),
    NeedKind.OTHER: _l("Other needs"),
}
SOURCES: dict[RegistrationSource, LazyText] = {
    RegistrationSource.ONLINE: _l("Online"),
    RegistrationSource.TELEPHONE: _l("On the telephone"),
    RegistrationSource.DESK: _l("At the desk"),
    RegistrationSource.DOOR: _l("At the door"),
}
FATES: dict[MailState, LazyText] = {
    MailState.WAITING: _l("Not sent yet"),
    MailState.SENT: _l("Sent"),
    MailState.FAILED: _l("Could not be delivered"),
}
