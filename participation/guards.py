"""Guards: what the database itself watches over, as triggers that are written next to the table they guard.

A guard is made wherever its table is made: by `create_all` in tests, and by the migration that was written from it.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import DDL, FromClause, MetaData, Table, event


@dataclass(frozen=True)
class Guard:
    """What sets one guard up on each database, and what takes it down, whether or not its table is still there."""

    name: str
    set_up: dict[str, tuple[str, ...]]
    take_down: dict[str, tuple[str, ...]]


def refuse(
    table: FromClause, verb: str, message: str, *, name: str, columns: tuple[str, ...] = (), when: str = ""
) -> None:
    """Let the database refuse to change rows of a table, or only some columns of it, or only while `when` holds.

    `verb` is UPDATE or DELETE; `when` may speak of the OLD row. The refusal is an IntegrityError on both databases.
    """
    assert isinstance(table, Table)
    occasion = f"{verb} OF {', '.join(columns)}" if columns else verb
    condition = f"WHEN ({when})" if when else ""
    change = f"BEFORE {occasion} ON {table.name}"
    say_no = f"BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END"
    function = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ {say_no} $$ LANGUAGE plpgsql"
    trigger = f"CREATE TRIGGER {name} {change} FOR EACH ROW {condition} EXECUTE FUNCTION {name}()"
    guard = Guard(
        name,
        set_up={
            "sqlite": (f"CREATE TRIGGER {name} {change} {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END",),
            "postgresql": (function, trigger),
        },
        take_down={
            "sqlite": (f"DROP TRIGGER IF EXISTS {name}",),
            "postgresql": (f"DROP FUNCTION IF EXISTS {name}() CASCADE",),
        },
    )
    attach(table, guard)


def attach(table: FromClause, guard: Guard) -> None:
    """Set a guard up with its table, and let whoever writes migrations know of it."""
    assert isinstance(table, Table)
    guards_of(table.metadata).append(guard)
    for moment, statements_of in (("after_create", guard.set_up), ("after_drop", guard.take_down)):
        for dialect, statements in statements_of.items():
            for statement in statements:
                _listen(table, moment, dialect, statement)


def guards_of(tables: MetaData) -> list[Guard]:
    """All guards of the house, for whoever writes migrations."""
    guards: list[Guard] = tables.info.setdefault("guards", [])
    return guards


def _listen(table: Table, moment: Any, dialect: str, statement: str) -> None:
    ddl = DDL(statement.replace("%", "%%"))
    event.listen(table, moment, ddl.execute_if(dialect=dialect))
