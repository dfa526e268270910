"""Where councils speak of an idea, a survey or an event: on whose agenda it stood, and what was decided about it."""

from participation.feature import Mention


def mentions(kind: str, ref_id: int) -> list[Mention]:  # noqa: ARG001
    """What everybody may read of it, the newest first."""
    return []
