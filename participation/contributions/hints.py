"""Hints for moderators: they sort the queue and never decide."""

from typing import Any

from participation.contributions.models import Contribution


def found_in(contribution: Contribution) -> list[dict[str, Any]]:
    """What a moderator should look at twice, each as {"kind": …, "passage": …}."""
    return []
