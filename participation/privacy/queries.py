"""Looking at the log of what was deleted."""

from typing import Any

from sqlalchemy import Select, select

from participation.privacy.models import RetentionRun


def runs() -> Select[Any]:
    """All nights, the last one first."""
    return select(RetentionRun).order_by(RetentionRun.ran_on.desc(), RetentionRun.id.desc())
