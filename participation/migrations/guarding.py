"""Writing the guards of new tables into a new migration."""

from typing import Any

from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations import ops
from sqlalchemy import Connection, text

from participation.db import Base
from participation.guards import Guard, guards_of


class GuardOp(ops.MigrateOperation):
    """Setting one guard up, or taking it down."""

    def __init__(self, guard: Guard, *, is_up: bool) -> None:
        self.guard = guard
        self.is_up = is_up


@renderers.dispatch_for(GuardOp)
def render_guard(_autogen: AutogenContext, op: GuardOp) -> str:
    """The statements for both databases, word by word."""
    statements = op.guard.set_up if op.is_up else op.guard.take_down
    return f"for statement in {statements!r}[op.get_bind().dialect.name]:\n    op.execute(statement)"


def is_described_by_models(name: str | None, _kind: str, _parents: Any) -> bool:
    """Whether Alembic compares a table or an index with the models: the index of texts makes its own by trigger."""
    return not (name or "").startswith("texts_found")


def add_missing_guards(connection: Connection, directives: list[ops.MigrationScript]) -> None:
    """Set up what the models guard and the database does not yet."""
    known = trigger_names(connection)
    missing = [guard for guard in guards_of(Base.metadata) if guard.name not in known]
    for script in directives:
        assert script.upgrade_ops is not None
        assert script.downgrade_ops is not None
        script.upgrade_ops.ops.extend(GuardOp(guard, is_up=True) for guard in missing)
        script.downgrade_ops.ops[:0] = [GuardOp(guard, is_up=False) for guard in missing]


def trigger_names(connection: Connection) -> set[str]:
    """The triggers that are there."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.dialect.name]
    return set(connection.scalars(text(query)))
