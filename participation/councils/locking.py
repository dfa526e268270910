"""One after the other: whoever changes something that others change, too, waits until they are done."""

from participation.db import Base, session


def lock(thing: Base) -> None:
    """Wait for whoever is changing it, and see it as they left it; what was read along with it is not locked."""
    session.flush()  # refreshing forgets what is not written yet
    session.refresh(thing, with_for_update={"of": type(thing)})
