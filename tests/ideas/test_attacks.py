"""Attack strings and files of others, through every field of the way of an idea: kept as text, or refused."""

import html
import io
import re

import pytest

from participation.db import session
from participation.ideas.models import Idea
from participation.media.models import Picture
from participation.questionnaires.models import Questionnaire
from tests.accounts.makers import make_user, sign_in
from tests.ideas.makers import make_call
from tests.ideas.test_sending_pages import Writer
from tests.surveys.makers import make_definition, make_version, page, question
from tests.test_security import Seen, hostile

AT_ONCE = 12  # strings in one text: the form takes long ones, and each must come out unharmed


@pytest.fixture
def call(app):
    questionnaire = Questionnaire(name="extra")
    session.add(questionnaire)
    version = make_version(questionnaire, make_definition(page("one", question("why"))), published=True)
    return make_call(version=version)


def test_v1_attack_strings_in_every_field_stay_text(client, call, samples):
    attacks = [one for one in hostile(samples) if one.strip()]
    assert len(attacks) > 50
    writer = Writer(client, call)
    for start in range(0, len(attacks), AT_ONCE):
        some = attacks[start : start + AT_ONCE]
        first = some[0][:100]
        answer = writer.check(
            title=first,
            text="\n".join(some)[:5_000],
            place=first,
            author_name=first,
            email=first,
            latitude=first,
            picture_alt=first,
            **{"shown": ["why"], "q.why": first},
        )
        assert answer.status_code in {200, 422}
        Seen(answer.text).check()
    assert session.query(Idea).count() == 0


def test_v1_what_is_sent_comes_back_harmless_on_every_page(app, call, samples):
    attacks = [one for one in hostile(samples) if "<" in one]
    text = "\n".join(attacks)[:5_000]
    client = app.test_client()
    writer = Writer(client, call)
    writer.check(title=attacks[0][:150], text=text, place=attacks[1][:150], author_name=attacks[2][:100])
    writer.go_on()
    for address in ("/de/receipt/matter", "/de/mine/change", "/de/mine/withdraw", "/de/mine/mail"):
        answer = client.get(address)
        assert answer.status_code == 200
        Seen(answer.text).check()


def test_v19_files_that_are_no_pictures_are_refused_and_the_words_stay(client, call, samples):
    writer = Writer(client, call)
    for file in sorted((samples / "attack" / "uploads").iterdir()):
        answer = writer.check(picture=(io.BytesIO(file.read_bytes()), file.name), picture_alt="Ein Bild")
        if file.suffix in {".svg", ".svgz"}:
            assert answer.status_code == 422, file.name
            assert "Am Spielplatz fehlen" in answer.text
        else:
            assert answer.status_code in {200, 422}, file.name
        Seen(answer.text).check()
    for kept in session.query(Picture):
        assert all(b"script" not in one.content and b"onmouse" not in one.content for one in kept.files)


def test_a_picture_of_fifty_megabytes_costs_no_words(client, call):
    huge = b"\xff\xd8\xff" + bytes(50 * 1024 * 1024)
    answer = Writer(client, call).check(picture=(io.BytesIO(huge), "huge.jpg"), picture_alt="Ein Bild")
    answer.request.environ["wsgi.input"].close()
    assert answer.status_code == 422
    assert "too large" in answer.text
    assert "Am Spielplatz fehlen" in answer.text


def test_marks_that_nobody_sees_do_not_get_into_an_idea(client, call):
    writer = Writer(client, call)
    writer.check(title="Mehr\u202e Bän\u200bke\x07", text="Gut\u2066\u200d\ufeff so", author_name="\u202eeşyA")
    writer.go_on()
    idea = session.query(Idea).one()
    for words in (idea.title, idea.text, idea.author_name):
        assert not re.search(r"[\u202a-\u202e\u2066-\u2069\ufeff\x07]", words), words


def test_v5_the_desk_takes_attack_strings_as_words_too(client, call, samples):
    sign_in(client, make_user("moderator"))
    attacks = [one for one in hostile(samples) if "<" in one][:40]
    fields = {"call": call.id, "source": "desk", "language": "de", "title": attacks[0][:100], "author_name": "x"}
    answer = client.post("/de/staff/ideas/enter", data={**fields, "text": "\n".join(attacks)[:5_000], "email": "x"})
    assert answer.status_code == 422
    Seen(answer.text).check()
    assert html.escape(attacks[0][:20]) in answer.text or attacks[0][:20] in html.unescape(answer.text)
