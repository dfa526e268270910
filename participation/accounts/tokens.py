"""Random tokens of sign-ins and links: the browser or the paper has the token, the database only a hash."""

import hashlib
import hmac
import secrets

from flask import current_app


def new_token() -> str:
    """256 bits that nobody guesses."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the database keeps of a token; as the token is random and long, a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed(purpose: str, text: str) -> bytes:
    """A hash that only this house can compute, for what is too short to be kept under a plain one."""
    key = hashlib.sha256(f"{purpose}|{current_app.secret_key!s}".encode()).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
