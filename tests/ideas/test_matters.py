"""Coming back with the receipt of an idea or a comment: what became of it, and what its author can do."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from participation import clock
from participation.contacts.models import Contact
from participation.contributions import operations as contributions
from participation.contributions.models import Comment, Contribution, ContributionStatus
from participation.db import session
from participation.i18n import LocalizedText
from participation.ideas.models import Answer, Idea, IdeaState, Progress, Remark
from participation.mail import Mail
from participation.media.models import Picture
from participation.questionnaires.models import Response
from participation.receipts import operations as receipts
from participation.receipts.models import Receipt
from tests.contributions.makers import make_comment, make_contact, make_translation
from tests.districts.makers import make_area
from tests.ideas.makers import make_call, make_category, make_idea, make_outcome
from tests.media.makers import make_picture
from tests.surveys.makers import make_response, make_survey

Status = ContributionStatus


def come_back(client: FlaskClient, contribution: Contribution, language: str = "de") -> str:
    """Type the code and read what became of it."""
    code = receipts.renew(contribution.receipt)
    client.post(f"/{language}/receipt", data={"code": code})
    return client.get(f"/{language}/receipt/matter").text


def change_form(client: FlaskClient) -> dict[str, str]:
    """What stands in the form, as a browser would send it back."""
    html = client.get("/de/mine/change").text
    fields = dict(re.findall(r'<input type="text" id="[^"]*" name="([^"]+)" value="([^"]*)"', html))
    fields["version"] = re.search(r'name="version"[^>]*value="(\d+)"', html)[1]
    fields["text"] = re.search(r'<textarea[^>]*name="text"[^>]*>\n([^<]*)<', html)[1]
    fields["language"] = re.search(r'<option value="([a-z]+)" selected>', html)[1]
    return fields


# --- What became of it -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.WAITING, "Others cannot read it yet."),
        (Status.PUBLISHED, "Everybody can read it."),
        (Status.RETURNED, "We have a question about your text."),
        (Status.REFUSED, "Your text was not published."),
        (Status.HIDDEN, "Others cannot read your text at the moment."),
        (Status.REMOVED, "Your text was removed."),
    ],
)
def test_the_status_is_told_in_plain_words(client, app, status, said):
    assert said in come_back(client, make_idea(status=status, with_receipt=True))


def test_whoever_waits_hears_until_when_and_when_we_are_late(client, app, stop_clock):
    stop_clock(2026, 4, 1, 8)
    idea = make_idea(status=Status.WAITING, with_receipt=True)
    assert "Somebody from the city reads it by 03.04.2026, 10:00." in come_back(client, idea)
    stop_clock(2026, 4, 4, 8)
    assert "We are late with reading it" in client.get("/de/receipt/matter").text


def test_the_author_sees_answer_progress_and_support_in_the_readers_language(client, app):
    outcome = make_outcome(Answer.PARTLY, reason="Zwei Bänke kommen.", other_languages=LocalizedText(tr="İki bank."))
    idea = make_idea(state=IdeaState.IN_PROGRESS, outcome=outcome, support_count=12, with_receipt=True)
    session.add(
        Progress(idea_id=idea.id, happened_on=date(2026, 5, 4), text=LocalizedText(de="Bestellt."), written_by="Amt")
    )
    told = come_back(client, idea, "tr")
    said_there = (
        "A part of this will be done.",
        "İki bank.",
        "12 people support your idea.",
        "Bestellt.",
        "In progress",
    )
    for said in said_there:
        assert said in told, said
    assert "Zwei Bänke kommen." not in told


def test_the_promised_day_of_the_answer_is_told(client, app, stop_clock):
    stop_clock(2026, 4, 1)
    told = come_back(client, make_idea(due_on=date(2026, 5, 6), with_receipt=True))
    assert re.search(r"The city answers by 6. Mai 2026", told)


def test_a_joined_idea_tells_where_it_counts_now(client, app):
    target = make_idea(title="Die große Schaukel")
    told = come_back(client, make_idea(merged_into=target, with_receipt=True))
    assert "the two were joined" in told
    assert "Die große Schaukel" in told


def test_l3_own_words_stand_in_their_own_language_and_do_no_harm(client, app):
    idea = make_idea(title="<script>alert(1)</script>", text="مرحبا <b>x</b>", language="ar", with_receipt=True)
    told = come_back(client, idea)
    assert '<bdi lang="ar">&lt;script&gt;' in told
    assert "<script>alert" not in told


def test_a_comment_has_a_matter_too(client, app):
    comment = make_comment(make_idea(), "Gute Idee, finde ich.", with_receipt=True)
    told = come_back(client, comment)
    assert "Gute Idee, finde ich." in told
    assert "Read it as others see it" in told


# --- Nobody else's ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["change", "withdraw", "mail", "not-solved"])
def test_v18_without_a_receipt_at_hand_nothing_opens(client, app, page):
    make_idea(with_receipt=True)
    assert client.get(f"/de/mine/{page}").location == "/de/receipt"
    assert client.post(f"/de/mine/{page}", data={"text": "x"}).location == "/de/receipt"


@pytest.mark.parametrize("page", ["change", "withdraw", "mail", "not-solved"])
def test_v18_the_receipt_of_a_survey_opens_no_idea(client, app, page):
    make_idea(with_receipt=True)
    response = make_response(make_survey(), with_receipt=True)
    code = receipts.renew(session.get_one(Receipt, response.receipt_id))
    client.post("/de/receipt", data={"code": code})
    assert client.get(f"/de/mine/{page}").status_code == 404


def test_v18_an_id_in_the_address_or_form_opens_nothing(client, app):
    mine, other = make_idea(with_receipt=True), make_idea(with_receipt=True)
    come_back(client, mine)
    number, title = other.id, other.title
    client.post(f"/de/mine/withdraw?id={number}", data={"id": number, "contribution_id": number})
    assert session.get_one(Idea, number).title == title


# --- Changing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [Status.WAITING, Status.PUBLISHED, Status.RETURNED, Status.REFUSED, Status.HIDDEN])
def test_a_changed_text_is_read_again(client, app, status):
    idea = make_idea(status=status, with_receipt=True)
    make_translation(idea)
    come_back(client, idea)
    fields = change_form(client)
    assert client.post("/de/mine/change", data={**fields, "text": "Neu gesagt."}).location == "/de/receipt/matter"
    assert (idea.text, idea.status, idea.listed_at) == ("Neu gesagt.", Status.WAITING, None)
    assert idea.waiting_since is not None
    assert idea.translations == []


def test_everything_about_an_idea_can_be_changed(client, app):
    call = make_call()
    old, new = make_category(call, "Alt"), make_category(call, "Neu")
    area = make_area("Mitte")
    idea = make_idea(call, category=old, picture=make_picture(), areas=[area], place="Hier", with_receipt=True)
    come_back(client, idea)
    fields = {**change_form(client), "category": new.id, "place": "Dort", "area_id": "", "author_name": "Ayşe"}
    client.post("/de/mine/change", data={**fields, "language": "tr", "picture_alt": "", "picture_remove": "y"})
    assert (idea.category.id, idea.place, idea.areas, idea.author_name) == (new.id, "Dort", [], "Ayşe")
    assert (idea.language, idea.picture) == ("tr", None)
    assert session.query(Picture).count() == 0


def test_a_picture_stays_when_only_the_words_are_changed(client, app):
    idea = make_idea(picture=make_picture(), with_receipt=True)
    come_back(client, idea)
    client.post("/de/mine/change", data={**change_form(client), "text": "Neu.", "picture_alt": "Eine neue Bank"})
    assert (idea.text, idea.picture.alt) == ("Neu.", "Eine neue Bank")


def test_a_comment_is_changed_with_its_text_only(client, app):
    comment = make_comment(make_idea(), with_receipt=True)
    come_back(client, comment)
    assert 'name="title"' not in client.get("/de/mine/change").text
    client.post("/de/mine/change", data={**change_form(client), "text": "Anders."})
    assert comment.text == "Anders."


def test_a_removed_text_cannot_be_changed(client, app):
    idea = make_idea(status=Status.REMOVED, with_receipt=True)
    assert "Change my text" not in come_back(client, idea)
    assert client.get("/de/mine/change").status_code == 409
    assert client.post("/de/mine/change", data={"text": "Neu", "title": "x", "language": "de"}).status_code == 409


def test_two_tabs_at_once_lose_nothing(client, app):
    idea = make_idea(text="Alt.", with_receipt=True)
    come_back(client, idea)
    first, second = change_form(client), change_form(client)
    client.post("/de/mine/change", data={**first, "text": "Aus dem ersten Fenster."})
    again = client.post("/de/mine/change", data={**second, "text": "Aus dem zweiten Fenster."})
    assert again.status_code == 422
    for said in ("Somebody else has changed this text", "Aus dem ersten Fenster.", "Aus dem zweiten Fenster."):
        assert said in again.text, said
    assert idea.text == "Aus dem ersten Fenster."
    newest = re.search(r'name="version"[^>]*value="(\d+)"', again.text)[1]
    client.post("/de/mine/change", data={**second, "version": newest, "text": "Aus dem zweiten Fenster."})
    assert idea.text == "Aus dem zweiten Fenster."


def test_a_moderator_who_was_faster_is_not_overruled_in_silence(client, app):
    idea = make_idea(status=Status.WAITING, with_receipt=True)
    come_back(client, idea)
    fields = change_form(client)
    contributions.put_away(idea, Status.REFUSED)
    again = client.post("/de/mine/change", data={**fields, "text": "Neu."})
    assert again.status_code == 422
    assert "Somebody else has changed this text" in again.text


@pytest.mark.parametrize("version", ["", "x", "٣", "-1", "9" * 40])
def test_a_version_that_is_none_changes_nothing(client, app, version):
    idea = make_idea(text="Alt.", with_receipt=True)
    come_back(client, idea)
    assert client.post("/de/mine/change", data={**change_form(client), "version": version}).status_code == 422
    assert idea.text == "Alt."


# --- Taking back -----------------------------------------------------------------------------------------------------


def test_what_is_taken_back_takes_everything_with_it(client, app):
    response = make_response(make_survey(), {"colour": "red"})
    idea = make_idea(
        with_receipt=True,
        contact=make_contact(),
        picture=make_picture(),
        response=response,
        place="Hauptstraße 3",
        latitude=51.3,
        longitude=6.5,
        author_name="Ayşe",
    )
    come_back(client, idea)
    assert "This cannot be undone." in client.get("/de/mine/withdraw").text
    client.post("/de/mine/withdraw")
    gone = session.query(Idea).one()
    assert gone.status is Status.WITHDRAWN
    assert (gone.title, gone.text, gone.author_name, gone.place, gone.latitude) == ("", "", "", "", None)
    for table in (Receipt, Contact, Picture, Response):
        assert session.query(table).count() == 0, table
    assert client.get("/de/receipt/matter").status_code == 302


def test_a_comment_can_be_taken_back(client, app):
    come_back(client, make_comment(make_idea(), with_receipt=True))
    client.post("/de/mine/withdraw")
    assert session.query(Comment).one().status is Status.WITHDRAWN


# --- Mail ------------------------------------------------------------------------------------------------------------


def test_an_address_can_be_given_replaced_and_stopped_later(client, app):
    idea = make_idea(with_receipt=True)
    come_back(client, idea)
    assert client.post("/de/mine/mail", data={"email": "a@example.org"}).location == "/de/receipt/matter"
    assert not idea.contact.is_confirmed
    page = client.get("/de/mine/mail").text
    assert "a@example.org" not in page  # whoever finds the receipt does not learn the address
    client.post("/de/mine/mail", data={"email": "b@example.org"})
    assert [one.email for one in session.query(Contact)] == ["b@example.org"]
    client.post("/de/mine/mail/stop")
    assert idea.contact is None
    assert session.query(Contact).count() == 0
    assert session.query(Mail).count() == 2


@pytest.mark.parametrize("typed", ["x", "a@b\r\nBcc: c@example.org", "a@", "<script>@example.org"])
def test_what_is_no_address_is_refused(client, app, typed):
    come_back(client, make_idea(with_receipt=True))
    assert client.post("/de/mine/mail", data={"email": typed}).status_code == 422
    assert session.query(Contact).count() == 0


# --- Is it solved? ---------------------------------------------------------------------------------------------------


def asked(**facts: object) -> Idea:
    return make_idea(state=IdeaState.DONE, solved_asked_at=clock.now(), with_receipt=True, **facts)


def test_the_author_says_that_it_is_solved(client, app):
    idea = asked()
    assert "Is it solved?" in come_back(client, idea)
    client.post("/de/mine/solved")
    assert idea.is_solved is True
    assert "You have told us that it is solved." in client.get("/de/receipt/matter").text


def test_the_author_says_what_is_missing_and_the_office_looks_again(client, app):
    idea = asked()
    come_back(client, idea)
    assert client.post("/de/mine/not-solved", data={"text": " "}).status_code == 422
    client.post("/de/mine/not-solved", data={"text": "Die Bank fehlt noch."})
    assert (idea.is_solved, idea.state) == (False, IdeaState.IN_PROGRESS)
    assert session.query(Remark).one().text == "Die Bank fehlt noch."
    assert "The office looks at it again and answers by" in client.get("/de/receipt/matter").text


def test_who_was_not_asked_is_told_so(client, app):
    come_back(client, make_idea(with_receipt=True))
    assert client.post("/de/mine/solved").status_code == 409
    assert client.post("/de/mine/not-solved", data={"text": "x"}).status_code == 409
