"""`make run`: prepare the house, then run its server and its worker until Ctrl-C (python -m participation.serving)."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from dotenv import load_dotenv
from honcho.environ import parse_procfile
from honcho.manager import Manager
from honcho.printer import Printer

from participation.preparing import is_up_to_date, make_secret_file
from participation.settings import PROJECT, Settings, SettingsError

SECRET_FILE = PROJECT / "var" / "secret-key"
PREPARE = [sys.executable, "-m", "participation.preparing"]


def main() -> int:
    """Everything between `make run` and Ctrl-C; the result is the exit status."""
    os.chdir(PROJECT)
    load_dotenv(PROJECT / ".env")
    host, port = os.environ.setdefault("HOST", "127.0.0.1"), os.environ.setdefault("PORT", "8000")
    (PROJECT / "var").mkdir(exist_ok=True)
    if not os.environ.get("SECRET_KEY"):
        secret_file = Path(os.environ.setdefault("SECRET_KEY_FILE", str(SECRET_FILE)))
        if secret_file == SECRET_FILE:
            make_secret_file(SECRET_FILE)
    try:
        settings = Settings.from_environment()
        check_door(host, port)
    except SettingsError as error:
        print(f"Cannot start: {error}", file=sys.stderr)  # noqa: T201  (a person at a terminal reads this)
        return 1
    if not is_up_to_date(settings.database_url):
        done = subprocess.run(PREPARE, check=False)  # noqa: S603  (our own words)
        if done.returncode:
            return done.returncode
    return serve_until_interrupted(PROJECT / "Procfile")


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
    our_tools_first = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    for name, command in parse_procfile(procfile.read_text()).processes.items():
        # Without exec a shell stands between us and the process and would swallow our signals.
        manager.add_process(name, f"exec {command}", env={**os.environ, "PATH": our_tools_first})
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))  # a closed terminal is an end, too
    # A session of its own: Ctrl-C must not make it complain in the middle of our good-bye.
    greeter = subprocess.Popen([*PREPARE, "--greet"], start_new_session=True)  # noqa: S603  (our own words)
    try:
        manager.loop()
    finally:
        greeter.terminate()
        greeter.wait()
    was_stopped = manager.returncode in {128 + signal.SIGINT, 128 + signal.SIGTERM}
    return 0 if was_stopped else int(manager.returncode or 0)


if __name__ == "__main__":
    sys.exit(main())
