"""Who may do what with districts."""

from participation.districts.models import Area
from participation.permissions import Person


def read(_user: Person) -> bool:
    """The districts of a city are public."""
    return True


def manage(user: Person) -> bool:
    """Administrators and the communications team keep layers and areas, and import them."""
    return user.has_role("administrator", "editor")


def edit_area(user: Person, area: Area) -> bool:
    """Whoever has such a role for one district only may keep that district's own entry."""
    return user.has_role("administrator", "editor", area_id=area.id)
