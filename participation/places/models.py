"""Where events happen: places with their rooms, kept once and used again."""

import enum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.db import Base
from participation.i18n import LocalizedText


class StepFree(enum.Enum):
    """Whether one gets in and around without a step."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


class Place(Base):
    """A building, a square or a playground with what people need to know to get there and in."""

    __tablename__ = "places"
    __table_args__ = (
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="whole_point"),
        CheckConstraint("latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180", name="point_on_earth"),
        CheckConstraint("address <> ''", name="address_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[LocalizedText]
    address: Mapped[str] = mapped_column(String(200))  # street and house number
    postal_code: Mapped[str] = mapped_column(String(10), default="")
    town: Mapped[str] = mapped_column(String(100), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    step_free: Mapped[StepFree] = mapped_column(default=StepFree.UNKNOWN)
    has_accessible_toilet: Mapped[bool] = mapped_column(default=False)
    has_hearing_loop: Mapped[bool] = mapped_column(default=False)
    access: Mapped[LocalizedText] = mapped_column(default=LocalizedText())  # where the lift is, how wide the door is
    transport: Mapped[LocalizedText] = mapped_column(default=LocalizedText())  # which bus, which stop
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    rooms: Mapped[list["Room"]] = relationship(
        back_populates="place", order_by="Room.id", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def full_address(self) -> str:
        """Street, postal code and town in one line, as a letter needs it."""
        town = f"{self.postal_code} {self.town}".strip()
        return f"{self.address}, {town}" if town else self.address


class Room(Base):
    """A room of a place, with the number of people it holds."""

    __tablename__ = "rooms"
    __table_args__ = (
        UniqueConstraint("place_id", "id"),  # what an event points to: only rooms of its own place
        CheckConstraint("holds > 0", name="holds_somebody"),
        Index("ix_rooms_of_place", "place_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id", ondelete="CASCADE"))
    name: Mapped[LocalizedText]
    holds: Mapped[int | None]
    step_free: Mapped[StepFree] = mapped_column(default=StepFree.UNKNOWN)
    place: Mapped[Place] = relationship(back_populates="rooms")
