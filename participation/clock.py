"""What time it is: moments are aware and in UTC, days are days in Germany."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


def now() -> datetime:
    """The present moment. All code asks here, so that a test can stop the clock."""
    return datetime.now(UTC)


def today() -> date:
    """The present day as people in Germany count it (L10)."""
    return now().astimezone(BERLIN).date()
