"""The migrations make exactly the tables that the models describe, on both databases, and can be undone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from participation import preparing
from participation.db import Base, engine, make_engine
from participation.migrations import steps
from participation.migrations.guarding import is_described_by_models, trigger_names
from tests import postgresql

pytestmark = pytest.mark.databases
OPTIONS = {"compare_type": True, "target_metadata": Base.metadata, "include_name": is_described_by_models}


@pytest.fixture
def empty_database(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database in which there is nothing at all."""
    if database == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        request.getfixturevalue("postgresql_url")
        url = postgresql.database_url(f"empty_{request.getfixturevalue('worker_id')}")
    made = make_engine(url)
    yield made
    made.dispose()


@pytest.fixture
def migrated(empty_database: Engine) -> Engine:
    """A database that has gone through every step."""
    steps.upgrade(empty_database)
    return empty_database


def described(connection: Connection) -> dict[str, Any]:
    """What Alembic does not compare: the checks and the triggers."""
    found = inspect(connection)
    checks = {
        (table, str(check["name"]), " ".join(str(check["sqltext"]).split()))
        for table in found.get_table_names()
        for check in found.get_check_constraints(table)
    }
    return {"checks": checks, "triggers": trigger_names(connection)}


def test_migrations_and_models_describe_the_same_tables(migrated: Engine) -> None:
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts=OPTIONS)
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_and_models_set_up_the_same_checks_and_triggers(migrated: Engine, app: Any) -> None:
    with migrated.connect() as connection, engine().connect() as made_from_models:
        assert described(connection) == described(made_from_models)


def test_going_back_to_the_beginning_leaves_nothing(migrated: Engine) -> None:
    steps.downgrade(migrated, "base")
    with migrated.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
        assert described(connection)["triggers"] == set()
        if connection.dialect.name == "postgresql":
            left = "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            assert connection.scalars(text(left)).all() == []


def test_a_second_upgrade_changes_nothing(migrated: Engine) -> None:
    steps.upgrade(migrated)
    with migrated.connect() as connection:
        assert len(connection.scalars(text("SELECT version_num FROM alembic_version")).all()) == 1


def test_the_house_knows_before_it_opens_whether_its_tables_are_up_to_date(empty_database: Engine) -> None:
    address = empty_database.url.render_as_string(hide_password=False)
    assert not preparing.is_up_to_date(address)
    steps.upgrade(empty_database)
    assert preparing.is_up_to_date(address)


def test_the_audit_log_can_only_be_written_to(migrated: Engine) -> None:
    with migrated.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO audit_entries (happened_at, staff_name, action, thing, details, is_personal_data)"
                " VALUES ('2026-01-01 12:00:00', 'command', 'survey.published', '', '{}', false)"
            )
        )
    for change in ("UPDATE audit_entries SET action = 'nothing.happened'", "DELETE FROM audit_entries"):
        with pytest.raises(IntegrityError, match="only written to"), migrated.begin() as connection:
            connection.execute(text(change))


def test_a_published_wording_never_changes_and_a_draft_may(migrated: Engine) -> None:
    with migrated.begin() as connection:
        connection.execute(text("INSERT INTO questionnaires (id, name) VALUES (1, 'Family')"))
        for number, published in ((1, "'2026-01-01 12:00:00'"), (2, "NULL")):
            connection.execute(
                text(
                    "INSERT INTO questionnaire_versions"
                    " (id, questionnaire_id, number, document, checksum, created_at, published_at)"
                    f" VALUES ({number}, 1, {number}, '{{}}', '0', '2026-01-01 12:00:00', {published})"
                )
            )
    with migrated.begin() as connection:
        connection.execute(text("UPDATE questionnaire_versions SET checksum = '1' WHERE id = 2"))
    for change in ("document = '{\"pages\": []}'", "checksum = '1'", "published_at = NULL"):
        with pytest.raises(IntegrityError, match="never changes"), migrated.begin() as connection:
            connection.execute(text(f"UPDATE questionnaire_versions SET {change} WHERE id = 1"))
