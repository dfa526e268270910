"""Receipt codes: easy to read aloud, with a check character that notices every single slip and every swap."""

import enum
import hashlib
import hmac
import secrets
import unicodedata

# 23 characters, none of which is taken for another one by eye or on the telephone; a prime number of them makes the
# weighted check sum notice each wrong character and each pair of swapped neighbours.
ALPHABET = "23456789ACEFHKLMPRTUWXY"
LENGTH = 11

# On a Cyrillic keyboard these look like the letters on the receipt, so they are taken for them.
LOOK_ALIKES = str.maketrans("АСЕНКМРТХУ", "ACEHKMPTXY")


class Slip(enum.Enum):
    """What is wrong with a typed code, as far as can be told without looking it up."""

    LENGTH = "length"
    CHARACTERS = "characters"
    CHECK = "check"


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


def cleaned(typed: str) -> str:
    """Letters and digits only, in capitals; digits of any script and look-alike Cyrillic letters count as Latin."""
    plain = unicodedata.normalize("NFKC", typed).upper().translate(LOOK_ALIKES)
    return "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in plain if char.isalnum())


def strangers(typed: str) -> list[str]:
    """The characters in it that no code contains."""
    return sorted(set(cleaned(typed)) - set(ALPHABET))


def slip(typed: str) -> Slip | None:
    """What is wrong with a typed code; None when it could be one."""
    code = cleaned(typed)
    if strangers(typed):
        return Slip.CHARACTERS
    if len(code) != LENGTH + 1:
        return Slip.LENGTH
    return None if check_character(code[:-1]) == code[-1] else Slip.CHECK


def normalise(typed: str) -> str | None:
    """The code behind what was typed, in small letters and with blanks too; None when it cannot be one."""
    return None if slip(typed) else cleaned(typed)


def code_hash(code: str, secret_key: str) -> str:
    """What the database keeps: a keyed hash, so that a stolen database opens nobody's matter."""
    key = hashlib.sha256(b"receipt codes|" + secret_key.encode()).digest()
    return hmac.new(key, code.encode(), hashlib.sha256).hexdigest()
