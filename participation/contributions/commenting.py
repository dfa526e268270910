"""Comments: what residents say to a contribution, and what the city says."""

from participation import audit
from participation.contacts import operations as contacts
from participation.contributions import checking, operations
from participation.contributions.models import Comment, Contribution, ContributionStatus
from participation.db import session
from participation.errors import Refused
from participation.i18n import _l
from participation.receipts.models import Receipt


class NoComments(Refused):
    message = _l("At the moment it is not possible to comment here. Your comment was not sent.")


def send_comment(
    on: Contribution,
    text: str,
    language: str,
    *,
    author_name: str = "",
    email: str = "",
    at_hand: Receipt | None = None,
) -> str:
    """Put a comment on the shelf and return its receipt's code. `at_hand` is the receipt that this browser holds."""
    if not on.takes_comments:
        raise NoComments
    # It lies where the contribution lies, so the same moderators look at it.
    comment = Comment(on=on, text=text, language=language, author_name=author_name, areas=list(on.areas))
    comment.contact = contacts.give(email) if email else None
    return operations.send(comment, is_newcomer=checking.is_newcomer(at_hand))


def speak(on: Contribution, text: str, language: str, author_name: str) -> Comment:
    """The city says something, for everybody to read at once and set apart from what residents say."""
    if not on.takes_comments:
        raise NoComments
    comment = Comment(on=on, text=text, language=language, author_name=author_name, is_official=True)
    comment.status = ContributionStatus.HIDDEN  # for a moment: it is shown as every other one is
    session.add(comment)
    session.flush()
    operations.show(comment)
    audit.record("comment.official", thing=f"contribution {on.id}", comment=comment.id)
    return comment
