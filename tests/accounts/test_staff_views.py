"""Administrators look after accounts; the audit log shows what was changed."""

import re

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from participation import audit
from participation.accounts.models import Role, User
from participation.audit import AuditEntry
from participation.db import session
from participation.i18n import LocalizedText
from tests.accounts.makers import make_user, sign_in, staff_client
from tests.districts.makers import make_area


@pytest.fixture
def admin(app):
    """The browser of an administrator."""
    return staff_client(app, "administrator")


def actions() -> list[str]:
    """What was done to accounts, in its order."""
    entries = select(AuditEntry.action).where(AuditEntry.action != "layer.created").order_by(AuditEntry.id)
    return list(session.scalars(entries))


@pytest.mark.databases
def test_an_invitation_shows_its_link_once(app, admin):
    area = make_area(LocalizedText(de="Mitte", tr="Merkez"))
    assert "Merkez" in admin.get("/tr/account/staff/invite").text
    facts = {"name": "Neu", "email": "neu@city.example", "role": "editor", "area_id": str(area.id)}
    page = admin.post("/de/account/staff/invite", data=facts)
    link = re.search(r"http://127\.0\.0\.1:8000(/de/account/link/[\w-]{43})<", page.text)
    assert link
    invited = session.scalars(select(User).where(User.email == "neu@city.example")).one()
    assert invited.areas_of("editor") == {area.id}
    page = admin.get(f"/de/account/staff/{invited.id}").text
    assert "link/" not in page
    assert "Mitte" in page
    assert app.test_client().get(link[1]).status_code == 302
    assert actions() == ["account.invited", "account.role_given", "account.invitation_link"]


@pytest.mark.parametrize(
    "facts",
    [
        {"email": "no address"},
        {"email": "two@at@signs.example"},
        {"name": ""},
        {"name": "x" * 121},
        {"role": "king"},
        {"role": ""},  # nobody becomes an administrator because the field was overlooked
        {"role": "administrator", "area_id": "AREA"},
        {"area_id": "4711"},
        {"area_id": "NaN"},
        {"email": "taken@city.example"},
    ],
)
def test_a_wrong_invitation_comes_back_and_makes_nothing(app, admin, facts):
    make_user(email="taken@city.example")
    area = make_area()
    filled = {"name": "Neu", "email": "neu@city.example", "role": "editor", "area_id": "", **facts}
    filled["area_id"] = filled["area_id"].replace("AREA", str(area.id))
    assert admin.post("/de/account/staff/invite", data=filled).status_code == 422
    assert session.scalar(select(User).where(User.name == "Neu")) is None
    assert actions() == []


def test_a11_the_summary_tells_mistakes_in_the_order_of_the_fields(admin):
    shown = admin.post("/de/account/staff/invite", data={}).text
    links = [shown.index(f'<a href="#{name}">') for name in ("name", "email", "role")]
    assert links == sorted(links)


def test_roles_are_given_and_taken(app, admin):
    user = make_user()
    address = f"/de/account/staff/{user.id}"
    assert admin.post(address, data={"role": "analyst", "area_id": ""}).location == address
    assert admin.post(address, data={"role": "analyst", "area_id": ""}).status_code == 422
    session.refresh(user)
    assert [held.role for held in user.roles] == [Role.ANALYST]
    take = f"{address}/roles/{user.roles[0].id}/take"
    assert admin.post(take).location == address
    assert admin.post(take).status_code == 404
    session.refresh(user)
    assert not user.roles
    assert actions() == ["account.role_given", "account.role_taken"]


def test_a_role_is_taken_only_from_whom_the_address_names(app, admin):
    """V18"""
    user, other = make_user("editor"), make_user("analyst")
    assert admin.post(f"/de/account/staff/{other.id}/roles/{user.roles[0].id}/take").status_code == 404
    session.refresh(user)
    assert user.has_role("editor")


def test_deactivating_signs_out_and_activating_lets_in_again(app, admin):
    user = make_user()
    theirs = app.test_client()
    sign_in(theirs, user)
    admin.post(f"/de/account/staff/{user.id}/deactivate")
    assert theirs.get("/de/staff").status_code == 401
    assert admin.get(f"/de/account/staff/{user.id}/link").status_code == 404
    admin.post(f"/de/account/staff/{user.id}/activate")
    session.refresh(user)
    assert user.is_active
    assert theirs.get("/de/staff").status_code == 401


def test_the_last_administrator_is_told_why_not(app, client):
    user = make_user("administrator")
    sign_in(client, user)
    refused = client.post(f"/de/account/staff/{user.id}/deactivate")
    assert refused.status_code == 409
    assert "last active administrator" in refused.text
    assert client.get("/de/account/staff").status_code == 200


def test_a_reset_link_is_made_for_whoever_has_lost_everything(app, admin):
    user = make_user()
    page = admin.post(f"/de/account/staff/{user.id}/link", data={"renews_second_factor": "y"})
    token = re.search(r"/de/account/link/([\w-]{43})<", page.text)[1]
    visitor = app.test_client()
    visitor.get(f"/de/account/link/{token}")
    visitor.post("/de/account/choose-password", data={"new_password": "Giraffe trinkt Kreide am Deich"})
    session.refresh(user)
    assert not user.has_second_factor
    assert actions() == ["account.password_reset_link"]


def test_the_demo_changes_only_itself(app):
    """Whoever reads the password of the demo must not get hold of a real account."""
    demo = staff_client(app, "administrator", is_demo=True)
    real = make_user("editor")
    address = f"/de/account/staff/{real.id}"
    assert demo.get(address).status_code == 200
    assert demo.post(address, data={"role": "administrator", "area_id": ""}).status_code == 403
    assert demo.post(f"{address}/link").status_code == 403
    assert demo.post(f"{address}/deactivate").status_code == 403
    assert demo.post(f"{address}/roles/{real.roles[0].id}/take").status_code == 403
    facts = {"name": "Neu", "email": "neu@city.example", "role": "administrator", "area_id": ""}
    demo.post("/de/account/staff/invite", data=facts)
    assert session.scalars(select(User).where(User.email == "neu@city.example")).one().is_demo


def test_the_list_of_staff_is_paged_and_costs_the_same_for_many(app, admin):
    for _ in range(30):
        make_user("editor", "analyst")
    first = admin.get("/de/account/staff").text
    assert first.count('scope="row"') == 25
    assert admin.get("/de/account/staff?page=2").text.count('scope="row"') == 6
    assert admin.get("/de/account/staff?page=nonsense").status_code == 200


# --- The audit log ----------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_nobody_changes_or_deletes_a_line_of_the_audit_log(app):
    """M9"""
    audit.record("survey.published", thing="survey 1")
    session.commit()
    for statement in ("UPDATE audit_entries SET action = 'nothing'", "DELETE FROM audit_entries"):
        with pytest.raises(DatabaseError):
            session.execute(text(statement))
        session.rollback()
    assert actions() == ["survey.published"]


@pytest.mark.databases
def test_looks_at_personal_data_are_shown_to_the_privacy_officer_alone(app, admin):
    """D15"""
    audit.record("survey.published", thing="survey 1")
    audit.record("response.read", thing="survey 2", is_personal_data=True)
    page = admin.get("/de/account/audit").text
    assert "survey 1" in page
    assert "survey 2" not in page
    page = staff_client(app, "privacy_officer").get("/de/account/audit").text
    assert "survey 1" in page
    assert "survey 2" in page


@pytest.mark.databases
def test_the_audit_log_is_filtered_by_action_person_and_day(app, client, stop_clock):
    user = make_user("administrator", name="Ada")
    stop_clock(2026, 3, 31, 21, 59)  # one minute before midnight in Germany
    audit.record("a.first", thing="thing one")
    stop_clock(2026, 3, 31, 22, 0)
    sign_in(client, user)
    other = make_user()
    client.post(f"/de/account/staff/{other.id}/deactivate")

    def shown(query: str) -> tuple[bool, bool]:
        page = client.get(f"/de/account/audit?{query}").text
        return "thing one" in page, f"staff {other.id}" in page

    assert shown("") == (True, True)
    assert shown("action=a.first") == (True, False)
    assert shown(f"staff_id={user.id}") == (False, True)
    assert shown("last_day=31.03.2026") == (True, False)
    assert shown("first_day=1.4.2026") == (False, True)
    assert shown("first_day=01.01.0001&last_day=31.12.9999") == (True, True)


@pytest.mark.parametrize(
    "query",
    ["first_day=yesterday", "staff_id=x", "staff_id=99999999999999999999", "action=none", "last_day=32.1.2026"],
)
def test_a_filter_that_cannot_be_read_is_named(admin, query):
    answer = admin.get(f"/de/account/audit?{query}")
    assert answer.status_code == 422
    assert "error-summary" in answer.text


def test_the_audit_log_is_paged(app, admin):
    for number in range(60):
        audit.record("survey.published", thing=f"survey {number}")
    page = admin.get("/de/account/audit?action=survey.published").text
    assert page.count("<code") == 25
    assert "action=survey.published&amp;page=2" in page
