"""One's own account: sessions, password, second factor."""

import pytest

from participation.accounts import second_factor
from participation.accounts.models import SignIn
from participation.db import session
from tests.accounts.makers import PASSWORD, SALT, make_user, present_code, sign_in, staff_client

GOOD = "Giraffe trinkt Kreide am Deich"


def test_somebody_without_a_role_is_told_so(app):
    assert "You have no role yet" in staff_client(app).get("/de/staff").text


def test_the_doors_shown_are_those_that_open(app):
    page = staff_client(app, "analyst").get("/de/staff").text
    assert "/de/account/staff" not in page
    assert "/de/account/staff" in staff_client(app, "administrator").get("/de/staff").text


def test_own_sessions_can_be_ended_one_by_one(app, client):
    """V16"""
    user = make_user()
    sign_in(client, user)
    elsewhere = app.test_client()
    other = sign_in(elsewhere, user)
    assert client.get("/de/account").text.count("Sign out there") == 1
    assert client.post(f"/de/account/sign-ins/{other.id}/end").location == "/de/account"
    assert elsewhere.get("/de/account").status_code == 401
    assert client.get("/de/account").status_code == 200


def test_sessions_of_others_are_not_there(app, client):
    """V18"""
    other = sign_in(app.test_client(), make_user())
    sign_in(client, make_user("administrator"))
    assert client.post(f"/de/account/sign-ins/{other.id}/end").status_code == 404
    session.refresh(other)
    assert other.ended_at is None


def test_signing_out_everywhere_ends_this_session_too(app, client):
    user = make_user()
    sign_in(client, user)
    elsewhere = app.test_client()
    sign_in(elsewhere, user)
    assert client.post("/de/account/sign-out-everywhere").location == "/de/account/sign-in"
    assert client.get("/de/account").status_code == 401
    assert elsewhere.get("/de/account").status_code == 401
    assert all(one.ended_at for one in session.query(SignIn))


def test_a_new_password_needs_the_old_one(app, client):
    """V17"""
    user = make_user()
    sign_in(client, user)
    before = user.password_hash
    wrong = client.post("/de/account/password", data={"password": "guessed", "new_password": GOOD})
    assert wrong.status_code == 422
    assert user.password_hash == before
    assert client.post("/de/account/password", data={"password": PASSWORD, "new_password": "kurz"}).status_code == 422
    assert client.post("/de/account/password", data={"password": PASSWORD, "new_password": GOOD}).status_code == 302
    assert user.password_hash != before
    assert client.get("/de/account").status_code == 200


def test_new_recovery_codes_need_the_password_and_are_shown_once(client):
    """V17"""
    user = make_user()
    sign_in(client, user)
    old = second_factor.renew_recovery_codes(user)
    assert client.post("/de/account/recovery-codes", data={"password": "guessed"}).status_code == 422
    page = client.post("/de/account/recovery-codes", data={"password": PASSWORD})
    assert page.text.count("<li><code") == 10
    assert page.headers["Cache-Control"] == "no-store"
    assert not second_factor.accept_recovery_code(user, old[0])


def test_another_phone_needs_the_password(app, client):
    """V17"""
    user = make_user()
    sign_in(client, user)
    elsewhere = app.test_client()
    sign_in(elsewhere, user)
    client.get("/de/account/second-factor/set-up")
    with client.session_transaction() as cookie:
        salt = cookie["salt"]
    facts = {"code": present_code(salt), "password": "guessed"}
    assert client.post("/de/account/second-factor/set-up", data=facts).status_code == 422
    assert user.second_factor_salt == SALT
    facts["password"] = PASSWORD
    assert client.post("/de/account/second-factor/set-up", data=facts).status_code == 200
    assert user.second_factor_salt == salt
    assert client.get("/de/account").status_code == 200
    assert elsewhere.get("/de/account").status_code == 401


def test_a_session_is_extended_before_it_ends_and_never_beyond_its_last_hour(app, client, stop_clock):
    """A16, V16"""
    stop_clock(2026, 4, 1, 8)
    sign_in(client, make_user())
    stop_clock(2026, 4, 1, 8, 29)
    assert client.post("/de/account/stay-signed-in").json == {"seconds": 30 * 60}
    for hour in range(8, 20):
        for minute in (0, 20, 40):
            stop_clock(2026, 4, 1, hour, minute)
            client.post("/de/account/stay-signed-in")
    stop_clock(2026, 4, 1, 19, 50)
    assert client.post("/de/account/stay-signed-in").json == {"seconds": 10 * 60}
    stop_clock(2026, 4, 1, 20, 1)
    assert client.post("/de/account/stay-signed-in").status_code == 401


def test_every_staff_page_knows_when_the_session_ends_and_no_other_page_does(app, stop_clock):
    """A16"""
    stop_clock(2026, 4, 1, 8)
    client = staff_client(app, "editor")
    assert client.get("/de/staff").text.count('data-seconds="1800"') == 1
    stop_clock(2026, 4, 1, 8, 0, 30)  # so soon after the last step nothing is written down
    assert 'data-seconds="1770"' in client.get("/de/staff").text
    visitor = app.test_client().get("/de/").text
    assert "data-seconds" not in visitor
    assert "session.js" not in visitor


@pytest.mark.parametrize("page", ["password", "recovery-codes", "second-factor/set-up"])
def test_people_of_the_demo_share_their_account_so_nobody_changes_it(app, page):
    client = staff_client(app, "administrator", is_demo=True)
    assert client.get(f"/de/account/{page}").status_code == 403
    assert client.post(f"/de/account/{page}", data={"password": PASSWORD}).status_code == 403


def test_the_menu_of_the_office_shows_in_which_room_one_is(app):
    html = staff_client(app, "administrator").get("/en/account/staff/invite").get_data(as_text=True)
    assert 'href="/en/account/staff" aria-current="true"' in html
    assert html.count("aria-current") == 1
