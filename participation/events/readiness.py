"""Whether an event can be published: what residents must know, and what the city owes to those who register (D2)."""

from collections.abc import Iterator
from typing import NamedTuple

from participation import clock
from participation.events.models import ContactRule, Event, Format, Mode, Offer
from participation.i18n import LazyText, LocalizedText, _l, languages
from participation.questionnaires.check import Finding, check

DUTIES: dict[str, LazyText] = {
    "purpose": _l("The purpose is missing in German: what are the data of registered people for?"),
    "legal_basis": _l("The legal basis is missing in German: which law or consent allows it?"),
    "person_in_charge": _l("The person in charge is missing."),
}
TITLE_MISSING = _l("The title is missing in German.")
BEGUN_ALREADY = _l("The event would have begun already. Please choose a later time.")
PLACE_MISSING = _l("The place is missing.")
ONLINE_ADDRESS_MISSING = _l("The web address for taking part online is missing.")
PART_WITHOUT_NAME = _l("The event has several parts, and one of them has no name in German.")
PART_OUTSIDE = _l("One part begins before the event, or ends after it.")
CLOSES_TOO_EARLY = _l("Nobody could register: registration is closed already.")
OPENS_TOO_LATE = _l("Nobody could register: registration opens only when it is closed already.")

TEXT_MISSING = _l("Nobody reads what happens at the event. Please write a few sentences.")
SUMMARY_MISSING = _l("There is no short text for lists.")
CONTACT_MISSING = _l("Residents do not learn whom they can ask.")
LANGUAGES_MISSING = _l("Residents do not learn which languages are spoken.")
REQUESTS_OVER = _l("The day until which people can ask for help has passed.")
ROOM_TOO_SMALL = _l("The room holds fewer people than there are places.")
CANNOT_BE_TOLD = _l(
    "There is a waiting list, but we cannot reach people without an address. They only see an offer with their receipt."
)

# The page on which each of them is put right.
PUT_RIGHT: dict[str, set[LazyText]] = {
    "event_staff.settings": {TITLE_MISSING, TEXT_MISSING, SUMMARY_MISSING, CONTACT_MISSING},
    "event_staff.times": {BEGUN_ALREADY, PLACE_MISSING, ONLINE_ADDRESS_MISSING},
    "event_staff.access": {LANGUAGES_MISSING, REQUESTS_OVER},
    "event_staff.sessions": {PART_WITHOUT_NAME, PART_OUTSIDE, ROOM_TOO_SMALL},
    "event_staff.registration_settings": {CLOSES_TOO_EARLY, OPENS_TOO_LATE, CANNOT_BE_TOLD},
    "event_staff.duties": set(DUTIES.values()),
}


class Readiness(NamedTuple):
    """What stands in the way of publishing, and what is only worth a look."""

    missing: list[LazyText]
    refusals: list[Finding]
    warnings: list[Finding]
    advice: list[LazyText]

    @property
    def is_ready(self) -> bool:
        return not self.missing and not self.refusals

    def put_right_on(self, sentence: LazyText) -> str:
        """The page where this can be put right."""
        return next(page for page, sentences in PUT_RIGHT.items() if sentence in sentences)


def readiness(event: Event) -> Readiness:
    """What there is to say before residents see it."""
    asks = event.mode is not Mode.OPEN and event.version is not None
    findings = check(event.version.definition, [one.tag for one in languages()]) if asks and event.version else []
    return Readiness(
        [*missing_facts(event), *missing_duties(event), *_missing_in_time(event), *_missing_for_registration(event)],
        [one for one in findings if one.is_refusal],
        [one for one in findings if not one.is_refusal],
        list(_advice(event)),
    )


def missing_duties(event: Event) -> list[LazyText]:
    """Facts without which nobody may be asked for their name; who just comes is asked for nothing."""
    if event.mode is Mode.OPEN:
        return []
    return [sentence for name, sentence in DUTIES.items() if not _is_told(getattr(event, name))]


def missing_facts(event: Event) -> Iterator[LazyText]:
    """What residents have to know at any time."""
    if not _is_told(event.title):
        yield TITLE_MISSING
    if event.format is not Format.ONLINE and event.place is None:
        yield PLACE_MISSING
    if event.format is not Format.ON_SITE and not event.online_address:
        yield ONLINE_ADDRESS_MISSING


def _missing_in_time(event: Event) -> Iterator[LazyText]:
    if event.starts_at <= clock.now():
        yield BEGUN_ALREADY


def _missing_for_registration(event: Event) -> Iterator[LazyText]:
    if len(event.sessions) > 1 and not all(_is_told(part.title) for part in event.sessions):
        yield PART_WITHOUT_NAME
    for part in event.sessions:
        begins_early = part.starts_at is not None and part.starts_at < event.starts_at
        if begins_early or (part.ends_at is not None and part.ends_at > event.ends_at):
            yield PART_OUTSIDE
            break
    if event.mode is Mode.OPEN:
        return
    if event.registration_ends_at <= clock.now():
        yield CLOSES_TOO_EARLY
    elif event.registration_opens_at is not None and event.registration_opens_at >= event.registration_ends_at:
        yield OPENS_TOO_LATE


def _advice(event: Event) -> Iterator[LazyText]:
    if not event.text:
        yield TEXT_MISSING
    if not event.summary:
        yield SUMMARY_MISSING
    if not (event.contact_phone or event.contact_email):
        yield CONTACT_MISSING
    if not event.spoken:
        yield LANGUAGES_MISSING
    on_request = Offer.ON_REQUEST in {event.interpretation, event.sign_language, event.child_care}
    if on_request and event.requests_until is not None and event.requests_until < clock.today():
        yield REQUESTS_OVER
    if _is_too_small(event):
        yield ROOM_TOO_SMALL
    if event.mode is not Mode.OPEN and event.has_waiting_list and event.contact_rule is ContactRule.NONE:
        yield CANNOT_BE_TOLD


def _is_too_small(event: Event) -> bool:
    """Whether a single part has more places than the room; parts may follow one another."""
    holds = event.room.holds if event.room is not None else None
    if holds is None:
        return False
    return any(part.capacity is not None and part.capacity > holds for part in event.sessions if not part.is_online)


def _is_told(fact: str | LocalizedText) -> bool:
    said = fact if isinstance(fact, str) else fact.get("de", "")
    return bool(said.strip())
