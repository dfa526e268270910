"""What waits at the councils' desk, for the page "Today"."""

from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation import clock
from participation.clock import BERLIN
from participation.councils import life_duties, proposal_queries, resolution_duties, rules
from participation.councils.meeting_models import Meeting
from participation.councils.models import Council
from participation.db import session
from participation.feature import Counted, Duty
from participation.i18n import _l

SOON = timedelta(days=7)  # before the last day on which an invitation is in time
FARTHEST = timedelta(days=100)  # no notice period is longer
MOST = 200


def duties(person: Any) -> list[Duty | Counted]:
    """Proposals without an answer, meetings that members have to be invited to now, minutes, and what was decided."""
    found: list[Duty | Counted] = []
    if rules.visit(person):
        found += [_proposals(person), *_invitations(person), *life_duties.minutes(person)]
    return [*found, *life_duties.summaries(person), *resolution_duties.duties(person)]


def _proposals(person: Any) -> Counted:
    return Counted(proposal_queries.waiting(person), _waiting_proposals)


def _waiting_proposals(count: int, oldest: datetime | None) -> Duty:
    since = oldest.astimezone(BERLIN).date() if oldest else None
    return Duty(_l("Proposals for an agenda without an answer"), url_for("proposal_staff.index"), count, since)


def _invitations(person: Any) -> list[Duty]:
    waiting = [
        one for one in _not_invited() if one.invite_by - SOON <= clock.today() and rules.manage(person, one.council)
    ]
    return [
        Duty(
            _l("Invite to the meeting: %(council)s", council=one.council.name),
            url_for("invitation_staff.show", meeting_id=one.id),
            due_on=one.invite_by,
        )
        for one in waiting
    ]


def _not_invited() -> list[Meeting]:
    """Meetings ahead that nobody was invited to yet."""
    now = clock.now()
    rows = (
        select(Meeting)
        .join(Meeting.council)
        .where(Meeting.starts_at.between(now, now + FARTHEST), Meeting.invited_at.is_(None))
        .where(Meeting.cancelled_at.is_(None), Council.published_at.is_not(None))
        .options(joinedload(Meeting.council).selectinload(Council.areas))
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(MOST)
    )
    return list(session.scalars(rows))
