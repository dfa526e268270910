"""Rules, claims, decisions, notices and objections."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_settings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("promised_hours", sa.Integer(), nullable=False),
        sa.Column("reminded_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_desk_settings_one_row")),
        sa.CheckConstraint("promised_hours BETWEEN 1 AND 720", name=op.f("ck_desk_settings_promise_bounded")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_settings")),
    )
    op.create_table(
        "moderation_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("house", "law", name="rulekind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_rules")),
        sa.UniqueConstraint("slug", name=op.f("uq_moderation_rules_slug")),
    )
    op.create_table(
        "claims",
        sa.Column("contribution_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contributions.id"], name=op.f("fk_claims_contribution_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["users.id"], name=op.f("fk_claims_staff_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_claims")),
    )
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claims_staff_id"), ["staff_id"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("staff_name", sa.String(length=120), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "publish",
                "redact",
                "return",
                "refuse",
                "hide",
                "remove",
                "keep",
                name="action",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "before",
            sa.Enum(
                "waiting",
                "published",
                "returned",
                "refused",
                "hidden",
                "removed",
                "withdrawn",
                name="before",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "after",
            sa.Enum(
                "waiting",
                "published",
                "returned",
                "refused",
                "hidden",
                "removed",
                "withdrawn",
                name="after",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("facts_language", sa.String(length=20), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("waited_seconds", sa.Integer(), nullable=True),
        sa.Column("notice_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("action <> 'return' OR facts <> ''", name=op.f("ck_decisions_question_asked")),
        sa.CheckConstraint(
            "action NOT IN ('redact', 'refuse', 'hide', 'remove') OR (rule_id IS NOT NULL AND facts <> '')",
            name=op.f("ck_decisions_restriction_with_rule_and_facts"),
        ),
        sa.ForeignKeyConstraint(["contribution_id"], ["contributions.id"], name=op.f("fk_decisions_contribution_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["moderation_rules.id"], name=op.f("fk_decisions_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index("ix_decisions_by_moment", ["decided_at", "action"], unique=False)
        batch_op.create_index(batch_op.f("ix_decisions_contribution_id"), ["contribution_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decisions_staff_id"), ["staff_id"], unique=False)
    op.create_table(
        "notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("receipt_id", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("is_about_child_abuse", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "upheld", "rejected", name="noticestate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name=op.f("ck_notices_decided_with_moment")),
        sa.CheckConstraint("(state = 'open') = (decision_id IS NULL)", name=op.f("ck_notices_decided_by_decision")),
        sa.CheckConstraint(
            "NOT is_about_child_abuse OR (name = '' AND contact_id IS NULL)", name=op.f("ck_notices_no_name_asked")
        ),
        sa.CheckConstraint("explanation <> ''", name=op.f("ck_notices_reason_given")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_notices_contact_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["contribution_id"], ["contributions.id"], name=op.f("fk_notices_contribution_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_notices_decision_id")),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["receipts.id"], name=op.f("fk_notices_receipt_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["rule_id"], ["moderation_rules.id"], name=op.f("fk_notices_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("contact_id", name=op.f("uq_notices_contact_id")),
        sa.UniqueConstraint("receipt_id", name=op.f("uq_notices_receipt_id")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index("ix_notices_by_moment", ["received_at", "state"], unique=False)
        batch_op.create_index("ix_notices_by_state", ["state", "received_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_notices_contribution_id"), ["contribution_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notices_decision_id"), ["decision_id"], unique=False)
    op.create_table(
        "objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column(
            "party",
            sa.Enum("author", "reporter", name="party", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("notice_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "upheld",
                "rejected",
                name="objectionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("first_decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.String(length=120), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("reasons_language", sa.String(length=20), nullable=False),
        sa.Column("second_decision_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(party = 'reporter') = (notice_id IS NOT NULL)", name=op.f("ck_objections_reporter_by_notice")
        ),
        sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name=op.f("ck_objections_decided_with_moment")),
        sa.CheckConstraint(
            "state = 'open' OR (decided_by_id IS NOT NULL AND reasons <> '')",
            name=op.f("ck_objections_decided_with_reasons"),
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_objections_text_given")),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> first_decided_by_id", name=op.f("ck_objections_another_person")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_objections_decision_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_objections_notice_id")),
        sa.ForeignKeyConstraint(
            ["second_decision_id"], ["decisions.id"], name=op.f("fk_objections_second_decision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
        sa.UniqueConstraint("notice_id", name=op.f("uq_objections_notice_id")),
        sa.UniqueConstraint("second_decision_id", name=op.f("uq_objections_second_decision_id")),
    )
    with op.batch_alter_table("objections", schema=None) as batch_op:
        batch_op.create_index("ix_objections_by_moment", ["received_at", "state"], unique=False)
        batch_op.create_index("ix_objections_by_state", ["state", "received_at"], unique=False)
        batch_op.create_index("ix_objections_of_decision", ["decision_id"], unique=False)
        batch_op.create_index(
            "ix_objections_once",
            ["decision_id"],
            unique=True,
            sqlite_where=sa.text("party = 'author'"),
            postgresql_where=sa.text("party = 'author'"),
        )
    for statement in {
        "sqlite": (
            "CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions  BEGIN SELECT RAISE(ABORT, 'decisions are only written to'); END",
        ),
        "postgresql": (
            "CREATE OR REPLACE FUNCTION decisions_no_update() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'decisions are only written to' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql",
            "CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions FOR EACH ROW  EXECUTE FUNCTION decisions_no_update()",
        ),
    }[op.get_bind().dialect.name]:
        op.execute(statement)
    for statement in {
        "sqlite": (
            "CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions WHEN (NOT OLD.is_demo) BEGIN SELECT RAISE(ABORT, 'decisions are only written to'); END",
        ),
        "postgresql": (
            "CREATE OR REPLACE FUNCTION decisions_no_delete() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'decisions are only written to' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql",
            "CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions FOR EACH ROW WHEN (NOT OLD.is_demo) EXECUTE FUNCTION decisions_no_delete()",
        ),
    }[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in {
        "sqlite": ("DROP TRIGGER IF EXISTS decisions_no_update",),
        "postgresql": ("DROP FUNCTION IF EXISTS decisions_no_update() CASCADE",),
    }[op.get_bind().dialect.name]:
        op.execute(statement)
    for statement in {
        "sqlite": ("DROP TRIGGER IF EXISTS decisions_no_delete",),
        "postgresql": ("DROP FUNCTION IF EXISTS decisions_no_delete() CASCADE",),
    }[op.get_bind().dialect.name]:
        op.execute(statement)
    with op.batch_alter_table("objections", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_objections_once", sqlite_where=sa.text("party = 'author'"), postgresql_where=sa.text("party = 'author'")
        )
        batch_op.drop_index("ix_objections_of_decision")
        batch_op.drop_index("ix_objections_by_state")
        batch_op.drop_index("ix_objections_by_moment")
    op.drop_table("objections")
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notices_decision_id"))
        batch_op.drop_index(batch_op.f("ix_notices_contribution_id"))
        batch_op.drop_index("ix_notices_by_state")
        batch_op.drop_index("ix_notices_by_moment")
    op.drop_table("notices")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decisions_staff_id"))
        batch_op.drop_index(batch_op.f("ix_decisions_contribution_id"))
        batch_op.drop_index("ix_decisions_by_moment")
    op.drop_table("decisions")
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claims_staff_id"))
    op.drop_table("claims")
    op.drop_table("moderation_rules")
    op.drop_table("desk_settings")
