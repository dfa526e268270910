"""Posters: in one to three languages, for the printer of the office and for the print shop (A27)."""

import io
import re
import sys
from datetime import timedelta

import pikepdf
import pytest

from participation import pdf
from participation.events import access, poster_views, posters
from participation.events.models import EventLanguage, Format, Mode, Offer
from participation.i18n import LocalizedText, speaking
from participation.places.models import Room, StepFree
from participation.settings import PROJECT
from tests.accounts.makers import make_user, sign_in
from tests.events.makers import make_event, make_place

LONG = ("Versammlung der Nachbarinnen und Nachbarn über Fahrradabstellmöglichkeiten, Spielplätze und Bäume; " * 3)[:200]


@pytest.fixture
def editor(app):
    client = app.test_client()
    sign_in(client, make_user("editor"))
    return client


@pytest.fixture
def event(app):
    place = make_place(has_accessible_toilet=True)
    return make_event(
        place=place,
        title=LocalizedText(de="Der Marktplatz", tr="Pazar yeri", ar="ساحة السوق"),
        child_care=Offer.YES,
        languages=[EventLanguage(language="de"), EventLanguage(language="tr", is_interpreted=True)],
        interpretation=Offer.ON_REQUEST,
    )


def made(client, event, tags, size="a4"):
    """The PDF as a file that can be looked into."""
    if pdf.printer() is None:
        pytest.skip("Pango is not installed")
    answer = client.get(f"/de/staff/events/{event.id}/poster.pdf", query_string={"tags": tags, "size": size})
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    return pikepdf.open(io.BytesIO(answer.data))


def parts(file, kind):
    """The marked parts of one kind, in reading order."""

    def below(element):
        if isinstance(element, pikepdf.Dictionary):
            yield element
            inner = element.get("/K", [])
            for child in inner if isinstance(inner, pikepdf.Array) else [inner]:
                yield from below(child)

    return [one for one in below(file.Root.StructTreeRoot) if one.get("/S") == kind]


# --- The page ---------------------------------------------------------------------------------------------------------


def test_the_page_shows_each_language_with_its_direction_its_code_and_its_address(editor, event):
    shown = editor.get(f"/de/staff/events/{event.id}/poster?tags=tr&tags=ar&size=a5").text
    poster = shown[shown.index('class="event-poster a5 columns-2') :]
    assert '<section lang="tr" dir="ltr">' in poster
    assert '<section lang="ar" dir="rtl">' in poster
    assert re.search(r'<h2 [^>]*lang="ar" dir="rtl">ساحة السوق</h2>', poster)
    assert poster.count("data:image/svg+xml") == 2
    for tag in ("tr", "ar"):
        assert f"/{tag}/events/{event.id}</bdi>" in poster
    assert event.place.full_address in poster
    for words in ("Child care", "Accessible toilet", "Access without steps", "Interpreter on request: "):
        assert poster.count(words) == 2, words


def test_without_a_choice_it_is_german_and_a4_and_more_than_three_languages_do_not_fit(editor, event):
    address = f"/de/staff/events/{event.id}/poster"
    assert 'class="event-poster a4 columns-1' in editor.get(address).text
    assert 'class="event-poster a4 columns-1' in editor.get(f"{address}?tags=xx&size=a0&tags=").text
    assert "columns-3" in editor.get(f"{address}?tags=de&tags=tr&tags=ar&tags=pl").text
    assert "columns-1" in editor.get(f"{address}?tags=tr&tags=tr").text


def test_a_title_without_translation_keeps_its_language(editor):
    event = make_event(title=LocalizedText(de="Der Marktplatz"))
    shown = editor.get(f"/de/staff/events/{event.id}/poster?tags=ar").text
    assert '<section lang="ar" dir="rtl">' in shown
    assert re.search(r'<h2 [^>]*lang="de" dir="ltr">Der Marktplatz</h2>', shown)


def test_a_draft_has_a_poster_that_says_that_its_address_does_not_work_yet(editor):
    shown = editor.get(f"/de/staff/events/{make_event(published=False).id}/poster").text
    assert "Residents cannot open the address on the poster yet." in shown


def test_how_to_take_part_and_where_are_said_for_each_kind_of_event(app):
    place = make_place()
    place.rooms.append(Room(name=LocalizedText(de="Saal")))
    both = make_event(mode=Mode.OPEN, format=Format.BOTH, place=place)
    both.room = place.rooms[0]
    (column,) = posters.poster(both, ["de"], "a4").columns
    assert column.invitation.startswith("Just come.")
    assert column.where == [str(place.name), "Saal", place.full_address, "Online"]
    (column,) = posters.poster(make_event(mode=Mode.INVITATION, format=Format.ONLINE), ["de"], "a4").columns
    assert column.invitation.startswith("You need an invitation.")
    assert column.where == ["Online"]
    long = make_event()
    long.ends_at = long.starts_at + timedelta(days=2)
    assert len(posters.poster(long, ["de"], "a4").columns[0].when) == 1


# --- The PDF ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "width"), [("a4", 595), ("a5", 420)])
def test_the_file_is_tagged_titled_and_speaks_each_language(editor, event, size, width):
    with made(editor, event, ["de", "ar"], size) as file:
        assert len(file.pages) == 1
        assert round(float(file.pages[0].MediaBox[2])) == width
        assert file.Root.MarkInfo.Marked
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert str(file.Root.Lang) == "de"
        assert str(file.docinfo.Title) == "Der Marktplatz – Musterstadt"
        assert b"<pdfuaid:part>1</pdfuaid:part>" in file.Root.Metadata.read_bytes().replace(b"\n", b"") or (
            b'pdfuaid:part="1"' in file.Root.Metadata.read_bytes()
        )
        assert [str(one.Lang) for one in parts(file, "/Sect")] == ["de", "ar"]
        assert [str(one.Lang) for one in parts(file, "/H1")] == ["de", "ar"]
        figures = parts(file, "/Figure")
        assert [str(one.Alt) for one in figures] == ["QR code with the address of the event"] * 2


def test_the_letters_travel_with_the_file(editor, event):
    with made(editor, event, ["de", "ar"]) as file:
        fonts = [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/FontDescriptor" in one]
        assert fonts
        assert all({"/FontFile2", "/FontFile3"} & set(one.FontDescriptor.keys()) for one in fonts)


@pytest.mark.parametrize("size", posters.SIZES)
@pytest.mark.parametrize("tags", [["de"], ["de", "tr", "ar"]])
def test_a_title_of_two_hundred_letters_fits(editor, size, tags):
    event = make_event(
        title=LocalizedText(de=LONG, ar="اجتماع الحي: ساحة السوق " * 8),
        summary=LocalizedText(de=LONG),
        place=make_place(),
    )
    with made(editor, event, tags, size) as file:
        assert len(file.pages) == 1
        assert len(parts(file, "/Figure")) == len(tags)  # the code, which stands last, is there


def test_what_cannot_fit_goes_on_and_is_not_cut_off(editor):
    event = make_event(summary=LocalizedText(de=LONG * 8))
    with made(editor, event, ["de", "tr", "ar"], "a5") as file:
        assert len(file.pages) > 1
        assert len(parts(file, "/Figure")) == 3


def test_nothing_is_fetched_from_anywhere(app, event, monkeypatch):
    """V22, D13: whatever stands in the page, only what it carries itself is opened."""
    weasyprint = pdf.printer()
    if weasyprint is None:
        pytest.skip("Pango is not installed")
    for address in ("http://127.0.0.1:9/x.png", "file:///etc/hostname"):
        monkeypatch.setattr(posters, "render_template", lambda *_a, _is=address, **_k: f'<img src="{_is}" alt="x">')
        with pytest.raises(weasyprint.urls.FatalURLFetchingError):
            posters.pdf(event, posters.poster(event, ["de"], "a4"))


def test_without_pango_the_page_says_so_and_stands_in(editor, event, monkeypatch):
    for module in (pdf, poster_views):
        monkeypatch.setattr(module, "printer", lambda: None)
    shown = editor.get(f"/de/staff/events/{event.id}/poster").text
    assert "This server cannot make PDF files at the moment." in shown
    assert "poster.pdf" not in shown
    assert "event-poster a4" in shown
    refused = editor.get(f"/de/staff/events/{event.id}/poster.pdf")
    assert refused.status_code == 409
    assert "Please print the page: it shows the same" in refused.text


def test_the_house_starts_without_the_printer():
    """WeasyPrint is heavy, and its libraries may be missing; it is looked for when a poster is wanted."""
    at_the_start = re.compile(r"^(?:import|from) weasyprint", re.MULTILINE)
    found = [path.name for path in (PROJECT / "participation").rglob("*.py") if at_the_start.search(path.read_text())]
    assert found == []


def test_a_missing_library_is_no_accident(monkeypatch):
    pdf.printer.cache_clear()
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert pdf.printer() is None
    pdf.printer.cache_clear()


# --- What helps people to take part -----------------------------------------------------------------------------------


def said(**facts):
    event = make_event(**facts)
    with speaking("de"):
        return {fact.symbol: fact.words for fact in access.facts(event)}


def test_what_nobody_knows_is_not_said(app):
    assert said(place=make_place(step_free=StepFree.UNKNOWN)) == {}
    assert said() == {}


def test_a_house_without_steps_does_not_help_with_a_room_upstairs(app):
    place = make_place(step_free=StepFree.YES)
    place.rooms.append(Room(name=LocalizedText(de="Saal"), step_free=StepFree.NO))
    assert said(place=place) == {"step-free": "Access without steps"}
    event = make_event(place=place)
    event.room = place.rooms[0]
    assert [fact.symbol for fact in access.facts(event)] == ["steps"]


def test_languages_are_called_as_the_reader_calls_them(app):
    languages = [EventLanguage(language=tag) for tag in ("de", "de-simple", "ku")]
    assert said(languages=languages)["spoken"] == "Spoken: Deutsch, Leichte Sprache und Kurdisch"
    interpreted = [EventLanguage(language="ar", is_interpreted=True)]
    assert said(languages=interpreted, interpretation=Offer.YES)["interpreted"] == "With interpreter: Arabisch"


def test_whoever_asks_in_time_is_told_until_when(app, stop_clock):
    now = stop_clock(2026, 4, 1, 12)
    asked = said(sign_language=Offer.ON_REQUEST, requests_until=now.date())
    assert asked == {
        "sign-language": "Sign language on request",
        "until": "Please tell us by 1. April 2026 what you need",
    }
    assert "until" not in said(sign_language=Offer.YES, requests_until=now.date())


def test_every_symbol_is_drawn():
    styles = posters.STYLES.read_text()
    known = set(re.findall(r'"([a-z-]+)"', (PROJECT / "participation/events/access.py").read_text()))
    drawn = set(re.findall(r"\.symbol-([a-z-]+)", styles))
    assert drawn == {"spoken", "interpreted", "sign-language", "child-care", "until"} | (
        {"step-free", "steps", "toilet", "hearing"}
    )
    assert drawn <= known


# --- Who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["poster", "poster.pdf"])
def test_posters_are_for_those_who_organise(app, client, event, what):
    address = f"/de/staff/events/{event.id}/{what}"
    assert client.get(address).status_code == 401
    analyst = app.test_client()
    sign_in(analyst, make_user("analyst"))
    assert analyst.get(address).status_code == 403
