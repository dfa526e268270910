"""Contributions that say nearly the same are found, whatever the spelling and the order of words."""

import csv
from pathlib import Path

import pytest

from participation import text_index, text_words
from participation.contributions import operations
from participation.contributions.models import ContributionStatus
from participation.contributions.similar import similar
from tests.contributions.makers import make_translation
from tests.ideas.makers import make_idea

pytestmark = pytest.mark.databases

TEXTS = [
    ("Mehr Schatten auf dem Spielplatz", "Im Sommer ist der Spielplatz im Nordpark zu heiß. Bitte pflanzen Sie Bäume."),
    ("Zebrastreifen vor der Schule", "An der Kölner Straße fahren die Autos zu schnell, Kinder kommen nicht hinüber."),
    ("Licht im Tunnel", "Der Tunnel am Bahnhof ist abends dunkel, viele haben Angst."),
    ("Park yerinde gölge", "Oyun parkında yaz aylarında çok sıcak oluyor, ağaç dikilsin."),
    ("ملعب للأطفال", "نحتاج إلى ملعب جديد للأطفال بالقرب من المدرسة."),
]


@pytest.fixture
def shelf(app) -> None:
    for number, (title, text) in enumerate(TEXTS, start=1):
        text_index.index("idea", number, "de", title, text, scope="call 1")
    text_words.recount()


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "Spielplatz braucht Schatten",
            "Auf dem Spielplatz im Nordpark ist es im Sommer zu heiss, pflanzen Sie Baeume",
            1,
        ),
        ("Schaten für Speilplatz", "Der Nordpark-Spielplätz ist im Somer zu heiß, bitte Bäume planzen.", 1),
        ("ZEBRASTREIFEN", "vor der schule, koelner str., die kinder kommen nicht hinüber", 2),
        ("Dunkler Tunnel", "am Bahnhof ist im Tunnel kein Licht", 3),
        ("GÖLGE", "OYUN PARKINDA COK SICAK, AĞAÇ DİKİLSİN", 4),
        ("ملعب", "نحتاج الى ملعب للاطفال قرب المدرسة", 5),
    ],
)
def test_m11_the_same_idea_in_other_words_comes_first(shelf, title, text, expected):
    assert similar(title, text, "idea")[:1] == [expected]


def test_something_else_is_not_called_similar(shelf):
    assert similar("Trinkbrunnen am Rathaus", "Wasser für alle, die unterwegs sind.", "idea") == []
    assert similar("", "", "idea") == similar("👍", "!!", "idea") == []


def test_only_the_wanted_kind_and_scope_are_looked_at(shelf):
    assert similar(*TEXTS[0], "comment") == []
    assert similar(*TEXTS[0], "idea", scope="call 2") == []
    assert similar(*TEXTS[0], "idea", scope="call 1") == [1]


def test_a_house_whose_words_were_never_counted_finds_them_too(app):
    for number, (title, text) in enumerate(TEXTS, start=1):
        text_index.index("idea", number, "de", title, text)
    assert similar(*TEXTS[1], "idea")[:1] == [2]


def test_only_what_everybody_may_read_is_similar(app):
    idea = make_idea(
        title="Licht im Tunnel", text="Der Tunnel am Bahnhof ist dunkel.", status=ContributionStatus.HIDDEN
    )
    asked = ("Licht im Tunnel", "Der Tunnel am Bahnhof ist dunkel.", "idea")
    assert similar(*asked) == []
    operations.show(idea)
    assert similar(*asked) == [idea.id]
    operations.put_away(idea, ContributionStatus.HIDDEN)
    assert similar(*asked) == []


def test_a_translation_makes_an_idea_similar_in_another_language(app):
    idea = make_idea(title="Lumină în tunel", text="Tunelul de la gară este întunecat.", language="ro")
    make_translation(idea, "de", title="Licht im Tunnel", text="Der Tunnel am Bahnhof ist dunkel.")
    operations.make_findable(idea)
    assert similar("Licht im Tunnel", "Am Bahnhof ist der Tunnel dunkel", "idea") == [idea.id]


# --- Real contributions -----------------------------------------------------------------------------------------------

SAME = {
    "bowling_green": [("620", "619"), ("194", "64"), ("465", "459"), ("216", "173")],
    "moers": [("M1633", "M1634"), ("M1566", "M1874"), ("M1609", "M1610")],
}
OTHER_STREETS = ("Kmeas128", "Kmeas129", "Kmeas130")


def by_sentences(path: Path) -> dict[str, tuple[str, str]]:
    documents: dict[str, tuple[str, str]] = {}
    with path.open() as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            title, text = documents.get(row["document_id"], ("", ""))
            is_title = row["title/text"] == "title"
            documents[row["document_id"]] = (
                (f"{title} {row['content']}", text) if is_title else (title, f"{text} {row['content']}")
            )
    return documents


@pytest.fixture
def real(app, samples) -> dict[str, tuple[int, str, str]]:
    """Four corpora on one shelf: their names, numbers, titles and texts."""
    folder = samples / "participation"
    texts = by_sentences(folder / "raddialog_moers_2017.tsv") | by_sentences(folder / "krefeld_bewegen_2020.tsv")
    for name in ("polis_bowling_green_comments.csv", "polis_austria_climate_7z7ej_comments.csv"):
        with (folder / name).open() as file:
            ids = "" if "bowling" in name else "austria "
            texts |= {ids + row["comment-id"]: ("", row["comment-body"]) for row in csv.DictReader(file)}
    shelf = {}
    for number, (name, (title, text)) in enumerate(texts.items(), start=1):
        text_index.index("idea", number, "de", title, text)
        shelf[name] = (number, title, text)
    text_words.recount()
    return shelf


def others_like(name: str, real: dict[str, tuple[int, str, str]]) -> list[int]:
    number, title, text = real[name]
    return [one for one in similar(title, text, "idea", limit=6) if one != number][:5]


def test_m11_all_known_pairs_of_real_contributions_are_found_in_both_directions(real):
    pairs = [pair for known in SAME.values() for pair in known]
    places = [others_like(one, real).index(real[other][0]) for pair in pairs for one, other in (pair, pair[::-1])]
    assert len(places) == 14
    assert max(places) <= 1
    assert places.count(0) >= 13


def test_the_same_wish_for_another_street_is_shown_too_and_the_person_decides(real):
    numbers = {real[name][0] for name in OTHER_STREETS}
    for name in ("Kmeas129", "Kmeas130"):
        assert numbers & set(others_like(name, real))


def test_most_contributions_are_like_no_other(real):
    asked = list(real)[::25]
    alone = sum(not others_like(name, real) for name in asked)
    assert alone >= len(asked) * 0.4
