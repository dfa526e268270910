"""Invitations, links, passwords, roles and the end of accounts."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from participation import clock
from participation.accounts import operations, passwords, queries, second_factor
from participation.accounts.models import OneTimeLink, Role, RoleAssignment, SignIn, User
from participation.audit import AuditEntry
from participation.db import session
from tests.accounts.makers import PASSWORD, make_user
from tests.districts.makers import make_area

GOOD = "Giraffe trinkt Kreide am Deich"


def signed_in_somewhere(user: User) -> SignIn:
    now = clock.now()
    started = SignIn(token_hash=f"hash {user.id}", user=user, started_at=now, last_seen_at=now, second_factor_at=now)
    session.add(started)
    session.flush()
    return started


def logged() -> list[str]:
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


# --- Invitations and links --------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_whoever_is_invited_chooses_a_password(app):
    user, token = operations.invite(" New.Person@City.Example ", " New Person ", Role.EDITOR)
    assert (user.email, user.name, user.is_invited) == ("new.person@city.example", "New Person", True)
    operations.use_link(token, GOOD)
    assert operations.check_password("NEW.person@city.example", GOOD) is user
    assert logged() == ["account.invited", "account.role_given", "account.invitation_link"]


@pytest.mark.databases
def test_an_address_has_one_account(app):
    make_user(email="somebody@city.example")
    with pytest.raises(operations.AccountExists):
        operations.invite("Somebody@city.example", "Twice", Role.EDITOR)


def test_the_database_refuses_a_second_spelling_of_an_address(app):
    session.add(User(email="Capital@city.example", name="x"))
    with pytest.raises(IntegrityError):
        session.flush()


def test_links_are_kept_as_hashes(app):
    """V15"""
    _user, token = operations.invite("a@city.example", "A", Role.EDITOR)
    assert session.scalars(select(OneTimeLink)).one().token_hash not in token


@pytest.mark.databases
def test_a_link_works_once(app):
    _user, token = operations.invite("a@city.example", "A", Role.EDITOR)
    operations.use_link(token, GOOD)
    with pytest.raises(operations.LinkNotValid):
        operations.use_link(token, GOOD)


@pytest.mark.parametrize(("is_invited", "hours"), [(True, 48), (False, 2)])
def test_links_end_by_themselves(app, stop_clock, is_invited, hours):
    """V15: an invitation lasts two days, a reset two hours."""
    user = make_user(**({"password_hash": None} if is_invited else {}))
    start = stop_clock(2026, 4, 1, 8)
    token = operations.issue_link(user)
    last = start + timedelta(hours=hours, seconds=-1)
    stop_clock(*last.timetuple()[:6])
    assert queries.valid_link(token)
    end = start + timedelta(hours=hours)
    stop_clock(*end.timetuple()[:6])
    assert queries.valid_link(token) is None


def test_a_new_link_ends_the_one_before(app):
    user = make_user()
    first = operations.issue_link(user)
    second = operations.issue_link(user)
    assert queries.valid_link(first) is None
    assert queries.valid_link(second)


def test_a_reset_ends_all_sessions_and_keeps_the_second_factor(app):
    """V15"""
    user = make_user()
    started = signed_in_somewhere(user)
    operations.use_link(operations.issue_link(user), GOOD)
    session.refresh(started)
    assert started.ended_at
    assert user.has_second_factor


def test_a_reset_can_let_somebody_set_up_the_second_factor_again(app):
    user = make_user()
    code = second_factor.renew_recovery_codes(user)[0]
    operations.use_link(operations.issue_link(user, renews_second_factor=True), GOOD)
    assert not user.has_second_factor
    assert not second_factor.accept_recovery_code(user, code)


def test_a_refused_password_leaves_the_link_good(app):
    user = make_user()
    token = operations.issue_link(user)
    with pytest.raises(operations.PasswordTooEasy):
        operations.use_link(token, "Passwort1234")
    assert queries.valid_link(token)


# --- Passwords --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("elf Zeichen", operations.PasswordTooShort),
        ("x" * 201, operations.PasswordTooLong),
        ("Musterstadt-Musterstadt", operations.PasswordTooEasy),
        ("erika.muster 1", operations.PasswordTooEasy),
    ],
)
def test_passwords_follow_the_rules_of_the_house(app, password, refusal):
    """V13"""
    with pytest.raises(refusal):
        operations.set_password(make_user(email="erika.muster@city.example"), password)


def test_changing_the_password_signs_out_everywhere_else(app):
    user = make_user()
    elsewhere = signed_in_somewhere(user)
    here = SignIn(token_hash="here", user=user, started_at=clock.now(), last_seen_at=clock.now())
    session.add(here)
    session.flush()
    operations.change_password(user, GOOD, here=here.id)
    session.expire_all()
    assert elsewhere.ended_at
    assert here.ended_at is None


def test_a_hash_of_weaker_times_is_renewed_at_the_next_sign_in(app, real_argon2):
    user = make_user()
    assert passwords.needs_new_hash(user.password_hash)
    assert operations.check_password(user.email, PASSWORD) is user
    assert not passwords.needs_new_hash(user.password_hash)


# --- Roles ------------------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_a_role_without_area_counts_everywhere(app):
    area = make_area()
    user = make_user("editor")
    assert user.has_role("editor")
    assert user.has_role(Role.ANALYST, Role.EDITOR, area_id=area.id)
    assert not user.has_role("analyst", "moderator")
    assert user.areas_of("editor") is None


@pytest.mark.databases
def test_a_role_for_an_area_counts_only_there(app):
    here, there = make_area("Hier"), make_area("Dort")
    user = make_user("moderator", area_id=here.id)
    assert user.has_role("moderator", area_id=here.id)
    assert not user.has_role("moderator", area_id=there.id)
    assert not user.has_role("moderator")
    assert user.areas_of("moderator") == {here.id}
    assert user.areas_of("editor") == set()


@pytest.mark.databases
def test_a_role_for_an_area_ends_with_the_area_and_never_grows(app):
    area = make_area()
    user = make_user("moderator", area_id=area.id)
    session.delete(area)
    session.commit()
    assert not user.roles


@pytest.mark.databases
def test_a_role_is_held_once(app):
    user = make_user("editor")
    with pytest.raises(operations.RoleHeldAlready):
        operations.give_role(user, Role.EDITOR)
    session.add(RoleAssignment(user_id=user.id, role=Role.EDITOR))
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PRIVACY_OFFICER])
def test_who_looks_after_the_whole_house_is_never_limited_to_an_area(app, role):
    area = make_area()
    with pytest.raises(operations.NotLimitable):
        operations.give_role(make_user(), role, area.id)
    with pytest.raises(IntegrityError):
        make_user(role, area_id=area.id)


@pytest.mark.databases
def test_an_area_that_is_gone_is_refused_in_words(app):
    with pytest.raises(operations.NoSuchArea):
        operations.give_role(make_user(), Role.EDITOR, 4711)


@pytest.mark.databases
def test_the_last_administrator_stays(app):
    admin = make_user("administrator")
    make_user("administrator", is_active=False)
    make_user("administrator", password_hash=None)
    with pytest.raises(operations.LastAdministrator):
        operations.deactivate(admin)
    with pytest.raises(operations.LastAdministrator):
        operations.take_role(admin, admin.roles[0].id)
    make_user("administrator")
    operations.take_role(admin, admin.roles[0].id)
    assert not admin.has_role("administrator")


def test_a_deactivated_account_is_signed_out_and_its_links_end(app):
    user = make_user()
    started, token = signed_in_somewhere(user), operations.issue_link(user)
    operations.deactivate(user)
    session.refresh(started)
    assert started.ended_at
    assert queries.valid_link(token) is None
    assert operations.check_password(user.email, PASSWORD) is None
    operations.activate(user)
    assert operations.check_password(user.email, PASSWORD) is user


# --- Demo and housekeeping --------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_the_accounts_of_the_demo_leave_with_it(app):
    signed_in_somewhere(make_user("editor", "analyst", is_demo=True))
    kept = make_user("administrator")
    assert operations.remove_demo_staff() == 1
    assert session.scalars(select(User)).all() == [kept]
    assert session.scalar(select(func.count()).select_from(SignIn)) == 0


def test_old_sign_ins_and_links_are_forgotten(app, stop_clock):
    """D14"""
    user = make_user()
    stop_clock(2026, 4, 1, 8)
    signed_in_somewhere(user)
    operations.issue_link(user)
    stop_clock(2026, 4, 8, 8)
    assert operations.tidy() == {"sign_ins": 0, "one_time_links": 0}
    stop_clock(2026, 4, 8, 21)
    assert operations.tidy() == {"sign_ins": 1, "one_time_links": 1}
