"""The way to the first account: a command, as no default account exists (V14)."""

import contextvars
import re

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from participation.accounts.models import User
from participation.db import session
from tests.accounts.makers import make_user


def command(app: Flask, *words: str) -> Result:
    """Type a command; it has a context of its own, as in a terminal."""
    session.commit()
    return contextvars.Context().run(app.test_cli_runner().invoke, args=["accounts", *words])


@pytest.mark.databases
def test_the_first_administrator_is_invited_by_command(app, client):
    assert session.scalar(select(User)) is None
    said = command(app, "invite", "first@city.example", "--name", "First", "--role", "administrator")
    assert said.exit_code == 0
    path = re.fullmatch(r"http://127\.0\.0\.1:8000(/de/account/link/[\w-]{43})\n", said.output)[1]
    client.get(path)
    done = client.post("/de/account/choose-password", data={"new_password": "Giraffe trinkt Kreide am Deich"})
    assert done.location == "/de/account/sign-in"
    assert session.scalars(select(User)).one().has_role("administrator")


def test_an_address_is_not_invited_twice(app):
    make_user(email="first@city.example")
    said = command(app, "invite", "first@city.example", "--name", "First")
    assert said.exit_code == 1
    assert "already an account" in said.output


def test_a_locked_out_administrator_gets_a_new_link(app):
    user = make_user("administrator")
    said = command(app, "reset", user.email, "--second-factor")
    assert said.exit_code == 0
    assert "/de/account/link/" in said.output
    nobody = command(app, "reset", "nobody@city.example")
    assert nobody.exit_code == 1
