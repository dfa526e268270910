"""Who may do what with councils, their meetings and their minutes."""

from participation.councils.models import Council, CouncilPerson
from participation.permissions import Person

EVERYWHERE = ("administrator",)
SECRETARIES = (*EVERYWHERE, "council_secretary")


def read(user: Person, council: Council) -> bool:
    """Everybody reads a public council; before that only those who look after it."""
    return council.is_public or manage(user, council)


def visit(user: Person) -> bool:
    """The councils' desk is for whoever looks after some of them."""
    return user.areas_of(*SECRETARIES) != frozenset()


def create(user: Person) -> bool:
    """A new council is set up by those who look after the whole city."""
    return user.areas_of(*SECRETARIES) is None


def manage(user: Person, council: Council) -> bool:
    """Secretaries for the whole city or in their own areas; what names no area is the city's."""
    allowed = user.areas_of(*SECRETARIES)
    if allowed is None:
        return True
    return bool(allowed) and any(area.id in allowed for area in council.areas)


def visit_cards(user: Person) -> bool:
    """What was written in other languages and waits for a person is for the office and the communications team."""
    return visit(user) or user.has_role("editor")


def release(user: Person, council: Council) -> bool:
    """Cards and summaries in other languages are released by the office, or by the communications team."""
    return manage(user, council) or user.has_role("editor")


def manage_person(user: Person, person: CouncilPerson) -> bool:
    """Whoever looks after a council they sit or sat in; while they sit in none, every secretary."""
    if user.areas_of(*SECRETARIES) is None:
        return True
    return visit(user) and (not person.memberships or any(manage(user, one.council) for one in person.memberships))
