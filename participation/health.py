"""Is the house alive, and is it ready? Two addresses for the machines that watch over it."""

from flask import Flask
from sqlalchemy import text

from participation.db import session


def init_app(app: Flask) -> None:
    """Answer without language, cookie or template."""

    @app.get("/healthz")
    def alive() -> tuple[dict[str, str], int]:
        """The process answers."""
        return {"status": "ok"}, 200

    @app.get("/readyz")
    def ready() -> tuple[dict[str, str], int]:
        """The database answers and its tables are there."""
        try:
            session.execute(text("SELECT version_num FROM alembic_version")).one()
        except Exception:  # whatever is wrong with the database, the answer is: not ready
            session.rollback()
            return {"status": "database not ready"}, 503
        return {"status": "ok"}, 200
