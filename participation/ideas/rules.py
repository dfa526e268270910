"""Who may do what with calls and ideas."""

from participation.contributions.rules import is_within
from participation.ideas.models import Call, Idea
from participation.permissions import Person

EVERYWHERE = ("administrator", "editor")
PROCESSORS = (*EVERYWHERE, "moderator")


def read_call(user: Person, call: Call) -> bool:
    """Everybody reads a published call; before that only those who prepare it."""
    return call.published_at is not None or manage_calls(user)


def read(user: Person, idea: Idea) -> bool:
    """Everybody reads what was published; the rest is for those who process it."""
    return idea.is_public or process(user, idea)


def support(_user: Person, idea: Idea) -> bool:
    """Anyone may support a public idea, with no account; a merged one is supported where it was merged into."""
    return idea.is_public and idea.merged_into_id is None


def manage_calls(user: Person, _call: Call | None = None) -> bool:
    """Administrators and the communications team prepare calls for ideas."""
    return user.has_role(*EVERYWHERE)


def manage_offices(user: Person) -> bool:
    """Who answers for the city is kept by those who keep the calls."""
    return manage_calls(user)


def visit(user: Person) -> bool:
    """The list of ideas is for whoever processes some of them; moderators of an area see those of their area."""
    return user.areas_of(*PROCESSORS) != frozenset()


def process(user: Person, idea: Idea) -> bool:
    """Administrators, the communications team and moderators; those of an area what lies there or nowhere."""
    return is_within(idea, user.areas_of(*PROCESSORS))


def enter(user: Person) -> bool:
    """Write down what somebody says at the desk, on the telephone or on the playground."""
    return visit(user)


def export(user: Person) -> bool:
    """The whole list as a file is for those whose task is the whole city."""
    return user.areas_of(*PROCESSORS) is None
