"""What the events room writes to people, and what it calls the states of a booking."""

from dataclasses import replace

from participation.events.registration_models import BookingStatus, CallReason
from participation.i18n import _l
from participation.wordings import Wording, gaps_in

BOOKINGS = {
    BookingStatus.HELD: _l("kept until you confirm"),
    BookingStatus.CONFIRMED: _l("confirmed"),
    BookingStatus.WAITING: _l("on the waiting list"),
    BookingStatus.OFFERED: _l("offered to you"),
    BookingStatus.CANCELLED: _l("cancelled"),
}

CALLS = {
    CallReason.OFFER: _l("A place is free"),
    CallReason.CHANGE: _l("The event has changed"),
    CallReason.CANCELLED: _l("Cancelled"),
    CallReason.REMINDER: _l("Reminder"),
    CallReason.MESSAGE: _l("Message"),
}

# What came of a call.
OUTCOMES = {
    "reached": _l("Reached"),
    "accepted": _l("Yes, the person comes"),
    "declined": _l("No, the person does not come"),
    "not_reached": _l("Not reached"),
    "settled": _l("Settled without a call"),
    "too_late": _l("Too late"),
}

_EVENT = {
    "event": _l("the title of the event"),
    "when": _l("when the event is"),
    "where": _l("where the event is"),
    "address": _l("the address of the page of the event"),
}
_OWN = {
    **_EVENT,
    "places": _l("one line per part of the event, with the number of people and whether they have a place"),
    "own": _l("the address of the page of the own registration"),
}

REGISTERED = Wording(
    name="events/registered",
    about=_l("Somebody has a place at an event: right after registering, or when a place was offered and taken."),
    subject=_l("You are registered: %(event)s"),
    text=_l(
        "Hello,\n\n"
        "you are registered for the event “%(event)s”.\n\n"
        "When: %(when)s\n"
        "Where: %(where)s\n\n"
        "Your registration:\n"
        "%(places)s\n\n"
        "Here you can see and change your registration, or cancel it:\n"
        "%(own)s\n\n"
        "You cannot come? Then please cancel. Somebody else is glad to have your place.\n\n"
        "Everything about the event:\n%(address)s"
    ),
    gaps=_OWN,
)

WAITING = Wording(
    name="events/waiting",
    about=_l("Somebody is on the waiting list of an event: right after registering."),
    subject=_l("You are on the waiting list: %(event)s"),
    text=_l(
        "Hello,\n\n"
        "all places at the event “%(event)s” are taken at the moment. You are on the waiting list.\n\n"
        "When: %(when)s\n"
        "Where: %(where)s\n\n"
        "Your registration:\n"
        "%(places)s\n\n"
        "When a place becomes free, we write to you. Then you have some time to decide.\n\n"
        "Here you can see and change your registration, or cancel it:\n"
        "%(own)s"
    ),
    gaps=_OWN,
)

CONFIRM = Wording(
    name="events/confirm",
    about=_l("Somebody has registered for an event that asks to confirm the address first."),
    subject=_l("Please confirm your registration: %(event)s"),
    text=_l(
        "Hello,\n\n"
        "somebody has registered with this e-mail address for the event “%(event)s”.\n\n"
        "When: %(when)s\n"
        "Where: %(where)s\n\n"
        "Was it you? Then please open this link and press the button there:\n"
        "%(link)s\n\n"
        "Please do it by %(until)s. The places are kept for you until then.\n\n"
        "Was it not you? Then you need not do anything. The places become free again, and we delete this address."
    ),
    gaps={
        **_EVENT,
        "link": _l("The link with which the address is confirmed"),
        "until": _l("until when the places are kept"),
    },
)

CONFIRMED_TOO_LATE = Wording(
    name="events/confirmed_too_late",
    about=_l("Somebody has confirmed the address when the places were not kept any more."),
    subject=_l("Your places were not kept any longer: %(event)s"),
    text=_l(
        "Hello,\n\n"
        "thank you for confirming your e-mail address. The time for it was over, so the places at the event "
        "“%(event)s” (%(when)s) are free again, and you are not registered.\n\n"
        "You still want to come? Then please register again here:\n%(address)s"
    ),
    gaps=_EVENT,
)

CHANGED = Wording(
    name="events/changed",
    about=_l("A registration was changed, by the person or by staff for the person."),
    subject=_l("Your registration was changed: %(event)s"),
    text=_l(
        "Hello,\n\n"
        "your registration for the event “%(event)s” was changed.\n\n"
        "When: %(when)s\n"
        "Where: %(where)s\n\n"
        "This is your registration now:\n"
        "%(places)s\n\n"
        "Here you can see and change your registration, or cancel it:\n"
        "%(own)s"
    ),
    gaps=_OWN,
)

CANCELLED_BY_PERSON = Wording(
    name="events/cancelled_by_person",
    about=_l("A registration was cancelled, by the person or by staff for the person."),
    subject=_l("Your registration is cancelled: %(event)s"),
    text=_l(
        "Hello,\n\n"
        "your registration for the event “%(event)s” (%(when)s) is cancelled. Thank you for telling us.\n\n"
        "If you want to come after all, you can register again here:\n%(address)s"
    ),
    gaps=_EVENT,
)

OFFER = Wording(
    name="events/offer",
    about=_l("A place has become free for somebody on the waiting list."),
    subject=_l("A place is free for you: %(event)s"),
    text=_l(
        "Hello,\n\n"
        "good news: there is room for you at the event “%(event)s”.\n\n"
        "When: %(when)s\n"
        "Where: %(where)s\n\n"
        "Your registration:\n"
        "%(places)s\n\n"
        "Please decide by %(until)s. Until then we keep the place for you. "
        "Open this link and choose yes or no:\n"
        "%(own)s\n\n"
        "If you do not answer in time, the place is offered to somebody else."
    ),
    gaps={
        **_OWN,
        "own": _l("the address of the page with yes and no"),
        "until": _l("until when the place is kept"),
    },
)

OFFER_OVER = Wording(
    name="events/offer_over",
    about=_l("An offer was not answered in time for the first time: the person waits at the end of the list."),
    subject=_l("Your offer is over: %(event)s"),
    text=_l(
        "Hello,\n\n"
        "we had a place for you at the event “%(event)s” (%(when)s). You did not answer in time. "
        "That is why the place is offered to somebody else now.\n\n"
        "You are still on the waiting list, at its end. When a place becomes free again, we write to you once more.\n\n"
        "You do not want to wait any more? Here you can cancel your registration:\n"
        "%(own)s"
    ),
    gaps=_OWN,
)

OFFER_OVER_AGAIN = Wording(
    name="events/offer_over_again",
    about=_l("An offer was not answered in time for the second time: the person does not wait any more."),
    subject=_l("You are no longer on the waiting list: %(event)s"),
    text=_l(
        "Hello,\n\n"
        "we had a place for you at the event “%(event)s” (%(when)s) twice. You did not answer in time. "
        "That is why we have taken you off the waiting list.\n\n"
        "If you still want to come, you can register again here:\n%(address)s"
    ),
    gaps=_OWN,
)

EVENT_CHANGED = Wording(
    name="events/event_changed",
    about=_l("An event was moved or changed: to all who are registered."),
    subject=_l("Something has changed: %(event)s"),
    text=_l(
        "Hello,\n\n"
        "something has changed at the event “%(event)s”. %(what)s\n\n"
        "When: %(when)s\n"
        "Where: %(where)s\n\n"
        "Your registration stays as it is:\n"
        "%(places)s\n\n"
        "You cannot come any more? Then please cancel here:\n"
        "%(own)s\n\n"
        "Everything about the event:\n%(address)s"
    ),
    gaps={**_OWN, "what": _l("what has changed, as staff have written it; may be empty")},
)

EVENT_CANCELLED = Wording(
    name="events/event_cancelled",
    about=_l("An event does not take place: to all who are registered."),
    subject=_l("Cancelled: %(event)s"),
    text=_l(
        "Hello,\n\n"
        "the event “%(event)s” (%(when)s) does not take place. We are sorry.\n\n"
        "%(reason)s\n\n"
        "You need not do anything. Everything about the event:\n%(address)s"
    ),
    gaps={**_OWN, "reason": _l("the reason, as staff have written it; may be empty")},
)

REMINDER = Wording(
    name="events/reminder",
    about=_l("The day before an event: to all who have a place."),
    subject=_l("Reminder: %(event)s"),
    text=_l(
        "Hello,\n\n"
        "the event “%(event)s” is soon. We look forward to seeing you.\n\n"
        "When: %(when)s\n"
        "Where: %(where)s\n\n"
        "Your registration:\n"
        "%(places)s\n\n"
        "Here you find your registration, with the code for the door:\n"
        "%(own)s\n\n"
        "You cannot come? Then please cancel there. Somebody else is glad to have your place."
    ),
    gaps=_OWN,
)

THANKS = Wording(
    name="events/thanks",
    about=_l("The report of an event is published: to all who had a place."),
    subject=_l("Thank you: %(event)s"),
    text=_l(
        "Hello,\n\n"
        "thank you for your interest in the event “%(event)s” (%(when)s).\n\n"
        "Now you can read what came of it, and what happens next:\n%(address)s"
    ),
    gaps=_OWN,
)

MESSAGE = Wording(
    name="events/message",
    about=_l("A message that staff write to those who are registered for an event."),
    subject=_l("%(subject)s (%(event)s)"),
    text=_l(
        "Hello,\n\n"
        "the city has a message for you about the event “%(event)s” (%(when)s):\n\n"
        "%(text)s\n\n"
        "Here you find your registration:\n"
        "%(own)s"
    ),
    gaps={**_OWN, "subject": _l("the subject that staff have written"), "text": _l("what staff have written")},
)

ALL = (
    REGISTERED,
    WAITING,
    CONFIRM,
    CONFIRMED_TOO_LATE,
    CHANGED,
    CANCELLED_BY_PERSON,
    OFFER,
    OFFER_OVER,
    OFFER_OVER_AGAIN,
    EVENT_CHANGED,
    EVENT_CANCELLED,
    REMINDER,
    THANKS,
    MESSAGE,
)
# Each explains the gaps that it uses, and no others.
WORDINGS = [
    replace(one, gaps={gap: one.gaps[gap] for gap in one.gaps if gap in gaps_in(one.subject.message, one.text.message)})
    for one in ALL
]
