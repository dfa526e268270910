"""Who may: the standing pages are the communications team's, and so are the reports on barriers."""

from participation.permissions import Person


def edit(user: Person) -> bool:
    """Change the standing pages in all languages."""
    return user.has_role("editor", "administrator")


def answer_reports(user: Person) -> bool:
    """Read reports on barriers and answer them."""
    return user.has_role("editor", "administrator")
