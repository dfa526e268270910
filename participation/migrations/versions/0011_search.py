"""The day of what is found, and the areas it is about."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "text_areas",
        sa.Column("area_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("ref_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_text_areas_area_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("area_id", "kind", "ref_id", name=op.f("pk_text_areas")),
    )
    with op.batch_alter_table("text_areas", schema=None) as batch_op:
        batch_op.create_index("ix_text_areas_of_thing", ["kind", "ref_id"], unique=False)
    with op.batch_alter_table("texts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("happened_on", sa.Date(), nullable=True))
        batch_op.drop_index(batch_op.f("ix_texts_things"))
        batch_op.create_index("ix_texts_things", ["id", "kind", "scope", "ref_id", "happened_on"], unique=False)
        batch_op.create_index("ix_texts_days", ["happened_on"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("texts", schema=None) as batch_op:
        batch_op.drop_index("ix_texts_days")
        batch_op.drop_index("ix_texts_things")
        batch_op.create_index(batch_op.f("ix_texts_things"), ["id", "kind", "scope", "ref_id"], unique=False)
    # Not in a batch: that would copy the table, and its triggers would be gone.
    op.drop_column("texts", "happened_on")
    with op.batch_alter_table("text_areas", schema=None) as batch_op:
        batch_op.drop_index("ix_text_areas_of_thing")
    op.drop_table("text_areas")
