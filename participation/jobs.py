"""Jobs: what the house does by itself, each once per night or minute, however many workers there are."""

from collections.abc import Callable
from datetime import timedelta
from typing import Literal

import structlog
from flask import Flask
from sqlalchemy import String, text, update
from sqlalchemy.orm import Mapped, mapped_column

from participation import clock
from participation.db import Base, session
from participation.feature import features

Kind = Literal["housekeeping", "minutely"]
NIGHT_BEGINS = timedelta(hours=3)

log = structlog.get_logger()


class JobRun(Base):
    """When a job was last done: the night or the minute it was done for."""

    __tablename__ = "job_runs"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    slot: Mapped[str] = mapped_column(String(20), default="")


def run(app: Flask, kind: Kind) -> None:
    """Do what every room has to do now; one that fails is tried again next time and does not stop the others."""
    with app.app_context():
        due = [(f"{room.name}.{kind}", job) for room in features() if (job := getattr(room, kind))]
    for name, job in due:
        run_one(app, name, current_slot(kind), job)


def current_slot(kind: Kind) -> str:
    """The night or the minute that a job is done for; a night begins at three o'clock in Germany."""
    if kind == "minutely":
        return clock.now().strftime("%Y-%m-%dT%H:%M")
    return (clock.now().astimezone(clock.BERLIN) - NIGHT_BEGINS).date().isoformat()


def claim(name: str, slot: str) -> bool:
    """Whether the job is ours: a second worker waits for our transaction, and then finds it done."""
    known = text("INSERT INTO job_runs (name, slot) VALUES (:name, '') ON CONFLICT DO NOTHING")
    session.execute(known, {"name": name})
    taken = update(JobRun).where(JobRun.name == name, JobRun.slot < slot).values(slot=slot).returning(JobRun.name)
    return session.scalar(taken) is not None


def run_one(app: Flask, name: str, slot: str, job: Callable[[], dict[str, int]]) -> None:
    """Do one job in a transaction of its own, if nobody has done it for this slot."""
    try:
        with app.app_context(), session.begin():
            if not claim(name, slot):
                return
            done = job()
            _tell_the_desk(name, done)
    except Exception:
        log.exception("job_failed", job=name)
    else:
        if any(done.values()):
            log.info("job_done", job=name, done=done)


def _tell_the_desk(name: str, done: dict[str, int]) -> None:
    """The counts of a night's work are kept with the work itself, in one transaction (D14)."""
    room, _dot, kind = name.partition(".")
    for desk in features():
        if desk.note_housekeeping and kind == "housekeeping":
            desk.note_housekeeping(room, done)


def init_app(app: Flask) -> None:
    """Give the house a command for whoever prefers a timer of the system to the worker."""

    @app.cli.command("housekeeping")
    def housekeeping() -> None:
        """Do what is due tonight, unless it is done already."""
        run(app, "housekeeping")
