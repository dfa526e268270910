"""The ways into the office, and the ways to be turned away."""

import pytest
from flask.testing import FlaskClient

from participation.accounts import operations, second_factor
from participation.accounts.models import Role, SignIn
from participation.accounts.signing_in import TOKEN
from participation.db import session
from tests.accounts.makers import PASSWORD, SALT, make_user, present_code, sign_in


def type_password(client: FlaskClient, email: str, password: str = PASSWORD, **more: str):
    return client.post("/de/account/sign-in", data={"email": email, "password": password, **more})


@pytest.mark.databases
def test_password_and_code_open_the_office(client):
    user = make_user("editor")
    assert type_password(client, f"  {user.email.upper()} ").location == "/de/account/second-factor"
    answer = client.post("/de/account/second-factor", data={"code": present_code()})
    assert answer.location == "/de/staff"
    assert user.name in client.get("/de/staff").text


def test_the_password_alone_opens_nothing(client):
    type_password(client, make_user("administrator").email)
    assert client.get("/de/staff").status_code == 401
    assert client.get("/de/account/staff").status_code == 401
    assert client.get("/de/account").status_code == 401


def test_unknown_address_and_wrong_password_get_the_same_answer(client):
    """D10"""
    known = type_password(client, make_user().email, "not the password")
    unknown = type_password(client, "nobody@city.example", "not the password")
    inactive = type_password(client, make_user(is_active=False).email)
    invited = type_password(client, make_user(password_hash=None).email)
    assert known.status_code == unknown.status_code == inactive.status_code == invited.status_code == 422
    sentence = "The e-mail address or the password is not right."
    assert all(sentence in page.text for page in (known, unknown, inactive, invited))


def test_signing_in_leaves_the_old_session_behind(client):
    """V16"""
    user = make_user()
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    type_password(client, user.email)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        pending = cookie[TOKEN]
    client.post("/de/account/second-factor", data={"code": present_code()})
    with client.session_transaction() as cookie:
        assert cookie[TOKEN] != pending
    assert session.query(SignIn).filter(SignIn.ended_at.is_(None)).one().second_factor_at is not None


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil", "javascript:alert(1)", "/\t/evil", ""],
)
def test_the_way_onward_never_leads_out_of_the_house(client, wanted):
    """V22"""
    answer = type_password(client, make_user(is_demo=True).email, next=wanted)
    assert answer.location == "/de/staff"


def test_the_way_onward_survives_the_second_factor(client):
    type_password(client, make_user().email, next="/de/account?x=1")
    assert client.post("/de/account/second-factor", data={"code": present_code()}).location == "/de/account?x=1"


def test_people_of_the_demo_need_no_second_factor(client):
    type_password(client, make_user("analyst", is_demo=True, second_factor_salt=None).email)
    assert client.get("/de/staff").status_code == 200


def test_whoever_has_no_second_factor_sets_one_up_before_anything_else(client):
    """V14"""
    user = make_user("administrator", second_factor_salt=None)
    assert type_password(client, user.email).location == "/de/account/second-factor/set-up"
    assert client.get("/de/account/staff").status_code == 401
    page = client.get("/de/account/second-factor/set-up")
    assert 'src="data:image/svg+xml' in page.text
    with client.session_transaction() as cookie:
        salt = cookie["salt"]
    wrong = client.post("/de/account/second-factor/set-up", data={"code": present_code("another salt")})
    assert wrong.status_code == 422
    codes = client.post("/de/account/second-factor/set-up", data={"code": present_code(salt)})
    assert codes.text.count("<li><code") == 10
    assert client.get("/de/account/staff").status_code == 200
    assert user.second_factor_salt == salt


def test_nobody_replaces_a_second_factor_with_the_password_alone(client):
    user = make_user()
    type_password(client, user.email)
    assert client.get("/de/account/second-factor/set-up").location == "/de/account/second-factor"
    with client.session_transaction() as cookie:
        cookie["salt"] = "mine"
    client.post("/de/account/second-factor/set-up", data={"code": present_code("mine")})
    assert user.second_factor_salt == SALT


def test_a_code_is_taken_once(app, client):
    user = make_user()
    code = present_code()
    type_password(client, user.email)
    client.post("/de/account/second-factor", data={"code": code})
    other = app.test_client()
    type_password(other, user.email)
    assert other.post("/de/account/second-factor", data={"code": code}).status_code == 422
    assert other.get("/de/staff").status_code == 401


def test_a_recovery_code_opens_once(app, client):
    user = make_user()
    code = second_factor.renew_recovery_codes(user)[0]
    type_password(client, user.email)
    assert client.post("/de/account/recovery-code", data={"code": code.upper()}).location == "/de/staff"
    other = app.test_client()
    type_password(other, user.email)
    assert other.post("/de/account/recovery-code", data={"code": code}).status_code == 422


@pytest.mark.parametrize("page", ["second-factor", "recovery-code"])
def test_the_second_factor_is_asked_for_only_after_the_password(client, page):
    assert client.get(f"/de/account/{page}").location == "/de/account/sign-in"
    assert client.post(f"/de/account/{page}", data={"code": "123456"}).location == "/de/account/sign-in"


def test_waiting_too_long_between_password_and_code_starts_anew(client, stop_clock):
    user = make_user()
    stop_clock(2026, 4, 1, 8, 0)
    type_password(client, user.email)
    stop_clock(2026, 4, 1, 8, 16)
    answer = client.post("/de/account/second-factor", data={"code": present_code()})
    assert answer.location == "/de/account/sign-in"


@pytest.mark.databases
def test_a_session_ends_when_nobody_uses_it(client, stop_clock):
    """V16: 30 minutes without an action."""
    stop_clock(2026, 4, 1, 8, 0)
    sign_in(client, make_user())
    stop_clock(2026, 4, 1, 8, 29)
    assert client.get("/de/staff").status_code == 200
    stop_clock(2026, 4, 1, 8, 58)
    assert client.get("/de/staff").status_code == 200
    stop_clock(2026, 4, 1, 9, 28)
    assert client.get("/de/staff").status_code == 401


def test_a_session_ends_after_twelve_hours_of_work(client, stop_clock):
    """V16"""
    stop_clock(2026, 4, 1, 6, 0)
    started = sign_in(client, make_user())
    for hour in range(6, 18):
        for minute in (0, 25, 50):
            stop_clock(2026, 4, 1, hour, minute)
            assert client.get("/de/staff").status_code == 200
    stop_clock(2026, 4, 1, 18, 0)
    assert client.get("/de/staff").status_code == 401
    assert started.ended_at is None


def test_being_seen_is_written_at_most_once_a_minute(client, stop_clock):
    stop_clock(2026, 4, 1, 8, 0)
    started = sign_in(client, make_user())
    before = started.last_seen_at
    stop_clock(2026, 4, 1, 8, 0, 59)
    client.get("/de/staff")
    session.refresh(started)
    assert started.last_seen_at == before
    later = stop_clock(2026, 4, 1, 8, 1)
    client.post("/de/account/sign-ins/999/end")  # refused, so nothing of it is kept
    session.refresh(started)
    assert started.last_seen_at == before
    client.get("/de/staff")
    session.refresh(started)
    assert started.last_seen_at == later


def test_signing_out_ends_the_session_on_the_server(app, client):
    """V16: the cookie is worth nothing afterwards, even if somebody kept it."""
    sign_in(client, make_user())
    with client.session_transaction() as cookie:
        kept = cookie[TOKEN]
    assert client.post("/de/account/sign-out").location == "/de/"
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie[TOKEN] = kept
    assert thief.get("/de/staff").status_code == 401


def test_an_invitation_leads_to_a_password_and_works_once(app, client):
    """V15, V21"""
    user, token = operations.invite("New@City.example", "New", Role.EDITOR)
    answer = client.get(f"/de/account/link/{token}")
    assert answer.location == "/de/account/choose-password"
    assert "new@city.example" in client.get("/de/account/choose-password").text
    assert client.post("/de/account/choose-password", data={"new_password": "kurz"}).status_code == 422
    done = client.post("/de/account/choose-password", data={"new_password": "Giraffe trinkt Kreide am Deich"})
    assert done.location == "/de/account/sign-in"
    assert not user.is_invited
    again = app.test_client()
    again.get(f"/de/account/link/{token}")
    assert again.post("/de/account/choose-password", data={"new_password": "x" * 20}).status_code == 409
    assert type_password(again, "new@city.example", "Giraffe trinkt Kreide am Deich").status_code == 302


def test_a_made_up_link_opens_nothing(client):
    client.get("/de/account/link/made-up")
    assert client.get("/de/account/choose-password").status_code == 409
    assert client.post("/de/account/choose-password", data={"new_password": "x" * 20}).status_code == 409


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"email": "", "password": ""},
        {"email": "x" * 10_000, "password": "y" * 10_000},
        {"email": "'; DROP TABLE users; --", "password": "\x00\u202e"},
        {"email": ["a@b.example", "c@d.example"], "password": ["1", "2"]},
        {"email": "ÿ@city.example", "password": "😀" * 300},
        b"email=%ff%fe&password=%ff",
    ],
)
def test_whatever_is_typed_at_the_door_is_answered_in_words(client, facts):
    kind = "application/x-www-form-urlencoded"
    assert client.post("/de/account/sign-in", data=facts, content_type=kind).status_code == 422


def test_fields_tell_password_managers_what_they_are(client):
    """A13, A17"""
    page = client.get("/de/account/sign-in").text
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_a_visitor_who_reads_gets_no_cookie_and_pages_may_be_kept(client):
    """D12"""
    answer = client.get("/de/")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers.get("Cache-Control") != "no-store"
