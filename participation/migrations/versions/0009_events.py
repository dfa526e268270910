"""Events with their places, topics, series and sessions, and what people may agree to."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "rhythm",
            sa.Enum(
                "weekly",
                "monthly_by_day",
                "monthly_by_weekday",
                name="rhythm",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.CheckConstraint("every BETWEEN 1 AND 12", name=op.f("ck_event_series_every_bounded")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_series")),
    )
    op.create_table(
        "places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("postal_code", sa.String(length=10), nullable=False),
        sa.Column("town", sa.String(length=100), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column(
            "step_free",
            sa.Enum(
                "yes", "partly", "no", "unknown", name="stepfree", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("has_accessible_toilet", sa.Boolean(), nullable=False),
        sa.Column("has_hearing_loop", sa.Boolean(), nullable=False),
        sa.Column("access", sa.JSON(), nullable=False),
        sa.Column("transport", sa.JSON(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("address <> ''", name=op.f("ck_places_address_given")),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_places_whole_point")),
        sa.CheckConstraint(
            "latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180", name=op.f("ck_places_point_on_earth")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places")),
    )
    op.create_table(
        "topics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
    )
    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("holds", sa.Integer(), nullable=True),
        sa.Column(
            "step_free",
            sa.Enum(
                "yes", "partly", "no", "unknown", name="stepfree", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.CheckConstraint("holds > 0", name=op.f("ck_rooms_holds_somebody")),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_rooms_place_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("place_id", "id", name=op.f("uq_rooms_place_id_id")),
    )
    with op.batch_alter_table("rooms", schema=None) as batch_op:
        batch_op.create_index("ix_rooms_of_place", ["place_id"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("target_group", sa.JSON(), nullable=False),
        sa.Column("picture_id", sa.Uuid(), nullable=True),
        sa.Column("organiser", sa.JSON(), nullable=False),
        sa.Column("contact_name", sa.String(length=120), nullable=False),
        sa.Column("contact_phone", sa.String(length=40), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_from_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column(
            "format",
            sa.Enum("on_site", "online", "both", name="format", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("online_address", sa.String(length=500), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("series_on", sa.Date(), nullable=True),
        sa.Column(
            "sign_language",
            sa.Enum(
                "no", "yes", "on_request", name="sign_language", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "child_care",
            sa.Enum("no", "yes", "on_request", name="child_care", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "interpretation",
            sa.Enum(
                "no", "yes", "on_request", name="interpretation", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("requests_until", sa.Date(), nullable=True),
        sa.Column("is_step_free", sa.Boolean(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "open", "registration", "invitation", name="mode", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("registration_opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registration_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "contact_rule",
            sa.Enum(
                "needed", "voluntary", "none", name="contactrule", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("confirms_by_link", sa.Boolean(), nullable=False),
        sa.Column("hold_hours", sa.Integer(), nullable=False),
        sa.Column("most_persons", sa.Integer(), nullable=False),
        sa.Column("most_in_group", sa.Integer(), nullable=False),
        sa.Column("has_waiting_list", sa.Boolean(), nullable=False),
        sa.Column("offer_hours", sa.Integer(), nullable=False),
        sa.Column(
            "group_rule",
            sa.Enum(
                "next_that_fits", "strict_order", name="grouprule", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("several_sessions", sa.Boolean(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.JSON(), nullable=False),
        sa.Column("legal_basis", sa.JSON(), nullable=False),
        sa.Column("person_in_charge", sa.String(), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=False),
        sa.Column("erase_on", sa.Date(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needs_second_person", sa.Boolean(), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_in_by_id", sa.Integer(), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appeared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_because", sa.JSON(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_to", sa.Uuid(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("next_steps", sa.JSON(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attended", sa.Integer(), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "NOT needs_second_person OR published_at IS NULL OR (released_by_id IS NOT NULL AND handed_in_by_id IS NOT NULL AND released_by_id <> handed_in_by_id)",
            name=op.f("ck_events_released_by_somebody_else"),
        ),
        sa.CheckConstraint("attended >= 0", name=op.f("ck_events_attendance_counted")),
        sa.CheckConstraint(
            "cancelled_at IS NULL OR published_at IS NOT NULL", name=op.f("ck_events_cancelled_after_publishing")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_events_ends_after_beginning")),
        sa.CheckConstraint("hold_hours BETWEEN 1 AND 48", name=op.f("ck_events_hold_bounded")),
        sa.CheckConstraint("most_in_group BETWEEN 0 AND 500", name=op.f("ck_events_group_bounded")),
        sa.CheckConstraint("most_persons BETWEEN 1 AND 50", name=op.f("ck_events_persons_bounded")),
        sa.CheckConstraint("offer_hours BETWEEN 1 AND 336", name=op.f("ck_events_offer_bounded")),
        sa.CheckConstraint("retention_days BETWEEN 1 AND 365", name=op.f("ck_events_retention_bounded")),
        sa.CheckConstraint("room_id IS NULL OR place_id IS NOT NULL", name=op.f("ck_events_room_of_a_place")),
        sa.ForeignKeyConstraint(
            ["handed_in_by_id"], ["users.id"], name=op.f("fk_events_handed_in_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["pictures.id"], name=op.f("fk_events_picture_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["place_id", "room_id"], ["rooms.place_id", "rooms.id"], name=op.f("fk_events_place_id_room_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_events_place_id")),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["users.id"], name=op.f("fk_events_released_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["event_series.id"], name=op.f("fk_events_series_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["version_id"], ["questionnaire_versions.id"], name=op.f("fk_events_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("series_id", "series_on", name=op.f("uq_events_series_id_series_on")),
        sa.UniqueConstraint("uid", name=op.f("uq_events_uid")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(
            "ix_events_appearing",
            ["published_at"],
            unique=False,
            sqlite_where=sa.text("published_at IS NOT NULL AND appeared_at IS NULL"),
            postgresql_where=sa.text("published_at IS NOT NULL AND appeared_at IS NULL"),
        )
        batch_op.create_index(
            "ix_events_by_beginning",
            [
                "starts_at",
                "id",
                "ends_at",
                "published_at",
                "sign_language",
                "child_care",
                "interpretation",
                "is_step_free",
            ],
            unique=False,
            sqlite_where=sa.text("published_at IS NOT NULL"),
            postgresql_where=sa.text("published_at IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_events_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_events_place_id"), ["place_id"], unique=False)
        batch_op.create_index(
            "ix_events_public",
            [
                "ends_at",
                "starts_at",
                "id",
                "published_at",
                "sign_language",
                "child_care",
                "interpretation",
                "is_step_free",
            ],
            unique=False,
            sqlite_where=sa.text("published_at IS NOT NULL"),
            postgresql_where=sa.text("published_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_events_to_erase",
            ["erase_on"],
            unique=False,
            sqlite_where=sa.text("erased_at IS NULL"),
            postgresql_where=sa.text("erased_at IS NULL"),
        )
    op.create_table(
        "consent_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_consent_texts_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_texts")),
        sa.UniqueConstraint("event_id", "number", "version", name=op.f("uq_consent_texts_event_id_number_version")),
    )
    op.create_table(
        "event_areas",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_event_areas_area_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_areas_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "area_id", name=op.f("pk_event_areas")),
    )
    with op.batch_alter_table("event_areas", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_areas_area_id"), ["area_id"], unique=False)
    op.create_table(
        "event_arrangements",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "interpreter",
                "sign_language",
                "child_care",
                "wheelchairs",
                "other",
                name="needkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("arranged_for", sa.Integer(), nullable=False),
        sa.Column("arranged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arranged_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'interpreter') = (language <> '')", name=op.f("ck_event_arrangements_language_of_interpreters")
        ),
        sa.CheckConstraint("arranged_for > 0", name=op.f("ck_event_arrangements_arranged_for_somebody")),
        sa.ForeignKeyConstraint(
            ["arranged_by_id"], ["users.id"], name=op.f("fk_event_arrangements_arranged_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_arrangements_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "kind", "language", name=op.f("pk_event_arrangements")),
    )
    op.create_table(
        "event_documents",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_event_documents_document_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_documents_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "document_id", name=op.f("pk_event_documents")),
    )
    with op.batch_alter_table("event_documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_documents_document_id"), ["document_id"], unique=False)
    op.create_table(
        "event_languages",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("is_interpreted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_languages_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "language", name=op.f("pk_event_languages")),
    )
    with op.batch_alter_table("event_languages", schema=None) as batch_op:
        batch_op.create_index("ix_event_languages_by_language", ["language", "event_id"], unique=False)
    op.create_table(
        "event_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_links_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_links")),
    )
    with op.batch_alter_table("event_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_links_event_id"), ["event_id"], unique=False)
    op.create_table(
        "event_photos",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("picture_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_photos_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["pictures.id"], name=op.f("fk_event_photos_picture_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "picture_id", name=op.f("pk_event_photos")),
        sa.UniqueConstraint("picture_id", name=op.f("uq_event_photos_picture_id")),
    )
    op.create_table(
        "event_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_online", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("capacity IS NULL OR capacity > 0", name=op.f("ck_event_sessions_capacity_counted")),
        sa.CheckConstraint("capacity IS NULL OR taken <= capacity", name=op.f("ck_event_sessions_never_overbooked")),
        sa.CheckConstraint(
            "ends_at IS NULL OR starts_at IS NULL OR ends_at > starts_at",
            name=op.f("ck_event_sessions_ends_after_beginning"),
        ),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_event_sessions_taken_counted")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_sessions_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_sessions")),
        sa.UniqueConstraint("event_id", "id", name=op.f("uq_event_sessions_event_id_id")),
    )
    op.create_table(
        "event_topics",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_topics_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_event_topics_topic_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "topic_id", name=op.f("pk_event_topics")),
    )
    with op.batch_alter_table("event_topics", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_topics_topic_id"), ["topic_id"], unique=False)
    for statement in {
        "sqlite": (
            "CREATE TRIGGER consent_texts_immutable BEFORE UPDATE OF text, number, version, event_id ON consent_texts  BEGIN SELECT RAISE(ABORT, 'a consent text never changes: write a new version'); END",
        ),
        "postgresql": (
            "CREATE OR REPLACE FUNCTION consent_texts_immutable() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'a consent text never changes: write a new version' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql",
            "CREATE TRIGGER consent_texts_immutable BEFORE UPDATE OF text, number, version, event_id ON consent_texts FOR EACH ROW  EXECUTE FUNCTION consent_texts_immutable()",
        ),
    }[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in {
        "sqlite": ("DROP TRIGGER IF EXISTS consent_texts_immutable",),
        "postgresql": ("DROP FUNCTION IF EXISTS consent_texts_immutable() CASCADE",),
    }[op.get_bind().dialect.name]:
        op.execute(statement)
    with op.batch_alter_table("event_topics", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_topics_topic_id"))
    op.drop_table("event_topics")
    op.drop_table("event_sessions")
    op.drop_table("event_photos")
    with op.batch_alter_table("event_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_links_event_id"))
    op.drop_table("event_links")
    with op.batch_alter_table("event_languages", schema=None) as batch_op:
        batch_op.drop_index("ix_event_languages_by_language")
    op.drop_table("event_languages")
    with op.batch_alter_table("event_documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_documents_document_id"))
    op.drop_table("event_documents")
    op.drop_table("event_arrangements")
    with op.batch_alter_table("event_areas", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_areas_area_id"))
    op.drop_table("event_areas")
    op.drop_table("consent_texts")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_events_to_erase",
            sqlite_where=sa.text("erased_at IS NULL"),
            postgresql_where=sa.text("erased_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_events_public",
            sqlite_where=sa.text("published_at IS NOT NULL"),
            postgresql_where=sa.text("published_at IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_events_place_id"))
        batch_op.drop_index(batch_op.f("ix_events_changed_at"))
        batch_op.drop_index(
            "ix_events_by_beginning",
            sqlite_where=sa.text("published_at IS NOT NULL"),
            postgresql_where=sa.text("published_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_events_appearing",
            sqlite_where=sa.text("published_at IS NOT NULL AND appeared_at IS NULL"),
            postgresql_where=sa.text("published_at IS NOT NULL AND appeared_at IS NULL"),
        )
    op.drop_table("events")
    with op.batch_alter_table("rooms", schema=None) as batch_op:
        batch_op.drop_index("ix_rooms_of_place")
    op.drop_table("rooms")
    op.drop_table("topics")
    op.drop_table("places")
    op.drop_table("event_series")
