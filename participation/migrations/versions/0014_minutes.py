"""Minutes that are locked with their approval, objections to them, and what is blacked out."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "circulated",
                "approved",
                "published",
                name="minutesstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("guests", sa.Text(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("circulated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objections_until", sa.Date(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_how", sa.String(length=300), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("public_content", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("public_digest", sa.String(length=64), nullable=False),
        sa.Column("public_seal", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number = 1 OR reason <> ''", name=op.f("ck_minutes_correction_with_reason")),
        sa.CheckConstraint(
            "status <> 'published' OR (published_at IS NOT NULL AND public_content IS NOT NULL AND public_digest <> '')",
            name=op.f("ck_minutes_published_with_content"),
        ),
        sa.CheckConstraint("status = 'draft' OR circulated_at IS NOT NULL", name=op.f("ck_minutes_circulated_first")),
        sa.CheckConstraint(
            "status NOT IN ('approved', 'published') OR (approved_at IS NOT NULL AND content IS NOT NULL AND digest <> '' AND seal <> '')",
            name=op.f("ck_minutes_approved_with_content"),
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_minutes_number_counted")),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["users.id"], name=op.f("fk_minutes_approved_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_minutes_document_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_minutes_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes")),
        sa.UniqueConstraint("document_id", name=op.f("uq_minutes_document_id")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_minutes_meeting_id_number")),
    )
    with op.batch_alter_table("minutes", schema=None) as batch_op:
        batch_op.create_index("ix_minutes_by_status", ["status", "objections_until"], unique=False)
        batch_op.create_index(
            "ix_minutes_one_in_work",
            ["meeting_id"],
            unique=True,
            sqlite_where=sa.text("status IN ('draft', 'circulated')"),
            postgresql_where=sa.text("status IN ('draft', 'circulated')"),
        )
        batch_op.create_index("ix_minutes_published", ["published_at", "meeting_id"], unique=False)
        batch_op.create_index(
            "ix_minutes_touched",
            ["meeting_id"],
            unique=False,
            sqlite_where=sa.text("touched_at IS NOT NULL"),
            postgresql_where=sa.text("touched_at IS NOT NULL"),
        )
    op.create_table(
        "minutes_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("discussion", sa.Text(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "noted",
                "discussed",
                "resolved",
                "rejected",
                "postponed",
                "referred",
                "dropped",
                name="result",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("resolution", sa.Text(), nullable=False),
        sa.Column(
            "vote",
            sa.Enum("open", "by_name", "secret", name="votekind", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("votes_for", sa.Integer(), nullable=False),
        sa.Column("votes_against", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.Column("recused", sa.Integer(), nullable=False),
        sa.Column("voted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "result NOT IN ('resolved', 'rejected') OR resolution <> ''",
            name=op.f("ck_minutes_entries_resolved_in_words"),
        ),
        sa.CheckConstraint(
            "vote IS NOT NULL OR votes_for + votes_against + abstained + recused = 0",
            name=op.f("ck_minutes_entries_no_votes_without_a_vote"),
        ),
        sa.CheckConstraint(
            "votes_for >= 0 AND votes_against >= 0 AND abstained >= 0 AND recused >= 0",
            name=op.f("ck_minutes_entries_counted"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name=op.f("fk_minutes_entries_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_entries_minutes_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["users.id"], name=op.f("fk_minutes_entries_saved_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_entries")),
        sa.UniqueConstraint("minutes_id", "item_id", name=op.f("uq_minutes_entries_minutes_id_item_id")),
    )
    with op.batch_alter_table("minutes_entries", schema=None) as batch_op:
        batch_op.create_index("ix_minutes_entries_of_item", ["item_id", "minutes_id"], unique=False)
    op.create_table(
        "minutes_summaries",
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("text <> ''", name=op.f("ck_minutes_summaries_text_given")),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_summaries_minutes_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["users.id"], name=op.f("fk_minutes_summaries_released_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("minutes_id", "language", name=op.f("pk_minutes_summaries")),
    )
    with op.batch_alter_table("minutes_summaries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_minutes_summaries_waiting",
            ["minutes_id"],
            unique=False,
            sqlite_where=sa.text("released_at IS NULL"),
            postgresql_where=sa.text("released_at IS NULL"),
        )
    op.create_table(
        "objections_to_minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "accepted", "rejected", name="objectiondecision", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "decision IS NULL OR (reason <> '' AND decided_at IS NOT NULL)",
            name=op.f("ck_objections_to_minutes_decided_with_reason"),
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_objections_to_minutes_text_given")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["users.id"], name=op.f("fk_objections_to_minutes_decided_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name=op.f("fk_objections_to_minutes_item_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["memberships.id"],
            name=op.f("fk_objections_to_minutes_membership_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_objections_to_minutes_minutes_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections_to_minutes")),
    )
    with op.batch_alter_table("objections_to_minutes", schema=None) as batch_op:
        batch_op.create_index("ix_objections_to_minutes_by", ["membership_id"], unique=False)
        batch_op.create_index("ix_objections_to_minutes_of", ["minutes_id", "decision"], unique=False)
    op.create_table(
        "redactions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("passage", sa.String(length=500), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "personal",
                "confidential",
                "business",
                "safety",
                name="redactionreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("passage <> ''", name=op.f("ck_redactions_words_given")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["users.id"], name=op.f("fk_redactions_made_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_redactions_minutes_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redactions")),
        sa.UniqueConstraint("minutes_id", "passage", name=op.f("uq_redactions_minutes_id_passage")),
    )
    op.create_table(
        "vote_casts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column(
            "choice",
            sa.Enum(
                "for",
                "against",
                "abstained",
                "recused",
                name="choice",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["minutes_entries.id"], name=op.f("fk_vote_casts_entry_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_vote_casts_membership_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_casts")),
        sa.UniqueConstraint("entry_id", "membership_id", name=op.f("uq_vote_casts_entry_id_membership_id")),
    )
    with op.batch_alter_table("vote_casts", schema=None) as batch_op:
        batch_op.create_index("ix_vote_casts_of", ["membership_id"], unique=False)
    for statement in {
        "sqlite": (
            "CREATE TRIGGER approved_minutes_stay BEFORE UPDATE OF number, reason, opened_at, closed_at, guests, remarks, approved_at, content, digest ON minutes WHEN (OLD.approved_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'approved minutes never change'); END",
        ),
        "postgresql": (
            "CREATE OR REPLACE FUNCTION approved_minutes_stay() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'approved minutes never change' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql",
            "CREATE TRIGGER approved_minutes_stay BEFORE UPDATE OF number, reason, opened_at, closed_at, guests, remarks, approved_at, content, digest ON minutes FOR EACH ROW WHEN (OLD.approved_at IS NOT NULL) EXECUTE FUNCTION approved_minutes_stay()",
        ),
    }[op.get_bind().dialect.name]:
        op.execute(statement)
    for statement in {
        "sqlite": (
            "CREATE TRIGGER approved_minutes_are_kept BEFORE DELETE ON minutes WHEN (OLD.approved_at IS NOT NULL AND NOT OLD.is_demo) BEGIN SELECT RAISE(ABORT, 'approved minutes are never deleted'); END",
        ),
        "postgresql": (
            "CREATE OR REPLACE FUNCTION approved_minutes_are_kept() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'approved minutes are never deleted' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql",
            "CREATE TRIGGER approved_minutes_are_kept BEFORE DELETE ON minutes FOR EACH ROW WHEN (OLD.approved_at IS NOT NULL AND NOT OLD.is_demo) EXECUTE FUNCTION approved_minutes_are_kept()",
        ),
    }[op.get_bind().dialect.name]:
        op.execute(statement)
    for statement in {
        "sqlite": (
            "CREATE TRIGGER approved_entries_stay BEFORE UPDATE OF item_id, discussion, result, resolution, vote, votes_for, votes_against, abstained, recused, voted_at, is_locked ON minutes_entries WHEN (OLD.is_locked) BEGIN SELECT RAISE(ABORT, 'approved minutes never change'); END",
        ),
        "postgresql": (
            "CREATE OR REPLACE FUNCTION approved_entries_stay() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'approved minutes never change' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql",
            "CREATE TRIGGER approved_entries_stay BEFORE UPDATE OF item_id, discussion, result, resolution, vote, votes_for, votes_against, abstained, recused, voted_at, is_locked ON minutes_entries FOR EACH ROW WHEN (OLD.is_locked) EXECUTE FUNCTION approved_entries_stay()",
        ),
    }[op.get_bind().dialect.name]:
        op.execute(statement)
    for statement in {
        "sqlite": (
            "CREATE TRIGGER approved_entries_are_kept BEFORE DELETE ON minutes_entries WHEN (OLD.is_locked AND NOT OLD.is_demo) BEGIN SELECT RAISE(ABORT, 'approved minutes are never deleted'); END",
        ),
        "postgresql": (
            "CREATE OR REPLACE FUNCTION approved_entries_are_kept() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'approved minutes are never deleted' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql",
            "CREATE TRIGGER approved_entries_are_kept BEFORE DELETE ON minutes_entries FOR EACH ROW WHEN (OLD.is_locked AND NOT OLD.is_demo) EXECUTE FUNCTION approved_entries_are_kept()",
        ),
    }[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in {
        "sqlite": ("DROP TRIGGER IF EXISTS approved_minutes_stay",),
        "postgresql": ("DROP FUNCTION IF EXISTS approved_minutes_stay() CASCADE",),
    }[op.get_bind().dialect.name]:
        op.execute(statement)
    for statement in {
        "sqlite": ("DROP TRIGGER IF EXISTS approved_minutes_are_kept",),
        "postgresql": ("DROP FUNCTION IF EXISTS approved_minutes_are_kept() CASCADE",),
    }[op.get_bind().dialect.name]:
        op.execute(statement)
    for statement in {
        "sqlite": ("DROP TRIGGER IF EXISTS approved_entries_stay",),
        "postgresql": ("DROP FUNCTION IF EXISTS approved_entries_stay() CASCADE",),
    }[op.get_bind().dialect.name]:
        op.execute(statement)
    for statement in {
        "sqlite": ("DROP TRIGGER IF EXISTS approved_entries_are_kept",),
        "postgresql": ("DROP FUNCTION IF EXISTS approved_entries_are_kept() CASCADE",),
    }[op.get_bind().dialect.name]:
        op.execute(statement)
    with op.batch_alter_table("vote_casts", schema=None) as batch_op:
        batch_op.drop_index("ix_vote_casts_of")
    op.drop_table("vote_casts")
    op.drop_table("redactions")
    with op.batch_alter_table("objections_to_minutes", schema=None) as batch_op:
        batch_op.drop_index("ix_objections_to_minutes_of")
        batch_op.drop_index("ix_objections_to_minutes_by")
    op.drop_table("objections_to_minutes")
    with op.batch_alter_table("minutes_summaries", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_minutes_summaries_waiting",
            sqlite_where=sa.text("released_at IS NULL"),
            postgresql_where=sa.text("released_at IS NULL"),
        )
    op.drop_table("minutes_summaries")
    with op.batch_alter_table("minutes_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_minutes_entries_of_item")
    op.drop_table("minutes_entries")
    with op.batch_alter_table("minutes", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_minutes_touched",
            sqlite_where=sa.text("touched_at IS NOT NULL"),
            postgresql_where=sa.text("touched_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_minutes_published")
        batch_op.drop_index(
            "ix_minutes_one_in_work",
            sqlite_where=sa.text("status IN ('draft', 'circulated')"),
            postgresql_where=sa.text("status IN ('draft', 'circulated')"),
        )
        batch_op.drop_index("ix_minutes_by_status")
    op.drop_table("minutes")
