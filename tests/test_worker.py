"""The worker and `make run`, as processes: they start, do their part, and end without leaving anything behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from participation import jobs, preparing, serving
from participation.feature import Feature
from participation.settings import PROJECT, SettingsError
from participation.worker import make_scheduler
from tests.conftest import SECRET

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a module as make would, on a database of its own, in a process group of its own."""
    started = []

    def start_one(module: str, **environment: str) -> subprocess.Popen[str]:
        database = f"sqlite:///{tmp_path / 'house.db'}"
        process = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=PROJECT,
            env={
                **os.environ,
                "SECRET_KEY": SECRET,
                "DATABASE_URL": database,
                "DATA_FOLDER": str(tmp_path),
                "PYTHONUNBUFFERED": "1",
                **environment,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start_one
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def wait_until(is_true: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def test_make_run_serves_and_ctrl_c_ends_all_of_it(start: Start) -> None:
    port = free_port()
    house = start("participation.serving", PORT=str(port))
    wait_until(lambda: answers(f"http://127.0.0.1:{port}/readyz") or house.poll() is not None)
    wait_until(lambda: len(psutil.Process(house.pid).children(recursive=True)) >= 4)
    family = psutil.Process(house.pid).children(recursive=True)
    os.killpg(house.pid, signal.SIGINT)
    said, _ = house.communicate(timeout=30)
    assert house.returncode == 0, said
    assert [process for process in family if process.is_running()] == []
    assert "Traceback" not in said


def test_a_taken_port_is_told_before_anything_else_happens(start: Start, tmp_path: Path) -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        house = start("participation.serving", PORT=str(door.getsockname()[1]))
        said, _ = house.communicate(timeout=30)
    assert house.returncode == 1
    assert "PORT=8123 make run" in said
    assert not (tmp_path / "house.db").exists()


@pytest.mark.parametrize("port", ["", "http", "99999", "-1"])
def test_a_port_that_is_none_is_refused_in_words(port: str) -> None:
    with pytest.raises(SettingsError):
        serving.check_door("127.0.0.1", port)


def test_the_worker_ends_when_it_is_asked_to(start: Start, tmp_path: Path, empty_tables: bytes) -> None:
    (tmp_path / "house.db").write_bytes(empty_tables)
    worker = start("participation.worker")
    assert worker.stdout is not None
    assert json.loads(worker.stdout.readline())["event"] == "worker_started"
    worker.send_signal(signal.SIGTERM)
    said, _ = worker.communicate(timeout=30)
    assert worker.returncode == 0
    assert '"worker_stopped"' in said


def test_each_room_gets_its_turn_even_after_one_that_failed(app, monkeypatch: pytest.MonkeyPatch) -> None:
    done = []

    def fail() -> dict[str, int]:
        raise RuntimeError("something broke")

    def succeed() -> dict[str, int]:
        done.append("second")
        return {"erased": 1}

    rooms = [
        Feature(name="first", housekeeping=fail),
        Feature(name="second", housekeeping=succeed),
        Feature(name="third"),
    ]
    monkeypatch.setitem(app.extensions, "features", rooms)
    jobs.run(app, "housekeeping")
    jobs.run(app, "housekeeping")
    jobs.run(app, "minutely")
    assert done == ["second"]


def test_the_night_s_work_is_asked_for_at_the_start_and_every_hour(app) -> None:
    planned = {job.id: str(job.trigger) for job in make_scheduler(app).get_jobs()}
    assert planned["at_start"].startswith("date")
    assert planned["housekeeping"] == "cron[minute='7']"
    assert planned["minutely"] == "cron[second='0']"


def test_the_secret_is_made_once_and_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret-key"
    preparing.make_secret_file(path)
    secret = path.read_text()
    assert len(secret.strip()) == 64
    assert path.stat().st_mode & 0o077 == 0
    preparing.make_secret_file(path)
    assert path.read_text() == secret
