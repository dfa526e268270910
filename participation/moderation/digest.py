"""What tells moderators that something waits: a digest each morning, and a reminder when the promised time is near."""

from datetime import timedelta

from sqlalchemy import delete

from participation import clock, mail
from participation.accounts.models import User
from participation.contributions.models import Original
from participation.db import session
from participation.i18n import SOURCE_LANGUAGE, format_number, speaking
from participation.moderation import claims, queries
from participation.moderation.wordings import DIGEST, REMINDER

REMINDED_BEFORE = timedelta(hours=12)  # the promised time ends; half of it where that is sooner
QUIET_FOR = timedelta(hours=4)  # after a reminder
LANGUAGE = SOURCE_LANGUAGE  # of the office


def housekeeping() -> dict[str, int]:
    """What is due by night: digests, originals whose time is over, claims that nobody holds any more."""
    gone = session.scalars(
        delete(Original).where(Original.kept_until < clock.today()).returning(Original.contribution_id)
    )
    return {"digests": send_digests(), "originals": len(gone.all()), "claims": claims.forget_old()}


def send_digests() -> int:
    """Tell each moderator what waits in their areas; who has nothing waiting gets no mail."""
    return sum(_send_digest(one) for one in queries.moderators())


def _send_digest(person: User) -> bool:
    waiting = queries.what_waits(person)
    if waiting.oldest is None:
        return False
    with speaking(LANGUAGE):
        names, counts = queries.kinds(), queries.waiting_by_kind(person)
        kinds = "\n".join(f"{names[kind]}: {format_number(count)}" for kind, count in sorted(counts.items()))
    mail.queue(
        person.email,
        DIGEST.name,
        LANGUAGE,
        name=person.name,
        kinds=kinds,
        oldest=waiting.oldest,
        due=waiting.oldest + queries.promise(),
        address=mail.link("moderation.queue", LANGUAGE),
    )
    return True


def remind() -> dict[str, int]:
    """Tell moderators once that the promised time of something new is nearly over; asked every minute."""
    settings, now = queries.desk_settings(), clock.now()
    promise = timedelta(hours=settings.promised_hours)
    nearly_late = now - promise + min(REMINDED_BEFORE, promise / 2)
    if settings.reminded_at is not None and now < settings.reminded_at + QUIET_FOR:
        return {"reminders": 0}
    sent = 0
    for person in queries.moderators():
        oldest = queries.nearly_late(person, settings.reminded_until, nearly_late)
        if oldest is not None:
            address = mail.link("moderation.queue", LANGUAGE)
            facts = {"name": person.name, "oldest": oldest, "due": oldest + promise, "address": address}
            mail.queue(person.email, REMINDER.name, LANGUAGE, **facts)
            sent += 1
    if sent:
        settings.reminded_at, settings.reminded_until = now, nearly_late
        session.add(settings)
        session.flush()
    return {"reminders": sent}
