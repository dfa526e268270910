"""What happens in the events room by itself, minute by minute; each step is bounded, and the rest comes in the next."""

from participation.events import life, phone_calls, reminders, waiting


def minutely() -> dict[str, int]:
    """Events that appear, reminders, offers that are over, places that are free, and calls that come too late; counted.

    What holds the rows of events comes before what holds those of sessions, as with everybody who holds both.
    """
    return {
        **life.appear_by_themselves(),
        "reminders": reminders.remind(),
        **waiting.minutely(),
        "calls_too_late": phone_calls.settle_late(),
    }
