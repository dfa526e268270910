"""Councils, the statutes they follow, the groups with their seats, and the people who sit there for a time."""

import enum
import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation import clock
from participation.contacts.models import Contact
from participation.db import Base, random_id, table_of
from participation.districts.models import Area
from participation.guards import refuse
from participation.i18n import LocalizedText
from participation.media.models import Document, Picture
from participation.receipts.models import Receipt
from participation.rich_text import LocalizedRichText

council_areas = Table(
    "council_areas",
    Base.metadata,
    Column("council_id", ForeignKey("councils.id", ondelete="CASCADE"), primary_key=True),
    Column("area_id", ForeignKey("areas.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class CouncilKind(enum.Enum):
    """What a council is called and what is usual there."""

    QUARTIERSRAT = "quartiersrat"
    PREVENTION_COUNCIL = "prevention_council"
    ROUND_TABLE = "round_table"
    ASSEMBLY = "assembly"  # Quartiersversammlung: all residents
    WORKING_GROUP = "working_group"  # Arbeitskreis


class ProposedBy(enum.Enum):
    """Who may propose agenda items."""

    NOBODY = "nobody"
    MEMBERS = "members"
    EVERYBODY = "everybody"


class GroupKind(enum.Enum):
    """For whom somebody sits in a council."""

    RESIDENTS = "residents"
    INSTITUTIONS = "institutions"
    PROVIDERS = "providers"  # Träger
    ADMINISTRATION = "administration"
    OTHERS = "others"


class Role(enum.Enum):
    """What somebody does in a council."""

    MEMBER = "member"
    CHAIR = "chair"
    DEPUTY_CHAIR = "deputy_chair"
    DEPUTY = "deputy"  # comes and votes when the member they stand in for cannot come
    SECRETARY = "secretary"
    ADVISER = "adviser"


class ConsentPurpose(enum.Enum):
    """What a member agreed to have published (D3, D17)."""

    NAME = "name"
    ABOUT = "about"
    PORTRAIT = "portrait"


class Council(Base):
    """A Quartiersrat, a round table, an assembly: meets by rules of its own, for some areas or the whole city."""

    __tablename__ = "councils"
    __table_args__ = (
        CheckConstraint("slug <> ''", name="slug_given"),
        CheckConstraint("notice_days BETWEEN 0 AND 90", name="notice_bounded"),
        CheckConstraint("quorum_percent BETWEEN 1 AND 100", name="quorum_bounded"),
        CheckConstraint("proposal_days BETWEEN 0 AND 90", name="proposals_bounded"),
        CheckConstraint("objection_days BETWEEN 1 AND 90", name="objections_bounded"),
        CheckConstraint("retention_days BETWEEN 1 AND 3650", name="retention_bounded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[CouncilKind] = mapped_column(default=CouncilKind.QUARTIERSRAT)
    name: Mapped[LocalizedText]
    introduction: Mapped[LocalizedRichText] = mapped_column(default=LocalizedRichText())
    notice_days: Mapped[int] = mapped_column(default=14)  # between the invitation and the meeting
    quorum_percent: Mapped[int] = mapped_column(default=50)  # of the votes that are filled; more than half at 50
    meetings_are_public: Mapped[bool] = mapped_column(default=True)
    proposals_from: Mapped[ProposedBy] = mapped_column(default=ProposedBy.EVERYBODY)
    proposal_days: Mapped[int] = mapped_column(default=21)  # before the meeting; later ones wait for the next one
    objection_days: Mapped[int] = mapped_column(default=14)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)  # which cards and summaries are wanted in
    contact: Mapped[str] = mapped_column(String(200), default="")  # the office's public e-mail address or telephone
    purpose: Mapped[LocalizedText] = mapped_column(default=LocalizedText())  # of keeping members' data (D2)
    legal_basis: Mapped[LocalizedText] = mapped_column(default=LocalizedText())
    person_in_charge: Mapped[str] = mapped_column(default="")
    retention_days: Mapped[int] = mapped_column(default=365)  # of contacts, after a term or a proposal is over
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    dissolved_on: Mapped[date | None]
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    areas: Mapped[list[Area]] = relationship(secondary=council_areas)  # none means the whole city
    groups: Mapped[list["Group"]] = relationship(
        back_populates="council", cascade="all, delete-orphan", passive_deletes=True, order_by="Group.position"
    )

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it; a dissolved council stays readable."""
        return self.published_at is not None

    @property
    def is_dissolved(self) -> bool:
        return self.dissolved_on is not None and self.dissolved_on <= clock.today()


class Group(Base):
    """The seats of one side: residents, institutions, Träger or administration."""

    __tablename__ = "council_groups"
    __table_args__ = (
        UniqueConstraint("council_id", "id"),  # what a membership points to: only groups of its own council
        CheckConstraint("seats BETWEEN 0 AND 500", name="seats_bounded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("councils.id", ondelete="CASCADE"))
    kind: Mapped[GroupKind]
    name: Mapped[LocalizedText] = mapped_column(default=LocalizedText())  # empty: as the kind is called
    seats: Mapped[int]
    has_vote: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
    council: Mapped[Council] = relationship(back_populates="groups")


class Statute(Base):
    """One version of a council's rules of procedure; a version that was published never changes."""

    __tablename__ = "statutes"
    __table_args__ = (
        UniqueConstraint("council_id", "number"),
        CheckConstraint("number > 0", name="number_counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("councils.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[LocalizedText]
    text: Mapped[LocalizedRichText] = mapped_column(default=LocalizedRichText())
    document_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("documents.id", ondelete="SET NULL"))
    valid_from: Mapped[date]
    published_at: Mapped[datetime | None]
    council: Mapped[Council] = relationship()
    document: Mapped[Document | None] = relationship()


refuse(
    table_of(Statute),
    "UPDATE",
    "a published version of the statutes never changes",
    name="statutes_stay",
    columns=("number", "title", "text", "valid_from"),
    when="OLD.published_at IS NOT NULL",
)


class CouncilPerson(Base):
    """Somebody who sits or sat in councils. Residents see of them what they agreed to, and only while a term lasts.

    The receipt opens their own page: answers to invitations, objections, proposals, what is shown of them. It also
    stands, signed, in the letters they get.
    """

    __tablename__ = "council_people"
    __table_args__ = (
        CheckConstraint("family_name <> ''", name="name_given"),
        Index("ix_council_people_by_name", "sort_name", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=random_id)
    serial: Mapped[int] = mapped_column(unique=True)  # what stands in public addresses
    form_of_address: Mapped[str] = mapped_column(String(40), default="")
    academic_title: Mapped[str] = mapped_column(String(40), default="")
    given_name: Mapped[str] = mapped_column(String(80), default="")
    family_name: Mapped[str] = mapped_column(String(80))
    sort_name: Mapped[str] = mapped_column(String(170))  # folded, family name first
    about: Mapped[LocalizedText] = mapped_column(default=LocalizedText())
    phone: Mapped[str] = mapped_column(String(40), default="")
    contact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"), unique=True)
    receipt_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("receipts.id", ondelete="SET NULL"), unique=True)
    picture_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("pictures.id", ondelete="SET NULL"), unique=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    contact: Mapped[Contact | None] = relationship()
    receipt: Mapped[Receipt | None] = relationship()
    picture: Mapped[Picture | None] = relationship()
    consents: Mapped[list["ProfileConsent"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", passive_deletes=True, order_by="Membership.starts_on"
    )

    @property
    def name(self) -> str:
        """For staff and other members; the public asks `public_name`."""
        return " ".join(part for part in (self.academic_title, self.given_name, self.family_name) if part)

    def agrees_to(self, purpose: ConsentPurpose) -> bool:
        """Whether this may be published now."""
        return any(one.purpose is purpose and one.withdrawn_at is None for one in self.consents)

    @property
    def public_name(self) -> str:
        """The name if it may be published, or nothing."""
        return self.name if self.agrees_to(ConsentPurpose.NAME) else ""


class ProfileConsent(Base):
    """A yes to having something published; withdrawn as easily as given (D3)."""

    __tablename__ = "profile_consents"
    __table_args__ = (
        Index(
            "ix_profile_consents_in_force",
            "person_id",
            "purpose",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= given_at", name="withdrawn_after_giving"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("council_people.id", ondelete="CASCADE"))
    purpose: Mapped[ConsentPurpose]
    version: Mapped[str] = mapped_column(String(20))  # of the words that were read
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))  # from paper


class Membership(Base):
    """A seat for a term of office. A deputy holds the seat's vote only where the member does not."""

    __tablename__ = "memberships"
    __table_args__: Any = (
        UniqueConstraint("council_id", "id"),
        ForeignKeyConstraint(["council_id", "group_id"], ["council_groups.council_id", "council_groups.id"]),
        ForeignKeyConstraint(["council_id", "deputy_for_id"], ["memberships.council_id", "memberships.id"]),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_beginning"),
        CheckConstraint("(role = 'deputy') = (deputy_for_id IS NOT NULL)", name="deputy_for_somebody"),
        CheckConstraint("deputy_for_id <> id", name="no_deputy_of_oneself"),
        Index("ix_memberships_of_council", "council_id", "starts_on", "ends_on"),
        Index("ix_memberships_of_person", "person_id", "starts_on"),
        Index("ix_memberships_ending", "ends_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("councils.id", ondelete="CASCADE"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("council_people.id", ondelete="CASCADE"))
    group_id: Mapped[int]
    role: Mapped[Role] = mapped_column(default=Role.MEMBER)
    has_vote: Mapped[bool] = mapped_column(default=True)
    deputy_for_id: Mapped[int | None]
    on_behalf_of: Mapped[str] = mapped_column(String(200), default="")  # the institution or Träger
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]  # the last day
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    council: Mapped[Council] = relationship(overlaps="group")
    person: Mapped[CouncilPerson] = relationship(back_populates="memberships")
    group: Mapped[Group] = relationship(overlaps="council")
    # Spelled out: else taking a deputy's member away would empty the council as well.
    deputy_for: Mapped["Membership | None"] = relationship(
        primaryjoin="foreign(Membership.deputy_for_id) == remote(Membership.id)"
    )

    def is_in_office(self, day: date | None = None) -> bool:
        """Whether the term lasts on this day; today if none is named."""
        day = day or clock.today()
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
