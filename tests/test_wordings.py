"""The texts of the house: said in every language, with gaps that nothing but names can fill."""

from datetime import UTC, date, datetime

import pytest

from participation.app import FEATURES
from participation.db import session
from participation.feature import Feature
from participation.i18n import LocalizedText, _l
from participation.settings import LANGUAGES
from participation.wordings import (
    ChangedWording,
    Said,
    Wording,
    fill,
    gaps_in,
    isolated,
    one_line,
    say,
    wordings,
    wrong_gaps,
)

NEWS = Wording(
    "test/news",
    _l("News"),
    _l("News about %(title)s"),
    _l("%(title)s, %(day)s, %(moment)s, %(count)s: 100 %%\n%(city)s"),
    {name: _l("x") for name in ("title", "day", "moment", "count")},
)
VALUES = {
    "title": LocalizedText(de="Bäume", tr="Ağaçlar"),
    "day": date(2026, 4, 3),
    "moment": datetime(2026, 4, 3, 16, 0, tzinfo=UTC),
    "count": 1234,
}


@pytest.fixture(autouse=True)
def a_room_that_writes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "app" in request.fixturenames and not request.node.get_closest_marker("translated"):
        app = request.getfixturevalue("app")
        monkeypatch.setitem(app.extensions, "features", [Feature("test", wordings=[NEWS])])


def change(**texts: str) -> None:
    session.add(
        ChangedWording(
            name=NEWS.name,
            subject=LocalizedText(),
            text=LocalizedText(texts),
            changed_at=VALUES["moment"],
            changed_by="Aylin Yıldız",
        )
    )
    session.flush()


def test_values_are_said_in_the_language_of_the_text(app):
    """L10, L16"""
    assert say("test/news", "de", **VALUES) == Said(
        "News about Bäume", "Bäume, 3. April 2026, 03.04.2026, 18:00, 1.234: 100 %\nMusterstadt"
    )
    assert say("test/news", "tr", **VALUES).text.startswith("Ağaçlar, 3 Nisan 2026, ")


def test_a_language_that_staff_left_alone_keeps_the_text_of_the_house(app):
    change(de="Neues: %(title)s")
    assert say("test/news", "de", **VALUES).text == "Neues: Bäume"
    assert say("test/news", "tr", **VALUES).text.startswith("Ağaçlar, ")
    assert say("test/news", "de", **VALUES).subject == "News about Bäume"


def test_a_gap_that_nobody_fills_any_more_gives_way_to_the_text_of_the_house(app):
    change(de="Neues: %(gone)s")
    assert say("test/news", "de", **VALUES).text.startswith("Bäume, ")


@pytest.mark.parametrize(
    "typed", ["{title.__class__}", "{{ config }}", "{% raw %}", "%s %d %(title)d", "100 % (title)s", "$title ${title}"]
)
def test_what_staff_write_is_no_format_and_no_template(app, typed):
    """V3"""
    change(de=typed)
    assert say("test/news", "de", **VALUES).text == typed


def test_what_fills_a_gap_is_not_read_again():
    assert fill("%(a)s %% %(b)s", {"a": "%(b)s %% %s", "b": "x"}) == "%(b)s %% %s % x"


def test_what_only_looks_like_a_gap_is_noticed():
    known = {"title": "x"}
    assert wrong_gaps("%(title)s and 100 % (one hundred)s", known) == ["% (one hundred)"]
    assert wrong_gaps("%(titel)s %(title)d %(title) % (title)s", known) == [
        "%(titel)",
        "%(title)",
        "%(title)",
        "% (title)",
    ]
    assert wrong_gaps("50 %, %% and 3 (three)", known) == []


def test_words_that_run_the_other_way_are_set_apart_and_addresses_are_not(app):
    """L4, L15"""
    assert isolated("مرحبا") == "\u2068مرحبا\u2069"
    assert isolated("Bäume 12") == "Bäume 12"
    assert isolated("https://city.example/مرحبا") == "https://city.example/مرحبا"
    assert "\u2068Ağaçlar\u2069" not in say("test/news", "tr", **VALUES).text
    assert "\u2068Bäume\u2069" in say("test/news", "fa", **VALUES).text


def test_a_subject_is_one_line():
    assert one_line(" a\r\nBcc: b\u2028c\x00\td ") == "a Bcc: b c d"


# --- Every wording of the house ---------------------------------------------------------------------------------------


def test_every_gap_is_explained_and_every_explained_gap_is_used():
    """L16"""
    for one in (wording for room in FEATURES for wording in room.wordings):
        used = gaps_in(one.subject.message, one.text.message)
        assert used - {"city"} == set(one.gaps), one.name
        assert wrong_gaps(one.subject.message + one.text.message, one.all_gaps) == [], one.name
        assert one.name == one.name.strip().lower()
        assert one.name.count("/") == 1


@pytest.mark.translated
@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_wording_keeps_its_gaps_in_every_language(app, tag):
    """L16"""
    for one in wordings().values():
        assert gaps_in(*one.of_the_house(tag)) == gaps_in(one.subject.message, one.text.message), one.name
        said = say(one.name, tag, **{gap: f"<{gap}>" for gap in one.gaps})
        assert "%(" not in said.subject + said.text, one.name
        assert "\n" not in said.subject
