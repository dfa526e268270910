"""Pictures are served to whom they are meant for, and can do nothing but be looked at (V19)."""

import uuid

import pytest

from participation.db import session
from participation.media import operations
from participation.media.models import Picture
from tests.accounts.makers import make_user, sign_in
from tests.media.makers import make_picture


def address(picture: Picture, width: int = 320) -> str:
    return f"/media/{picture.id}/{width}.webp"


@pytest.mark.databases
def test_everybody_sees_a_public_picture_in_each_of_its_widths(client):
    picture = make_picture(is_public=True)
    assert picture.widths == [320, 640, 900]
    for width in picture.widths:
        answer = client.get(address(picture, width))
        assert (answer.status_code, answer.mimetype) == (200, "image/webp")
        assert answer.data.startswith(b"RIFF")
        assert "immutable" in answer.headers["Cache-Control"]
    assert client.get(address(picture, 1280)).status_code == 404


def test_a_picture_is_a_picture_and_nothing_else(client):
    answer = client.get(address(make_picture(is_public=True)))
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == "inline"
    assert "Set-Cookie" not in answer.headers


def test_a_browser_that_has_the_picture_does_not_get_it_again(client):
    path = address(make_picture(is_public=True))
    tag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_public_picture_may_be_kept_by_a_browser_with_a_cookie_too(client):
    picture = make_picture(is_public=True)
    client.get("/de/receipt")
    assert "immutable" in client.get(address(picture)).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("role", "status"), [("moderator", 200), ("editor", 200), ("administrator", 200), ("analyst", 404)]
)
def test_a_picture_that_is_not_public_is_seen_by_those_who_decide(client, role, status):
    picture = make_picture()
    assert client.get(address(picture)).status_code == 404
    sign_in(client, make_user(role))
    answer = client.get(address(picture))
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_hidden_picture_is_gone_for_the_public(client):
    picture = make_picture(is_public=True)
    assert client.get(address(picture)).status_code == 200
    operations.unpublish(session.merge(picture))
    assert client.get(address(picture)).status_code == 404


@pytest.mark.parametrize("path", [f"/media/{uuid.UUID(int=7)}/320.webp", "/media/x/320.webp", "/media/../320.webp"])
def test_a_guessed_address_is_not_found(client, path):
    assert client.get(path).status_code == 404
