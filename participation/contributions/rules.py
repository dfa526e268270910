"""Who may do what with contributions, whatever their kind."""

from participation.contributions.models import Comment, Contribution
from participation.permissions import Person

SPEAKERS = ("administrator", "editor", "moderator")


def comment(_user: Person, contribution: Contribution) -> bool:
    """Anyone may comment on what takes comments, with no account."""
    return contribution.takes_comments


def visit(user: Person) -> bool:
    """The list of what is to be translated is for whoever may translate something."""
    return user.areas_of(*SPEAKERS) != frozenset()


def translate(user: Person, contribution: Contribution) -> bool:
    """Administrators, the communications team and moderators; moderators of an area what belongs to it."""
    areas = user.areas_of(*SPEAKERS)
    if areas is None:
        return True
    placed = contribution.on if isinstance(contribution, Comment) else contribution
    return any(area.id in areas for area in placed.areas)


def speak(user: Person, contribution: Contribution) -> bool:
    """Whoever translates also comments for the city, where comments are possible."""
    return contribution.takes_comments and translate(user, contribution)
