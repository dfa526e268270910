"""What moderators are told: each morning what waits for them, and once when the promised time is near."""

import pytest
from sqlalchemy import select

from participation.contributions.models import ContributionStatus as Status
from participation.db import session
from participation.mail import Mail
from participation.moderation import digest, policy
from participation.moderation.models import Claim
from tests.accounts.makers import make_user
from tests.contributions.makers import make_comment
from tests.districts.makers import make_area
from tests.ideas.makers import make_idea
from tests.moderation.makers import claimed, make_waiting

pytestmark = pytest.mark.databases


def mails(wording: str) -> list[Mail]:
    return list(session.scalars(select(Mail).where(Mail.wording == wording).order_by(Mail.id)))


def test_each_moderator_hears_what_waits_in_their_areas(app, stop_clock):
    stop_clock(2026, 4, 1, 8)
    here, there = make_area("Mitte"), make_area("Nord")
    everywhere, local = make_user("moderator"), make_user("moderator", area_id=here.id)
    make_user("moderator", area_id=make_area("Leer").id)
    make_user("moderator", is_active=False)
    make_user("editor")
    make_waiting(areas=[there])
    make_waiting(areas=[here])
    make_comment(make_idea(), status=Status.WAITING, areas=[there])
    stop_clock(2026, 4, 2, 1)
    assert digest.send_digests() == 2
    first, second = mails("moderation/digest")
    assert (first.recipient, second.recipient) == (everywhere.email, local.email)
    assert "Comment: 1\nIdea: 2" in first.text
    assert "Idea: 1" in second.text
    assert "Comment" not in second.text
    assert "/de/staff/moderation" in first.text


def test_nobody_gets_a_mail_about_nothing(app):
    make_user("moderator")
    make_idea()
    assert digest.housekeeping() == {"digests": 0, "originals": 0, "claims": 0}
    assert digest.remind() == {"reminders": 0}


def test_each_contribution_is_reminded_of_once_before_its_time_is_over(app, stop_clock):
    make_user("moderator")
    stop_clock(2026, 4, 1, 8)
    policy.promise_within(48)
    make_waiting()
    stop_clock(2026, 4, 2, 19)
    assert digest.remind() == {"reminders": 0}
    stop_clock(2026, 4, 2, 20, 1)
    assert digest.remind() == {"reminders": 1}
    stop_clock(2026, 4, 3, 9)
    assert digest.remind() == {"reminders": 0}
    make_waiting()
    stop_clock(2026, 4, 5, 9)
    assert digest.remind() == {"reminders": 1}
    assert [one.wording for one in mails("moderation/reminder")] == ["moderation/reminder"] * 2


def test_many_that_are_nearly_late_make_one_mail_in_four_hours(app, stop_clock):
    make_user("moderator")
    for hour in (8, 9, 10):
        stop_clock(2026, 4, 1, hour)
        make_waiting()
    sent = []
    for hour in (20, 21, 22, 23):
        stop_clock(2026, 4, 2, hour)
        sent.append(digest.remind()["reminders"])
    assert sent == [1, 0, 0, 0]
    stop_clock(2026, 4, 3, 0)
    assert digest.remind() == {"reminders": 1}


def test_old_claims_are_thrown_away_by_night(app, stop_clock):
    """D14"""
    stop_clock(2026, 4, 1, 20)
    claimed(make_waiting(), make_user("moderator"))
    stop_clock(2026, 4, 2, 3)
    assert digest.housekeeping()["claims"] == 1
    assert session.scalars(select(Claim)).all() == []
