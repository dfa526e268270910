"""What helps people to take part in an event, as short words: for calendars and posters."""

from typing import NamedTuple

from babel import Locale

from participation.events.models import Event, Format, Offer
from participation.i18n import _, current_language, format_day, format_list, language
from participation.places.models import StepFree


class Fact(NamedTuple):
    """A few words, and the name of the symbol that stands before them."""

    symbol: str
    words: str


def facts(event: Event) -> list[Fact]:
    """What is spoken, offered and built, in the current language; what nobody knows is not said."""
    return [*_languages(event), *_offers(event), *_building(event)]


def names_of(tags: list[str]) -> str:
    """Languages by the names that the reader calls them."""
    here = current_language().locale
    return format_list([_name(tag, here) for tag in tags])


def _name(tag: str, here: Locale) -> str:
    known = language(tag)
    if "-" in tag:  # Leichte Sprache is called so everywhere
        return known.name
    return str(known.locale.get_display_name(here) or known.name)


def _languages(event: Event) -> list[Fact]:
    found = []
    if event.spoken:
        found.append(Fact("spoken", _("Spoken: %(languages)s", languages=names_of(event.spoken))))
    if event.interpretation is Offer.NO:
        return found
    named = names_of(event.interpreted)
    if event.interpretation is Offer.ON_REQUEST:
        words = _("Interpreter on request: %(languages)s", languages=named) if named else _("Interpreter on request")
    else:
        words = _("With interpreter: %(languages)s", languages=named) if named else _("With interpreter")
    return [*found, Fact("interpreted", words)]


def _offers(event: Event) -> list[Fact]:
    offered = [
        ("sign-language", event.sign_language, _("Sign language"), _("Sign language on request")),
        ("child-care", event.child_care, _("Child care"), _("Child care on request")),
    ]
    found = [
        Fact(symbol, certain if offer is Offer.YES else asked)
        for symbol, offer, certain, asked in offered
        if offer is not Offer.NO
    ]
    is_asked = Offer.ON_REQUEST in {event.sign_language, event.child_care, event.interpretation}
    if is_asked and event.requests_until:
        day = format_day(event.requests_until)
        found.append(Fact("until", _("Please tell us by %(day)s what you need", day=day)))
    return found


def _building(event: Event) -> list[Fact]:
    place = event.place
    if place is None or event.format is Format.ONLINE:
        return []
    steps = {
        StepFree.YES: _("Access without steps"),
        StepFree.PARTLY: _("Access partly without steps"),
        StepFree.NO: _("There are steps at the entrance"),
    }
    found = []
    known = [one.step_free for one in (place, event.room) if one and one.step_free in steps]
    if known:
        worst = max(known, key=list(steps).index)  # a house without steps does not help with a room upstairs
        found.append(Fact("steps" if worst is StepFree.NO else "step-free", steps[worst]))
    if place.has_accessible_toilet:
        found.append(Fact("toilet", _("Accessible toilet")))
    if place.has_hearing_loop:
        found.append(Fact("hearing", _("Hearing loop")))
    return found
