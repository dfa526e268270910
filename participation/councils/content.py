"""What minutes say: the whole content that is approved, what residents read of it, and its text to be hashed."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from participation.councils import minutes_queries as queries
from participation.councils import quorum
from participation.councils.attending import roll
from participation.councils.blackening import Blackening
from participation.councils.canonical import canonical
from participation.councils.meeting_models import Attendance, Meeting
from participation.councils.minutes_models import Minutes, MinutesEntry, Redaction
from participation.councils.models import Membership
from participation.councils.public_agenda import redactions_of
from participation.councils.resolution_models import Task
from participation.errors import Refused
from participation.i18n import _l

Content = dict[str, Any]


class Unreadable(Refused):
    """Somebody has written something else into the database."""

    message = _l("These minutes cannot be shown: they were damaged in the database. The city has to look into this.")


# What stands under these names is no text, and never holds what somebody wrote.
CODES = frozenset(
    {
        *("starts_at", "ends_at", "opened_at", "closed_at", "came_at", "left_at", "due_on", "language"),
        *("role", "kind", "presence", "result", "choice", "number"),
    }
)
FORM = 1  # of what is written here; another one would be another number


def full(minutes: Minutes, entries: Sequence[MinutesEntry] | None = None) -> Content:
    """Everything that is approved, as it stands now."""
    meeting = minutes.meeting
    entries = queries.entries(minutes) if entries is None else entries
    promised = queries.tasks([entry.item_id for entry in entries])
    return {
        "form": FORM,
        "language": minutes.language,
        "revision": {"number": minutes.number, "reason": minutes.reason},
        "council": {"name": dict(meeting.council.name)},
        "meeting": _meeting(minutes, meeting),
        "attendance": [_attendance(one, meeting) for one in queries.attendances(meeting)],
        "quorum": _quorum(meeting),
        "guests": minutes.guests,
        "remarks": minutes.remarks,
        "items": [_item(entry, promised[entry.item_id]) for entry in entries],
    }


def public(content: Content, redactions: Iterable[Redaction], named: Collection[int]) -> Content:
    """What residents read: no confidential item, no name without consent, no guests, and no word that is blacked out.

    `named` are the memberships of those who agreed to be named.
    """
    open_content = {
        **content,
        "meeting": {**content["meeting"], "chair": _public_person(content["meeting"]["chair"], named)},
        "attendance": _public_attendance(content["attendance"], named),
        "guests": "",  # they were not asked whether their names may be published
        "items": [_public_item(one, named) for one in content["items"]],
    }
    made: Content = Blackening(redactions).everywhere(open_content, CODES)
    return made


def public_now(minutes: Minutes) -> Content:
    """What residents would read of the approved content if it were published now. Raises Unreadable."""
    approved = readable(minutes.content)
    named = queries.may_be_named(memberships_in(approved))
    return public(approved, redactions_of(minutes.meeting_id), named)


def readable(found: Content | None) -> Content:
    """The content as it was kept. Raises Unreadable."""
    if found is None or not is_readable(found):
        raise Unreadable
    return found


def is_readable(found: Content) -> bool:
    """Whether it has the form that we give it."""
    try:
        canonical(found)
    except (KeyError, TypeError, AttributeError):
        return False
    return True


def memberships_in(content: Content) -> set[int]:
    """Everybody of the council whom the content names."""
    people = [content["meeting"]["chair"], *content["attendance"]]
    for item in content["items"]:
        people += [*item["casts"], *(task["by"] for task in item["tasks"])]
    return {one["membership"] for one in people if one}


def said(entry: MinutesEntry) -> Content:
    """What one entry says, as it is compared with what was approved."""
    return {
        "discussion": entry.discussion,
        "result": entry.result.value if entry.result else None,
        "resolution": entry.resolution,
        "vote": _vote(entry),
    }


def digest(content: Content) -> str:
    """The SHA-256 of the canonical text, which everybody can compute again."""
    return sha256(canonical(content).encode()).hexdigest()


def texts(content: Content) -> list[str]:
    """Every text that somebody wrote."""
    found: list[str] = []
    _collect(content, found, "")
    return found


# --- Parts of the whole content ---------------------------------------------------------------------------------------


def _meeting(minutes: Minutes, meeting: Meeting) -> Content:
    place, room = meeting.place, meeting.room
    return {
        "ordinal": meeting.number,
        "title": dict(meeting.title),
        "starts_at": _local(meeting.starts_at, meeting),
        "ends_at": _local(meeting.ends_at, meeting),
        "opened_at": _local(minutes.opened_at, meeting),
        "closed_at": _local(minutes.closed_at, meeting),
        "place": dict(place.name) if place else {},
        "address": place.full_address if place else "",
        "room": dict(room.name) if room else {},
        "is_public": meeting.is_public,
        "chair": _person(meeting.chaired_by) if meeting.chaired_by else None,
    }


def _person(membership: Membership) -> Content:
    group = membership.group
    return {
        "membership": membership.id,
        "name": membership.person.name,
        "role": membership.role.value,
        "group": {"kind": group.kind.value, "name": dict(group.name)},
    }


def _attendance(one: Attendance, meeting: Meeting) -> Content:
    assert one.presence is not None
    return {
        **_person(one.membership),
        "presence": one.presence.value,
        "came_at": _local(one.came_at, meeting),
        "left_at": _local(one.left_at, meeting),
    }


def _quorum(meeting: Meeting) -> Content:
    """When most of those with a vote were there."""
    present, needed = roll(meeting).most_voters(), quorum.needed(meeting.council, meeting.held_on)
    return {"present": present, "needed": needed, "is_enough": present >= needed}


def _item(entry: MinutesEntry, promised: Sequence[Task]) -> Content:
    item = entry.item
    return {
        "item": item.id,
        "number": item.number,
        "title": dict(item.title),
        "is_public": item.is_public,
        "public_title": dict(item.public_title),
        "is_withdrawn": item.withdrawn_at is not None,
        **said(entry),
        "casts": [{**_person(cast.membership), "choice": cast.choice.value} for cast in entry.casts],
        "tasks": [_task(task) for task in promised],
    }


def _vote(entry: MinutesEntry) -> Content | None:
    if entry.vote is None:
        return None
    return {
        "kind": entry.vote.value,
        "for": entry.votes_for,
        "against": entry.votes_against,
        "abstained": entry.abstained,
        "recused": entry.recused,
    }


def _task(task: Task) -> Content:
    by = task.membership
    return {
        "text": task.text,
        "responsible": task.responsible,
        "by": {"membership": by.id, "name": by.person.name} if by else None,
        "due_on": task.due_on.isoformat() if task.due_on else None,
    }


def _local(moment: datetime | None, meeting: Meeting) -> str | None:
    """As the clock on the wall of the meeting showed it."""
    return moment.astimezone(ZoneInfo(meeting.zone)).strftime("%Y-%m-%d %H:%M") if moment else None


# --- Parts of the public content --------------------------------------------------------------------------------------


def _public_person(one: Content | None, named: Collection[int]) -> Content | None:
    if one is None:
        return None
    rest = {key: value for key, value in one.items() if key != "membership"}
    return {**rest, "name": one["name"] if one["membership"] in named else ""}


def _public_attendance(rows: Sequence[Content], named: Collection[int]) -> list[Content | None]:
    """Those without a name come last, group by group: their place among the names would tell how theirs begins."""
    open_rows = [_public_person(one, named) for one in rows if one["membership"] in named]
    hidden = [one for one in rows if one["membership"] not in named]
    hidden.sort(key=lambda one: (one["group"]["kind"], one["role"], one["presence"], one["came_at"] or ""))
    return [*open_rows, *(_public_person(one, named) for one in hidden)]


def _public_item(item: Content, named: Collection[int]) -> Content:
    if not item["is_public"]:
        return {
            "item": item["item"],
            "number": item["number"],
            "title": item["public_title"],
            "is_public": False,
            "is_withdrawn": item["is_withdrawn"],
        }
    return {
        **{key: value for key, value in item.items() if key != "public_title"},
        "casts": [_public_person(one, named) for one in item["casts"]],
        "tasks": [_public_task(one, named) for one in item["tasks"]],
    }


def _public_task(task: Content, named: Collection[int]) -> Content:
    """Whoever sits in the council is named by their own consent only, however the task was typed."""
    rest = {"text": task["text"], "due_on": task["due_on"]}
    by = task["by"]
    if by is None:
        return {**rest, "responsible": task["responsible"]}
    return {**rest, "responsible": by["name"] if by["membership"] in named else ""}


def _collect(value: Any, found: list[str], key: str) -> None:
    if isinstance(value, dict):
        for name, one in value.items():
            _collect(one, found, name)
    elif isinstance(value, list):
        for one in value:
            _collect(one, found, key)
    elif isinstance(value, str) and value and key not in CODES:
        found.append(value)
