"""Guessing is limited, per sender and per account, and nobody's address is kept for it (V8, D4)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from participation.accounts.views import asking_account, typed_account
from participation.db import Base, engine
from participation.limits import limiter
from tests.accounts.makers import make_user, sign_in
from tests.conftest import make_house


@pytest.fixture
def guarded_house(tmp_path: Path) -> Iterator[Flask]:
    """A house that counts attempts; the house of the other tests does not."""
    house = make_house("sqlite://", tmp_path)
    house.config["RATELIMIT_ENABLED"] = True
    limiter.init_app(house)
    with house.app_context():
        Base.metadata.create_all(engine())
        yield house
    limiter.reset()
    limiter.enabled = False
    house.extensions["engine"].dispose()


def test_guessing_passwords_is_stopped(guarded_house):
    client = guarded_house.test_client()
    facts = {"email": "somebody@city.example", "password": "a guess"}
    statuses = [client.post("/de/account/sign-in", data=facts).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    assert client.get("/de/account/sign-in").status_code == 200


def test_guessing_from_many_addresses_is_stopped_too(guarded_house):
    client = guarded_house.test_client()
    facts = {"email": " Somebody@City.example", "password": "a guess"}

    def guess(number: int) -> int:
        sender = {"REMOTE_ADDR": f"192.0.2.{number}"}
        return client.post("/de/account/sign-in", data=facts, environ_base=sender).status_code

    assert [guess(number) for number in range(31)] == [422] * 30 + [429]
    facts["email"] = "somebody.else@city.example"
    assert guess(99) == 422


def test_guessing_codes_is_stopped_for_the_account_however_often_it_starts_anew(guarded_house):
    user = make_user()

    def guess(number: int) -> int:
        client = guarded_house.test_client()
        sign_in(client, user, with_second_factor=False)
        sender = {"REMOTE_ADDR": f"192.0.2.{number}"}
        page = "second-factor" if number % 2 else "recovery-code"
        return client.post(f"/de/account/{page}", data={"code": "000000"}, environ_base=sender).status_code

    assert [guess(number) for number in range(21)] == [422] * 20 + [429]


def test_the_account_is_counted_under_a_hash(app):
    with app.test_request_context(method="POST", data={"email": "Somebody@city.example"}):
        assert "somebody" not in typed_account().lower()
        assert "127.0.0.1" not in asking_account()
