"""The calls as what contributions belong to: for the filters and the checking rules of the moderators' desk."""

from sqlalchemy import ColumnElement, or_, select

from participation.contributions.models import Comment, Contribution
from participation.db import session, table_of
from participation.feature import Scope
from participation.ideas.models import Call, Idea


def scopes() -> list[Scope]:
    """Every call that was published, the newest first: its ideas, and the comments on them."""
    rows = session.execute(
        select(Call.id, Call.title).where(Call.published_at.is_not(None)).order_by(Call.published_at.desc(), Call.id)
    )
    return [Scope(f"call {call_id}", title, contains(call_id)) for call_id, title in rows]


def contains(call_id: int) -> ColumnElement[bool]:
    """Whether a contribution lies in this call; asked row by row, as the queue is short and the shelf is long."""
    ideas, comments = table_of(Idea), table_of(Comment)
    talked_about = ideas.alias()
    is_idea = select(ideas.c.id).where(ideas.c.id == Contribution.id, ideas.c.call_id == call_id)
    is_comment = (
        select(comments.c.id)
        .join(talked_about, talked_about.c.id == comments.c.on_id)
        .where(comments.c.id == Contribution.id, talked_about.c.call_id == call_id)
    )
    shelf = table_of(Contribution)
    return or_(is_idea.correlate(shelf).exists(), is_comment.correlate(shelf).exists())
