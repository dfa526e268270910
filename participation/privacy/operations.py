"""Keeping the log of what was deleted."""

from datetime import timedelta

from sqlalchemy import delete

from participation import clock
from participation.db import session
from participation.feature import features
from participation.privacy.models import RetentionRun

LOG_KEPT = timedelta(days=3 * 365)


def note(room: str, counts: dict[str, int]) -> None:
    """One room has done its night's work; a night with nothing to delete is noted too, as a proof that it ran."""
    session.add(RetentionRun(ran_on=clock.today(), room=room, counts=counts))
    session.flush()


def run_housekeeping() -> dict[str, dict[str, int]]:
    """Let every room delete what is due, at once and in this transaction; the worker goes room by room instead."""
    done: dict[str, dict[str, int]] = {}
    for room in features():
        if room.housekeeping:
            done[room.name] = room.housekeeping()
            note(room.name, done[room.name])
    return done


def shorten_log() -> dict[str, int]:
    """The log itself has its time too."""
    ended = session.execute(
        delete(RetentionRun).where(RetentionRun.ran_on < clock.today() - LOG_KEPT).returning(RetentionRun.id)
    )
    return {"retention_runs": len(ended.all())}
