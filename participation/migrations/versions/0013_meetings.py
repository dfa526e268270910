"""Meetings with their agendas, papers and answers, and what residents propose."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "motion",
                "draft_resolution",
                "information",
                "inquiry",
                "report",
                "other",
                name="paperkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reference <> ''", name=op.f("ck_papers_reference_given")),
        sa.ForeignKeyConstraint(["council_id"], ["councils.id"], name=op.f("fk_papers_council_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_papers_document_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sa.UniqueConstraint("council_id", "reference", name=op.f("uq_papers_council_id_reference")),
        sa.UniqueConstraint("document_id", name=op.f("uq_papers_document_id")),
    )
    with op.batch_alter_table("papers", schema=None) as batch_op:
        batch_op.create_index("ix_papers_of_council", ["council_id", "dated_on", "id"], unique=False)
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_from_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("online_address", sa.String(length=500), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("note", sa.JSON(), nullable=False),
        sa.Column("proposals_until", sa.Date(), nullable=True),
        sa.Column("agenda_published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.JSON(), nullable=False),
        sa.Column("chaired_by_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_meetings_ends_after_beginning")),
        sa.CheckConstraint(
            "invited_at IS NULL OR agenda_published_at IS NOT NULL", name=op.f("ck_meetings_invited_with_agenda")
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_meetings_number_counted")),
        sa.CheckConstraint("room_id IS NULL OR place_id IS NOT NULL", name=op.f("ck_meetings_room_of_a_place")),
        sa.CheckConstraint("sequence >= 0", name=op.f("ck_meetings_sequence_counted")),
        sa.ForeignKeyConstraint(
            ["council_id", "chaired_by_id"],
            ["memberships.council_id", "memberships.id"],
            name=op.f("fk_meetings_council_id_chaired_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["council_id"], ["councils.id"], name=op.f("fk_meetings_council_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["users.id"], name=op.f("fk_meetings_created_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["place_id", "room_id"], ["rooms.place_id", "rooms.id"], name=op.f("fk_meetings_place_id_room_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_meetings_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("council_id", "number", name=op.f("uq_meetings_council_id_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_meetings_uid")),
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index("ix_meetings_by_time", ["starts_at", "id", "agenda_published_at"], unique=False)
        batch_op.create_index("ix_meetings_of_council", ["council_id", "starts_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meetings_place_id"), ["place_id"], unique=False)
    op.create_table(
        "agenda_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("is_part", sa.Boolean(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("brought_by", sa.String(length=200), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("public_title", sa.JSON(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("postponed_from_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("position > 0", name=op.f("ck_agenda_items_position_counted")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_agenda_items_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["postponed_from_id"],
            ["agenda_items.id"],
            name=op.f("fk_agenda_items_postponed_from_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_items")),
        sa.UniqueConstraint("meeting_id", "id", name=op.f("uq_agenda_items_meeting_id_id")),
    )
    with op.batch_alter_table("agenda_items", schema=None) as batch_op:
        batch_op.create_index("ix_agenda_items_of_meeting", ["meeting_id", "position", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_items_postponed_from_id"), ["postponed_from_id"], unique=False)
    op.create_table(
        "attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "coming", "not_coming", "deputy", name="answer", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column(
            "presence",
            sa.Enum(
                "present", "excused", "absent", name="presence", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_attendances_answered_with_moment")
        ),
        sa.CheckConstraint(
            "left_at IS NULL OR came_at IS NULL OR left_at >= came_at", name=op.f("ck_attendances_left_after_coming")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_attendances_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_attendances_membership_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
        sa.UniqueConstraint("meeting_id", "membership_id", name=op.f("uq_attendances_meeting_id_membership_id")),
    )
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.create_index("ix_attendances_of_membership", ["membership_id"], unique=False)
    op.create_table(
        "agenda_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column(
            "what",
            sa.Enum(
                "added", "changed", "withdrawn", name="change", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name=op.f("fk_agenda_changes_item_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_agenda_changes_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_changes")),
    )
    with op.batch_alter_table("agenda_changes", schema=None) as batch_op:
        batch_op.create_index("ix_agenda_changes_of_meeting", ["meeting_id", "made_at"], unique=False)
    op.create_table(
        "agenda_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("ref_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name=op.f("fk_agenda_links_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_links")),
        sa.UniqueConstraint("item_id", "kind", "ref_id", name=op.f("uq_agenda_links_item_id_kind_ref_id")),
    )
    with op.batch_alter_table("agenda_links", schema=None) as batch_op:
        batch_op.create_index("ix_agenda_links_by_thing", ["kind", "ref_id", "item_id"], unique=False)
    op.create_table(
        "consultations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("is_authoritative", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name=op.f("fk_consultations_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["papers.id"], name=op.f("fk_consultations_paper_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations")),
        sa.UniqueConstraint("item_id", "paper_id", name=op.f("uq_consultations_item_id_paper_id")),
    )
    with op.batch_alter_table("consultations", schema=None) as batch_op:
        batch_op.create_index("ix_consultations_of_paper", ["paper_id", "item_id"], unique=False)
    op.create_table(
        "item_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum("taken", "declined", name="proposaloutcome", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome <> 'declined' OR reason <> ''",
            name=op.f("ck_item_proposals_declined_with_reason"),
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome <> 'taken' OR item_id IS NOT NULL",
            name=op.f("ck_item_proposals_taken_onto_an_agenda"),
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR decided_at IS NOT NULL", name=op.f("ck_item_proposals_decided_with_moment")
        ),
        sa.ForeignKeyConstraint(["council_id"], ["councils.id"], name=op.f("fk_item_proposals_council_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["users.id"], name=op.f("fk_item_proposals_decided_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["id"], ["contributions.id"], name=op.f("fk_item_proposals_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name=op.f("fk_item_proposals_item_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["council_people.id"], name=op.f("fk_item_proposals_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_proposals")),
        sa.UniqueConstraint("form_key", name=op.f("uq_item_proposals_form_key")),
        sa.UniqueConstraint("item_id", name=op.f("uq_item_proposals_item_id")),
    )
    with op.batch_alter_table("item_proposals", schema=None) as batch_op:
        batch_op.create_index("ix_item_proposals_of_council", ["council_id", "outcome", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_proposals_person_id"), ["person_id"], unique=False)
    for statement in {
        "sqlite": (
            "CREATE TRIGGER agenda_changes_stay BEFORE UPDATE OF meeting_id, what, before, made_at ON agenda_changes  BEGIN SELECT RAISE(ABORT, 'changes of an agenda are only written down'); END",
        ),
        "postgresql": (
            "CREATE OR REPLACE FUNCTION agenda_changes_stay() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'changes of an agenda are only written down' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql",
            "CREATE TRIGGER agenda_changes_stay BEFORE UPDATE OF meeting_id, what, before, made_at ON agenda_changes FOR EACH ROW  EXECUTE FUNCTION agenda_changes_stay()",
        ),
    }[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in {
        "sqlite": ("DROP TRIGGER IF EXISTS agenda_changes_stay",),
        "postgresql": ("DROP FUNCTION IF EXISTS agenda_changes_stay() CASCADE",),
    }[op.get_bind().dialect.name]:
        op.execute(statement)
    with op.batch_alter_table("item_proposals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_proposals_person_id"))
        batch_op.drop_index("ix_item_proposals_of_council")
    op.drop_table("item_proposals")
    with op.batch_alter_table("consultations", schema=None) as batch_op:
        batch_op.drop_index("ix_consultations_of_paper")
    op.drop_table("consultations")
    with op.batch_alter_table("agenda_links", schema=None) as batch_op:
        batch_op.drop_index("ix_agenda_links_by_thing")
    op.drop_table("agenda_links")
    with op.batch_alter_table("agenda_changes", schema=None) as batch_op:
        batch_op.drop_index("ix_agenda_changes_of_meeting")
    op.drop_table("agenda_changes")
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.drop_index("ix_attendances_of_membership")
    op.drop_table("attendances")
    with op.batch_alter_table("agenda_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_items_postponed_from_id"))
        batch_op.drop_index("ix_agenda_items_of_meeting")
    op.drop_table("agenda_items")
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meetings_place_id"))
        batch_op.drop_index("ix_meetings_of_council")
        batch_op.drop_index("ix_meetings_by_time")
    op.drop_table("meetings")
    with op.batch_alter_table("papers", schema=None) as batch_op:
        batch_op.drop_index("ix_papers_of_council")
    op.drop_table("papers")
