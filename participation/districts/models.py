"""Layers, their areas, the streets in them, and imports that wait for a yes."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from participation.db import Base
from participation.i18n import LocalizedText
from participation.text_matching import order_key


class Layer(Base):
    """One way to divide the city, as in Stadtbezirke; layers may overlap and need not nest."""

    __tablename__ = "layers"
    __table_args__ = (
        Index(
            "ix_layers_one_default",
            "is_default",
            unique=True,
            sqlite_where=text("is_default"),
            postgresql_where=text("is_default"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[LocalizedText]
    is_default: Mapped[bool] = mapped_column(default=False)


class Area(Base):
    """One district of a layer, for as long as it is valid."""

    __tablename__ = "areas"
    __table_args__ = (
        UniqueConstraint("layer_id", "code"),
        UniqueConstraint("layer_id", "id"),  # what the merging below points to
        # A small area is merged with a neighbour (S7), and a neighbour is of the same layer.
        ForeignKeyConstraint(["layer_id", "merged_into_id"], ["areas.layer_id", "areas.id"]),
        CheckConstraint("valid_to > valid_from", name="valid_to_after_from"),
        CheckConstraint("merged_into_id <> id", name="not_merged_into_itself"),
        CheckConstraint("residents >= 0", name="residents_counted"),
        CheckConstraint("code <> ''", name="code_given"),
        Index("ix_areas_in_order", "layer_id", "sort_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    layer_id: Mapped[int] = mapped_column(ForeignKey("layers.id"))
    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[LocalizedText]
    sort_name: Mapped[str]  # the German name as lists order it
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]  # the last day
    residents: Mapped[int | None]
    merged_into_id: Mapped[int | None]
    outline: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    layer: Mapped[Layer] = relationship()
    merged_into: Mapped["Area | None"] = relationship(
        primaryjoin="foreign(Area.merged_into_id) == remote(Area.id)", viewonly=True
    )

    @validates("name")
    def _sort(self, _key: str, name: LocalizedText) -> LocalizedText:
        picked = name.pick("de")
        self.sort_name = order_key(picked.item) if picked else ""
        return name

    def is_valid(self, on: date) -> bool:
        """Whether the area exists on a day; the first and the last day count."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


class Parity(enum.Enum):
    """One side of a street."""

    ODD = "odd"
    EVEN = "even"


class Street(Base):
    """A street, or some of its house numbers, that lies in an area; a street that crosses areas has several rows."""

    __tablename__ = "streets"
    __table_args__ = (
        CheckConstraint("house_to >= house_from", name="house_numbers_in_order"),
        CheckConstraint("key <> ''", name="key_given"),
        # Typed beginnings are looked up with LIKE, which PostgreSQL answers from an index of this kind only.
        Index("ix_streets_key", "key", postgresql_ops={"key": "varchar_pattern_ops"}),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(250))  # the name as streets.key() folds it
    name: Mapped[str] = mapped_column(String(120))
    house_from: Mapped[int | None] = mapped_column(SmallInteger)
    house_to: Mapped[int | None] = mapped_column(SmallInteger)
    parity: Mapped[Parity | None]
    area: Mapped[Area] = relationship()

    def has_house(self, number: int) -> bool:
        """Whether a house number belongs to this row."""
        if self.parity is not None and (number % 2 == 0) is not (self.parity is Parity.EVEN):
            return False
        return (self.house_from is None or self.house_from <= number) and (
            self.house_to is None or number <= self.house_to
        )


class ImportKind(enum.Enum):
    """What a file brings."""

    AREAS = "areas"
    STREETS = "streets"


class ImportDraft(Base):
    """A file that was uploaded and looked at, and waits for its owner to confirm it. It is kept for a day."""

    __tablename__ = "import_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    # No foreign key: accounts are a neighbour on this floor, and a draft of nobody is gone tomorrow.
    owner_id: Mapped[int] = mapped_column(index=True)
    layer_id: Mapped[int] = mapped_column(ForeignKey("layers.id", ondelete="CASCADE"))
    kind: Mapped[ImportKind]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)  # which properties hold name and code
    created_at: Mapped[datetime] = mapped_column(index=True)
    layer: Mapped[Layer] = relationship()
