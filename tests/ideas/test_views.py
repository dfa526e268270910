"""Reading ideas as a visitor: lists, calls, one idea with all that became of it, and the button for support."""

import gzip
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from participation import clock
from participation.accounts.models import Role
from participation.contributions.models import ContributionStatus
from participation.contributions.operations import make_findable
from participation.db import session
from participation.i18n import LocalizedText
from participation.ideas.models import Answer, IdeaState, IdeaStep, Progress, Support
from participation.mail import Mail
from participation.rich_text import LocalizedRichText, RichText
from participation.settings import PROJECT
from tests.accounts.makers import make_user, sign_in
from tests.contributions.makers import make_comment, make_translation
from tests.districts.makers import make_area
from tests.ideas.makers import (
    make_call,
    make_category,
    make_idea,
    make_letter_box,
    make_merge,
    make_office,
    make_outcome,
)
from tests.statements import counted_statements


def text_of(html: str) -> str:
    """What people read: the words of the main part, without marks."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return text_of(answer.text)


# --- Lists and calls --------------------------------------------------------------------------------------------------


def test_the_list_shows_what_takes_ideas_now_and_all_ideas(client):
    make_letter_box(title=LocalizedText(de="Briefkasten"))
    make_idea(make_call(title=LocalizedText(de="Spielplätze gesucht")), title="Eine Wippe", support_count=3)
    page = read(client, "/de/ideas/")
    assert "Briefkasten" in page
    assert "Spielplätze gesucht" in page
    assert "Eine Wippe" in page
    assert "3 people support it." in page


def test_reading_sets_no_cookie(client):
    """D12"""
    idea = make_idea()
    make_translation(idea)
    for path in ("/de/ideas/", f"/de/ideas/calls/{idea.call.slug}", f"/de/ideas/{idea.id}"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers, path


def test_filters_stay_in_the_language_menu_and_in_the_pager(client):
    call = make_call()
    for _ in range(30):
        make_idea(call, language="tr")
    make_idea(call, title="Eine deutsche Bank")
    html = client.get("/de/ideas/?language=tr&order=newest").text
    assert "Eine deutsche Bank" not in html
    assert re.search(r'href="/ar/ideas/\?language=tr&amp;order=newest"', html)
    assert re.search(r'rel="next" href="/de/ideas/\?[^"]*language=tr', html)
    assert '<option value="newest" selected>' in html


@pytest.mark.databases
def test_words_are_found_in_the_original_and_in_its_translation(client):
    """L14"""
    idea = make_idea(language="tr", title="Yeni bir salıncak")
    make_translation(idea, "de", "Eine Straßenlaterne")
    make_findable(idea)
    make_findable(make_idea(title="Etwas anderes"))
    for typed in ("SALINCAK", "strassenlaterne"):
        page = read(client, f"/de/ideas/?q={typed}")
        assert "Yeni bir salıncak" in page
        assert "Etwas anderes" not in page


def test_when_nothing_fits_there_is_a_way_back(client):
    make_idea()
    page = client.get("/de/ideas/?state=done").text
    assert "No idea fits what you have chosen." in page
    assert 'href="/de/ideas/"' in page


def test_a_call_tells_what_it_wants_by_which_rules_and_until_when(client, stop_clock):
    stop_clock(2026, 4, 1, 12)
    call = make_call(
        title=LocalizedText(de="Mehr Grün"),
        introduction=LocalizedRichText({"de": RichText.from_plain("Wo fehlt ein Baum?")}),
        house_rules=LocalizedRichText({"de": RichText.from_plain("Bitte freundlich.")}),
        closes_at=clock.now() + timedelta(days=9),
        answer_within_days=30,
    )
    make_idea(call, title="Eine Linde")
    make_idea(title="Ganz woanders")
    page = read(client, f"/de/ideas/calls/{call.slug}")
    for words in ("Mehr Grün", "Wo fehlt ein Baum?", "Bitte freundlich.", "10. April 2026", "within 30 days", "1 idea"):
        assert words in page, words
    assert "Send an idea" in page
    assert "Eine Linde" in page
    assert "Ganz woanders" not in page


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"opens_at": timedelta(days=2)}, "You can send ideas from"),
        ({"closes_at": -timedelta(days=2)}, "now examines"),
        ({"answered_at": -timedelta(days=2)}, "has answered these ideas"),
    ],
)
def test_a_call_that_takes_no_ideas_says_why_and_has_no_button(client, facts, words):
    call = make_call(**{name: clock.now() + distance for name, distance in facts.items()})
    page = read(client, f"/de/ideas/calls/{call.slug}")
    assert words in page
    assert "Send an idea" not in page


def test_a_draft_of_a_call_is_not_there_for_visitors(client):
    assert client.get(f"/de/ideas/calls/{make_call(published=False).slug}").status_code == 404


# --- One idea ---------------------------------------------------------------------------------------------------------


def test_the_words_of_the_author_come_first_in_their_own_language(client):
    """L3, L4"""
    idea = make_idea(language="ar", title="أرجوحة", text="نريد أرجوحة.\nشكرا", author_name="Samira")
    make_translation(idea, "de", "Wir wollen eine Schaukel.", title="Eine Schaukel")
    html = client.get(f"/de/ideas/{idea.id}").text
    assert '<h1 lang="ar" dir="auto">أرجوحة</h1>' in html
    assert '<div lang="ar" dir="auto"><p>نريد أرجوحة.</p><p>شكرا</p></div>' in html
    assert html.index("نريد") < html.index("Wir wollen eine Schaukel.")
    assert "Samira" in html


def test_a_translation_is_marked_and_offered_at_once_to_who_reads_that_language(client):
    idea = make_idea(language="ar")
    make_translation(idea, "de", "Auf Deutsch")
    make_translation(idea, "tr", "Türkçe")
    opened = {
        tag: re.findall(r"<details( open)?>\s*<summary>Translation: (\w+)", client.get(f"/{tag}/ideas/{idea.id}").text)
        for tag in ("de", "tr", "ar")
    }
    assert opened["de"] == [(" open", "Deutsch"), ("", "Türkçe")]
    assert opened["tr"] == [("", "Deutsch"), (" open", "Türkçe")]
    assert opened["ar"] == [("", "Deutsch"), ("", "Türkçe")]


def test_the_promised_day_is_told_and_being_late_is_told_plainly(client, stop_clock):
    stop_clock(2026, 4, 10, 12)
    calls = [make_call(shows_overdue=shown) for shown in (True, False)]
    today = clock.today()
    in_time = make_idea(calls[0], due_on=today)
    late, discreet = (make_idea(call, due_on=today - timedelta(days=1)) for call in calls)
    assert "The city answers by 10. April 2026." in read(client, f"/de/ideas/{in_time.id}")
    assert "It is late." in read(client, f"/de/ideas/{late.id}")
    quiet = read(client, f"/de/ideas/{discreet.id}")
    assert "The city has not answered yet." in quiet
    assert "9. April" not in quiet


def test_the_citys_answer_is_set_apart_and_comes_in_the_readers_language(client):
    outcome = make_outcome(
        Answer.PARTLY, language="tr", reason="Bir salıncak", other_languages=LocalizedText(de="Eine")
    )
    idea = make_idea(state=IdeaState.ANSWERED, language="tr", outcome=outcome, office=make_office("Grünamt"))
    page = read(client, f"/de/ideas/{idea.id}")
    assert "The city says A part of this will be done. Eine" in page
    assert "Bir salıncak" not in page
    assert "In charge: Grünamt" in page
    assert "not translated into your language" not in page
    assert "Eine This text is not translated into your language yet." in read(client, f"/ar/ideas/{idea.id}")


def test_the_public_way_names_each_step_and_earlier_answers(client):
    earlier = make_outcome(Answer.NO, reason="Kein Geld.")
    idea = make_idea(state=IdeaState.DONE)
    steps = [
        (IdeaState.RECEIVED, IdeaState.ANSWERED, earlier),
        (IdeaState.ANSWERED, IdeaState.IN_PROGRESS, idea.outcome),
        (IdeaState.IN_PROGRESS, IdeaState.DONE, None),
    ]
    for before, after, outcome in steps:
        session.add(IdeaStep(idea_id=idea.id, before=before, after=after, outcome=outcome))
    report = Progress(idea_id=idea.id, happened_on=clock.today(), text=LocalizedText(de="Sie steht."), written_by="x")
    session.add(report)
    page = read(client, f"/de/ideas/{idea.id}")
    for words in ("Received", "Published", "Answered", "Kein Geld.", "In progress", "Done", "Sie steht."):
        assert words in page, words


def test_a_merged_idea_says_where_it_went_and_the_target_what_came(client):
    """M11"""
    source, target = make_idea(title="Schaukel am Ring"), make_idea(title="Schaukel am Platz", support_count=7)
    make_comment(source, "Das sagte ich zur ersten")
    make_merge(source, target)
    there = read(client, f"/de/ideas/{source.id}")
    assert "They were joined" in there
    assert "Schaukel am Platz" in there
    assert "7 people support this idea." in there
    page = read(client, f"/de/ideas/{target.id}")
    assert "Schaukel am Ring" in page
    assert "Das sagte ich zur ersten" in page


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (ContributionStatus.REMOVED, 410, "It was removed because it broke the rules."),
        (ContributionStatus.WITHDRAWN, 410, "Its author has taken it back."),
        (ContributionStatus.HIDDEN, 404, ""),
        (ContributionStatus.REFUSED, 404, ""),
        (ContributionStatus.WAITING, 404, ""),
        (ContributionStatus.RETURNED, 404, ""),
    ],
)
def test_what_is_not_public_leaves_a_neutral_line_or_nothing(client, status, code, words):
    """M10"""
    idea = make_idea(status=status, published_at=clock.now())
    answer = client.get(f"/de/ideas/{idea.id}")
    assert answer.status_code == code
    assert words in answer.text
    if idea.text:
        assert idea.text not in answer.text


def test_what_was_taken_back_before_anybody_read_it_never_was_there(client):
    idea = make_idea(status=ContributionStatus.WITHDRAWN)
    assert client.get(f"/de/ideas/{idea.id}").status_code == 404


def test_staff_read_what_is_not_public_and_are_told_so(app, client):
    sign_in(client, make_user(Role.MODERATOR))
    idea = make_idea(status=ContributionStatus.WAITING)
    assert "Only staff can read this page" in read(client, f"/de/ideas/{idea.id}")


def test_a_removed_comment_leaves_a_line_and_a_waiting_one_nothing(client):
    """M10"""
    idea = make_idea()
    for status in (ContributionStatus.REMOVED, ContributionStatus.WAITING, ContributionStatus.HIDDEN):
        make_comment(idea, f"Wort {status.value}", status=status)
    make_comment(idea, "Das Amt antwortet", is_official=True)
    page = read(client, f"/de/ideas/{idea.id}")
    assert "A comment stood here. It was removed because it broke the rules." in page
    assert "Wort" not in page
    assert "The city says Das Amt antwortet" in page


def test_a_call_may_do_without_comments(client):
    assert "Write a comment" in read(client, f"/de/ideas/{make_idea().id}")
    assert "omment" not in read(client, f"/de/ideas/{make_idea(make_call(has_comments=False)).id}")


def make_full_idea() -> int:
    """An idea about which there is everything to tell."""
    call = make_call()
    area = make_area()
    idea = make_idea(call, state=IdeaState.ANSWERED, areas=[area], category=make_category(call), office=make_office())
    for number in range(12):
        make_comment(idea, f"Ein Kommentar mit einigen Worten, Nummer {number}. " * 5)
        make_merge(make_idea(call), idea)
    for tag in ("de", "tr", "ar"):
        make_translation(idea, tag)
    for _ in range(3):
        session.add(
            IdeaStep(idea_id=idea.id, before=IdeaState.RECEIVED, after=IdeaState.ANSWERED, outcome=idea.outcome)
        )
        session.add(Progress(idea_id=idea.id, happened_on=clock.today(), text=LocalizedText(de="Neu"), written_by="x"))
    session.commit()
    return idea.id


def test_a_page_full_of_everything_takes_nine_statements(app, client):
    """Eight of its own, and one with which councils tell whether they speak of it."""
    number = make_full_idea()
    client.post(f"/de/ideas/{number}/support")
    client.get(f"/de/ideas/{number}")  # whether this is the demo city is asked once
    with counted_statements(app) as seen:
        client.get(f"/de/ideas/{number}")
    assert len(seen) <= 9, "\n".join(seen)


def test_the_first_view_of_an_idea_is_light(client):
    """At most 14 KB of page and style sheet, compressed: what a slow connection brings at once."""
    html = client.get(f"/de/ideas/{make_full_idea()}").text.encode()
    style = (PROJECT / "static" / "css" / "site.css").read_bytes()
    assert len(gzip.compress(html)) + len(gzip.compress(style)) <= 14 * 1024


# --- Support ----------------------------------------------------------------------------------------------------------


def test_the_first_support_takes_a_page_and_the_next_ones_a_press(client):
    idea, other = make_idea(), make_idea()
    assert f'<a class="button" href="/de/ideas/{idea.id}/support"' in client.get(f"/de/ideas/{idea.id}").text
    assert client.get(f"/de/ideas/{idea.id}/support").status_code == 200
    answer = client.post(f"/de/ideas/{idea.id}/support", data={}, follow_redirects=True)
    assert "Your support was counted." in answer.text
    assert "1 person supports this idea." in answer.text
    client.post(f"/de/ideas/{idea.id}/support", data={})
    assert idea.support_count == 1
    assert f'<form method="post" action="/de/ideas/{other.id}/support"' in client.get(f"/de/ideas/{other.id}").text


def test_two_browsers_are_two_supporters_and_one_may_leave(app, client):
    idea = make_idea()
    second = app.test_client()
    for browser in (client, second):
        browser.post(f"/de/ideas/{idea.id}/support")
    assert idea.support_count == 2
    second.post(f"/de/ideas/{idea.id}/support/withdraw")
    app.test_client().post(f"/de/ideas/{idea.id}/support/withdraw")
    session.refresh(idea)
    assert idea.support_count == 1


def test_an_address_needs_its_tick_and_a_tick_its_address(client):
    """D3: what is typed alone is no consent, and nothing typed is lost."""
    idea = make_idea()
    for data in ({"email": "anna@example.org"}, {"wants_mail": "y"}, {"email": "no address", "wants_mail": "y"}):
        answer = client.post(f"/de/ideas/{idea.id}/support", data=data)
        assert answer.status_code == 422
        assert data.get("email", "") in answer.text
    assert session.query(Support).count() == 0
    client.post(f"/de/ideas/{idea.id}/support", data={"email": "anna@example.org", "wants_mail": "y"})
    assert session.query(Support).one().contact.email == "anna@example.org"
    assert session.query(Mail).one().wording == "contacts/confirm"


def test_the_support_of_a_merged_idea_goes_to_the_one_it_is_part_of(client):
    source, target = make_idea(), make_idea()
    make_merge(source, target)
    answer = client.post(f"/de/ideas/{source.id}/support")
    assert answer.location.endswith(f"/ideas/{target.id}")
    assert target.support_count == 1


@pytest.mark.parametrize("status", [ContributionStatus.WAITING, ContributionStatus.HIDDEN, ContributionStatus.REMOVED])
def test_what_others_cannot_read_cannot_be_supported(client, status):
    idea = make_idea(status=status)
    for ask in (client.get, client.post):
        assert ask(f"/de/ideas/{idea.id}/support").status_code == 404
