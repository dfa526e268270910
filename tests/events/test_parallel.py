"""Many people at the same moment, two server processes, and the last three places (V7), on both databases."""

import contextvars
import os
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import func, select

from participation.db import session
from participation.events.models import EventSession
from participation.events.registration_models import Booking, BookingStatus, Registration
from participation.i18n import LocalizedText
from participation.mail import Mail
from participation.receipts.models import Receipt
from participation.settings import PROJECT
from tests.events.makers import make_event

PEOPLE = int(os.environ.get("PEOPLE_AT_ONCE", "40"))  # 200 when the figure is taken
PLACES = 3
PROCESSES = 2
CLICKS = 6

Status = BookingStatus
Fields = dict[str, str | list[str]]


@pytest.fixture
def port(busy_app: Flask, tmp_path: Path) -> Iterator[int]:
    """Where the server processes listen; they share the database with the test."""
    session.commit()
    free = 18_000 + os.getpid() % 10_000
    url = busy_app.extensions["engine"].url.render_as_string(hide_password=False)
    command = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1"]
    command += [
        "--port",
        str(free),
        "--workers",
        str(PROCESSES),
        "--blocking-threads",
        "4",
        "--no-ws",
        "--log-level",
        "warning",
    ]
    environment = {**os.environ, "BUSY_DATABASE_URL": url, "BUSY_FOLDER": str(tmp_path)}
    server = subprocess.Popen([*command, "tests.events.busy_house:app"], env=environment, cwd=PROJECT)
    try:
        _wait(free, server)
        yield free
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        try:
            _ask(port, "GET", "/de/receipt")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server has not started")


def _ask(port: int, method: str, path: str, fields: Fields | None = None) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    body = urlencode(fields, doseq=True) if fields is not None else None
    connection.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded"} if fields else {})
    status = connection.getresponse().status
    connection.close()
    return status


def at_once(port: int, event_id: int, forms: list[Fields]) -> Counter[int]:
    """Everybody presses the button at the same moment; gives how often each status came back."""
    start, address = Barrier(len(forms)), f"/de/events/{event_id}/register"

    def press(fields: Fields) -> int:
        start.wait(timeout=60)
        return _ask(port, "POST", address, fields)

    with ThreadPoolExecutor(len(forms)) as fingers:
        return Counter(fingers.map(press, forms))


def form(number: int, **more: str | list[str]) -> Fields:
    email = f"person{number}@example.org"
    return {"name": f"Person {number}", "email": email, "persons": "1", "form_key": uuid.uuid4().hex, **more}


def bookings(event_id: int, status: BookingStatus) -> int:
    found = select(func.count()).select_from(Booking).where(Booking.event_id == event_id, Booking.status == status)
    return session.scalar(found) or 0


def taken(event_id: int) -> list[int]:
    rows = select(EventSession.taken).where(EventSession.event_id == event_id).order_by(EventSession.id)
    return list(session.scalars(rows))


def how_many(model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_v7_the_last_places_go_to_as_many_people_and_nobody_is_lost(busy_app, port):
    only = make_event(capacity=PLACES).id
    parts = [EventSession(title=LocalizedText(de=f"Runde {number}"), capacity=PLACES) for number in range(2)]
    event = make_event(several_sessions=True, sessions=parts)
    rounds, ids = event.id, [str(one.id) for one in event.sessions]
    session.commit()

    answers = at_once(port, only, [form(number) for number in range(PEOPLE)])
    assert answers == {302: PLACES, 422: PEOPLE - PLACES}
    assert (bookings(only, Status.CONFIRMED), taken(only)) == (PLACES, [PLACES])
    assert how_many(Registration) == how_many(Mail) == how_many(Receipt) == PLACES
    session.rollback()

    # Everybody wants both rounds, half of them in the other order: nobody waits for somebody who waits for them.
    forms = [form(number, waits_for=" ".join(ids), sessions=ids[:: 1 - 2 * (number % 2)]) for number in range(PEOPLE)]
    assert at_once(port, rounds, forms) == {302: PEOPLE}
    assert taken(rounds) == [PLACES, PLACES]
    assert bookings(rounds, Status.CONFIRMED) == 2 * PLACES
    assert bookings(rounds, Status.WAITING) == 2 * (PEOPLE - PLACES)


@pytest.mark.parametrize("capacity", [1, None])
def test_impatient_fingers_make_one_registration(busy_app, capacity):
    event_id = make_event(capacity=capacity).id
    session.commit()
    address, fields = f"/de/events/{event_id}/register", form(1)

    def press() -> int:
        return busy_app.test_client().post(address, data=fields).status_code

    with ThreadPoolExecutor(CLICKS) as fingers:
        clicks = [fingers.submit(contextvars.Context().run, press) for _ in range(CLICKS)]
        assert {one.result() for one in clicks} == {302}
    assert (how_many(Registration), how_many(Mail), how_many(Receipt), taken(event_id)) == (1, 1, 1, [1])
