"""What Alembic runs for every command: it brings the connection, we bring the tables and our habits of writing."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations import ops
from sqlalchemy import TypeDecorator

from participation import app as roof
from participation.db import Base
from participation.migrations.guarding import add_missing_guards, is_described_by_models


def render_plainly(kind: str, thing: Any, _autogen: AutogenContext) -> str | Literal[False]:
    """Our own types are written down as what the database knows, so that no migration imports the application."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        rendered: str = "sa." + repr(thing.impl_instance)
        return rendered
    return False


def add_guards(migration: Any, _revision: Any, directives: list[ops.MigrationScript]) -> None:
    """Write down the triggers as well, which Alembic does not compare."""
    add_missing_guards(migration.connection, directives)


def run() -> None:
    """Work within the transaction of whoever called."""
    assert roof.FEATURES, "the roof knows every room, and so every table"
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        compare_type=True,
        include_name=is_described_by_models,
        render_as_batch=True,
        render_item=render_plainly,
        process_revision_directives=add_guards,
    )
    context.run_migrations()


run()
