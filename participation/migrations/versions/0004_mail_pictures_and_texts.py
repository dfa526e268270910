"""Mail and its wordings, contacts, pictures, and the index of texts."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "changed_wordings",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_changed_wordings")),
    )
    op.create_table(
        "contacts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("consent_version", sa.String(length=20), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("token_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("consent_version <> ''", name=op.f("ck_contacts_consent_given")),
        sa.CheckConstraint("email <> ''", name=op.f("ck_contacts_email_given")),
        sa.CheckConstraint("(token_hash IS NULL) = (token_expires_at IS NULL)", name=op.f("ck_contacts_token_ends")),
        sa.CheckConstraint("confirmed_at IS NULL OR token_hash IS NULL", name=op.f("ck_contacts_confirmed_once")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_contacts_token_hash")),
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.create_index("ix_contacts_by_address", ["email", "given_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_contacts_given_on"), ["given_on"], unique=False)
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("wording", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting", "sent", "failed", name="mailstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=300), nullable=False),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_mails_sent_with_moment")),
        sa.CheckConstraint(
            "(state = 'waiting') = (next_attempt_at IS NOT NULL)", name=op.f("ck_mails_waiting_for_a_moment")
        ),
        sa.CheckConstraint("recipient <> ''", name=op.f("ck_mails_recipient_given")),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_mails_attempts_counted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("key", name=op.f("uq_mails_key")),
    )
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mails_created_at"), ["created_at"], unique=False)
        batch_op.create_index("ix_mails_due", ["state", "next_attempt_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_mails_wording"), ["wording"], unique=False)
    op.create_table(
        "pictures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alt", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_pictures_has_a_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pictures")),
    )
    with op.batch_alter_table("pictures", schema=None) as batch_op:
        batch_op.create_index(
            "ix_pictures_not_kept",
            ["created_at"],
            unique=False,
            sqlite_where=sa.text("NOT is_kept"),
            postgresql_where=sa.text("NOT is_kept"),
        )
    op.create_table(
        "text_words",
        sa.Column(
            "word", sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column(
            "backwards",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_text_words")),
    )
    with op.batch_alter_table("text_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_text_words_backwards"), ["backwards"], unique=False)
    op.create_table(
        "texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("ref_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_texts")),
        sa.UniqueConstraint("kind", "ref_id", "language", name=op.f("uq_texts_kind_ref_id_language")),
    )
    with op.batch_alter_table("texts", schema=None) as batch_op:
        batch_op.create_index("ix_texts_things", ["id", "kind", "scope", "ref_id"], unique=False)
    op.create_table(
        "picture_files",
        sa.Column("picture_id", sa.Uuid(), nullable=False),
        sa.Column("width", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("height", sa.SmallInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["pictures.id"], name=op.f("fk_picture_files_picture_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("picture_id", "width", name=op.f("pk_picture_files")),
    )
    for statement in {
        "sqlite": (
            "CREATE VIRTUAL TABLE texts_found USING fts5(words, content='texts', content_rowid='id', tokenize='ascii', prefix='3')",
            "CREATE VIRTUAL TABLE texts_found_words USING fts5vocab(texts_found, row)",
            "CREATE TRIGGER texts_indexed AFTER INSERT ON texts BEGIN INSERT INTO texts_found(rowid, words) VALUES (new.id, new.words); END",
            "CREATE TRIGGER texts_unindexed AFTER DELETE ON texts BEGIN INSERT INTO texts_found(texts_found, rowid, words) VALUES ('delete', old.id, old.words); END",
            "CREATE TRIGGER texts_reindexed AFTER UPDATE OF words ON texts BEGIN INSERT INTO texts_found(texts_found, rowid, words) VALUES ('delete', old.id, old.words); INSERT INTO texts_found(rowid, words) VALUES (new.id, new.words); END",
        ),
        "postgresql": (
            "ALTER TABLE texts ADD COLUMN texts_found tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED",
            "CREATE INDEX texts_found_words ON texts USING gin (texts_found)",
        ),
    }[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in {
        "sqlite": (
            "DROP TRIGGER IF EXISTS texts_indexed",
            "DROP TRIGGER IF EXISTS texts_unindexed",
            "DROP TRIGGER IF EXISTS texts_reindexed",
            "DROP TABLE IF EXISTS texts_found_words",
            "DROP TABLE IF EXISTS texts_found",
        ),
        "postgresql": ("ALTER TABLE IF EXISTS texts DROP COLUMN IF EXISTS texts_found",),
    }[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_table("picture_files")
    with op.batch_alter_table("texts", schema=None) as batch_op:
        batch_op.drop_index("ix_texts_things")
    op.drop_table("texts")
    with op.batch_alter_table("text_words", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_text_words_backwards"))
    op.drop_table("text_words")
    with op.batch_alter_table("pictures", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_pictures_not_kept", sqlite_where=sa.text("NOT is_kept"), postgresql_where=sa.text("NOT is_kept")
        )
    op.drop_table("pictures")
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mails_wording"))
        batch_op.drop_index("ix_mails_due")
        batch_op.drop_index(batch_op.f("ix_mails_created_at"))
    op.drop_table("mails")
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contacts_given_on"))
        batch_op.drop_index("ix_contacts_by_address")
    op.drop_table("contacts")
    op.drop_table("changed_wordings")
