"""Who may look at what was deleted."""

from participation.permissions import Person


def read_log(user: Person) -> bool:
    """The data protection officer, and whoever runs the house."""
    return user.has_role("privacy_officer", "administrator")
