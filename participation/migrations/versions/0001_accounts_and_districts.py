"""Accounts, the audit log, and districts with their streets."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("staff_name", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("is_personal_data", sa.Boolean(), nullable=False),
        sa.CheckConstraint("action <> ''", name=op.f("ck_audit_entries_action_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entries_action"), ["action"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_happened_at"), ["happened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_is_personal_data"), ["is_personal_data"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_staff_id"), ["staff_id"], unique=False)
    op.create_table(
        "job_runs",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("slot", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_runs")),
    )
    op.create_table(
        "layers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layers")),
        sa.UniqueConstraint("slug", name=op.f("uq_layers_slug")),
    )
    with op.batch_alter_table("layers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_layers_one_default",
            ["is_default"],
            unique=True,
            sqlite_where=sa.text("is_default"),
            postgresql_where=sa.text("is_default"),
        )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("second_factor_salt", sa.String(), nullable=True),
        sa.Column("second_factor_last_step", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("email = lower(email) AND email <> ''", name=op.f("ck_users_email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_users_is_demo"), ["is_demo"], unique=False)
    op.create_table(
        "areas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("layer_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("sort_name", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("residents", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("outline", sa.JSON(), nullable=True),
        sa.CheckConstraint("code <> ''", name=op.f("ck_areas_code_given")),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("ck_areas_not_merged_into_itself")),
        sa.CheckConstraint("residents >= 0", name=op.f("ck_areas_residents_counted")),
        sa.CheckConstraint("valid_to > valid_from", name=op.f("ck_areas_valid_to_after_from")),
        sa.ForeignKeyConstraint(
            ["layer_id", "merged_into_id"],
            ["areas.layer_id", "areas.id"],
            name=op.f("fk_areas_layer_id_merged_into_id"),
        ),
        sa.ForeignKeyConstraint(["layer_id"], ["layers.id"], name=op.f("fk_areas_layer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_areas")),
        sa.UniqueConstraint("layer_id", "code", name=op.f("uq_areas_layer_id_code")),
        sa.UniqueConstraint("layer_id", "id", name=op.f("uq_areas_layer_id_id")),
    )
    with op.batch_alter_table("areas", schema=None) as batch_op:
        batch_op.create_index("ix_areas_in_order", ["layer_id", "sort_name"], unique=False)
    op.create_table(
        "import_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("layer_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("areas", "streets", name="importkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["layer_id"], ["layers.id"], name=op.f("fk_import_drafts_layer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_drafts")),
    )
    with op.batch_alter_table("import_drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_drafts_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_drafts_owner_id"), ["owner_id"], unique=False)
    op.create_table(
        "one_time_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "invitation", "password_reset", name="linkpurpose", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("renews_second_factor", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_one_time_links_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_links_token_hash")),
    )
    with op.batch_alter_table("one_time_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_one_time_links_user_id"), ["user_id"], unique=False)
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_recovery_codes_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
        sa.UniqueConstraint("user_id", "code_hash", name=op.f("uq_recovery_codes_user_id_code_hash")),
    )
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("second_factor_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sign_ins_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_ins_token_hash")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_ins_user_id"), ["user_id"], unique=False)
    op.create_table(
        "role_assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "administrator",
                "editor",
                "moderator",
                "council_secretary",
                "analyst",
                "privacy_officer",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "area_id IS NULL OR role NOT IN ('administrator', 'privacy_officer')",
            name=op.f("ck_role_assignments_whole_house"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id"], ["areas.id"], name=op.f("fk_role_assignments_area_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_role_assignments_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_assignments")),
        sa.UniqueConstraint("user_id", "role", "area_id", name=op.f("uq_role_assignments_user_id_role_area_id")),
    )
    with op.batch_alter_table("role_assignments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_assignments_area_id"), ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_assignments_role"), ["role"], unique=False)
        batch_op.create_index(
            "uq_role_assignments_everywhere",
            ["user_id", "role"],
            unique=True,
            sqlite_where=sa.text("area_id IS NULL"),
            postgresql_where=sa.text("area_id IS NULL"),
        )
    op.create_table(
        "streets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=250), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("house_from", sa.SmallInteger(), nullable=True),
        sa.Column("house_to", sa.SmallInteger(), nullable=True),
        sa.Column(
            "parity",
            sa.Enum("odd", "even", name="parity", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.CheckConstraint("key <> ''", name=op.f("ck_streets_key_given")),
        sa.CheckConstraint("house_to >= house_from", name=op.f("ck_streets_house_numbers_in_order")),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_streets_area_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_streets")),
    )
    with op.batch_alter_table("streets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_streets_area_id"), ["area_id"], unique=False)
        batch_op.create_index("ix_streets_key", ["key"], unique=False, postgresql_ops={"key": "varchar_pattern_ops"})
    op.execute(
        {
            "sqlite": "CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries  BEGIN SELECT RAISE(ABORT, 'the audit log is only written to'); END",
            "postgresql": "CREATE OR REPLACE FUNCTION audit_entries_no_update() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'the audit log is only written to' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql; CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries FOR EACH ROW  EXECUTE FUNCTION audit_entries_no_update()",
        }[op.get_bind().dialect.name]
    )
    op.execute(
        {
            "sqlite": "CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries  BEGIN SELECT RAISE(ABORT, 'the audit log is only written to'); END",
            "postgresql": "CREATE OR REPLACE FUNCTION audit_entries_no_delete() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'the audit log is only written to' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql; CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries FOR EACH ROW  EXECUTE FUNCTION audit_entries_no_delete()",
        }[op.get_bind().dialect.name]
    )


def downgrade() -> None:
    op.execute(
        {
            "sqlite": "DROP TRIGGER IF EXISTS audit_entries_no_update",
            "postgresql": "DROP FUNCTION IF EXISTS audit_entries_no_update() CASCADE",
        }[op.get_bind().dialect.name]
    )
    op.execute(
        {
            "sqlite": "DROP TRIGGER IF EXISTS audit_entries_no_delete",
            "postgresql": "DROP FUNCTION IF EXISTS audit_entries_no_delete() CASCADE",
        }[op.get_bind().dialect.name]
    )
    with op.batch_alter_table("streets", schema=None) as batch_op:
        batch_op.drop_index("ix_streets_key", postgresql_ops={"key": "varchar_pattern_ops"})
        batch_op.drop_index(batch_op.f("ix_streets_area_id"))
    op.drop_table("streets")
    with op.batch_alter_table("role_assignments", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_role_assignments_everywhere",
            sqlite_where=sa.text("area_id IS NULL"),
            postgresql_where=sa.text("area_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_role_assignments_role"))
        batch_op.drop_index(batch_op.f("ix_role_assignments_area_id"))
    op.drop_table("role_assignments")
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_ins_user_id"))
    op.drop_table("sign_ins")
    op.drop_table("recovery_codes")
    with op.batch_alter_table("one_time_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_one_time_links_user_id"))
    op.drop_table("one_time_links")
    with op.batch_alter_table("import_drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_drafts_owner_id"))
        batch_op.drop_index(batch_op.f("ix_import_drafts_created_at"))
    op.drop_table("import_drafts")
    with op.batch_alter_table("areas", schema=None) as batch_op:
        batch_op.drop_index("ix_areas_in_order")
    op.drop_table("areas")
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_users_is_demo"))
    op.drop_table("users")
    with op.batch_alter_table("layers", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_layers_one_default", sqlite_where=sa.text("is_default"), postgresql_where=sa.text("is_default")
        )
    op.drop_table("layers")
    op.drop_table("job_runs")
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entries_staff_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_is_personal_data"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_happened_at"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_action"))
    op.drop_table("audit_entries")
