"""Writing rows in bulk, by the fastest way each database has."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from sqlalchemy import Table

from participation.db import engine, session

CHUNK = 10_000


def pour(table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Rows into a table by the fastest way the database has; what a row does not say is its column's default."""
    rest = iter(rows)
    while chunk := list(islice(rest, CHUNK)):
        said = chunk[0].keys() | {key for row in chunk for key in row}
        columns = [column for column in table.columns if column.name in said or column.default is not None]
        dialect = engine().dialect
        kept = [
            (column.name, column.type.dialect_impl(dialect).bind_processor(dialect), _default(column))
            for column in columns
        ]
        written = [
            tuple(
                process(value) if process and value is not None else value
                for name, process, default in kept
                for value in [row.get(name, default)]
            )
            for row in chunk
        ]
        _write(table.name, [column.name for column in columns], written)
        session.commit()


def _default(column: Any) -> Any:
    if column.default is None:
        return None
    return column.default.arg if column.default.is_scalar else column.default.arg(None)


def _write(table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    connection = session.connection().connection
    names = ", ".join(columns)
    if engine().dialect.name == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" for _name in columns)
    connection.cursor().executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
