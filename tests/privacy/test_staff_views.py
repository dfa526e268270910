"""The data protection officer reads what was deleted."""

import pytest

from participation.db import session
from participation.privacy import operations
from tests.pages.makers import sign_in

ADDRESS = "/de/staff/housekeeping"


@pytest.mark.parametrize(
    ("roles", "status"),
    [((), 403), (("editor",), 403), (("analyst",), 403), (("privacy_officer",), 200), (("administrator",), 200)],
)
def test_the_log_is_for_the_privacy_officer_and_the_administrator(client, roles, status):
    """V18"""
    assert client.get(ADDRESS).status_code == 401
    sign_in(client, *roles)
    assert client.get(ADDRESS).status_code == status


def test_the_last_night_stands_on_top(client, stop_clock):
    stop_clock(2026, 4, 2, 12)
    sign_in(client, "privacy_officer")
    stop_clock(2026, 4, 1, 12)
    operations.note("surveys", {"drafts": 1234})
    stop_clock(2026, 4, 2, 12)
    operations.note("surveys", {"drafts": 0})
    session.commit()
    page = client.get(ADDRESS).text
    assert page.index("2. April 2026") < page.index("1. April 2026")
    assert "1.234" in page


def test_a_long_log_comes_in_pages(client):
    sign_in(client, "privacy_officer")
    for _night in range(26):
        operations.note("pages", {})
    session.commit()
    assert client.get(f"{ADDRESS}?page=2").text.count("<tr>") == 2
