"""Councils, the groups with their seats, statutes, people and their terms; what machines read of them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "councils",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "quartiersrat",
                "prevention_council",
                "round_table",
                "assembly",
                "working_group",
                name="councilkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("introduction", sa.JSON(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("quorum_percent", sa.Integer(), nullable=False),
        sa.Column("meetings_are_public", sa.Boolean(), nullable=False),
        sa.Column(
            "proposals_from",
            sa.Enum(
                "nobody",
                "members",
                "everybody",
                name="proposedby",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("proposal_days", sa.Integer(), nullable=False),
        sa.Column("objection_days", sa.Integer(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.JSON(), nullable=False),
        sa.Column("legal_basis", sa.JSON(), nullable=False),
        sa.Column("person_in_charge", sa.String(), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dissolved_on", sa.Date(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("slug <> ''", name=op.f("ck_councils_slug_given")),
        sa.CheckConstraint("notice_days BETWEEN 0 AND 90", name=op.f("ck_councils_notice_bounded")),
        sa.CheckConstraint("objection_days BETWEEN 1 AND 90", name=op.f("ck_councils_objections_bounded")),
        sa.CheckConstraint("proposal_days BETWEEN 0 AND 90", name=op.f("ck_councils_proposals_bounded")),
        sa.CheckConstraint("quorum_percent BETWEEN 1 AND 100", name=op.f("ck_councils_quorum_bounded")),
        sa.CheckConstraint("retention_days BETWEEN 1 AND 3650", name=op.f("ck_councils_retention_bounded")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_councils")),
        sa.UniqueConstraint("slug", name=op.f("uq_councils_slug")),
    )
    with op.batch_alter_table("councils", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_councils_published_at"), ["published_at"], unique=False)
    op.create_table(
        "public_objects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("root", sa.String(length=60), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("deleted_at IS NULL OR data = ''", name=op.f("ck_public_objects_deleted_is_empty")),
        sa.CheckConstraint("type <> '' AND ref <> '' AND root <> ''", name=op.f("ck_public_objects_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_objects")),
        sa.UniqueConstraint("type", "ref", name=op.f("uq_public_objects_type_ref")),
    )
    with op.batch_alter_table("public_objects", schema=None) as batch_op:
        batch_op.create_index("ix_public_objects_created", ["type", "created_at", "deleted_at", "id"], unique=False)
        batch_op.create_index("ix_public_objects_list", ["type", "deleted_at", "id"], unique=False)
        batch_op.create_index("ix_public_objects_modified", ["type", "modified_at", "deleted_at", "id"], unique=False)
        batch_op.create_index("ix_public_objects_of_owner", ["type", "owner", "deleted_at", "id"], unique=False)
        batch_op.create_index("ix_public_objects_of_root", ["root"], unique=False)
    op.create_table(
        "council_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "residents",
                "institutions",
                "providers",
                "administration",
                "others",
                name="groupkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("has_vote", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats BETWEEN 0 AND 500", name=op.f("ck_council_groups_seats_bounded")),
        sa.ForeignKeyConstraint(
            ["council_id"], ["councils.id"], name=op.f("fk_council_groups_council_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_groups")),
        sa.UniqueConstraint("council_id", "id", name=op.f("uq_council_groups_council_id_id")),
    )
    op.create_table(
        "council_people",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("form_of_address", sa.String(length=40), nullable=False),
        sa.Column("academic_title", sa.String(length=40), nullable=False),
        sa.Column("given_name", sa.String(length=80), nullable=False),
        sa.Column("family_name", sa.String(length=80), nullable=False),
        sa.Column("sort_name", sa.String(length=170), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("receipt_id", sa.Uuid(), nullable=True),
        sa.Column("picture_id", sa.Uuid(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("family_name <> ''", name=op.f("ck_council_people_name_given")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_council_people_contact_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["pictures.id"], name=op.f("fk_council_people_picture_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["receipts.id"], name=op.f("fk_council_people_receipt_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_people")),
        sa.UniqueConstraint("contact_id", name=op.f("uq_council_people_contact_id")),
        sa.UniqueConstraint("picture_id", name=op.f("uq_council_people_picture_id")),
        sa.UniqueConstraint("receipt_id", name=op.f("uq_council_people_receipt_id")),
        sa.UniqueConstraint("serial", name=op.f("uq_council_people_serial")),
    )
    with op.batch_alter_table("council_people", schema=None) as batch_op:
        batch_op.create_index("ix_council_people_by_name", ["sort_name", "id"], unique=False)
    op.create_table(
        "statutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_statutes_number_counted")),
        sa.ForeignKeyConstraint(
            ["council_id"], ["councils.id"], name=op.f("fk_statutes_council_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_statutes_document_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statutes")),
        sa.UniqueConstraint("council_id", "number", name=op.f("uq_statutes_council_id_number")),
    )
    op.create_table(
        "council_areas",
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_council_areas_area_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["council_id"], ["councils.id"], name=op.f("fk_council_areas_council_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("council_id", "area_id", name=op.f("pk_council_areas")),
    )
    with op.batch_alter_table("council_areas", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_council_areas_area_id"), ["area_id"], unique=False)
    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "member",
                "chair",
                "deputy_chair",
                "deputy",
                "secretary",
                "adviser",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("has_vote", sa.Boolean(), nullable=False),
        sa.Column("deputy_for_id", sa.Integer(), nullable=True),
        sa.Column("on_behalf_of", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(role = 'deputy') = (deputy_for_id IS NOT NULL)", name=op.f("ck_memberships_deputy_for_somebody")
        ),
        sa.CheckConstraint("deputy_for_id <> id", name=op.f("ck_memberships_no_deputy_of_oneself")),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_memberships_ends_after_beginning")),
        sa.ForeignKeyConstraint(
            ["council_id", "deputy_for_id"],
            ["memberships.council_id", "memberships.id"],
            name=op.f("fk_memberships_council_id_deputy_for_id"),
        ),
        sa.ForeignKeyConstraint(
            ["council_id", "group_id"],
            ["council_groups.council_id", "council_groups.id"],
            name=op.f("fk_memberships_council_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["council_id"], ["councils.id"], name=op.f("fk_memberships_council_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["council_people.id"], name=op.f("fk_memberships_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint("council_id", "id", name=op.f("uq_memberships_council_id_id")),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index("ix_memberships_ending", ["ends_on"], unique=False)
        batch_op.create_index("ix_memberships_of_council", ["council_id", "starts_on", "ends_on"], unique=False)
        batch_op.create_index("ix_memberships_of_person", ["person_id", "starts_on"], unique=False)
    op.create_table(
        "profile_consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "name", "about", "portrait", name="consentpurpose", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_at >= given_at", name=op.f("ck_profile_consents_withdrawn_after_giving")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["users.id"], name=op.f("fk_profile_consents_entered_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["council_people.id"], name=op.f("fk_profile_consents_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_consents")),
    )
    with op.batch_alter_table("profile_consents", schema=None) as batch_op:
        batch_op.create_index(
            "ix_profile_consents_in_force",
            ["person_id", "purpose"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
    for statement in {
        "sqlite": (
            "CREATE TRIGGER statutes_stay BEFORE UPDATE OF number, title, text, valid_from ON statutes WHEN (OLD.published_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'a published version of the statutes never changes'); END",
        ),
        "postgresql": (
            "CREATE OR REPLACE FUNCTION statutes_stay() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'a published version of the statutes never changes' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql",
            "CREATE TRIGGER statutes_stay BEFORE UPDATE OF number, title, text, valid_from ON statutes FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION statutes_stay()",
        ),
    }[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in {
        "sqlite": ("DROP TRIGGER IF EXISTS statutes_stay",),
        "postgresql": ("DROP FUNCTION IF EXISTS statutes_stay() CASCADE",),
    }[op.get_bind().dialect.name]:
        op.execute(statement)
    with op.batch_alter_table("profile_consents", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_profile_consents_in_force",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
    op.drop_table("profile_consents")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index("ix_memberships_of_person")
        batch_op.drop_index("ix_memberships_of_council")
        batch_op.drop_index("ix_memberships_ending")
    op.drop_table("memberships")
    with op.batch_alter_table("council_areas", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_areas_area_id"))
    op.drop_table("council_areas")
    op.drop_table("statutes")
    with op.batch_alter_table("council_people", schema=None) as batch_op:
        batch_op.drop_index("ix_council_people_by_name")
    op.drop_table("council_people")
    op.drop_table("council_groups")
    with op.batch_alter_table("public_objects", schema=None) as batch_op:
        batch_op.drop_index("ix_public_objects_of_root")
        batch_op.drop_index("ix_public_objects_of_owner")
        batch_op.drop_index("ix_public_objects_modified")
        batch_op.drop_index("ix_public_objects_list")
        batch_op.drop_index("ix_public_objects_created")
    op.drop_table("public_objects")
    with op.batch_alter_table("councils", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_councils_published_at"))
    op.drop_table("councils")
