"""Argon2id takes its time on purpose; only the tests about it wait for it."""

import pytest
from argon2 import PasswordHasher

from participation.accounts import passwords

REAL_WORK = "real_argon2"


@pytest.fixture(autouse=True)
def quick_hashes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes with the least work there is, unless the test asks for `real_argon2`."""
    if REAL_WORK not in request.fixturenames:
        monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def real_argon2() -> None:
    """This test is about the real hashes."""
