"""What residents write for others: contributions, comments, translations, and when they are checked."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checking_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column(
            "checking",
            sa.Enum(
                "before",
                "newcomers_before",
                "after",
                name="checking",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checking_rules")),
        sa.UniqueConstraint("kind", "scope", "language", name=op.f("uq_checking_rules_kind_scope_language")),
    )
    op.create_table(
        "word_lists",
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("language", name=op.f("pk_word_lists")),
    )
    op.create_table(
        "contributions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "published",
                "returned",
                "refused",
                "hidden",
                "removed",
                "withdrawn",
                name="contributionstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_redacted", sa.Boolean(), nullable=False),
        sa.Column("receipt_id", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("picture_id", sa.Uuid(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hints", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "status <> 'published' OR published_at IS NOT NULL", name=op.f("ck_contributions_published_with_moment")
        ),
        sa.CheckConstraint(
            "status <> 'waiting' OR waiting_since IS NOT NULL", name=op.f("ck_contributions_waiting_is_in_the_queue")
        ),
        sa.CheckConstraint("status = 'withdrawn' OR text <> ''", name=op.f("ck_contributions_text_given")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_contributions_contact_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["users.id"], name=op.f("fk_contributions_entered_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["pictures.id"], name=op.f("fk_contributions_picture_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["receipts.id"], name=op.f("fk_contributions_receipt_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributions")),
        sa.UniqueConstraint("contact_id", name=op.f("uq_contributions_contact_id")),
        sa.UniqueConstraint("picture_id", name=op.f("uq_contributions_picture_id")),
        sa.UniqueConstraint("receipt_id", name=op.f("uq_contributions_receipt_id")),
    )
    with op.batch_alter_table("contributions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_contributions_by_language", ["kind", "status", "language", "published_at"], unique=False
        )
        batch_op.create_index("ix_contributions_by_moment", ["created_at", "kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_contributions_entered_by_id"), ["entered_by_id"], unique=False)
        batch_op.create_index(
            "ix_contributions_queue",
            ["waiting_since", "id", "kind", "language", "status"],
            unique=False,
            sqlite_where=sa.text("waiting_since IS NOT NULL"),
            postgresql_where=sa.text("waiting_since IS NOT NULL"),
        )
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on_id", sa.Integer(), nullable=False),
        sa.Column("is_official", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["contributions.id"], name=op.f("fk_comments_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["on_id"], ["contributions.id"], name=op.f("fk_comments_on_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comments_on_id"), ["on_id"], unique=False)
    op.create_table(
        "contribution_areas",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["areas.id"], name=op.f("fk_contribution_areas_area_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contributions.id"],
            name=op.f("fk_contribution_areas_contribution_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contribution_id", "area_id", name=op.f("pk_contribution_areas")),
    )
    with op.batch_alter_table("contribution_areas", schema=None) as batch_op:
        batch_op.create_index("ix_contribution_areas_of_area", ["area_id", "contribution_id"], unique=False)
    op.create_table(
        "contribution_originals",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contributions.id"],
            name=op.f("fk_contribution_originals_contribution_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_contribution_originals")),
    )
    with op.batch_alter_table("contribution_originals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contribution_originals_kept_until"), ["kept_until"], unique=False)
    op.create_table(
        "contribution_translations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("doubts", sa.Integer(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_contribution_translations_text_given")),
        sa.CheckConstraint("doubts >= 0", name=op.f("ck_contribution_translations_doubts_counted")),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contributions.id"],
            name=op.f("fk_contribution_translations_contribution_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution_translations")),
        sa.UniqueConstraint(
            "contribution_id", "language", name=op.f("uq_contribution_translations_contribution_id_language")
        ),
    )
    with op.batch_alter_table("contribution_translations", schema=None) as batch_op:
        batch_op.create_index(
            "ix_contribution_translations_doubted",
            ["doubts", "id"],
            unique=False,
            sqlite_where=sa.text("doubts > 0"),
            postgresql_where=sa.text("doubts > 0"),
        )


def downgrade() -> None:
    with op.batch_alter_table("contribution_translations", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_contribution_translations_doubted",
            sqlite_where=sa.text("doubts > 0"),
            postgresql_where=sa.text("doubts > 0"),
        )
    op.drop_table("contribution_translations")
    with op.batch_alter_table("contribution_originals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contribution_originals_kept_until"))
    op.drop_table("contribution_originals")
    with op.batch_alter_table("contribution_areas", schema=None) as batch_op:
        batch_op.drop_index("ix_contribution_areas_of_area")
    op.drop_table("contribution_areas")
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comments_on_id"))
    op.drop_table("comments")
    with op.batch_alter_table("contributions", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_contributions_queue",
            sqlite_where=sa.text("waiting_since IS NOT NULL"),
            postgresql_where=sa.text("waiting_since IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_contributions_entered_by_id"))
        batch_op.drop_index("ix_contributions_by_moment")
        batch_op.drop_index("ix_contributions_by_language")
    op.drop_table("contributions")
    op.drop_table("word_lists")
    op.drop_table("checking_rules")
