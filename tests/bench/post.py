"""The worker and the post: ten thousand mails to a real mail server, while the worker is killed ten times."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import update

from participation import clock, mail
from participation.db import session
from participation.mail import Mail, MailState
from participation.settings import PROJECT
from participation.wordings import Said
from tests.bench.databases import each_database, empty_house
from tests.bench.figures import Figure
from tests.bench.house import SECRET
from tests.mail_server import SENDER, MailServer

MAILS, KILLS = 10_000, 10
MOST_DUPLICATES = 0.1  # per cent
PATIENCE_SECONDS = 900
QUIET_SECONDS = 15  # a worker looks into the outbox every ten
TEXT = "Guten Tag,\n\nSie sind angemeldet. Wir freuen uns auf Sie.\n\nIhre Stadt"


def figures(folder: Path) -> Iterator[Figure]:
    """Each database with an outbox of its own."""
    for database, url in each_database(folder, "post"):
        with MailServer() as server, empty_house(url, folder):
            write_mails()
            began = time.monotonic()
            killed = deliver_with_kills(url, folder, server)
            seconds = time.monotonic() - began
            copies = Counter(one.rcpt_tos[0] for one in server.taken)
            yield Figure(
                f"{MAILS:,} mails on {database}, killed {killed} times: never delivered",
                MAILS - len(copies),
                "mails",
                0,
            )
            doubled = 100 * (copies.total() - len(copies)) / MAILS
            yield Figure(f"{MAILS:,} mails on {database}, delivered more than once", doubled, "%", MOST_DUPLICATES)
            yield Figure(f"{MAILS:,} mails on {database}, delivered with all interruptions in", seconds, "s")


def write_mails() -> None:
    """The outbox of a large city after a cancelled festival."""
    for number in range(MAILS):
        mail.put(f"person{number}@example.org", "bench/letter", "de", Said("Ihre Anmeldung", TEXT))
    session.commit()


def deliver_with_kills(url: str, folder: Path, server: MailServer) -> int:
    """Let the real worker work, kill it at moments of chance, and start another one; tells how often."""
    die = random.Random(MAILS)
    moments = sorted(die.sample(range(MAILS // 20, MAILS - MAILS // 20), KILLS))
    killed, seen, moved_at = 0, 0, time.monotonic()
    people: set[str] = set()
    worker = start_worker(url, folder, server)
    deadline = time.monotonic() + PATIENCE_SECONDS
    try:
        while len(people) < MAILS and time.monotonic() < deadline:
            if len(server.taken) > seen:
                new = server.taken[seen:]
                people.update(one.rcpt_tos[0] for one in new)
                seen, moved_at = seen + len(new), time.monotonic()
            if killed < KILLS and seen >= moments[killed]:
                time.sleep(die.random() / 50)  # anywhere between taking a mail and noting its fate
                worker.send_signal(signal.SIGKILL)
                worker.wait()
                killed += 1
                worker = start_worker(url, folder, server)
            if time.monotonic() - moved_at > QUIET_SECONDS:
                give_back_what_the_dead_had_taken()
                moved_at = time.monotonic()
            time.sleep(0.02)
    finally:
        worker.terminate()
        worker.wait(timeout=30)
    return killed


def start_worker(url: str, folder: Path, server: MailServer) -> "subprocess.Popen[bytes]":
    """The worker as `make run` starts it."""
    environment = {
        **os.environ,
        "SECRET_KEY": SECRET,
        "DATABASE_URL": url,
        "DATA_FOLDER": str(folder),
        "SMTP_URL": f"smtp://localhost:{server.port}",
        "MAIL_FROM": SENDER,
    }
    command = [sys.executable, "-m", "participation.worker"]
    return subprocess.Popen(command, env=environment, cwd=PROJECT, stderr=subprocess.DEVNULL)


def give_back_what_the_dead_had_taken() -> None:
    """Ten minutes later these mails are due again; the figure does not wait for the clock."""
    session.execute(
        update(Mail).where(Mail.state == MailState.WAITING, Mail.attempts > 0).values(next_attempt_at=clock.now())
    )
    session.commit()
