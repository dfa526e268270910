"""Passwords: kept with Argon2id, long instead of complicated, and none that everybody would try first (V13)."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

LEAST, MOST = 12, 200
# What has to remain when common words, local words, years and runs such as 1234 are taken away.
LEAST_OWN = 6
LEAST_DIFFERENT = 5

# What people write first when a password is asked for.
# fmt: off
COMMON = [
    "administrator", "zugangsdaten", "buergerbeteiligung", "beteiligung", "stadtverwaltung", "stadtteilbuero",
    "quartiersmanagement", "passwort", "password", "kennwort", "passphrase", "willkommen", "welcome", "geheimnis",
    "geheim", "secret", "hallo", "hello", "adminadmin", "admin", "master", "benutzer", "username", "user", "login",
    "anmeldung", "anmelden", "zugang", "konto", "account", "rathaus", "verwaltung", "kommune", "gemeinde",
    "buergermeister", "buerger", "stadt", "quartier", "stadtteil", "qwertzuiop", "qwertyuiop", "asdfghjkl", "yxcvbnm",
    "zxcvbnm", "qwertz", "qwerty", "asdfgh", "asdf", "abcdefghijkl", "abcdef", "abcd", "iloveyou", "ichliebedich",
    "liebe", "schatz", "sonnenschein", "sunshine", "princess", "prinzessin", "schmetterling", "dragon", "monkey",
    "football", "fussball", "baseball", "superman", "batman", "starwars", "pokemon", "ninja", "shadow", "freedom",
    "borussia", "schalke", "bayern", "dortmund", "arsenal", "chelsea", "januar", "februar", "maerz", "april", "juni",
    "juli", "august", "september", "oktober", "november", "dezember", "fruehling", "sommer", "herbst", "winter",
    "spring", "summer", "autumn", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
    "deutschland", "germany", "nrw", "westfalen", "berlin", "hamburg", "muenchen", "koeln", "michael", "thomas",
    "andreas", "stefan", "christian", "alexander", "daniel", "sabine", "nicole", "andrea", "whatever", "trustno",
    "letmein", "changeme", "aendermich", "test", "temp", "demo", "start", "computer", "internet", "mein", "dein",
    "meine", "deine", "ist", "das", "der", "die", "und", "the", "my", "is",
]
# fmt: on
DIGITS = "01234567890"
LOOK_ALIKES = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("@"): "a", ord("$"): "s"}
REPEATED = re.compile(r"(.)\1{2,}|(?:19|20)\d\d")

_hasher = PasswordHasher()


def hashed(password: str) -> str:
    """What the database keeps."""
    return _hasher.hash(_composed(password))


def is_right(password_hash: str | None, password: str) -> bool:
    """Whether the password fits; where there is none to fit, the answer takes just as long."""
    try:
        _hasher.verify(password_hash or _nobodys_hash(), _composed(password))
    except (Argon2Error, InvalidHashError):
        return False
    return password_hash is not None


def needs_new_hash(password_hash: str) -> bool:
    """Whether the library has become stricter since this hash was made."""
    return _hasher.check_needs_rehash(password_hash)


def is_easy(password: str, local_words: Iterable[str] = ()) -> bool:
    """Whether somebody who knows the city and the person would try this one early."""
    rest = _plain(password)
    if len(set(rest)) < LEAST_DIFFERENT:
        return True
    local = {part for word in local_words for part in re.findall(r"\w{3,}", _plain(word))}
    rest = REPEATED.sub(" ", rest)
    for word in [*sorted(local, key=len, reverse=True), *_common()]:
        rest = rest.replace(word, " ")
    return len(re.sub(r"[\W_]", "", rest)) < LEAST_OWN


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")


@cache
def _common() -> list[str]:
    """Longer words stand before their parts."""
    upwards = [DIGITS[start:end] for start in range(len(DIGITS)) for end in range(start + 3, len(DIGITS) + 1)]
    return sorted([*COMMON, *upwards, *(run[::-1] for run in upwards)], key=len, reverse=True)


def _composed(password: str) -> str:
    """The same password from a phone that writes ä as one character and from one that writes two."""
    return unicodedata.normalize("NFKC", password)


def _plain(text: str) -> str:
    """Small letters, umlauts and the usual look-alikes (p4ssw0rt) undone."""
    small = unicodedata.normalize("NFKC", text).casefold()
    spelled = small.translate(LOOK_ALIKES)
    return re.sub(r"(?<=[a-z])[013457](?=[a-z])", lambda found: "oieast"["013457".index(found[0])], spelled)
