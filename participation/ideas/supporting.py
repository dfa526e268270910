"""Supporting an idea: once per browser, counted exactly, and taken back as easily as given."""

import hashlib
import hmac

from flask import current_app
from sqlalchemy import Select, distinct, func, select, update

from participation.contacts import operations as contacts
from participation.contacts.models import Contact
from participation.contributions import operations as contributions
from participation.contributions.models import Comment, ContributionStatus
from participation.db import session, table_of
from participation.errors import Refused
from participation.i18n import _l
from participation.ideas.models import Idea, Support


class NotSupportable(Refused):
    message = _l("This idea cannot be supported at the moment.")


def support(idea: Idea, supporter: str, email: str = "") -> Support:
    """Count this browser once for the idea, or for the one it was merged into; a second time changes nothing.

    An e-mail address is kept with the support to hear what becomes of the idea, unless one is confirmed there already.
    Raises NotSupportable.
    """
    target = root_of(idea)
    contributions.lock(target)  # whoever merges or supports at the same time waits until this is counted
    if not target.is_public:
        raise NotSupportable
    given = session.scalars(_supports(target, supporter).limit(1)).first()
    if given is None:
        given = Support(idea_id=target.id, supporter=supporter)
        session.add(given)
        session.flush()
        _count_one_more(target)
    if email and not (given.contact and given.contact.is_confirmed):
        _write_to(given, email)
    return given


def _write_to(given: Support, email: str) -> None:
    """From here on to this address; one that was never confirmed, perhaps because of a typing mistake, goes."""
    before, given.contact = given.contact, contacts.give(email)
    session.flush()
    if before is not None:
        contacts.stop(before)


def withdraw_support(idea: Idea, supporter: str) -> None:
    """Take it back, with the address that was given for it."""
    target = root_of(idea)
    contributions.lock(target)
    for given in session.scalars(_supports(target, supporter)):
        contact: Contact | None = given.contact
        session.delete(given)
        session.flush()
        if contact is not None:
            contacts.stop(contact)
    recount(target)


def support_of(idea: Idea, supporter: str) -> Support | None:
    """The support that this browser has given to the idea or to one that was merged into it."""
    return session.scalars(_supports(root_of(idea), supporter).limit(1)).first()


def root_of(idea: Idea) -> Idea:
    """The idea that this one was merged into; itself when it was not."""
    return idea.merged_into or idea


def group_of(idea_id: int) -> Select[int]:
    """The numbers of an idea and of all that stand in it; also those that came by way of others point straight here."""
    ideas = table_of(Idea)
    return select(ideas.c.id).where((ideas.c.id == idea_id) | (ideas.c.merged_into_id == idea_id))


def recount(idea: Idea) -> None:
    """Count different supporters and public comments of the idea and all that was merged into it.

    A plain statement: nobody changed the idea itself, so its version stays.
    """
    session.flush()
    supporters = select(func.count(distinct(Support.supporter))).where(Support.idea_id.in_(group_of(idea.id)))
    comments = select(func.count(Comment.id)).where(
        Comment.on_id.in_(group_of(idea.id)), Comment.status == ContributionStatus.PUBLISHED
    )
    _write(idea, support_count=supporters.scalar_subquery(), comment_count=comments.scalar_subquery())


def _supports(target: Idea, supporter: str) -> Select[Support]:
    return select(Support).where(Support.idea_id.in_(group_of(target.id)), Support.supporter == supporter)


def _count_one_more(idea: Idea) -> None:
    _write(idea, support_count=table_of(Idea).c.support_count + 1)


def _write(idea: Idea, **counts: object) -> None:
    ideas = table_of(Idea)
    session.execute(update(ideas).where(ideas.c.id == idea.id).values(**counts))
    session.expire(idea, list(counts))


def kept_name(number: str) -> str:
    """What the database keeps of the random number in a browser's cookie: a keyed hash."""
    key = hashlib.sha256(b"supporters|" + str(current_app.secret_key).encode()).digest()
    return hmac.new(key, number.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
