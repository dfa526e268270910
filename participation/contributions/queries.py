"""Looking up what stands on the shelf: comments, and what staff have translated."""

from collections.abc import Collection
from typing import Any, TypeVar

from flask import url_for
from sqlalchemy import Select, and_, func, null, or_, select
from sqlalchemy.orm import contains_eager

from participation.contributions import rules
from participation.contributions.models import (
    Comment,
    Contribution,
    ContributionStatus,
    Translation,
    contribution_areas,
)
from participation.db import session
from participation.districts.models import Area
from participation.feature import Counted, Duty
from participation.i18n import _l

K = TypeVar("K", bound=Contribution)

PUBLIC = ContributionStatus.PUBLISHED
# What leaves a neutral line where it stood, once it was public (M10).
TAKEN_AWAY = (ContributionStatus.REMOVED, ContributionStatus.WITHDRAWN)
IN_GERMAN = ("de", "de-simple")


def contribution(contribution_id: int) -> Contribution:
    """The contribution with this number, of whatever kind."""
    return session.get_one(Contribution, contribution_id)


def with_areas(query: Select[K], kind: type[K]) -> Select[K]:
    """The same contributions with their areas, in one statement; its rows are to be made unique.

    Joined as the object layer does it by itself, SQLite would read the areas of all contributions each time.
    """
    joined = query.outerjoin(contribution_areas, contribution_areas.c.contribution_id == kind.id)
    return joined.outerjoin(Area, Area.id == contribution_areas.c.area_id).options(contains_eager(kind.areas))


def comments_on(ids: Collection[int]) -> Select[Comment]:
    """What was said to these contributions, the earliest first, as a list to be paged."""
    was_public = and_(Comment.status.in_(TAKEN_AWAY), Comment.published_at.is_not(None))
    return (
        select(Comment)
        .where(Comment.on_id.in_(ids), or_(Comment.status == PUBLIC, was_public))
        .order_by(Comment.published_at, Comment.id)
    )


def translations(ids: Collection[int], language: str | None = None) -> dict[int, list[Translation]]:
    """What staff have translated of these contributions, into all languages or one, by contribution."""
    query = select(Translation).where(Translation.contribution_id.in_(ids)).order_by(Translation.language)
    if language:
        query = query.where(Translation.language == language)
    found: dict[int, list[Translation]] = {}
    for one in session.scalars(query) if ids else ():
        found.setdefault(one.contribution_id, []).append(one)
    return found


# --- For staff --------------------------------------------------------------------------------------------------------


def translation(contribution_id: int, language: str) -> Translation | None:
    """The translation of a contribution into a language."""
    wanted = (Translation.contribution_id == contribution_id) & (Translation.language == language)
    return session.scalar(select(Translation).where(wanted))


def translation_by_id(translation_id: int) -> Translation:
    """The translation with this number."""
    return session.get_one(Translation, translation_id)


def doubted() -> Select[Translation]:
    """Translations that readers think are wrong, the most doubted first."""
    return select(Translation).where(Translation.doubts > 0).order_by(Translation.doubts.desc(), Translation.id.desc())


def doubted_count() -> int:
    """How many of them there are."""
    return session.scalar(select(func.count()).select_from(Translation).where(Translation.doubts > 0)) or 0


def duties(person: Any) -> list[Counted]:
    """What readers doubt waits for those who translate."""
    if not rules.visit(person):
        return []
    title, url = _l("Translations that readers think are wrong"), url_for("translation_staff.index", show="doubts")
    return [Counted(select(null()).where(Translation.doubts > 0), lambda count, _first: Duty(title, url, count))]


def without_german() -> Select[Contribution]:
    """Public or waiting contributions in other languages that have no German translation yet, the latest first."""
    in_german = select(Translation.id).where(
        Translation.contribution_id == Contribution.id, Translation.language == "de"
    )
    return (
        select(Contribution)
        .where(
            Contribution.language.not_in(IN_GERMAN),
            Contribution.status.in_([PUBLIC, ContributionStatus.WAITING]),
            ~in_german.exists(),
        )
        .order_by(Contribution.id.desc())
    )
