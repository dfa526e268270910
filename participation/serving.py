"""`make run`: prepare the house, then run its server and its worker until Ctrl-C (python -m participation.serving)."""

import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from dotenv import load_dotenv
from flask import Flask
from honcho.environ import parse_procfile
from honcho.manager import Manager
from honcho.printer import Printer

from participation.preparing import make_secret_file, prepare
from participation.settings import PROJECT, SettingsError

SECRET_FILE = PROJECT / "var" / "secret-key"


def main() -> int:
    """Everything between `make run` and Ctrl-C; the result is the exit status."""
    os.chdir(PROJECT)
    load_dotenv(PROJECT / ".env")
    host, port = os.environ.setdefault("HOST", "127.0.0.1"), os.environ.setdefault("PORT", "8000")
    if not ("SECRET_KEY" in os.environ or "SECRET_KEY_FILE" in os.environ):
        make_secret_file(SECRET_FILE)
    (PROJECT / "var").mkdir(exist_ok=True)
    try:
        check_door(host, port)
        app = open_front_door()
        prepare(app)
    except (SettingsError, OSError) as error:
        print(f"Cannot start: {error}", file=sys.stderr)  # noqa: T201  (a person at a terminal reads this)
        return 1
    print(f"\nOpen {app.config['SETTINGS'].public_url} in your browser. Ctrl-C ends it.\n", flush=True)  # noqa: T201
    return serve_until_interrupted(PROJECT / "Procfile")


def open_front_door() -> Flask:
    """The application as the server will see it."""
    from wsgi import app  # not earlier: it reads the settings that main() completes

    return app


def check_door(host: str, port: str) -> None:
    """Say at once that the port is taken, before anything is prepared."""
    if not port.isdecimal():
        raise SettingsError(f"PORT must be a whole number, not {port!r}.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, int(port)))
        except (OSError, OverflowError) as error:
            reason = f"{host}:{port} cannot be used ({error}). Another one: PORT=8123 make run"
            raise SettingsError(reason) from error


def serve_until_interrupted(procfile: Path) -> int:
    """Run what the Procfile names; when one of them ends, or we are told to, all of them end."""
    manager = Manager(Printer(sys.stdout))
    for name, command in parse_procfile(procfile.read_text()).processes.items():
        # Without exec a shell stands between us and the process and would swallow our signals.
        manager.add_process(name, f"exec {command}", env={**os.environ, "PATH": path_with_our_tools()})
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))  # a closed terminal is an end, too
    manager.loop()
    was_stopped = manager.returncode in {128 + signal.SIGINT, 128 + signal.SIGTERM}
    return 0 if was_stopped else int(manager.returncode or 0)


def path_with_our_tools() -> Any:
    """So that the Procfile can name its programs without a path."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])


if __name__ == "__main__":
    sys.exit(main())
