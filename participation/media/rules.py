"""Who may see a picture or read a document."""

from participation.media.models import Document, Picture
from participation.permissions import Person


def see(user: Person, picture: Picture) -> bool:
    """Everybody what is public; whoever decides about contributions also what is not, or no longer."""
    return picture.is_public or user.has_role("moderator", "editor", "administrator")


def read(user: Person, document: Document) -> bool:
    """Everybody what is public; what is not yet, or no longer, whoever prepares it."""
    preparing = ("moderator", "editor", "council_secretary", "administrator")
    return document.is_public or user.areas_of(*preparing) != frozenset()
