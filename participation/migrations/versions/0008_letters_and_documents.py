"""Letters that bring a calendar file, addresses that a registration needs, and documents."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("title <> ''", name=op.f("ck_documents_title_given")),
        sa.CheckConstraint("size > 0", name=op.f("ck_documents_has_a_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_needed", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.add_column(sa.Column("calendar", sa.Text(), nullable=False, server_default=""))
        batch_op.create_index("ix_mails_by_recipient", ["recipient", "created_at"], unique=False)
    # Rows that are there already need a value; new ones get theirs from the house.
    for table, column in (("mails", "calendar"), ("contacts", "is_needed")):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(column, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.drop_index("ix_mails_by_recipient")
        batch_op.drop_column("calendar")
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_column("is_needed")
    op.drop_table("documents")
