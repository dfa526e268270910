"""Which words an event is found by."""

import pytest

from participation import clock, text_index
from participation.db import session
from participation.events import indexing
from participation.i18n import LocalizedText
from participation.rich_text import LocalizedRichText, RichText
from tests.events.makers import make_event, make_place

pytestmark = pytest.mark.databases


def found(words: str) -> list[int]:
    session.flush()
    return list(session.scalars(text_index.search(words, "event")))


def test_an_event_is_found_by_its_words_in_each_language_its_text_and_its_place(app):
    event = make_event(
        title=LocalizedText(de="Spaziergang", tr="Yürüyüş"),
        text=LocalizedRichText(de=RichText.clean("<p>Am Brunnen</p><p>Treffpunkt <em>Linde</em></p>")),
        place=make_place(name=LocalizedText(de="Villa Kunterbunt")),
    )
    indexing.index(event)
    for words in ("Spaziergang", "YÜRÜYÜŞ", "Brunnen Linde", "kunterbunt", "Yürüyüş Marktplatz"):
        assert found(words) == [event.id], words
    assert found("BrunnenTreffpunkt") == []


def test_an_event_that_was_changed_is_found_by_its_new_words_only(app):
    event = make_event(title=LocalizedText(de="Spaziergang"))
    indexing.index(event)
    event.title = LocalizedText(de="Stadtrundfahrt")
    indexing.index(event)
    assert (found("Spaziergang"), found("Stadtrundfahrt")) == ([], [event.id])


def test_the_report_is_found_once_it_is_public(app):
    event = make_event(report=LocalizedRichText(de=RichText.clean("<p>Zebrastreifen</p>")))
    indexing.index(event)
    assert found("Zebrastreifen") == []
    event.reported_at = clock.now()
    indexing.index(event)
    assert found("Zebrastreifen") == [event.id]


def test_what_is_not_public_is_not_found(app):
    draft, event = make_event(published=False, title=LocalizedText(de="Geheim")), make_event()
    indexing.index(draft)
    assert found("Geheim") == []
    indexing.index(event)
    indexing.unindex(event)
    assert found("Quartiersversammlung") == []
