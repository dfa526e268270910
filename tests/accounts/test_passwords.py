"""Passwords: long instead of complicated, none that everybody would try (V13)."""

import pytest

from participation.accounts import passwords

LOCAL = ["Krefeld", "Ayşe Yılmaz-Öztürk", "ayse.yilmaz"]


@pytest.mark.parametrize(
    "password",
    [
        "Passwort1234!",
        "P4ssw0rt2026!!",
        "Willkommen2026",
        "Krefeld-Krefeld-1",
        "AyseYilmaz1990",
        "ÖztürkÖztürk12",
        "qwertzuiop123",
        "aaaaaaaaaaaaaaaa",
        "123456789012345",
        "987654321098765",
        "abababababababab",
        "Sommer2025Sommer2026",
        "            ",
        "MeinPasswortIstGeheim",
    ],
)
def test_what_is_tried_first_is_easy(password):
    assert passwords.is_easy(password, LOCAL)


@pytest.mark.parametrize(
    "password",
    [
        "Giraffe trinkt Kreide am Deich",
        "xkR9-vTq2-LmZ7",
        "48151623427193",
        "пять лиловых чайников",
        "زرافة تشرب الطباشير",
        "vier Worte ergeben nichts",
    ],
)
def test_long_words_of_ones_own_are_fine_without_any_rules_of_composition(password):
    assert not passwords.is_easy(password, LOCAL)


def test_passwords_are_kept_with_argon2id(real_argon2):
    kept = passwords.hashed("Giraffe trinkt Kreide")
    assert kept.startswith("$argon2id$")
    assert passwords.is_right(kept, "Giraffe trinkt Kreide")
    assert not passwords.is_right(kept, "giraffe trinkt Kreide")
    assert not passwords.needs_new_hash(kept)


def test_an_umlaut_is_the_same_from_every_keyboard():
    """L14: one phone sends ä, another sends a and two dots."""
    kept = passwords.hashed("Bär am Gürtel")
    assert passwords.is_right(kept, "Bär am Gürtel")


def test_where_there_is_no_password_none_is_right(monkeypatch):
    """The same work is done nevertheless, so that the time tells nothing (D10)."""
    done = []
    monkeypatch.setattr(passwords, "_hasher", _Watched(done))
    assert not passwords.is_right(None, "nobody has this password")
    assert done == [passwords._nobodys_hash()]


def test_a_broken_hash_opens_nothing():
    assert not passwords.is_right("not a hash", "anything")


class _Watched:
    def __init__(self, done: list[str]) -> None:
        self.done = done

    def hash(self, _password: str) -> str:
        return "a hash"

    def verify(self, password_hash: str, _password: str) -> bool:
        self.done.append(password_hash)
        return True
