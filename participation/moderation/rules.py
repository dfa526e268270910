"""Who may do what at the moderators' desk."""

from participation.contributions.models import Contribution
from participation.permissions import Person

MODERATORS = ("moderator", "administrator")


def visit(user: Person) -> bool:
    """The desk is for moderators, for the whole city or for some of its areas, and for administrators."""
    return user.areas_of(*MODERATORS) != frozenset()


def moderate(user: Person, contribution: Contribution) -> bool:
    """Who moderates some areas only decides what lies in them; what has no area is for everybody at the desk."""
    areas = user.areas_of(*MODERATORS)
    if areas is None or not contribution.areas:
        return areas != frozenset()
    return any(area.id in areas for area in contribution.areas)


def read_original(user: Person, contribution: Contribution) -> bool:
    """What was blacked out is for those who may decide about it again; each look is written down (D15)."""
    return moderate(user, contribution)


def manage_policy(user: Person) -> bool:
    """What is checked when, word lists, the promise and the catalogue of rules hold for the whole city."""
    return user.areas_of(*MODERATORS) is None
