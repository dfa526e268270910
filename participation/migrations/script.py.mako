"""${message}"""
## What a migration may not do: import the application. It must still work when the code has moved on.
## On SQLite a table that batch_alter_table copies loses its triggers: set its guards up again afterwards.

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
