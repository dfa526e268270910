"""All formatted text passes one sieve (V2); nothing that comes out of it is obeyed by a browser."""

import json
import re
from html.parser import HTMLParser

import pytest

from participation.rich_text import ATTRIBUTES, SCHEMES, TAGS, LocalizedRichText, RichText


class Sight(HTMLParser):
    """Looks at HTML as a browser does, and collects tags, attributes and where links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        for name, value in attributes:
            self.attributes.add(name)
            if name == "href":
                self.addresses.append(value or "")


def scheme_of(address: str) -> str | None:
    """The scheme as a browser sees it: tabs and line ends do not count, and it begins with a letter (URL standard)."""
    typed = re.sub(r"[\t\n\r]", "", address).strip("".join(map(chr, range(33))))
    found = re.match(r"([a-z][a-z0-9+.-]*):", typed, re.IGNORECASE)
    return found[1].lower() if found else None


def payloads(samples) -> list[str]:
    """Everything hostile that others have collected."""
    attack = samples / "attack"
    found = [path.read_text().split("--\n")[0] for path in sorted((attack / "bleach").glob("*.txt"))]
    found += [str(case["payload"]) for case in json.loads((attack / "dompurify_expect_even.json").read_text())]
    found += json.loads((attack / "blns.json").read_text())
    found += (attack / "xss_polyglots.txt").read_text().splitlines()
    return found


def test_all_hostile_samples_come_out_harmless(samples):
    """V2"""
    found = payloads(samples)
    assert len(found) > 600
    for payload in found:
        seen = Sight(RichText.clean(payload).html)
        assert seen.tags <= TAGS, payload
        assert seen.attributes <= {"href", "title", "lang", "dir", "rel"}, payload
        assert {scheme_of(address) for address in seen.addresses} <= SCHEMES | {None}, payload


def test_cleaning_twice_changes_nothing(samples):
    for payload in payloads(samples):
        once = RichText.clean(payload)
        assert RichText.clean(once.html) == once, payload


@pytest.mark.parametrize("scheme", ["javascript", "JAVASCRIPT", "java\tscript", "data", "vbscript", "file", "blob"])
def test_links_lead_to_no_other_scheme(scheme):
    """V1"""
    assert "href" not in RichText.clean(f'<a href="{scheme}:alert(1)">x</a>').html


def test_what_a_text_needs_is_kept():
    html = '<h2>Titel</h2><p lang="tr" dir="ltr">Merhaba <strong>ve</strong> <em>hoş</em></p><ul><li>eins</li></ul>'
    assert RichText.clean(html).html == html
    assert 'href="https://example.org"' in RichText.clean('<a href="https://example.org">x</a>').html


def test_style_and_event_handlers_are_dropped():
    assert RichText.clean('<p style="x" onclick="y" class="z" id="w">a</p>').html == "<p>a</p>"
    assert not {"style", "class", "id"} & {name for names in ATTRIBUTES.values() for name in names}


def test_plain_text_becomes_paragraphs_and_stays_plain():
    text = "Eins\nzwei\r\n\r\n\r\n\r\n<b>drei</b>"
    assert RichText.from_plain(text).html == "<p>Eins<br>zwei</p><p>&lt;b&gt;drei&lt;/b&gt;</p>"


def test_an_empty_text_is_nothing(app):
    assert not RichText.clean("<script>alert(1)</script>")
    assert LocalizedRichText(de=RichText.clean("  ")).pick() is None
