"""Which words public events are found by: title, short and long text, place and organiser, in each language."""

from markupsafe import Markup

from participation import text_index
from participation.events.models import Event
from participation.i18n import LocalizedText
from participation.rich_text import LocalizedRichText

KIND = "event"


def index(event: Event) -> None:
    """From here on the event is found by what it says now; what is not public is found by nothing."""
    unindex(event)
    if not event.is_public:
        return
    for tag in languages_of(event):
        words = [_said(one, tag) for one in (event.summary, event.organiser, event.target_group)]
        words += [words_of(event.text, tag), words_of(event.report, tag) if event.is_reported else ""]
        text_index.index(KIND, event.id, tag, _said(event.title, tag), " ".join([*words, _place(event, tag)]))


def unindex(event: Event) -> None:
    """It can no longer be found."""
    text_index.drop(KIND, event.id)


def languages_of(event: Event) -> list[str]:
    """The languages in which its page says anything."""
    return list(dict.fromkeys([*event.title, *event.summary, *event.text]))


def words_of(text: LocalizedRichText, tag: str) -> str:
    """Formatted text as plain words."""
    picked = text.pick(tag)
    return Markup(picked.item.html.replace("<", " <")).striptags() if picked else ""  # noqa: S704  (tags are dropped)


def _said(text: LocalizedText, tag: str) -> str:
    picked = text.pick(tag)
    return picked.item if picked else ""


def _place(event: Event, tag: str) -> str:
    if event.place is None:
        return ""
    room = _said(event.room.name, tag) if event.room else ""
    return f"{_said(event.place.name, tag)} {room} {event.place.full_address}"
