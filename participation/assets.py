"""Addresses of style sheets and scripts, with a hash of their content."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask


def init_app(app: Flask, folder: Path) -> None:
    """Give the templates `static('css/site.css')`."""

    @cache
    def static(name: str) -> str:
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()[:10]
        return f"/static/{name}?v={digest}"

    app.jinja_env.globals["static"] = static
