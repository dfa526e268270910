"""The worker: a second process beside the server that does what is due by itself (python -m participation.worker)."""

import signal

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from participation import clock, jobs
from participation.clock import BERLIN
from participation.delivery import deliver

STOPS = {signal.SIGTERM, signal.SIGINT}

log = structlog.get_logger()


def make_scheduler(app: Flask) -> BackgroundScheduler:
    """Each night's work is asked for at the start and every hour, so that what failed is tried again the same night."""
    scheduler = BackgroundScheduler(
        timezone=BERLIN, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    scheduler.add_job(jobs.run, args=(app, "housekeeping"), id="at_start")
    scheduler.add_job(jobs.run, "cron", minute=7, args=(app, "housekeeping"), id="housekeeping")
    scheduler.add_job(jobs.run, "cron", second=0, args=(app, "minutely"), id="minutely")
    # Not one of the rooms' jobs: each mail is committed by itself, and none waits for a full minute.
    scheduler.add_job(deliver, "interval", seconds=10, next_run_time=clock.now(), args=(app,), id="mail")
    return scheduler


def work(app: Flask) -> None:
    """Work until SIGTERM or Ctrl-C; a job that is running is finished first."""
    # Blocked and waited for, not handled: so it does not matter in which moment they come.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    scheduler = make_scheduler(app)
    scheduler.start()
    log.info("worker_started")
    signal.sigwait(STOPS)
    scheduler.shutdown(wait=True)
    log.info("worker_stopped")


if __name__ == "__main__":
    from wsgi import app as house

    work(house)
