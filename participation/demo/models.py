"""What the demo brought along, so that taking it away touches nothing else."""

from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base


class DemoItem(Base):
    """One row of another table that belongs to the demo city."""

    __tablename__ = "demo_items"

    table: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
