"""The news feed by the rules of RFC 4287, and as a feed reader sees it (F2)."""

import re
from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

import feedparser
import pytest

from participation import clock
from participation.events.models import Format
from participation.i18n import LocalizedText
from participation.rich_text import LocalizedRichText, RichText
from tests.events.makers import make_event, make_place, make_topic

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
KNOWN = {
    "feed": {"id", "title", "subtitle", "updated", "link", "author", "entry"},
    "entry": {"id", "title", "published", "updated", "link", "author", "category", "content"},
}
DAY = timedelta(days=1)


def feed(client, address="/de/events/feed.atom"):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert_follows_the_rules(answer.data)
    return feedparser.parse(answer.data)


def assert_follows_the_rules(data: bytes) -> None:
    """Sections 4.1.1 and 4.1.2: what must be there, once or at all, and in which form."""
    top = ET.fromstring(data)
    assert top.tag == f"{ATOM}feed"
    assert top.get(LANG)
    _assert_named_and_dated(top, "feed")
    (own,) = [link for link in top.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own.get("href", "").startswith("http")
    entries = top.findall(f"{ATOM}entry")
    for entry in entries:
        _assert_named_and_dated(entry, "entry")
        assert entry.get(LANG)
        assert len(entry.findall(f"{ATOM}content")) <= 1
        assert all(one.get("term") for one in entry.findall(f"{ATOM}category"))
        alternates = [one for one in entry.findall(f"{ATOM}link") if one.get("rel") == "alternate"]
        kinds = [(one.get("type"), one.get("hreflang")) for one in alternates]
        assert len(kinds) == len(set(kinds)) > 0
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", known) for known in ids)


def _assert_named_and_dated(element: ET.Element, kind: str) -> None:
    assert {child.tag.removeprefix(ATOM) for child in element} <= KNOWN[kind]
    for name in ("id", "title", "updated"):
        assert len(element.findall(f"{ATOM}{name}")) == 1, name
    for name in ("updated", "published"):
        for child in element.findall(f"{ATOM}{name}"):
            assert RFC_3339.fullmatch(child.text or ""), child.text
    assert element.findtext(f"{ATOM}id")
    for author in element.findall(f"{ATOM}author"):
        assert author.findtext(f"{ATOM}name")
    if kind == "feed":
        assert element.findall(f"{ATOM}author")


@pytest.mark.databases
def test_a_feed_reader_finds_what_is_new(client):
    event = make_event(
        place=make_place(name=LocalizedText(de="Bürgerhaus")),
        topics=[make_topic("Verkehr")],
        organiser=LocalizedText(de="Stadtplanung"),
        text=LocalizedRichText(de=RichText.clean("<p>Mit <strong>Kaffee</strong> &amp; Kuchen</p>")),
    )
    read = feed(client)
    assert not read.bozo
    assert read.version == "atom10"
    assert read.feed.title == "Events in Musterstadt"
    assert read.feed.language == "de"
    (entry,) = read.entries
    assert entry.id == event.uid.urn
    assert entry.title == event.title["de"]
    assert entry.link.endswith(f"/de/events/{event.id}")
    assert entry.author == "Stadtplanung"
    assert [tag.term for tag in entry.tags] == ["Verkehr"]
    assert datetime(*entry.updated_parsed[:6]) == event.changed_at.replace(microsecond=0, tzinfo=None)  # noqa: DTZ001
    assert "Bürgerhaus" in entry.content[0].value
    assert "<strong>Kaffee</strong> &amp; Kuchen" in entry.content[0].value
    assert next(one.href for one in entry.links if one.get("type") == "text/calendar").endswith("event.ics")


def test_the_id_of_an_entry_never_changes(client):
    event = make_event()
    before = feed(client).entries[0].id
    event.title, event.changed_at = LocalizedText(de="Neu"), clock.now() + DAY
    after = feed(client).entries[0]
    assert (after.id, after.title) == (before, "Neu")
    assert feed(client, "/tr/events/feed.atom").entries[0].id == before


def test_what_changed_last_comes_first_and_fifty_are_enough(client):
    now = clock.now()
    before = now - 9 * DAY
    events = [make_event(changed_at=now - timedelta(hours=number), published_at=before) for number in range(55)]
    read = feed(client)
    assert [entry.id for entry in read.entries] == [event.uid.urn for event in events[:50]]
    assert read.feed.updated == read.entries[0].updated


def test_an_event_that_was_published_ahead_is_new_when_it_appears(client, stop_clock):
    """What was written long before is dated from the moment everybody could read it."""
    now = stop_clock(2026, 4, 1, 12)
    make_event(changed_at=now - DAY, published_at=now - 2 * DAY)
    make_event(changed_at=now - 20 * DAY, published_at=now - timedelta(minutes=5))
    assert [entry.updated for entry in feed(client).entries] == [
        "2026-04-01T13:55:00+02:00",
        "2026-03-31T14:00:00+02:00",
    ]


@pytest.mark.parametrize(("tag", "direction"), [("tr", "ltr"), ("ar", "rtl")])
def test_each_entry_tells_its_language_and_each_part_its_direction(client, tag, direction):
    make_event(title=LocalizedText({"de": "Versammlung", tag: "xyz"}), summary=LocalizedText(de="Alle kommen."))
    make_event(title=LocalizedText(de="Nur deutsch"))
    data = client.get(f"/{tag}/events/feed.atom").data
    languages = {one.findtext(f"{ATOM}title"): one.get(LANG) for one in ET.fromstring(data).findall(f"{ATOM}entry")}
    assert languages == {"xyz": tag, "Nur deutsch": "de"}
    content = next(one.content[0].value for one in feedparser.parse(data).entries if one.title == "xyz")
    assert f'dir="{direction}" lang="{tag}"' in content
    assert '<p dir="ltr" lang="de">Alle kommen.</p>' in content


def test_whatever_people_wrote_stays_within_its_element(client):
    nasty = "]]> </title><script>alert(1)</script> & \x0b \x1b \ufffe 👶 \u202e"
    make_event(title=LocalizedText(de=nasty), summary=LocalizedText(de=nasty), organiser=LocalizedText(de=nasty))
    data = client.get("/de/events/feed.atom").data
    assert_follows_the_rules(data)
    (entry,) = ET.fromstring(data).findall(f"{ATOM}entry")
    assert "</title><script>alert(1)</script> &" in entry.findtext(f"{ATOM}title")
    assert "&lt;script&gt;" in entry.findtext(f"{ATOM}content")  # as HTML it is text, too
    assert "<script>" not in entry.findtext(f"{ATOM}content")


def test_a_cancelled_and_an_online_event_say_so(client):
    make_event(
        title=LocalizedText(de="Fest"),
        format=Format.ONLINE,
        cancelled_at=clock.now(),
        cancelled_because=LocalizedText(de="Sturm"),
    )
    (entry,) = feed(client).entries
    assert entry.title == "Cancelled: Fest"
    assert "Sturm" in entry.content[0].value
    assert "Online" in entry.content[0].value


def test_filters_make_a_feed_of_its_own(client):
    topic = make_topic()
    make_event()
    event = make_event(topics=[topic])
    read = feed(client, f"/de/events/feed.atom?topic={topic.id}&x=<")
    assert [entry.id for entry in read.entries] == [event.uid.urn]
    assert read.feed.id != feed(client).feed.id
    assert read.feed.links[0].href.endswith(f"feed.atom?topic={topic.id}")


def test_a_feed_without_news_is_still_one(client):
    assert feed(client).entries == []
