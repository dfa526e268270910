"""The worker: a second process beside the server that does what is due by itself (python -m participation.worker)."""

import signal
from typing import Any

import structlog
from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask

from participation import jobs
from participation.clock import BERLIN

log = structlog.get_logger()


def make_scheduler(app: Flask) -> BlockingScheduler:
    """Each night's work is asked for at the start and every hour, so that what failed is tried again the same night."""
    scheduler = BlockingScheduler(
        timezone=BERLIN, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    scheduler.add_job(jobs.run, args=(app, "housekeeping"), id="at_start")
    scheduler.add_job(jobs.run, "cron", minute=7, args=(app, "housekeeping"), id="housekeeping")
    scheduler.add_job(jobs.run, "cron", second=0, args=(app, "minutely"), id="minutely")
    return scheduler


def work(app: Flask) -> None:
    """Work until SIGTERM or Ctrl-C; a job that is running is finished first."""
    scheduler = make_scheduler(app)

    def stop(_signal: int, _frame: Any) -> None:
        # Called in the middle of whatever the scheduler does: only ask it to end, its threads finish their job.
        scheduler.shutdown(wait=False)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    log.info("worker_started")
    scheduler.start()
    log.info("worker_stopped")


if __name__ == "__main__":
    from wsgi import app as house

    work(house)
