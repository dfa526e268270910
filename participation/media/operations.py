"""Taking pictures in, and letting others see them or not."""

from participation.db import session
from participation.media.models import Picture


def keep(picture: Picture) -> None:
    """It belongs to something now and is not thrown away at night."""
    picture.is_kept = True
    session.flush()


def publish(picture: Picture) -> None:
    """Everybody may see it."""
    picture.is_public = True
    session.flush()


def unpublish(picture: Picture) -> None:
    """Only staff may see it."""
    picture.is_public = False
    session.flush()
