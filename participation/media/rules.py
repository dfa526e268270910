"""Who may see a picture."""

from participation.media.models import Picture
from participation.permissions import Person


def see(user: Person, picture: Picture) -> bool:
    """Everybody what is public; whoever decides about contributions also what is not, or no longer."""
    return picture.is_public or user.has_role("moderator", "editor", "administrator")
