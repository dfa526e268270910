"""Style sheets and scripts: addresses with a hash of their content, and compressed copies beside them."""

import contextlib
import gzip
import hashlib
import os
from functools import cache
from pathlib import Path

import brotli
from flask import Flask


def init_app(app: Flask, folder: Path) -> None:
    """Give the templates `static('css/site.css')`."""

    @cache
    def static(name: str) -> str:
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()[:10]
        return f"/static/{name}?v={digest}"

    app.jinja_env.globals["static"] = static


def compress(folder: Path) -> None:
    """Compress what has no copy as old as itself; a folder that may not be written to is served as it is."""
    for path in [*folder.glob("css/*.css"), *folder.glob("js/*.js"), *folder.glob("vendor/*/*.*s")]:
        for suffix, packed in ((".br", brotli.compress), (".gz", gzip.compress)):
            copy = path.with_name(path.name + suffix)
            if not copy.exists() or copy.stat().st_mtime_ns != path.stat().st_mtime_ns:
                with contextlib.suppress(OSError):
                    _put(copy, packed(path.read_bytes()), path.stat().st_mtime_ns)


def _put(copy: Path, data: bytes, changed_at: int) -> None:
    """The whole copy or none: several processes may start at the same time."""
    unfinished = copy.with_name(f"{copy.name}.{os.getpid()}.tmp")
    unfinished.write_bytes(data)
    os.utime(unfinished, ns=(changed_at, changed_at))
    unfinished.replace(copy)
