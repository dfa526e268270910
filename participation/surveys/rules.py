"""Who may do what with surveys."""

from participation.permissions import Person
from participation.surveys.models import Survey


def read(user: Person, survey: Survey) -> bool:
    """Everybody may read what a published survey is about; before that only those who prepare it."""
    return survey.published_at is not None or manage(user)


def answer(user: Person, survey: Survey) -> bool:
    """Anyone may answer an open survey, with no account; before it is published, those who prepare it may try it."""
    return survey.is_open or (survey.published_at is None and manage(user))


def manage(user: Person, _survey: Survey | None = None) -> bool:
    """Administrators and the communications team prepare surveys."""
    return user.has_role("administrator", "editor")


def publish(user: Person, _survey: Survey | None = None) -> bool:
    """Whoever prepares a survey may publish, close and reopen it."""
    return manage(user)


def visit(user: Person) -> bool:
    """The surveys desk is for those who prepare surveys and those who read results."""
    return user.has_role("administrator", "editor", "analyst")


def read_results(user: Person, _survey: Survey | None = None) -> bool:
    """Counted results, with small numbers hidden."""
    return visit(user)


def read_texts(user: Person, _survey: Survey | None = None) -> bool:
    """What people wrote in their own words may name somebody, so each look is logged with its purpose (D15)."""
    return visit(user)


def export(user: Person, _survey: Survey | None = None) -> bool:
    """Single responses leave the house only in the hands of analysts and administrators."""
    return user.has_role("administrator", "analyst")
