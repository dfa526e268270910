"""The tables' common ground, the session, and one transaction per request."""

import enum
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, has_request_context, request
from flask.globals import app_ctx
from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Insert,
    MetaData,
    String,
    Table,
    TypeDecorator,
    create_engine,
    event,
)
from sqlalchemy.orm import DeclarativeBase, Session, make_transient_to_detached, scoped_session, sessionmaker
from sqlalchemy.orm.attributes import manager_of_class
from sqlalchemy.pool import StaticPool

from participation.i18n import LocalizedText
from participation.rich_text import LocalizedRichText, RichText

READING_METHODS = {"GET", "HEAD", "OPTIONS"}

T = TypeVar("T", bound="Base")


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("A moment must know its time zone.")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class LocalizedTextType(TypeDecorator[LocalizedText]):
    """One text in several languages, as a JSON object of language tags."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: LocalizedText | None, dialect: Dialect) -> dict[str, str] | None:
        return dict(value) if value is not None else None

    def process_result_value(self, value: dict[str, str] | None, dialect: Dialect) -> LocalizedText | None:
        return LocalizedText(value) if value is not None else None


class LocalizedRichTextType(TypeDecorator[LocalizedRichText]):
    """Formatted text in several languages; what was clean when it went in needs no second sieve."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: LocalizedRichText | None, dialect: Dialect) -> dict[str, str] | None:
        return {tag: text.html for tag, text in value.items()} if value is not None else None

    def process_result_value(self, value: dict[str, str] | None, dialect: Dialect) -> LocalizedRichText | None:
        return LocalizedRichText({tag: RichText(html) for tag, html in value.items()}) if value is not None else None


def one_of(kind: type[enum.Enum], name: str | None = None) -> Enum:
    """How an enum is kept: as its values, with a check; where a table has two columns of a kind, each names its own."""
    return Enum(
        kind,
        name=name or kind.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """What every table shares: names for constraints, and how our own types are kept."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  (SQLAlchemy reads it as a plain class attribute)
        datetime: Moment,
        LocalizedText: LocalizedTextType,
        LocalizedRichText: LocalizedRichTextType,
        dict[str, Any]: JSON,
        str: String,
        enum.Enum: Enum(
            enum.Enum,
            native_enum=False,
            create_constraint=True,
            length=40,
            values_callable=lambda kind: [member.value for member in kind],
        ),
    }


def table_of(model: type[Base]) -> Table:
    """The table itself, for statements that pass the object layer by."""
    return cast(Table, model.__table__)


class RoutedSession(Session):
    """A session that works on the database of the running application."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine:
        return engine()


def engine() -> Engine:
    """The database of the running application."""
    bound: Engine = current_app.extensions["engine"]
    return bound


session = scoped_session(sessionmaker(class_=RoutedSession), scopefunc=lambda: id(app_ctx._get_current_object()))  # type: ignore[attr-defined]


def save_new(model: type[T], **values: Any) -> T:
    """Write a new row at once with one plain statement; from then on the session knows its object.

    The same as add and flush, without looking for whatever else has changed: for what thousands do in an hour. The key
    must be among the values; columns that are left out get their defaults, and are read when somebody asks for them.
    """
    session.connection().execute(_insert_into(model), values)
    return as_read(model, values)


@cache
def _insert_into(model: type[Base]) -> Insert:
    return table_of(model).insert()


def as_read(model: type[T], values: Mapping[str, Any]) -> T:
    """The object of a row that was read column by column; what was left out is read when somebody asks for it."""
    thing: T = manager_of_class(model).new_instance()
    thing.__dict__.update(values)
    make_transient_to_detached(thing)
    session.add(thing)
    return thing


def random_id() -> uuid.UUID:
    """A primary key that tells nothing about the order in which rows came (for what residents send)."""
    return uuid.uuid4()


def make_engine(url: str) -> Engine:
    """An engine that behaves alike on SQLite and PostgreSQL. Its errors never quote what people wrote (V24)."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    in_memory = url in {"sqlite://", "sqlite:///:memory:"}
    made = create_engine(url, hide_parameters=True, **({"poolclass": StaticPool} if in_memory else {}))
    event.listen(made, "connect", _prepare_sqlite)
    event.listen(made, "begin", _begin_sqlite)
    return made


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # SQLAlchemy, not the driver, says when a transaction begins: see _begin_sqlite.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    """Whoever may write takes the lock at once: a reader that turns writer half way would fail instead of wait."""
    reads_only = has_request_context() and request.method in READING_METHODS
    # Straight to the driver: this happens with every request, and nothing has to be prepared for it.
    connection.connection.driver_connection.execute("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def init_app(app: Flask, url: str) -> None:
    """Give the application its engine, and every request its transaction."""
    app.extensions["engine"] = make_engine(url)

    @app.after_request
    def finish(response: Response) -> Response:
        if session.registry.has():
            if response.status_code < 400:
                session.commit()
            else:
                session.rollback()
        return response

    @app.teardown_appcontext
    def close(_error: BaseException | None) -> None:
        session.remove()
