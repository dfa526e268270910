"""A form with a picture: what was typed and chosen survives every mistake, and files that are too large (A11, A12)."""

import io
import re
import secrets
from collections.abc import Iterator

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse
from wtforms import StringField

from participation.db import Base, engine, session
from participation.forms import Form, required
from participation.media import uploads
from participation.media.fields import PictureField
from participation.media.models import Picture, PictureFile
from participation.media.uploads import takes_pictures
from tests.conftest import make_house
from tests.media.makers import image_file, make_picture

PAGE = """{% extends "base.html" %}{% from "macros/forms.html" import field, form_page %}
{% from "media/_picture.html" import picture_field %}
{% block title %}Form{% endblock %}
{% block content %}<h1>Form</h1>{% call form_page(form, submit="Send", enctype="multipart/form-data") %}
{{ field(form.words) }}{{ picture_field(form.picture) }}{% endcall %}{% endblock %}"""
MEGABYTE = 1024 * 1024


class WishForm(Form):
    words = StringField("Words", [required()])
    picture = PictureField("Picture")


@pytest.fixture(scope="module")
def house() -> Iterator[Flask]:
    """A house with one form that takes pictures and one that does not."""
    app = make_house("sqlite://")

    def wish() -> object:
        form = WishForm()
        if form.validate_on_submit():
            picture = form.picture.data
            return f"{form.words.data}|{picture.alt if picture else '-'}|{picture.id if picture else '-'}"
        return render_template_string(PAGE, form=form), 422 if form.errors else 200

    app.add_url_rule("/<language:lang>/wish", "wish", takes_pictures(wish), methods=["GET", "POST"])
    app.add_url_rule("/<language:lang>/plain", "plain", lambda: wish(), methods=["GET", "POST"])
    with app.app_context():
        Base.metadata.create_all(engine())
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def visitor(house: Flask) -> Iterator[FlaskClient]:
    with house.app_context():
        for table in (PictureFile, Picture):
            session.execute(table.__table__.delete())
        yield house.test_client()
        session.remove()


def count() -> int:
    return session.scalar(select(func.count()).select_from(Picture)) or 0


def photo(**options) -> tuple[io.BytesIO, str]:
    return io.BytesIO(image_file(**options)), "DSC_0001 Anna Example.jpg"


def body_of(megabytes: int, boundary: str = "xyz") -> bytes:
    """What a browser sends: the words first, then a large file."""
    words = f'--{boundary}\r\nContent-Disposition: form-data; name="words"\r\n\r\nMehr Bänke\r\n'
    file = f'--{boundary}\r\nContent-Disposition: form-data; name="picture"; filename="a.jpg"\r\n\r\n'
    return (
        words.encode()
        + file.encode()
        + b"\xff\xd8"
        + b"x" * (megabytes * MEGABYTE)
        + f"\r\n--{boundary}--\r\n".encode()
    )


def send(visitor: FlaskClient, line: io.BytesIO, length: int, path: str = "/en/wish") -> TestResponse:
    """Send what comes through the line, and announce how much it should be."""
    kind = "multipart/form-data; boundary=xyz"
    environ = {"wsgi.input": line, "CONTENT_LENGTH": str(length), "CONTENT_TYPE": kind}
    return visitor.post(path, environ_overrides=environ)


def test_words_and_a_picture_arrive(visitor):
    answer = visitor.post("/en/wish", data={"words": "More", "picture_alt": "A bench", "picture": photo()})
    words, alt, number = answer.text.split("|")
    assert (answer.status_code, words, alt) == (200, "More", "A bench")
    [picture] = session.scalars(select(Picture)).all()
    assert str(picture.id) == number
    assert not picture.is_kept
    assert not picture.is_public


def test_no_picture_is_no_mistake_even_if_something_was_said_about_one(visitor):
    empty = (io.BytesIO(b""), "")
    answer = visitor.post("/en/wish", data={"words": "More", "picture_alt": "A bench", "picture": empty})
    assert answer.text == "More|-|-"


def test_a_picture_outlives_a_form_with_a_mistake(visitor):
    """A11, A12"""
    first = visitor.post("/en/wish", data={"words": "", "picture_alt": "A bench", "picture": photo()})
    assert first.status_code == 422
    assert count() == 1
    assert "data:image/webp;base64," in first.text
    assert 'value="A bench"' in first.text
    assert "Anna" not in first.text
    carried = re.search(r'name="picture_id" value="([^"]+)"', first.text)[1]
    second = visitor.post("/en/wish", data={"words": "More", "picture_alt": "Two benches", "picture_id": carried})
    assert second.text.startswith("More|Two benches|")
    assert count() == 1


def test_a_picture_outlives_a_change_of_language(visitor):
    """L18"""
    sent = {"words": "More", "picture_alt": "A bench", "picture": photo(), "_language": "en"}
    answer = visitor.post("/en/wish", data=sent)
    assert answer.status_code == 200
    assert 'name="picture_id"' in answer.text
    assert "error" not in answer.text
    assert count() == 1


def test_what_can_be_seen_must_be_said(visitor):
    first = visitor.post("/en/wish", data={"words": "More", "picture_alt": " ", "picture": photo()})
    assert first.status_code == 422
    assert "what can be seen on the picture, for people who cannot see it" in first.text
    carried = re.search(r'name="picture_id" value="([^"]+)"', first.text)[1]
    too_long = visitor.post("/en/wish", data={"words": "More", "picture_alt": "x" * 301, "picture_id": carried})
    assert too_long.status_code == 422
    assert "At most 300 characters" in too_long.text
    assert (
        visitor.post("/en/wish", data={"words": "More", "picture_alt": "x" * 300, "picture_id": carried}).status_code
        == 200
    )


def test_a_picture_can_be_left_out_again(visitor):
    first = visitor.post("/en/wish", data={"words": "", "picture_alt": "A bench", "picture": photo()})
    carried = re.search(r'name="picture_id" value="([^"]+)"', first.text)[1]
    sent = {"words": "More", "picture_alt": "", "picture_id": carried, "picture_remove": "y"}
    assert visitor.post("/en/wish", data=sent).text == "More|-|-"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not a picture that we can show"),
        (image_file()[:900], "damaged or not complete"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "HEIC"),
    ],
)
def test_what_is_no_picture_is_refused_at_its_field_and_the_words_stay(visitor, content, sentence):
    sent = {"words": "More benches", "picture_alt": "A bench", "picture": (io.BytesIO(content), "a.jpg")}
    answer = visitor.post("/en/wish", data=sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="More benches"' in answer.text
    assert count() == 0


@pytest.mark.parametrize("megabytes", [10, 11, 50])
def test_a_file_that_is_too_large_is_refused_at_its_field_and_the_words_stay(visitor, megabytes):
    whole = body_of(megabytes)
    answer = send(visitor, io.BytesIO(whole), len(whole))
    assert answer.status_code == 422
    assert "This picture is too large. At most 10 megabytes can be sent." in answer.text
    assert 'value="Mehr Bänke"' in answer.text
    assert count() == 0


def test_a_body_that_would_never_end_is_answered_after_a_while(visitor, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_LET_BY", 5 * MEGABYTE)
    whole = body_of(50)
    line = io.BytesIO(whole)
    answer = send(visitor, line, len(whole))
    assert answer.status_code == 422
    assert line.tell() < 17 * MEGABYTE
    line = io.BytesIO(whole)
    monkeypatch.setattr(uploads, "PATIENCE_SECONDS", 0)
    assert send(visitor, line, len(whole)).status_code == 422
    assert line.tell() < 12 * MEGABYTE


@pytest.mark.parametrize("arrived", [400, MEGABYTE])
def test_a_line_that_breaks_loses_no_words_and_sends_nothing(visitor, arrived):
    whole = body_of(5)
    line = io.BytesIO(whole[:arrived])
    answer = send(visitor, line, len(whole))
    assert answer.status_code == 422
    assert "because the connection broke" in answer.text
    assert 'value="Mehr Bänke"' in answer.text


def test_words_without_end_are_too_large_everywhere(visitor):
    for path in ("/en/wish", "/en/plain"):
        whole = body_of(1).replace("Mehr Bänke".encode(), b"x" * 1_000_001)
        assert send(visitor, io.BytesIO(whole), len(whole), path).status_code == 413


def test_a_form_that_takes_no_pictures_refuses_a_body_that_is_too_large(visitor):
    whole = body_of(11)
    assert send(visitor, io.BytesIO(whole), len(whole), "/en/plain").status_code == 413


def test_a_file_in_the_place_of_words_and_words_in_the_place_of_a_file_do_no_harm(visitor):
    answer = visitor.post("/en/wish", data={"words": photo(), "picture_alt": photo(), "picture": "words"})
    assert answer.status_code == 422
    answer = visitor.post("/en/wish", data={"words": "More", "picture": "words", "picture_id": secrets.token_hex()})
    assert answer.text == "More|-|-"


def test_a_picture_that_a_thing_has_already_stays_until_it_is_taken_out(house):
    with house.app_context():
        number = make_picture("A bench").id
        session.commit()
    sent = {"words": "More", "picture_alt": "Two benches"}
    for data, expected in ((sent, number), ({**sent, "picture_remove": "y"}, None)):
        with house.test_request_context("/en/wish", method="POST", data=data):
            form = WishForm(picture=session.get(Picture, number))
            assert form.validate()
            assert (form.picture.data.id if form.picture.data else None) == expected
            assert form.picture.carried == ""
            session.rollback()


def test_the_form_works_as_plain_html(visitor):
    page = visitor.get("/ar/wish").text
    assert 'enctype="multipart/form-data"' in page
    assert page.index('name="words"') < page.index('name="picture_alt"') < page.index('type="file"')
