"""The house to be measured: a demo city in a database file, in this process and behind the production server."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from flask import Flask
from honcho.environ import parse_procfile

from participation.app import create_app
from participation.db import Base, engine, session
from participation.demo import operations as demo
from participation.settings import PROJECT, Settings

SECRET = "for measuring only, long enough to be accepted"
SLUG = "familienumfrage"


@dataclass(frozen=True)
class House:
    """A house with a demo city."""

    app: Flask
    settings: Settings


@contextmanager
def demo_house(folder: Path) -> Iterator[House]:
    """The same demo city as `make run` shows, in a folder that is gone afterwards."""
    settings = Settings(
        secret_key=SECRET, database_url=f"sqlite:///{folder / 'house.db'}", data_folder=folder, testing=True
    )
    app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False  # only here; the server asks for tokens as in production
    with app.app_context():
        Base.metadata.create_all(engine())
        demo.load()
        session.commit()
    yield House(app, settings)
    app.extensions["engine"].dispose()


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A place that leaves nothing behind."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as name:
        yield Path(name)


# --- The production server --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Server:
    """A server at work, and what it has cost so far."""

    port: int
    process: psutil.Process

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cpu_seconds(self) -> float:
        """Time on the processor so far: user and system, the server and its workers."""
        family = [self.process, *self.process.children(recursive=True)]
        return sum(times.user + times.system for times in (one.cpu_times() for one in family))


@contextmanager
def house_server(house: House) -> Iterator[Server]:
    """The house as `make run` serves it, on the demo city."""
    environment = {
        "SECRET_KEY": house.settings.secret_key,
        "DATABASE_URL": house.settings.database_url,
        "DATA_FOLDER": str(house.settings.data_folder),
    }
    with _served("wsgi:app", environment) as server:
        yield server


@contextmanager
def house_server_at(url: str, folder: Path, *, processes: int) -> Iterator[Server]:
    """The same on another database, without limits per sender: here all of them come from one address."""
    environment = {
        "SECRET_KEY": SECRET,
        "DATABASE_URL": url,
        "DATA_FOLDER": str(folder),
        "WEB_WORKERS": str(processes),
    }
    with _served("tests.bench.unlimited:app", environment) as server:
        yield server


@contextmanager
def bare_server(folder: Path) -> Iterator[Server]:
    """The bare page under the same server."""
    with _served("tests.bench.bare:app", {"BARE_DATABASE_URL": f"sqlite:///{folder / 'bare.db'}"}) as server:
        yield server


@contextmanager
def _served(target: str, environment: dict[str, str]) -> Iterator[Server]:
    """Start the line of the Procfile, with another application where one is named."""
    port = _free_port()
    command = parse_procfile((PROJECT / "Procfile").read_text()).processes["web"].replace("wsgi:app", target)
    tools = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    settings = {
        **os.environ,
        "PATH": tools,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "WEB_WORKERS": "1",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        **environment,
    }
    started = subprocess.Popen(["sh", "-c", f"exec {command}"], env=settings, cwd=PROJECT)
    try:
        _wait(port)
        yield Server(port, psutil.Process(started.pid))
    finally:
        started.terminate()
        started.wait(timeout=20)


def _wait(port: int) -> None:
    """Any answer will do: the bare page knows no health address."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"no server on port {port}")


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port
