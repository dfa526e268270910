"""Who may do what at the moderators' desk."""

from participation.contributions.models import Contribution
from participation.contributions.rules import is_within
from participation.moderation.models import Objection
from participation.permissions import Person

MODERATORS = ("moderator", "administrator")


def visit(user: Person) -> bool:
    """The desk is for moderators, for the whole city or for some of its areas, and for administrators."""
    return user.areas_of(*MODERATORS) != frozenset()


def moderate(user: Person, contribution: Contribution) -> bool:
    """Who moderates some areas only decides what lies in them; what has no area is for everybody at the desk."""
    return is_within(contribution, user.areas_of(*MODERATORS))


def read_original(user: Person, contribution: Contribution) -> bool:
    """What was blacked out is for those who may decide about it again; each look is written down (D15)."""
    return moderate(user, contribution)


def manage_policy(user: Person) -> bool:
    """What is checked when, word lists and the promise hold for the whole city."""
    return user.areas_of(*MODERATORS) is None


def decide_objection(user: Person, objection: Objection) -> bool:
    """Another moderator than the one who made the first decision (M6)."""
    is_another = getattr(user, "id", None) != objection.first_decided_by_id
    return is_another and moderate(user, objection.decision.contribution)


def manage_catalogue(user: Person) -> bool:
    """The catalogue of rules is worded by the communications team and administrators."""
    return user.has_role("administrator", "editor")
