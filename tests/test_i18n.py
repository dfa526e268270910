"""The house speaks the reader's language: choice, direction, fallback, dates, and keeping one's place."""

from datetime import UTC, date, datetime

import pytest
from flask import render_template_string, request

from participation import i18n
from participation.i18n import (
    LocalizedText,
    content_text,
    current_language,
    format_day,
    format_list,
    format_moment,
    format_number,
    format_percent,
    language,
    languages,
    negotiate,
    speaking,
)
from participation.settings import LANGUAGES


@pytest.mark.parametrize(
    ("wanted", "tag"),
    [
        ("tr", "tr"),
        ("tr-TR,tr;q=0.9,en;q=0.8", "tr"),
        ("fr,uk;q=0.5,de;q=0.3", "uk"),
        ("en;q=0.2,ar-SY;q=0.9", "ar"),
        ("kmr", "ku"),
        ("ku-Latn-TR", "ku"),
        ("prs-AF", "fa"),
        ("PES", "fa"),
        ("de-CH", "de"),
        ("ja,zh;q=0.5", "de"),
        ("de-simple", "de"),
        ("*", "de"),
        ("", "de"),
        ("en;q=0,tr;q=0", "de"),
        ("x" * 5000, "de"),
        (";;;,,,q=;q=x", "de"),
    ],
)
def test_the_browser_asks_and_the_first_language_we_speak_answers(app, wanted, tag):
    """L6"""
    with app.test_request_context("/", headers={"Accept-Language": wanted}):
        assert negotiate(request) == tag


def test_leichte_sprache_is_never_guessed(app, client):
    """L6"""
    for wanted in ("de-simple", "de-simple,de;q=0.5", "de-SIMPLE"):
        assert client.get("/", headers={"Accept-Language": wanted}).location == "/de/"


def test_the_front_door_remembers_nothing(client):
    answer = client.get("/", headers={"Accept-Language": "tr"})
    assert answer.location == "/tr/"
    assert "Set-Cookie" not in answer.headers
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_page_says_its_language_and_direction(client, tag):
    """L2"""
    direction = "rtl" if tag in {"ar", "fa", "ckb"} else "ltr"
    assert f'<html lang="{tag}" dir="{direction}">' in client.get(f"/{tag}/").text
    assert language(tag).direction == direction


def test_a_language_we_do_not_offer_is_no_address(client):
    for tag in ("xx", "DE", "de_SIMPLE", "ckb", "de-DE"):
        assert client.get(f"/{tag}/receipt").status_code == 404


def test_every_language_is_named_in_itself(app, client):
    """L18, L3"""
    page = client.get("/en/").text
    names = {one.tag: one.name for one in languages()}
    assert names["de-simple"] == "Leichte Sprache"
    assert names["ar"] == "العربية"
    assert names["uk"] == "Українська"
    assert names["ku"] == "Kurdî (Kurmancî)"
    for one in languages():
        if one.tag != "en":
            direction = ' dir="rtl"' if one.direction == "rtl" else ""
            assert f'<a href="/{one.tag}/" lang="{one.tag}"{direction}>{one.name}</a>' in page


def test_changing_the_language_keeps_address_and_filters(client):
    """L18"""
    page = client.get("/en/pages/imprint?page=2&q=a%20b&q=c").text
    assert 'href="/ar/pages/imprint?page=2&amp;q=a+b&amp;q=c"' in page.replace("%20", "+")


def test_changing_the_language_on_a_page_that_is_not_there_leads_home(client):
    assert 'href="/ar/"' in client.get("/en/nowhere").text


# --- Texts in several languages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ({"tr": "Anket", "de": "Umfrage", "en": "Survey"}, ("Anket", "tr")),
        ({"en": "Survey", "de": "Umfrage"}, ("Umfrage", "de")),
        ({"en": "Survey", "pl": "Ankieta"}, ("Survey", "en")),
        ({"tr": "", "de": "Umfrage"}, ("Umfrage", "de")),
    ],
)
def test_a_missing_translation_falls_back_to_german_and_then_to_what_is_there(app, texts, found):
    """L5"""
    with speaking("tr"):
        assert LocalizedText(texts).pick() == found


def test_leichte_sprache_falls_back_to_german(app):
    """L5"""
    with speaking("de-simple"):
        assert LocalizedText(en="Survey", de="Umfrage").pick() == ("Umfrage", "de")


def test_a_text_in_another_language_is_marked_and_the_page_says_so_once(app, client):
    """L3, L5"""
    with app.test_request_context("/ar/"):
        app.preprocess_request()
        said = render_template_string("{{ text }}|{{ own }}", text=LocalizedText(de="<b>"), own=LocalizedText(ar="نعم"))
    assert said == '<span lang="de" dir="ltr">&lt;b&gt;</span>|نعم'


def test_nothing_in_no_language_is_empty_and_breaks_nothing(app):
    assert (str(LocalizedText()), LocalizedText().pick(), bool(LocalizedText(de=""))) == ("", None, False)


def test_a_translation_in_the_same_words_is_a_translation(app, monkeypatch):
    """Names and numbers are often the same in two languages, and then nothing needs a mark."""

    class Catalogue:
        def ugettext(self, message: str) -> str:
            return {"Kontakt": "".join(["Kon", "takt"])}.get(message, message)

    monkeypatch.setattr(i18n, "catalogue", lambda tag, domain="messages": Catalogue())
    assert "de-simple" in content_text("Kontakt")
    assert "de-simple" not in content_text("Impressum")


# --- Dates and numbers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("de", "3. April 2026"),
        ("de-simple", "3. April 2026"),
        ("en", "April 3, 2026"),
        ("tr", "3 Nisan 2026"),
        ("uk", "3 квітня 2026\u202fр."),
        ("pl", "3 kwietnia 2026"),
        ("fa", "3 آوریل 2026"),
    ],
)
def test_days_are_said_in_the_language_and_in_the_calendar_of_germany(app, tag, said):
    """L10"""
    with speaking(tag):
        assert format_day(date(2026, 4, 3)).replace("\u00a0", "\u202f") == said


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_language_leaves_the_year_of_germany(app, tag):
    """L10"""
    with speaking(tag):
        said = i18n.format_day(date(2026, 4, 3), "short")
        digits = "".join(str(int(char)) for char in said if char.isdecimal())
    assert "26" in digits
    assert "1405" not in digits


@pytest.mark.parametrize("tag", LANGUAGES)
def test_moments_are_told_without_seconds_in_every_language(app, tag):
    """L10"""
    with app.test_request_context(), speaking(tag):
        told = format_moment(datetime(2026, 7, 1, 8, 34, 56, tzinfo=UTC))
        assert "2026" in told
        assert "34" in told
        assert "56" not in told


def test_moments_are_told_in_the_zone_of_germany(app):
    """L10"""
    with speaking("de"):
        assert format_moment(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "02.07.2026, 00:30"
        assert format_moment(datetime(2026, 1, 1, 22, 30, tzinfo=UTC)) == "01.01.2026, 23:30"


def test_numbers_shares_and_lists_are_written_as_the_language_does(app):
    with speaking("de"):
        assert (format_number(1234.5), format_percent(0.12)) == ("1.234,5", "12\u00a0%")
        assert format_list(["a", "b", "c"]) == "a, b und c"
    with speaking("tr"):
        assert format_percent(0.12) == "%12"


def test_speaking_another_language_ends_where_it_ends(app):
    with speaking("tr"):
        with speaking("ar"):
            assert current_language().tag == "ar"
        assert current_language().tag == "tr"
    assert current_language().tag == "de"
