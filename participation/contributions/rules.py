"""Who may do what with contributions, whatever their kind."""

from participation.contributions.models import Comment, Contribution
from participation.permissions import Person

SPEAKERS = ("administrator", "editor", "moderator")


def is_within(contribution: Contribution, areas: frozenset[int] | None) -> bool:
    """Whether somebody whose areas these are may see to it; what has no area is for everybody who has one."""
    if areas is None or not contribution.areas:
        return areas != frozenset()
    return any(area.id in areas for area in contribution.areas)


def comment(_user: Person, contribution: Contribution) -> bool:
    """Anyone may comment on what takes comments, with no account."""
    return contribution.takes_comments


def visit(user: Person) -> bool:
    """The list of what is to be translated is for whoever may translate something."""
    return user.areas_of(*SPEAKERS) != frozenset()


def translate(user: Person, contribution: Contribution) -> bool:
    """Administrators, the communications team and moderators; those of an area what lies there or nowhere."""
    placed = contribution.on if isinstance(contribution, Comment) else contribution
    return is_within(placed, user.areas_of(*SPEAKERS))


def speak(user: Person, contribution: Contribution) -> bool:
    """Whoever translates also comments for the city, where comments are possible."""
    return contribution.takes_comments and translate(user, contribution)
