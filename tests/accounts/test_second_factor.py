"""The second factor: codes of the moment, each taken once, and recovery codes (V14)."""

import pytest
from sqlalchemy import select

from participation.accounts import second_factor
from participation.accounts.models import RecoveryCode
from participation.db import session
from tests.accounts.makers import SALT, make_user, present_code


@pytest.mark.databases
def test_a_code_is_taken_once_and_none_before_it(app):
    user = make_user()
    code, earlier = present_code(), present_code(steps=-1)
    assert second_factor.accept_code(user, code)
    assert not second_factor.accept_code(user, code)
    assert not second_factor.accept_code(user, earlier)


def test_the_code_of_the_neighbouring_half_minute_counts_too(app):
    assert second_factor.accept_code(make_user(), present_code(steps=-1))
    assert second_factor.accept_code(make_user(), present_code(steps=1))
    assert not second_factor.accept_code(make_user(), present_code(steps=-2))
    assert not second_factor.accept_code(make_user(), present_code(steps=2))


def test_a_code_may_be_typed_with_blanks_and_with_other_digits(app):
    code = present_code()
    assert second_factor.accept_code(make_user(), f" {code[:3]} {code[3:]} ")
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert second_factor.accept_code(make_user(), arabic)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "²²²²²²", "१२", "-12345", "0" * 10_000, "\x00"])
def test_what_is_no_code_is_refused(app, typed):
    assert not second_factor.accept_code(make_user(), typed)


def test_without_a_second_factor_no_code_is_right(app):
    assert not second_factor.accept_code(make_user(second_factor_salt=None), present_code())


def test_the_database_alone_makes_no_codes(app):
    """The secret comes from the key of the house as well as from what is stored."""
    before = second_factor.secret_of(SALT)
    app.secret_key, kept = "another key of the house, also long enough", app.secret_key
    try:
        assert second_factor.secret_of(SALT) != before
    finally:
        app.secret_key = kept


@pytest.mark.databases
def test_recovery_codes_are_kept_as_hashes_and_work_once_for_their_owner(app):
    user, other = make_user(), make_user()
    codes = second_factor.renew_recovery_codes(user)
    kept = session.scalars(select(RecoveryCode.code_hash)).all()
    assert len(set(codes)) == len(kept) == 10
    assert not set(codes) & set(kept)
    assert not second_factor.accept_recovery_code(other, codes[0])
    assert second_factor.accept_recovery_code(user, codes[0].replace("-", " ").upper())
    assert not second_factor.accept_recovery_code(user, codes[0])


def test_new_recovery_codes_end_the_old_ones(app):
    user = make_user()
    old = second_factor.renew_recovery_codes(user)
    second_factor.renew_recovery_codes(user)
    assert not second_factor.accept_recovery_code(user, old[0])
