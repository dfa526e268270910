"""Receipts, questionnaires with their answers, and surveys."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "questionnaires",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaires")),
    )
    op.create_table(
        "receipts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_receipts_code_hash")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "questionnaire_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaires.id"],
            name=op.f("fk_questionnaire_versions_questionnaire_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_versions")),
        sa.UniqueConstraint(
            "questionnaire_id", "number", name=op.f("uq_questionnaire_versions_questionnaire_id_number")
        ),
    )
    op.create_table(
        "responses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("receipt_id", sa.Uuid(), nullable=True),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column(
            "status",
            sa.Enum("draft", "submitted", name="responsestatus", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reached", sa.String(), nullable=False),
        sa.Column("touched_on", sa.Date(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(status = 'submitted') = (submitted_on IS NOT NULL)", name=op.f("ck_responses_submitted_with_day")
        ),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipts.id"], name=op.f("fk_responses_receipt_id")),
        sa.ForeignKeyConstraint(["version_id"], ["questionnaire_versions.id"], name=op.f("fk_responses_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responses")),
        sa.UniqueConstraint("receipt_id", name=op.f("uq_responses_receipt_id")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("responses", schema=None) as batch_op:
        batch_op.create_index("ix_responses_by_version", ["version_id", "status", "submitted_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_responses_touched_on"), ["touched_on"], unique=False)
    op.create_table(
        "surveys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("introduction", sa.JSON(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.JSON(), nullable=False),
        sa.Column("legal_basis", sa.JSON(), nullable=False),
        sa.Column("person_in_charge", sa.String(), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=False),
        sa.Column("minimum_cell", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at",
            name=op.f("ck_surveys_closes_after_opening"),
        ),
        sa.CheckConstraint("minimum_cell >= 3", name=op.f("ck_surveys_never_below_three")),
        sa.CheckConstraint("retention_days BETWEEN 1 AND 3650", name=op.f("ck_surveys_retention_bounded")),
        sa.ForeignKeyConstraint(["questionnaire_id"], ["questionnaires.id"], name=op.f("fk_surveys_questionnaire_id")),
        sa.ForeignKeyConstraint(["version_id"], ["questionnaire_versions.id"], name=op.f("fk_surveys_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
        sa.UniqueConstraint("questionnaire_id", name=op.f("uq_surveys_questionnaire_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_surveys_slug")),
    )
    with op.batch_alter_table("surveys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_surveys_published_at"), ["published_at"], unique=False)
    op.create_table(
        "answers",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=100), nullable=False),
        sa.Column("instance", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("number", sa.Double(), nullable=True),
        sa.Column("is_withheld", sa.Boolean(), nullable=False),
        sa.CheckConstraint("instance >= 0 AND position >= 0", name=op.f("ck_answers_counted_from_zero")),
        sa.CheckConstraint("is_withheld = (value IS NULL)", name=op.f("ck_answers_withheld_or_valued")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_answers_response_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("response_id", "question", "instance", "position", name=op.f("pk_answers")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["surveys.id"], name=op.f("fk_survey_imports_survey_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_imports")),
    )
    with op.batch_alter_table("survey_imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_imports_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_survey_imports_survey_id"), ["survey_id"], unique=False)
    op.create_table(
        "survey_results",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("response_count", sa.Integer(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["surveys.id"], name=op.f("fk_survey_results_survey_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_survey_results")),
    )
    op.execute(
        {
            "sqlite": "CREATE TRIGGER questionnaire_versions_immutable BEFORE UPDATE OF document, checksum, published_at ON questionnaire_versions WHEN (OLD.published_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END",
            "postgresql": "CREATE OR REPLACE FUNCTION questionnaire_versions_immutable() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql; CREATE TRIGGER questionnaire_versions_immutable BEFORE UPDATE OF document, checksum, published_at ON questionnaire_versions FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION questionnaire_versions_immutable()",
        }[op.get_bind().dialect.name]
    )


def downgrade() -> None:
    op.execute(
        {
            "sqlite": "DROP TRIGGER IF EXISTS questionnaire_versions_immutable",
            "postgresql": "DROP FUNCTION IF EXISTS questionnaire_versions_immutable() CASCADE",
        }[op.get_bind().dialect.name]
    )
    op.drop_table("survey_results")
    with op.batch_alter_table("survey_imports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_imports_survey_id"))
        batch_op.drop_index(batch_op.f("ix_survey_imports_created_at"))
    op.drop_table("survey_imports")
    op.drop_table("answers")
    with op.batch_alter_table("surveys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_surveys_published_at"))
    op.drop_table("surveys")
    with op.batch_alter_table("responses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_responses_touched_on"))
        batch_op.drop_index("ix_responses_by_version")
    op.drop_table("responses")
    op.drop_table("questionnaire_versions")
    op.drop_table("receipts")
    op.drop_table("questionnaires")
