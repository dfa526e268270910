"""What people may agree to when they register: each wording is kept, and a yes is as easily taken back (D3)."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from participation import clock
from participation.db import session
from participation.events.models import Event
from participation.events.registration_models import Consent, ConsentText, Registration
from participation.i18n import LocalizedText

# --- What is asked ----------------------------------------------------------------------------------------------------


def asked(event: Event) -> Sequence[ConsentText]:
    """The texts as they are asked now, one per purpose."""
    texts = select(ConsentText).where(ConsentText.event_id == event.id, ConsentText.retired_at.is_(None))
    return session.scalars(texts.order_by(ConsentText.number)).all()


def ask(event: Event, text: LocalizedText) -> ConsentText:
    """Ask for one thing more."""
    last = session.scalar(select(func.max(ConsentText.number)).where(ConsentText.event_id == event.id))
    return _add(ConsentText(event_id=event.id, number=(last or 0) + 1, text=text))


def reword(before: ConsentText, text: LocalizedText) -> ConsentText:
    """From here on the next version is asked; who agreed to the one before has agreed to that one only."""
    if dict(text) == dict(before.text):
        return before
    retire(before)
    return _add(ConsentText(event_id=before.event_id, number=before.number, version=before.version + 1, text=text))


def retire(text: ConsentText) -> None:
    """Not asked any more; what people have agreed to stays on record."""
    text.retired_at = clock.now()
    session.flush()


def _add(text: ConsentText) -> ConsentText:
    session.add(text)
    session.flush()
    return text


# --- What people say --------------------------------------------------------------------------------------------------


def given(texts: Iterable[ConsentText]) -> list[Consent]:
    """A yes to each of these texts, now."""
    now = clock.now()
    return [Consent(text_id=text.id, given_at=now) for text in texts]


def keep(registration: Registration, agreed: Iterable[ConsentText]) -> None:
    """Exactly these are agreed to from here on: a new yes gets its time, and what is missing is taken back."""
    now = clock.now()
    wanted = {text.id for text in agreed}
    for consent in registration.consents:
        is_given = consent.withdrawn_at is None
        if is_given and consent.text_id not in wanted:
            consent.withdrawn_at = now
        elif not is_given and consent.text_id in wanted:
            consent.given_at, consent.withdrawn_at = now, None
    known = {consent.text_id for consent in registration.consents}
    registration.consents.extend(
        Consent(text_id=text_id, given_at=now) for text_id in sorted(wanted) if text_id not in known
    )
    session.flush()


def in_force(registration: Registration) -> list[Consent]:
    """What this registration has agreed to and not taken back."""
    return [consent for consent in registration.consents if consent.withdrawn_at is None]


def taken_back(registration: Registration) -> list[Consent]:
    """What it has agreed to and taken back again, for the record."""
    return [consent for consent in registration.consents if consent.withdrawn_at is not None]
