"""Resolutions with their history and cards, tasks, and papers for committees."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "resolutions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column(
            "vote",
            sa.Enum("open", "by_name", "secret", name="votekind", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("votes_for", sa.Integer(), nullable=False),
        sa.Column("votes_against", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.Column("recused", sa.Integer(), nullable=False),
        sa.Column("responsible", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "in_progress",
                "handed_over",
                "done",
                "not_pursued",
                name="resolutionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_resolutions_text_given")),
        sa.CheckConstraint("serial > 0", name=op.f("ck_resolutions_serial_counted")),
        sa.CheckConstraint(
            "votes_for >= 0 AND votes_against >= 0 AND abstained >= 0 AND recused >= 0",
            name=op.f("ck_resolutions_counted"),
        ),
        sa.ForeignKeyConstraint(
            ["council_id"], ["councils.id"], name=op.f("fk_resolutions_council_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name=op.f("fk_resolutions_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_resolutions_minutes_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolutions")),
        sa.UniqueConstraint("council_id", "year", "serial", name=op.f("uq_resolutions_council_id_year_serial")),
        sa.UniqueConstraint("item_id", name=op.f("uq_resolutions_item_id")),
    )
    with op.batch_alter_table("resolutions", schema=None) as batch_op:
        batch_op.create_index("ix_resolutions_by_day", ["decided_on", "id"], unique=False)
        batch_op.create_index(
            "ix_resolutions_due",
            ["due_on", "id", "council_id", "published_at"],
            unique=False,
            sqlite_where=sa.text("state IN ('open', 'in_progress', 'handed_over')"),
            postgresql_where=sa.text("state IN ('open', 'in_progress', 'handed_over')"),
        )
        batch_op.create_index(batch_op.f("ix_resolutions_minutes_id"), ["minutes_id"], unique=False)
        batch_op.create_index(
            "ix_resolutions_of_council",
            ["council_id", "decided_on", "id", "published_at", "state", "due_on"],
            unique=False,
        )
        batch_op.create_index(
            "ix_resolutions_public",
            ["decided_on", "id", "council_id", "state", "due_on"],
            unique=False,
            sqlite_where=sa.text("published_at IS NOT NULL"),
            postgresql_where=sa.text("published_at IS NOT NULL"),
        )
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("responsible", sa.String(length=200), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("open", "done", "dropped", name="taskstate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_text", sa.Text(), nullable=False),
        sa.Column("public_responsible", sa.String(length=200), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'open') = (ended_on IS NULL)", name=op.f("ck_tasks_ended_with_day")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_tasks_text_given")),
        sa.ForeignKeyConstraint(["council_id"], ["councils.id"], name=op.f("fk_tasks_council_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name=op.f("fk_tasks_item_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_tasks_membership_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tasks_membership_id"), ["membership_id"], unique=False)
        batch_op.create_index("ix_tasks_of_council", ["council_id", "state", "due_on", "id"], unique=False)
        batch_op.create_index("ix_tasks_of_item", ["item_id", "id"], unique=False)
    op.create_table(
        "hand_overs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("committee", sa.String(length=200), nullable=False),
        sa.Column("committee_on", sa.Date(), nullable=True),
        sa.Column("top", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("handed_over_on", sa.Date(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "accepted",
                "partly",
                "rejected",
                "noted",
                "postponed",
                name="committeeanswer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("answer_text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("answer IS NULL OR answer_text <> ''", name=op.f("ck_hand_overs_answered_in_words")),
        sa.CheckConstraint("committee <> ''", name=op.f("ck_hand_overs_committee_given")),
        sa.CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name=op.f("ck_hand_overs_answered_with_day")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["users.id"], name=op.f("fk_hand_overs_created_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolutions.id"], name=op.f("fk_hand_overs_resolution_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_overs")),
    )
    with op.batch_alter_table("hand_overs", schema=None) as batch_op:
        batch_op.create_index("ix_hand_overs_of", ["resolution_id"], unique=False)
        batch_op.create_index("ix_hand_overs_waiting", ["answered_on", "committee_on"], unique=False)
    op.create_table(
        "resolution_cards",
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("title <> '' AND text <> ''", name=op.f("ck_resolution_cards_words_given")),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["users.id"], name=op.f("fk_resolution_cards_released_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolutions.id"], name=op.f("fk_resolution_cards_resolution_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("resolution_id", "language", name=op.f("pk_resolution_cards")),
    )
    op.create_table(
        "resolution_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "in_progress",
                "handed_over",
                "done",
                "not_pursued",
                name="resolutionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["users.id"], name=op.f("fk_resolution_steps_made_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolutions.id"], name=op.f("fk_resolution_steps_resolution_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution_steps")),
    )
    with op.batch_alter_table("resolution_steps", schema=None) as batch_op:
        batch_op.create_index("ix_resolution_steps_of", ["resolution_id", "id"], unique=False)
    op.create_table(
        "task_returns",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name=op.f("fk_task_returns_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_returns_task_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("task_id", "item_id", name=op.f("pk_task_returns")),
        sa.UniqueConstraint("item_id", name=op.f("uq_task_returns_item_id")),
    )
    op.create_table(
        "annexes",
        sa.Column("hand_over_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_annexes_number_counted")),
        sa.ForeignKeyConstraint(
            ["hand_over_id"], ["hand_overs.id"], name=op.f("fk_annexes_hand_over_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_annexes_paper_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("hand_over_id", "number", name=op.f("pk_annexes")),
    )
    with op.batch_alter_table("annexes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_annexes_paper_id"), ["paper_id"], unique=False)
    for statement in {
        "sqlite": (
            "CREATE TRIGGER resolution_steps_stay BEFORE UPDATE OF resolution_id, state, note, made_at ON resolution_steps  BEGIN SELECT RAISE(ABORT, 'the history of a resolution is only written down'); END",
        ),
        "postgresql": (
            "CREATE OR REPLACE FUNCTION resolution_steps_stay() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'the history of a resolution is only written down' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql",
            "CREATE TRIGGER resolution_steps_stay BEFORE UPDATE OF resolution_id, state, note, made_at ON resolution_steps FOR EACH ROW  EXECUTE FUNCTION resolution_steps_stay()",
        ),
    }[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in {
        "sqlite": ("DROP TRIGGER IF EXISTS resolution_steps_stay",),
        "postgresql": ("DROP FUNCTION IF EXISTS resolution_steps_stay() CASCADE",),
    }[op.get_bind().dialect.name]:
        op.execute(statement)
    with op.batch_alter_table("annexes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_annexes_paper_id"))
    op.drop_table("annexes")
    op.drop_table("task_returns")
    with op.batch_alter_table("resolution_steps", schema=None) as batch_op:
        batch_op.drop_index("ix_resolution_steps_of")
    op.drop_table("resolution_steps")
    op.drop_table("resolution_cards")
    with op.batch_alter_table("hand_overs", schema=None) as batch_op:
        batch_op.drop_index("ix_hand_overs_waiting")
        batch_op.drop_index("ix_hand_overs_of")
    op.drop_table("hand_overs")
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_index("ix_tasks_of_item")
        batch_op.drop_index("ix_tasks_of_council")
        batch_op.drop_index(batch_op.f("ix_tasks_membership_id"))
    op.drop_table("tasks")
    with op.batch_alter_table("resolutions", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_resolutions_public",
            sqlite_where=sa.text("published_at IS NOT NULL"),
            postgresql_where=sa.text("published_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_resolutions_of_council")
        batch_op.drop_index(batch_op.f("ix_resolutions_minutes_id"))
        batch_op.drop_index(
            "ix_resolutions_due",
            sqlite_where=sa.text("state IN ('open', 'in_progress', 'handed_over')"),
            postgresql_where=sa.text("state IN ('open', 'in_progress', 'handed_over')"),
        )
        batch_op.drop_index("ix_resolutions_by_day")
    op.drop_table("resolutions")
