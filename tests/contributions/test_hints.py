"""Hints find what a moderator should look at twice, whatever the disguise, and leave the rest alone."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participation.contributions import hints, word_lists
from participation.contributions.models import ContributionStatus, WordList
from participation.contributions.personal import personal_data
from participation.db import session
from participation.ideas.models import Idea
from tests.districts.makers import make_area, make_street
from tests.ideas.makers import make_idea

ENTRIES = ["Wort", "idiot*", "*dreck", "böse Menschen", "küfür", "сволочь", "كلب"]


def kinds(text: str, title: str = "Titel", language: str = "de") -> set[str]:
    return {hint["kind"] for hint in hints.found_in(Idea(title=title, text=text, language=language))}


@pytest.mark.parametrize(
    ("text", "kind", "passage"),
    [
        ("Ruf mich an: 0176 12345678!", "phone", "0176 12345678"),
        ("Tel. 02151/861234", "phone", "02151/861234"),
        ("+49 2151 86-0", "phone", "+49 2151 86-0"),
        ("هاتفي ٠١٧٦ ١٢٣٤٥٦٧٨", "phone", "٠١٧٦ ١٢٣٤٥٦٧٨"),
        ("Schreib an max.muster@example.org.", "email", "max.muster@example.org"),
        ("max (at) web . de", "email", "max (at) web . de"),
        ("DE89 3704 0044 0532 0130 00 ist mein Konto", "iban", "DE89 3704 0044 0532 0130 00"),
        ("Ich wohne Hauptstr. 12a, 47798 Krefeld", "address", "Hauptstr. 12a"),
        ("bei uns, Kölner Straße 5, ist es laut", "address", "Kölner Straße 5"),
        ("Karl-Marx-Allee 101", "address", "Karl-Marx-Allee 101"),
        ("Atatürk Caddesi No 5", "address", "Atatürk Caddesi No 5"),
        ("вул. Шевченка 12", "address", "вул. Шевченка 12"),
        ("wir wohnen Im Winkel 3", "address", "Im Winkel 3"),
        ("am Ostwall 17 steht", "address", "Ostwall 17"),
    ],
)
def test_d17_personal_data_are_found_as_they_stand_in_the_text(app, text, kind, passage):
    area = make_area()
    make_street("Im Winkel", area)
    make_street("Ostwall", area)
    assert personal_data(text) == [(kind, passage)]


@pytest.mark.parametrize(
    "text",
    [
        "Bitte Tempo 30 in der Straße 30 Bäume pflanzen",
        "Am Radweg 20 Meter weiter, auf dem Spielplatz 3 Bänke",
        "am 03.04.2026 um 18:30 Uhr kommen 25 Kinder",
        "2024-2025 waren es 1234567 Euro",
        "Die Hauptstraße ist gefährlich, der Bus 058 hält um 7.15 Uhr",
        "Das kostet 12.000 € im Jahr",
    ],
)
def test_numbers_in_general_are_no_personal_data(app, text):
    assert personal_data(text) == []


@pytest.mark.parametrize(
    "written",
    [
        "Wort",
        "WORT",
        "W o r t",
        "w.o.r.t",
        "w-o-r-t",
        "W0rt",
        "Wo\u200brt",
        "W\u00adort",
        "wooooort",
        "Wоrt",
        "W\u0301ort",
        "Ｗｏｒｔ",
    ],
)
def test_no_disguise_hides_a_word_of_the_list(written):
    assert word_lists.find(f"Das {written}, sagt er.", ENTRIES) == [written]


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("lauter Idioten hier", "Idioten"),
        ("du id!ot", "id!ot"),
        ("so ein Hundedreck.", "Hundedreck"),
        ("BOESE   Menschen", "BOESE   Menschen"),
        ("KÜFÜR etme", "KÜFÜR"),
        ("вот Сволочь!", "Сволочь"),
        ("يا كلـب", "كلـب"),
    ],
)
def test_beginnings_endings_phrases_and_other_alphabets_are_found(text, passage):
    assert word_lists.find(text, ENTRIES) == [passage]


@pytest.mark.parametrize("text", ["Antwort", "Worte", "W, o und r sind Buchstaben", "Das ist ein Vorort", "Vorwort"])
def test_words_that_only_hold_the_letters_are_left_alone(text):
    assert word_lists.find(text, ["wort"]) == []


def test_each_language_has_its_own_list_and_german_counts_everywhere(app):
    session.add_all([WordList(language="de", words="Mist\nDreck"), WordList(language="tr", words="küfür")])
    session.flush()
    assert kinds("So ein Mist", language="ro") == {"word"}
    assert kinds("küfür", language="ro") == set()
    assert kinds("küfür", language="tr") == {"word"}
    assert kinds("So ein M i s t", language="de-simple") == {"word"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Siehe https://example.org/a?b=c und www.krefeld.de", {"link"}),
        ("jetzt auf billig-kaufen.shop", {"link"}),
        ("DAS IST EINE GROSSE SCHWEINEREI", {"shouting"}),
        ("Das geht so nicht!!!!!", {"shouting"}),
        ("Pаypаl ist sicher", {"hidden"}),
        ("vi\u200dele Worte", {"hidden"}),
        ("Mehr Bäume, bitte.", set()),
        ("Die NATO und die EU", set()),
    ],
)
def test_links_shouting_and_hidden_letters_are_pointed_out(app, text, expected):
    assert kinds(text) == expected


def test_each_passage_stands_in_the_text_and_each_kind_has_a_name(app):
    text = "0176 12345678, a@example.org, Hauptstr. 12, www.example.org, Pаypаl!!!!"
    found = hints.found_in(Idea(title="Titel", text=text, language="de"))
    assert all(hint["passage"] in text for hint in found)
    assert {hint["kind"] for hint in found} <= hints.LABELS.keys()
    assert len({hint["kind"] for hint in found}) == 6


@pytest.mark.databases
def test_the_same_words_sent_again_are_a_repetition_in_another_habit_of_typing_too(app):
    waiting = make_idea(status=ContributionStatus.WAITING, title="Bäume", text="Mehr Bäume für die Straße!")
    assert "repetition" in kinds("mehr baeume fuer die strasse", title="BÄUME")
    assert "repetition" not in kinds("Mehr Bäume für die Gasse!", title="Bäume")
    assert "repetition" not in {hint["kind"] for hint in hints.found_in(waiting)}


@pytest.mark.databases
def test_many_contributions_within_minutes_are_a_flood(app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    for _number in range(hints.FLOOD):
        make_idea(status=ContributionStatus.WAITING)
    assert "flood" in kinds("Noch eine Idee")
    stop_clock(2026, 4, 1, 12, 30)
    assert "flood" not in kinds("Noch eine Idee")


@pytest.mark.parametrize(
    "piece",
    ["a", "1 ", "a@", "aa ", "Wall 5 ", "+49 1 ", "1.2.3.", "a\u200b", "hauptstr. 5, ", "0176-", "a.", "ул. а "],
)
def test_v3_no_text_keeps_the_finders_busy(app, piece):
    text = (piece * 20_000)[:20_000]
    begun = time.process_time()
    kinds(text)
    assert time.process_time() - begun < 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.text(max_size=100))
def test_whatever_is_written_the_passages_are_part_of_it(app, text):
    assert all(one.passage in text for one in personal_data(text))
    hints.found_in(Idea(title="", text=text, language="de"))
