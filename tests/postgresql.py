"""A throw-away PostgreSQL: made from the installed server binaries, shared by the test processes, gone afterwards."""

import contextlib
import fcntl
import os
import pwd
import secrets
import shutil
import subprocess
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, text

from participation.db import Base

PLACE = "TEST_POSTGRESQL"  # where the first test process that needs it puts the cluster, for all the others
OWNER = "TEST_POSTGRESQL_OWNER"  # the process that stops it when all tests are done
OPTIONS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "lock_timeout": "5s",  # a test that waits for itself fails instead of hanging
    "max_connections": "60",
    "shared_buffers": "32MB",
}


def binaries() -> Path | None:
    """Where initdb and pg_ctl live; Debian keeps them off the PATH."""
    places = [Path(found).resolve().parent] if (found := shutil.which("pg_ctl")) else []
    debian = Path("/usr/lib/postgresql")
    if debian.is_dir():
        places += sorted(debian.glob("*/bin"), key=lambda place: float(place.parent.name), reverse=True)
    return next((place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()), None)


def reserve_place() -> None:
    """Choose a directory before the test processes start; short, because a socket's path must be short."""
    os.environ.setdefault(PLACE, f"/tmp/pg-{os.getpid()}-{secrets.token_hex(3)}")
    os.environ.setdefault(OWNER, str(os.getpid()))


def clear_place() -> None:
    """Stop the cluster, if a test ever started it, and leave nothing behind."""
    place = Path(os.environ.pop(PLACE))
    del os.environ[OWNER]
    if (place / "data" / "postmaster.pid").exists():
        _run("pg_ctl", "stop", "--pgdata", str(place / "data"), "--mode", "immediate")
    shutil.rmtree(place, ignore_errors=True)


def database_url(name: str) -> str:
    """The address of a fresh, empty database in the running cluster."""
    place = Path(os.environ[PLACE])
    place.mkdir(mode=0o700, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "data" / "postmaster.pid").exists():
            _start(place)
        with psycopg.connect(host=str(place), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}"')
    return f"postgresql+psycopg://postgres@/{name}?host={place}"


def empty(connection: Connection) -> None:
    """Empty the tables that hold something; TRUNCATE is the one way past the guard of the audit log."""
    tables = [table.fullname for table in Base.metadata.sorted_tables]
    if not tables:
        return
    probe = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables)
    filled = connection.scalars(text(probe)).all()
    if filled:
        connection.execute(text(f"TRUNCATE {', '.join(filled)} RESTART IDENTITY CASCADE"))


def _start(place: Path) -> None:
    shutil.chown(place, **_owner())
    data = str(place / "data")
    _run("initdb", "--pgdata", data, "--username", "postgres", "--auth", "trust", "--encoding", "UTF8",
         "--locale", "C.UTF-8", "--no-sync")  # fmt: skip
    settings = {**OPTIONS, "unix_socket_directories": str(place)}
    _watch_over(place)
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    _run("pg_ctl", "start", "--pgdata", data, "--wait", "--log", str(place / "log"), "--options", options)


def _watch_over(place: Path) -> None:
    """Should the test run be killed, its cluster ends a moment later."""
    script = (
        f"(while kill -0 {os.environ[OWNER]} 2>/dev/null; do sleep 1; done; cd {place} 2>/dev/null || exit 0; "
        'read -r pid < data/postmaster.pid && kill -QUIT "$pid"; sleep 1; rm -rf "$PWD") &'
    )
    nowhere = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    subprocess.run(["/bin/sh", "-c", script], check=True, start_new_session=True, **nowhere)


def _owner() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then its own user runs it, or nobody."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            person = pwd.getpwnam(name)
            return {"user": person.pw_uid, "group": person.pw_gid}
    raise RuntimeError("There is no unprivileged user who could run PostgreSQL.")


def _run(program: str, *arguments: str) -> None:
    found = binaries()
    assert found, "ask binaries() first"
    person = _owner()
    done = subprocess.run(
        [str(found / program), *arguments],
        check=False,
        cwd="/",
        stdin=subprocess.DEVNULL,
        # Not a pipe: the server inherits it and would keep it open for ever.
        stdout=subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE,
        stderr=subprocess.DEVNULL if program == "pg_ctl" else subprocess.STDOUT,
        **person,
        **({"extra_groups": []} if person else {}),
    )
    if done.returncode:
        raise RuntimeError(f"{program} failed: {(done.stdout or b'').decode(errors='replace')[-2000:]}")
