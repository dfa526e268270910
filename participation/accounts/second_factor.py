"""The second factor: six digits from an authenticator app (TOTP), or a recovery code when the phone is lost (V14)."""

import base64
import hmac
import secrets
from typing import Any, cast

import pyotp
import segno
import structlog
from flask import current_app
from sqlalchemy import Update, delete, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.sql.dml import Delete

from participation import clock, reading
from participation.accounts.models import RecoveryCode, User
from participation.accounts.tokens import keyed
from participation.db import session

STEP = 30
# People type slowly and clocks go wrong: the code before and the code after count as well.
NEIGHBOURS = (0, -1, 1)
RECOVERY_CODES = 10
ALPHABET = "23456789acefhklmprtuwxy"  # nothing that is taken for something else
HALF = 5

log = structlog.get_logger()


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


# --- What people do with it -------------------------------------------------------------------------------------------


def accept_code(user: User, typed: str) -> bool:
    """Whether this is the code of the moment; from now on it is used up, as are all before it."""
    step = matching_step(user.second_factor_salt, typed) if user.second_factor_salt else None
    if step is None:
        log.info("second_factor_failed", staff=user.id)
        return False
    newer = update(User).where(User.id == user.id, User.second_factor_last_step < step)
    return changed_rows(newer.values(second_factor_last_step=step)) == 1


def accept_recovery_code(user: User, typed: str) -> bool:
    """Whether this is one of the recovery codes; each works once."""
    unused = update(RecoveryCode).where(
        RecoveryCode.user_id == user.id,
        RecoveryCode.code_hash == recovery_hash(typed),
        RecoveryCode.used_at.is_(None),
    )
    accepted = changed_rows(unused.values(used_at=clock.now())) == 1
    log.info("recovery_code_used" if accepted else "second_factor_failed", staff=user.id)
    return accepted


def set_up(user: User, salt: str, typed: str) -> list[str] | None:
    """Make an authenticator app the second factor once it has shown a right code; gives new recovery codes."""
    step = matching_step(salt, typed)
    if step is None:
        return None
    user.second_factor_salt, user.second_factor_last_step = salt, step
    log.info("second_factor_set_up", staff=user.id)
    return renew_recovery_codes(user)


def renew_recovery_codes(user: User) -> list[str]:
    """New recovery codes; the old ones stop working. They are known only now: the database keeps hashes."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = new_recovery_codes()
    session.add_all(RecoveryCode(user_id=user.id, code_hash=recovery_hash(code)) for code in codes)
    session.flush()
    return codes


def forget(user: User) -> None:
    """The second factor has to be set up anew at the next sign-in."""
    user.second_factor_salt = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    session.flush()


def changed_rows(statement: Update | Delete) -> int:
    """Carry out a change and tell how many rows it met: the one way to do something exactly once."""
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
