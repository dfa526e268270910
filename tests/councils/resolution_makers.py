"""Makers of resolutions, tasks, and papers for committees."""

from itertools import count
from typing import Any

from participation import clock
from participation.councils.meeting_models import AgendaItem, Meeting
from participation.councils.minutes_models import (
    Minutes,
    MinutesEntry,
    MinutesStatus,
    Redaction,
    RedactionReason,
    Result,
    VoteKind,
)
from participation.councils.models import Council
from participation.councils.resolution_models import (
    HandOver,
    Resolution,
    ResolutionCard,
    ResolutionState,
    ResolutionStep,
    Task,
)
from participation.db import session
from tests.councils.makers import make_item, make_meeting

_numbers = count(1)


def make_approved_minutes(meeting: Meeting, *, published: bool = False, number: int = 1, **facts: Any) -> Minutes:
    """Minutes that were approved, with an empty entry per item; the test writes what was decided."""
    now = clock.now()
    facts = {
        "status": MinutesStatus.PUBLISHED if published else MinutesStatus.APPROVED,
        "circulated_at": now,
        "approved_at": now,
        "content": {},
        "digest": "x",
        "seal": "x",
        "published_at": now if published else None,
        "public_content": {} if published else None,
        "public_digest": "x" if published else "",
        "reason": "" if number == 1 else "Ein Name war falsch.",
        **facts,
    }
    minutes = Minutes(
        meeting=meeting, number=number, entries=[MinutesEntry(item=one) for one in meeting.items], **facts
    )
    session.add(minutes)
    session.flush()
    return minutes


def decide(
    minutes: Minutes, item: AgendaItem, words: str = "Im Park wird eine Laterne aufgestellt.", **facts: Any
) -> MinutesEntry:
    """The minutes say that this was resolved, seven to two."""
    facts = {"result": Result.RESOLVED, "vote": VoteKind.OPEN, "votes_for": 7, "votes_against": 2, **facts}
    entry = next(one for one in minutes.entries if one.item is item)
    entry.resolution = words
    for name, value in facts.items():
        setattr(entry, name, value)
    session.flush()
    return entry


def black_out(minutes: Minutes, passage: str, reason: RedactionReason = RedactionReason.PERSONAL) -> Redaction:
    """Residents do not read these words."""
    made = Redaction(passage=passage, reason=reason)
    minutes.redactions.append(made)
    session.flush()
    return made


def make_resolution(council: Council | None = None, *, published: bool = True, **facts: Any) -> Resolution:
    """A resolution of a meeting of its own, which everybody reads."""
    meeting = facts.pop("meeting", None) or make_meeting(council)
    item = facts.pop("item", None) or make_item(meeting)
    minutes = facts.pop("minutes", None) or make_approved_minutes(meeting, published=published)
    facts = {
        "year": clock.today().year,
        "serial": next(_numbers),
        "decided_on": meeting.held_on,
        "title": "Beleuchtung im Park",
        "text": "Im Park wird eine Laterne aufgestellt.",
        "language": "de",
        "vote": VoteKind.OPEN,
        "votes_for": 7,
        "votes_against": 2,
        "published_at": clock.now() if published else None,
        **facts,
    }
    made = Resolution(council=meeting.council, item=item, minutes=minutes, **facts)
    made.steps.append(ResolutionStep(state=ResolutionState.OPEN))
    session.add(made)
    session.flush()
    return made


def make_task(
    item: AgendaItem, text: str = "Beim Grünflächenamt nachfragen", *, published: bool = True, **facts: Any
) -> Task:
    """Something promised under an item."""
    public = {"published_at": clock.now(), "public_text": text, "public_responsible": facts.get("responsible", "")}
    task = Task(council=item.meeting.council, item=item, text=text, **{**(public if published else {}), **facts})
    session.add(task)
    session.flush()
    return task


def make_followed_resolution(council: Council | None = None) -> Resolution:
    """A resolution with a card in Turkish, a task, and a paper that waits for a committee's answer."""
    made = make_resolution(council)
    made.cards.append(ResolutionCard(language="tr", title="Parkta ışık", text="Parka lamba konacak."))
    make_task(made.item)
    make_hand_over(made)
    return made


def make_hand_over(resolution: Resolution, committee: str = "Bezirksvertretung I", **facts: Any) -> HandOver:
    """A paper that waits for a committee's answer."""
    made = HandOver(resolution=resolution, committee=committee, **facts)
    session.add(made)
    session.flush()
    return made
