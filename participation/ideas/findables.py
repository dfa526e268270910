"""Ideas as the search desk and links between rooms show them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from participation import clock
from participation.contributions import operations
from participation.contributions import queries as contributions
from participation.contributions.models import ContributionStatus
from participation.db import session
from participation.feature import Findable, Finding
from participation.i18n import Passage, _l
from participation.ideas.models import Idea

IS_PUBLIC = Idea.status == ContributionStatus.PUBLISHED


def load(ids: Sequence[int]) -> Mapping[int, Finding]:
    """The public ones among these, with what they say in each language."""
    found = session.scalars(select(Idea).where(Idea.id.in_(ids), IS_PUBLIC).options(joinedload(Idea.call))).all()
    translations = contributions.translations([idea.id for idea in found])
    return {
        idea.id: Finding(
            title=Passage(idea.title, idea.language),
            url=idea.url,
            day=idea.published_at.astimezone(clock.BERLIN).date() if idea.published_at else None,
            texts={one.language: f"{one.title}\n{one.text}" for one in (idea, *translations.get(idea.id, ()))},
            place=idea.call.title,
        )
        for idea in found
    }


def every() -> Sequence[int]:
    """The ids of all public ideas, the oldest first."""
    return session.scalars(select(Idea.id).where(IS_PUBLIC).order_by(Idea.published_at, Idea.id)).all()


def index(ids: Sequence[int]) -> None:
    """Index these anew."""
    for idea in session.scalars(select(Idea).where(Idea.id.in_(ids)).options(selectinload(Idea.areas))):
        operations.make_findable(idea)


FINDABLES = [Findable("idea", _l("Ideas"), load, every, index)]
