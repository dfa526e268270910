"""The second factor: six digits from an authenticator app (TOTP), or a recovery code when the phone is lost (V14)."""

import base64
import hmac
import secrets

import pyotp
import segno
from flask import current_app

from participation import clock, reading
from participation.accounts.tokens import keyed

STEP = 30
# People type slowly and clocks go wrong: the code before and the code after count as well.
NEIGHBOURS = (0, -1, 1)
RECOVERY_CODES = 10
ALPHABET = "23456789acefhklmprtuwxy"  # nothing that is taken for something else
HALF = 5


def new_salt() -> str:
    """What is stored of a new secret; without the key of the house it is worth nothing."""
    return secrets.token_hex(16)


def secret_of(salt: str) -> str:
    """The secret that the authenticator app keeps, as letters for typing."""
    return base64.b32encode(keyed("second factor", salt)[:20]).decode()


def matching_step(salt: str, typed: str) -> int | None:
    """The half minute in which this code is right, or None; the caller refuses steps that were used already."""
    code = "".join(char for char in reading.western(typed) if not char.isspace())
    if len(code) != 6 or not code.isascii() or not code.isdecimal():
        return None
    app = pyotp.TOTP(secret_of(salt), interval=STEP)
    present = int(clock.now().timestamp()) // STEP
    for step in (present + neighbour for neighbour in NEIGHBOURS):
        if hmac.compare_digest(app.at(step * STEP), code):
            return step
    return None


def qr_code(salt: str, email: str, issuer: str) -> str:
    """A picture for the camera of the authenticator app, as a data address."""
    address = pyotp.TOTP(secret_of(salt), interval=STEP).provisioning_uri(name=email, issuer_name=issuer)
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=4, light="#fff", omitsize=False))


def new_recovery_codes() -> list[str]:
    """Codes as they are shown once: k7m2x-9phcw."""

    def half() -> str:
        return "".join(secrets.choice(ALPHABET) for _ in range(HALF))

    return [f"{half()}-{half()}" for _ in range(RECOVERY_CODES)]


def recovery_hash(typed: str) -> str:
    """What the database keeps of a recovery code, however it was typed."""
    code = "".join(char for char in typed.casefold() if char.isalnum())
    return keyed("recovery codes", code).hex()


def issuer() -> str:
    """The name under which the app lists this account."""
    return str(current_app.config["SETTINGS"].city_name)
