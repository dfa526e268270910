"""One question to the whole house: what is found, in which order, and what is never found, on both databases."""

from datetime import UTC, date, datetime, timedelta
from unicodedata import normalize

import pytest

from participation import clock, text_index, text_search
from participation.contributions.models import ContributionStatus
from participation.contributions.operations import make_findable, put_away, show
from participation.db import session
from participation.events import indexing as events
from participation.feature import findable
from participation.i18n import LocalizedText
from participation.pages import indexing as pages
from participation.pages import operations as page_operations
from participation.rich_text import LocalizedRichText, RichText
from participation.surveys import indexing as surveys
from participation.surveys import operations as survey_operations
from participation.text_search import Hit, Limits
from tests.accounts.makers import make_user
from tests.contributions.makers import make_translation
from tests.districts.makers import make_area
from tests.ideas.makers import make_idea
from tests.search.makers import count_words, make_known_event, make_known_idea, make_known_survey
from tests.surveys.makers import make_survey

pytestmark = pytest.mark.databases

KINDS = ("idea", "event", "survey", "page")


def found(typed: str, **limits: object) -> list[Hit]:
    return list(text_search.search(typed, Limits(**{"kinds": KINDS, **limits})).hits)


def ids(typed: str, **limits: object) -> list[int]:
    return [hit.ref_id for hit in found(typed, **limits)]


# --- What is found ----------------------------------------------------------------------------------------------------


def test_one_question_finds_ideas_events_surveys_and_pages(app):
    idea = make_known_idea("Barrierefreiheit am Markt")
    event = make_known_event(title=LocalizedText(de="Rundgang zur Barrierefreiheit"))
    survey = make_known_survey(title=LocalizedText(de="Umfrage zur Barrierefreiheit"))
    pages.index_if_never_done()
    hits = found("Barrierefreiheit")
    assert set(hits) >= {
        Hit("idea", idea.id),
        Hit("event", event.id),
        Hit("survey", survey.id),
        Hit("page", pages.number("accessibility")),
    }


def test_a_kind_narrows_it_down(app):
    make_known_idea("Spielplatz")
    event = make_known_event(title=LocalizedText(de="Fest am Spielplatz"))
    assert found("Spielplatz", kinds=["event"]) == [Hit("event", event.id)]


def test_a_part_of_the_city_narrows_it_down(app):
    here, there = make_area("Nord"), make_area("Süd")
    idea = make_known_idea("Spielplatz", areas=[here])
    event = make_known_event(title=LocalizedText(de="Fest am Spielplatz"), areas=[here, there])
    make_known_idea("Spielplatz", areas=[there])
    assert set(found("Spielplatz", area=here.id)) == {Hit("idea", idea.id), Hit("event", event.id)}
    assert found("Spielplatz", area=there.id + 100) == []


def test_a_period_narrows_it_down_and_both_days_count(app):
    for day in (1, 2, 3):
        moment = datetime(2026, 5, day, 10, tzinfo=UTC)
        make_known_idea(f"Spielplatz {day}", published_at=moment)
    first, second, third = date(2026, 5, 1), date(2026, 5, 2), date(2026, 5, 3)
    assert len(ids("Spielplatz", since=second)) == 2
    assert len(ids("Spielplatz", until=second)) == 2
    assert len(ids("Spielplatz", since=second, until=second)) == 1
    assert len(ids("Spielplatz", since=first, until=third)) == 3


@pytest.mark.parametrize("short", [0, 1, 10_000])
def test_how_much_a_period_or_a_part_of_the_city_leaves_over_changes_only_the_way(app, monkeypatch, short):
    monkeypatch.setattr(text_search, "_SHORT", short)
    here, there = make_area("Nord"), make_area("Süd")
    wanted = make_known_idea("Spielplatz", areas=[here], published_at=datetime(2026, 5, 2, 10, tzinfo=UTC))
    make_known_idea("Rutsche", areas=[here], published_at=datetime(2026, 5, 2, 10, tzinfo=UTC))
    make_known_idea("Spielplatz", areas=[there], published_at=datetime(2026, 5, 2, 10, tzinfo=UTC))
    make_known_idea("Spielplatz", areas=[here], published_at=datetime(2026, 5, 4, 10, tzinfo=UTC))
    make_known_event(title=LocalizedText(de="Fest am Spielplatz"), areas=[here])
    in_may = {"since": date(2026, 5, 1), "until": date(2026, 5, 3)}
    assert len(ids("Spielplatz", area=here.id)) == 3
    assert len(ids("Spielplatz", **in_may)) == 2
    assert found("Spielplatz", area=here.id, **in_may) == [Hit("idea", wanted.id)]


def test_of_words_that_all_have_the_newest_fill_the_list(app, monkeypatch):
    monkeypatch.setattr(text_index, "ENOUGH", 3)
    monkeypatch.setattr(text_search, "MOST_FOUND", 4)
    ideas = [make_known_idea(f"Spielplatz {number}") for number in range(9)]
    event = make_known_event(title=LocalizedText(de="Fest am Spielplatz"))
    count_words()
    assert ids("Spielplatz") == [event.id, *(one.id for one in ideas[:-4:-1])]
    assert found("Spielplatz", kinds=["event"]) == [Hit("event", event.id)]


def test_what_says_it_in_its_title_comes_first_and_then_what_is_newest(app):
    days = [clock.now() - timedelta(days=days) for days in (30, 20, 10)]
    old = make_known_idea("Spielplatz", published_at=days[0])
    middle = make_known_idea("Spielplatz am Park", published_at=days[1])
    new = make_known_idea("Bank", "Am Spielplatz fehlt eine Bank.", published_at=days[2])
    assert ids("Spielplatz") == [middle.id, old.id, new.id]


def test_a_thing_in_several_languages_is_found_once(app):
    idea = make_known_idea("Park", language="de")
    make_translation(idea, "tr", title="Park", text="Park güzel.")
    make_findable(idea)
    assert ids("Park") == [idea.id]


@pytest.mark.parametrize(
    ("said", "language", "typed"),
    [
        # German: letters turned round, left out, doubled; umlauts and ß in any habit.
        ("Spielplatz", "de", "Speilplatz"),
        ("Fahrradweg", "de", "Farradweg"),
        ("Beleuchtung im Park", "de", "Beleuchtng Park"),
        ("Grünfläche", "de", "Grunflache"),
        ("Grünfläche", "de", "gruenflaeche"),
        ("Größere Bäume", "de", "grossere baume"),
        ("Müllabfuhr in der Goethestraße", "de", "Mülabfuhr Goethestr."),
        ("Verkehrsberuhigung", "de", "Verkehrsberuigung"),
        # Turkish: keyboards without dots and hooks, i and ı, and mistakes.
        ("Çocuk oyun alanı", "tr", "cocuk oyun alani"),
        ("Yürüyüş yolu", "tr", "yuruyus yolu"),
        ("Gençler için buluşma yeri", "tr", "gencler bulusma"),
        ("Aydınlatma", "tr", "aydinlatam"),
        ("IŞIK", "tr", "ışık"),
        ("Kütüphane", "tr", "kutuphane"),
        # Arabic: with and without the article, other keyboards, vowel marks, and mistakes.
        ("ملعب الأطفال", "ar", "ملعب اطفال"),
        ("حديقة عامة", "ar", "الحديقة"),
        ("حديقة", "ar", "حديقه"),
        ("مكتبة", "ar", "مكتبه"),
        ("إضاءة الشارع", "ar", "اضاءة شارع"),
        ("مدرسة علي", "ar", "مدرسة علی"),
        ("كتاب", "ar", "کتاب"),
        ("الحافلة", "ar", "الحافله"),
    ],
)
def test_l14_typing_mistakes_and_habits_do_no_harm(app, said, language, typed):
    idea = make_known_idea(said, language=language)
    make_known_idea("Ganz anders")
    count_words()
    assert ids(typed) == [idea.id]


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_l14_letters_with_accents_of_their_own_are_the_same(app, form):
    idea = make_known_idea(normalize(form, "Größere Bänke für İğdır"))
    for other in ("NFC", "NFD"):
        assert ids(normalize(other, "größere bänke iğdır")) == [idea.id]


def test_words_that_occur_but_never_together_may_both_be_mistyped(app):
    idea = make_known_idea("Schattige Bänke")
    make_known_idea("Schattiger Platz")
    make_known_idea("Banke")  # somebody else's mistake, which the first question takes at its word
    count_words()
    assert ids("schattige banke") == [idea.id]


# --- What is never found ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [one for one in ContributionStatus if one.value not in {"published", "withdrawn"}])
def test_an_idea_that_is_not_public_is_found_by_nobody(app, status):
    idea = make_idea(title="Geheimnis")
    show(idea)
    assert ids("Geheimnis") == [idea.id]
    idea.waiting_since = clock.now()
    put_away(idea, status)
    assert ids("Geheimnis") == []
    assert findable("idea").load([idea.id]) == {}


def test_an_event_is_found_from_its_publishing_on(app):
    draft = make_known_event(title=LocalizedText(de="Geheimnis"), published=False)
    planned = make_known_event(title=LocalizedText(de="Geheimnis"), published_at=clock.now() + timedelta(days=1))
    assert ids("Geheimnis") == []
    assert findable("event").load([draft.id, planned.id]) == {}
    planned.published_at = clock.now()
    events.index(planned)
    assert ids("Geheimnis") == [planned.id]


def test_a_survey_is_found_from_its_publishing_on(app):
    survey = make_survey(published=False, title=LocalizedText(de="Geheimnis"))
    surveys.index(survey)
    survey_operations.schedule(survey, None, clock.now() + timedelta(days=9))
    assert ids("Geheimnis") == []
    assert findable("survey").load([survey.id]) == {}
    survey_operations.publish(survey)
    assert ids("Geheimnis") == [survey.id]
    survey_operations.change(survey, title=LocalizedText(de="Anders"))
    assert ids("Geheimnis") == []
    assert ids("Anders") == [survey.id]


def test_a_page_is_found_by_its_present_wording(app):
    pages.index_if_never_done()
    assert ids("Gebärdensprache", kinds=["page"])
    page_operations.change_page(
        "sign-language", make_user("editor"), title=LocalizedText(de="Gebärden"), text=LocalizedText(de="Regenbogen")
    )
    assert ids("Regenbogen") == [pages.number("sign-language")]
    assert pages.index_if_never_done() == {"indexed_pages": 0}


# --- How they are shown -----------------------------------------------------------------------------------------------


def test_each_finding_tells_its_languages_apart(app):
    event = make_known_event(
        title=LocalizedText(de="Rundgang", tr="Yürüyüş"),
        text=LocalizedRichText({"de": RichText.clean("<p>Durch den <b>Park</b></p>")}),
    )
    with app.test_request_context():
        told = findable("event").load([event.id, event.id + 1])
    assert list(told) == [event.id]
    assert told[event.id].texts["tr"].startswith("Yürüyüş")
    assert "Durch den" in told[event.id].texts["de"]
    assert "<b>" not in told[event.id].texts["de"]


def test_what_left_the_index_left_its_part_of_the_city_too(app):
    idea = make_known_idea("Spielplatz", areas=[make_area("Nord")])
    text_index.drop("idea", idea.id)
    assert session.query(text_index.TextArea).count() == 0


@pytest.mark.parametrize("typed", ["", "!!!", "' OR 1=1 --", '"', "\x00", "👍", "a" * 5_000, "wort " * 1_000])
def test_signs_and_endless_words_find_nothing_and_break_nothing(app, typed):
    make_known_idea("Spielplatz")
    assert found(typed) == []


def test_an_empty_list_of_kinds_finds_nothing(app):
    make_known_idea("Spielplatz")
    assert found("Spielplatz", kinds=[]) == []
