"""What happens in the events room by itself, minute by minute; each step is bounded, and the rest follows in the next."""

from participation.events import phone_calls, reminders, waiting


def minutely() -> dict[str, int]:
    """Offers that are over, places that are free, reminders, and calls that came too late; counted."""
    return {
        **waiting.minutely(),
        "reminders": reminders.remind(),
        "calls_too_late": phone_calls.settle_late(),
    }
