"""Simple marks become headings, lists and links, and nothing else."""

import json
from html.parser import HTMLParser

import pytest

from participation.forms import Form, LocalizedRichField
from participation.marks import broken_links, formatted, unformatted
from participation.rich_text import RichText


def html(text: str, tag: str = "de") -> str:
    return formatted(text, tag).html


def test_an_empty_line_begins_a_paragraph_and_a_line_end_stays_one():
    assert html("Eins\nzwei\n\ndrei") == "<p>Eins<br>zwei</p><p>drei</p>"


def test_headings_lists_and_paragraphs_need_no_empty_lines_between_them():
    written = "## Kontakt\nSo geht es:\n- Telefon\n- Brief\nBis bald\n### Mehr"
    assert html(written) == (
        "<h2>Kontakt</h2><p>So geht es:</p><ul><li>Telefon</li><li>Brief</li></ul><p>Bis bald</p><h3>Mehr</h3>"
    )


def test_windows_line_ends_are_line_ends():
    assert html("Eins\r\nzwei\r\n\r\ndrei") == "<p>Eins<br>zwei</p><p>drei</p>"


def test_two_lists_with_an_empty_line_between_stay_two():
    assert html("- a\n\n- b") == "<ul><li>a</li></ul><ul><li>b</li></ul>"


def test_links_to_own_pages_stay_in_the_readers_language():
    assert 'href="/tr/pages/contact"' in html("[Kontakt](/pages/contact)", "tr")
    assert 'href="https://example.org/a?b=c&amp;d"' in html("[dort](https://example.org/a?b=c&d)")
    assert 'href="mailto:post@stadt.example"' in html("[Post](mailto:post@stadt.example)")


@pytest.mark.parametrize(
    "address", ["javascript:alert", "JaVaScRiPt:alert", "//evil.example", "data:text/html,x", "/\\evil.example", "x"]
)
def test_links_that_lead_astray_are_only_words_and_staff_are_told(address):
    assert "<a" not in html(f"[Klick]({address})")
    assert broken_links(f"[Klick]({address})") == [address]


def test_brackets_without_an_address_are_placeholders():
    assert html("[Straße und Hausnummer]") == "<p>[Straße und Hausnummer]</p>"


def test_html_is_shown_and_not_obeyed():
    assert html("<b onclick=x>fett</b> & mehr") == "<p>&lt;b onclick=x&gt;fett&lt;/b&gt; &amp; mehr</p>"


class Tags(HTMLParser):
    """Collects what a browser would obey."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag, attributes):
        self.found.add(tag)
        self.found.update(name for name, _value in attributes)


def test_naughty_strings_come_out_as_words(samples):
    for text in json.loads((samples / "attack" / "blns.json").read_text()):
        tags = Tags()
        tags.feed(html(text) + html(f"## {text}\n- {text}\n[{text}]({text})"))
        assert tags.found <= {"p", "br", "h2", "h3", "ul", "li", "a", "href", "rel"}, text


def test_a_text_without_html_keeps_its_paragraphs_in_the_forms_of_staff(app):
    with app.test_request_context(
        "/de/", method="POST", data={"text-de": "§ 1 A & B\r\n\r\n- eins\r\n- zwei", "text-tr": "<p>bir</p>"}
    ):

        class Page(Form):
            text = LocalizedRichField()

        typed = Page().text.data
    assert typed["de"].html == "<p>§ 1 A &amp; B</p><ul><li>eins</li><li>zwei</li></ul>"
    assert typed["tr"].html == "<p>bir</p>"


def test_what_marks_made_is_shown_as_marks_again_and_anything_else_as_it_is():
    text = "## A & B\n\neins\nzwei\n\n- drei\n- [vier](https://example.org)"
    assert unformatted(formatted(text, "de"), "de") == text
    richer = RichText.clean("<p>Das ist <strong>wichtig</strong>.</p>")
    assert unformatted(richer, "de") == richer.html
