"""Which words public events are found by: title, short and long text, place and organiser, in all languages."""

from markupsafe import Markup

from participation import text_index
from participation.events.models import Event
from participation.i18n import LocalizedText
from participation.rich_text import RichText

KIND = "event"
ALL_LANGUAGES = "mul"  # as ISO 639 calls several of them


def index(event: Event) -> None:
    """From here on the event is found by what it says now; what is not public is found by nothing.

    All languages stand together: a search may mix them, and an event with twelve of them is found once.
    """
    unindex(event)
    if not event.is_public:
        return
    words = [*said(event).values(), event.place.full_address if event.place else ""]
    title = " ".join(event.title.values())
    text_index.index(KIND, event.id, ALL_LANGUAGES, title, " ".join(words), day=event.local_start.date())
    text_index.place(KIND, event.id, [area.id for area in event.areas])


def unindex(event: Event) -> None:
    """It can no longer be found."""
    text_index.drop(KIND, event.id)


def plain(text: RichText) -> str:
    """Formatted text as plain words."""
    return Markup(text.html.replace("<", " <")).striptags()  # noqa: S704  (tags are dropped)


def said(event: Event) -> dict[str, str]:
    """What it says as plain words per language: the title in the first line."""
    texts = [event.text, *([event.report, event.next_steps] if event.is_reported else [])]
    short = _said_in_short(event)
    tags = dict.fromkeys([*event.title, *(tag for one in short for tag in one), *(tag for one in texts for tag in one)])
    return {
        tag: "\n".join(
            [
                event.title.get(tag, ""),
                *(one[tag] for one in short if tag in one),
                *(plain(one[tag]) for one in texts if tag in one),
            ]
        )
        for tag in tags
    }


def _said_in_short(event: Event) -> list[LocalizedText]:
    around = [event.place.name if event.place else None, event.room.name if event.room else None]
    return [event.summary, event.organiser, event.target_group, *(name for name in around if name)]
