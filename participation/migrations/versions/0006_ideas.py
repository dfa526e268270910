"""Calls, ideas, supports, and what the city makes of them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "offices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offices")),
    )
    op.create_table(
        "outcomes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "yes",
                "partly",
                "no",
                "already_done",
                "not_ours",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("other_languages", sa.JSON(), nullable=False),
        sa.Column("responsible", sa.String(length=200), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(length=120), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("answer <> 'not_ours' OR responsible <> ''", name=op.f("ck_outcomes_who_is_responsible")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_outcomes_reason_given")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_outcomes_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcomes")),
    )
    op.create_table(
        "calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("introduction", sa.JSON(), nullable=False),
        sa.Column("house_rules", sa.JSON(), nullable=False),
        sa.Column("purpose", sa.JSON(), nullable=False),
        sa.Column("legal_basis", sa.JSON(), nullable=False),
        sa.Column("person_in_charge", sa.String(), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=False),
        sa.Column("answer_within_days", sa.Integer(), nullable=False),
        sa.Column("is_letter_box", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("has_comments", sa.Boolean(), nullable=False),
        sa.Column("shows_overdue", sa.Boolean(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("NOT is_letter_box OR closes_at IS NULL", name=op.f("ck_calls_letter_box_stays_open")),
        sa.CheckConstraint("answer_within_days BETWEEN 1 AND 365", name=op.f("ck_calls_answer_bounded")),
        sa.CheckConstraint(
            "answered_at IS NULL OR published_at IS NOT NULL", name=op.f("ck_calls_answered_after_publishing")
        ),
        sa.CheckConstraint(
            "closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at", name=op.f("ck_calls_closes_after_opening")
        ),
        sa.CheckConstraint("retention_days BETWEEN 1 AND 3650", name=op.f("ck_calls_retention_bounded")),
        sa.ForeignKeyConstraint(["version_id"], ["questionnaire_versions.id"], name=op.f("fk_calls_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
        sa.UniqueConstraint("slug", name=op.f("uq_calls_slug")),
    )
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.create_index(
            "ix_calls_one_letter_box",
            ["is_letter_box"],
            unique=True,
            sqlite_where=sa.text("is_letter_box"),
            postgresql_where=sa.text("is_letter_box"),
        )
        batch_op.create_index(batch_op.f("ix_calls_published_at"), ["published_at"], unique=False)
    op.create_table(
        "call_areas",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_call_areas_area_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_call_areas_call_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_id", "area_id", name=op.f("pk_call_areas")),
    )
    with op.batch_alter_table("call_areas", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_areas_area_id"), ["area_id"], unique=False)
    op.create_table(
        "categories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_categories_call_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_categories")),
        sa.UniqueConstraint("call_id", "id", name=op.f("uq_categories_call_id_id")),
    )
    with op.batch_alter_table("categories", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_categories_call_id"), ["call_id"], unique=False)
    op.create_table(
        "ideas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("response_id", sa.Uuid(), nullable=True),
        sa.Column("form_key", sa.Uuid(), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "desk", "telephone", "playground", name="source", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("listed_language", sa.String(length=20), nullable=False),
        sa.Column("shuffle", sa.BigInteger(), nullable=False),
        sa.Column("support_count", sa.Integer(), nullable=False),
        sa.Column("comment_count", sa.Integer(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "examination",
                "answered",
                "in_progress",
                "done",
                name="ideastate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("outcome_id", sa.Integer(), nullable=True),
        sa.Column("is_solved", sa.Boolean(), nullable=True),
        sa.Column("solved_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state NOT IN ('answered', 'in_progress', 'done') OR outcome_id IS NOT NULL",
            name=op.f("ck_ideas_answered_with_reason"),
        ),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_ideas_whole_point")),
        sa.CheckConstraint(
            "latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180", name=op.f("ck_ideas_point_on_earth")
        ),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("ck_ideas_not_merged_into_itself")),
        sa.CheckConstraint("merged_into_id IS NULL OR listed_at IS NULL", name=op.f("ck_ideas_merged_is_not_listed")),
        sa.CheckConstraint("support_count >= 0 AND comment_count >= 0", name=op.f("ck_ideas_counted")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_ideas_call_id")),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_ideas_category_id")),
        sa.ForeignKeyConstraint(["id"], ["contributions.id"], name=op.f("fk_ideas_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["merged_into_id"], ["ideas.id"], name=op.f("fk_ideas_merged_into_id")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_ideas_office_id")),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcomes.id"], name=op.f("fk_ideas_outcome_id")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_ideas_response_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ideas")),
        sa.UniqueConstraint("form_key", name=op.f("uq_ideas_form_key")),
        sa.UniqueConstraint("outcome_id", name=op.f("uq_ideas_outcome_id")),
        sa.UniqueConstraint("response_id", name=op.f("uq_ideas_response_id")),
    )
    with op.batch_alter_table("ideas", schema=None) as batch_op:
        batch_op.create_index(
            "ix_ideas_by_language", ["listed_language", "state", "category_id", "call_id", "listed_at"], unique=False
        )
        batch_op.create_index(
            "ix_ideas_by_state", ["state", "listed_language", "category_id", "call_id", "listed_at"], unique=False
        )
        batch_op.create_index(
            "ix_ideas_listed",
            ["id", "listed_at", "support_count", "shuffle", "call_id", "category_id", "state", "listed_language"],
            unique=False,
            sqlite_where=sa.text("listed_at IS NOT NULL"),
            postgresql_where=sa.text("listed_at IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_ideas_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index(
            "ix_ideas_mixed",
            ["shuffle", "id", "call_id", "category_id", "state", "listed_language"],
            unique=False,
            sqlite_where=sa.text("listed_at IS NOT NULL"),
            postgresql_where=sa.text("listed_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_ideas_most_supported",
            ["support_count", "id", "call_id", "category_id", "state", "listed_language"],
            unique=False,
            sqlite_where=sa.text("listed_at IS NOT NULL"),
            postgresql_where=sa.text("listed_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_ideas_newest",
            ["listed_at", "id", "call_id", "category_id", "state", "listed_language"],
            unique=False,
            sqlite_where=sa.text("listed_at IS NOT NULL"),
            postgresql_where=sa.text("listed_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_ideas_of_call", ["call_id", "listed_language", "state", "category_id", "listed_at"], unique=False
        )
        batch_op.create_index(
            "ix_ideas_of_category", ["category_id", "listed_language", "state", "call_id", "listed_at"], unique=False
        )
        batch_op.create_index(
            "ix_ideas_of_office",
            ["office_id", "due_on", "id", "listed_at", "call_id", "state", "is_solved"],
            unique=False,
        )
        batch_op.create_index(
            "ix_ideas_on_map",
            ["longitude", "latitude", "id", "listed_at", "state", "category_id", "call_id", "listed_language"],
            unique=False,
            sqlite_where=sa.text("listed_at IS NOT NULL"),
            postgresql_where=sa.text("listed_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_ideas_waiting",
            ["due_on", "id", "office_id", "call_id", "state", "is_solved"],
            unique=False,
            sqlite_where=sa.text("due_on IS NOT NULL AND listed_at IS NOT NULL"),
            postgresql_where=sa.text("due_on IS NOT NULL AND listed_at IS NOT NULL"),
        )
    op.create_table(
        "idea_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column(
            "before",
            sa.Enum(
                "received",
                "examination",
                "answered",
                "in_progress",
                "done",
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
                "received",
                "examination",
                "answered",
                "in_progress",
                "done",
                name="after",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_idea_steps_idea_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcomes.id"], name=op.f("fk_idea_steps_outcome_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_steps")),
    )
    with op.batch_alter_table("idea_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_steps_idea_id"), ["idea_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_steps_outcome_id"), ["outcome_id"], unique=False)
    op.create_table(
        "merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by", sa.String(length=120), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=120), nullable=True),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name=op.f("ck_merges_undone_by_somebody")),
        sa.CheckConstraint("source_id <> target_id", name=op.f("ck_merges_two_ideas")),
        sa.ForeignKeyConstraint(["source_id"], ["ideas.id"], name=op.f("fk_merges_source_id")),
        sa.ForeignKeyConstraint(["target_id"], ["ideas.id"], name=op.f("fk_merges_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
    )
    with op.batch_alter_table("merges", schema=None) as batch_op:
        batch_op.create_index(
            "ix_merges_once",
            ["source_id"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_merges_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merges_target_id"), ["target_id"], unique=False)
    op.create_table(
        "progress_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("picture_id", sa.Uuid(), nullable=True),
        sa.Column("written_by", sa.String(length=120), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["ideas.id"], name=op.f("fk_progress_reports_idea_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["pictures.id"], name=op.f("fk_progress_reports_picture_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_reports")),
        sa.UniqueConstraint("picture_id", name=op.f("uq_progress_reports_picture_id")),
    )
    with op.batch_alter_table("progress_reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_progress_reports_idea_id"), ["idea_id"], unique=False)
    op.create_table(
        "remarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(length=120), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_remarks_text_given")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_remarks_idea_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remarks")),
    )
    with op.batch_alter_table("remarks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remarks_idea_id"), ["idea_id"], unique=False)
    op.create_table(
        "supports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("supporter", sa.String(length=64), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_supports_contact_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_supports_idea_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supports")),
        sa.UniqueConstraint("contact_id", name=op.f("uq_supports_contact_id")),
        sa.UniqueConstraint("idea_id", "supporter", name=op.f("uq_supports_idea_id_supporter")),
    )


def downgrade() -> None:
    op.drop_table("supports")
    with op.batch_alter_table("remarks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_remarks_idea_id"))
    op.drop_table("remarks")
    with op.batch_alter_table("progress_reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_progress_reports_idea_id"))
    op.drop_table("progress_reports")
    with op.batch_alter_table("merges", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_merges_target_id"))
        batch_op.drop_index(batch_op.f("ix_merges_source_id"))
        batch_op.drop_index(
            "ix_merges_once", sqlite_where=sa.text("undone_at IS NULL"), postgresql_where=sa.text("undone_at IS NULL")
        )
    op.drop_table("merges")
    with op.batch_alter_table("idea_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idea_steps_outcome_id"))
        batch_op.drop_index(batch_op.f("ix_idea_steps_idea_id"))
    op.drop_table("idea_steps")
    with op.batch_alter_table("ideas", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_ideas_waiting",
            sqlite_where=sa.text("due_on IS NOT NULL AND listed_at IS NOT NULL"),
            postgresql_where=sa.text("due_on IS NOT NULL AND listed_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_ideas_on_map",
            sqlite_where=sa.text("listed_at IS NOT NULL"),
            postgresql_where=sa.text("listed_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_ideas_of_office")
        batch_op.drop_index("ix_ideas_of_category")
        batch_op.drop_index("ix_ideas_of_call")
        batch_op.drop_index(
            "ix_ideas_newest",
            sqlite_where=sa.text("listed_at IS NOT NULL"),
            postgresql_where=sa.text("listed_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_ideas_most_supported",
            sqlite_where=sa.text("listed_at IS NOT NULL"),
            postgresql_where=sa.text("listed_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_ideas_mixed",
            sqlite_where=sa.text("listed_at IS NOT NULL"),
            postgresql_where=sa.text("listed_at IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_ideas_merged_into_id"))
        batch_op.drop_index(
            "ix_ideas_listed",
            sqlite_where=sa.text("listed_at IS NOT NULL"),
            postgresql_where=sa.text("listed_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_ideas_by_state")
        batch_op.drop_index("ix_ideas_by_language")
    op.drop_table("ideas")
    with op.batch_alter_table("categories", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_categories_call_id"))
    op.drop_table("categories")
    with op.batch_alter_table("call_areas", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_areas_area_id"))
    op.drop_table("call_areas")
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calls_published_at"))
        batch_op.drop_index(
            "ix_calls_one_letter_box", sqlite_where=sa.text("is_letter_box"), postgresql_where=sa.text("is_letter_box")
        )
    op.drop_table("calls")
    op.drop_table("outcomes")
    op.drop_table("offices")
