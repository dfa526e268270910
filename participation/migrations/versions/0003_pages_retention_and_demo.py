"""Pages, reports of barriers, the deletion log, and the demo's list."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "demo_items",
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("table", "row_id", name=op.f("pk_demo_items")),
    )
    op.create_table(
        "pages",
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("video", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_pages")),
    )
    op.create_table(
        "retention_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ran_on", sa.Date(), nullable=False),
        sa.Column("room", sa.String(length=40), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.CheckConstraint("room <> ''", name=op.f("ck_retention_runs_room_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_runs")),
    )
    with op.batch_alter_table("retention_runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retention_runs_ran_on"), ["ran_on"], unique=False)
    op.create_table(
        "barrier_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("receipt_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("page", sa.String(length=300), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "new", "interim", "answered", name="barrierstatus", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(status = 'answered') = (answered_on IS NOT NULL)", name=op.f("ck_barrier_reports_answered_with_day")
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_barrier_reports_message_given")),
        sa.CheckConstraint("due_on >= received_on", name=op.f("ck_barrier_reports_due_after_receipt")),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipts.id"], name=op.f("fk_barrier_reports_receipt_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barrier_reports")),
        sa.UniqueConstraint("receipt_id", name=op.f("uq_barrier_reports_receipt_id")),
    )
    with op.batch_alter_table("barrier_reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_barrier_reports_answered_on"), ["answered_on"], unique=False)
        batch_op.create_index("ix_barrier_reports_by_due_day", ["status", "due_on"], unique=False)
    op.create_table(
        "barrier_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_barrier_answers_answer_given")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["barrier_reports.id"], name=op.f("fk_barrier_answers_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barrier_answers")),
    )
    with op.batch_alter_table("barrier_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_barrier_answers_report_id"), ["report_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("barrier_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_barrier_answers_report_id"))
    op.drop_table("barrier_answers")
    with op.batch_alter_table("barrier_reports", schema=None) as batch_op:
        batch_op.drop_index("ix_barrier_reports_by_due_day")
        batch_op.drop_index(batch_op.f("ix_barrier_reports_answered_on"))
    op.drop_table("barrier_reports")
    with op.batch_alter_table("retention_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_retention_runs_ran_on"))
    op.drop_table("retention_runs")
    op.drop_table("pages")
    op.drop_table("demo_items")
