"""Receipt codes: easy to read aloud, with a check character that notices every single slip and every swap."""

import hashlib
import hmac
import secrets

# 23 characters, none of which is taken for another one by eye or on the telephone; a prime number of them makes the
# weighted check sum notice each wrong character and each pair of swapped neighbours.
ALPHABET = "23456789ACEFHKLMPRTUWXY"
LENGTH = 11


def new_code() -> str:
    """Twelve characters, the last one a check character: about 2^49 possibilities."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return body + check_character(body)


def check_character(body: str) -> str:
    """The character that makes the weighted sum of all positions divisible by 23."""
    total = sum(weight * ALPHABET.index(char) for weight, char in enumerate(body, start=2))
    return ALPHABET[-total % len(ALPHABET)]


def grouped(code: str) -> str:
    """As it is shown and read aloud: K7M2-9PH4-XW3A."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def normalise(typed: str) -> str | None:
    """The code behind what was typed, in small letters and with blanks too; None when it cannot be one."""
    code = "".join(char for char in typed.upper() if char.isalnum())
    if len(code) != LENGTH + 1 or any(char not in ALPHABET for char in code):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def code_hash(code: str, secret_key: str) -> str:
    """What the database keeps: a keyed hash, so that a stolen database opens nobody's matter."""
    key = hashlib.sha256(b"receipt codes|" + secret_key.encode()).digest()
    return hmac.new(key, code.encode(), hashlib.sha256).hexdigest()
