"""Forms for writing minutes: one per agenda item, and one for the meeting as a whole."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from participation import reading
from participation.councils.attending import NotDuringTheMeeting, Seen, moment_of
from participation.councils.labels import RESULTS, VOTES
from participation.councils.meeting_models import Meeting, Presence
from participation.councils.minutes_models import Choice, Minutes, MinutesEntry, Result, VoteKind
from participation.councils.models import Membership
from participation.councils.resolution_models import Task
from participation.forms import (
    DayField,
    Form,
    GermanRequired,
    LineField,
    LocalizedField,
    NumberField,
    at_most,
    between,
    required,
)
from participation.i18n import _l, languages

LONGEST = 200_000  # characters of one item; the whole form has to fit into a megabyte
MOST_VOTES = 1_000
NOT_A_TIME = _l("Please enter a time, for example 18:30.")
SAID = ("discussion", "resolution", "votes_for", "votes_against", "abstained", "recused")


def tidy(text: str | None) -> str:
    """Line ends as they are kept here; browsers send others."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").rstrip()


def time_of_day(typed: str) -> time | None:
    """18:30, 18.30 or 18:30 Uhr; nothing typed is no time."""
    if not typed.strip():
        return None
    match = re.fullmatch(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?:\s*Uhr)?", reading.western(typed))
    if match is None:
        raise reading.Unreadable(NOT_A_TIME)
    return time(int(match[1]), int(match[2]))


def as_typed(moment: datetime | None, meeting: Meeting) -> time | None:
    """A moment as the clock in the room showed it."""
    return moment.astimezone(ZoneInfo(meeting.zone)).time() if moment else None


class ClockField(LineField):
    """A time of day during a meeting."""

    kind = "time"

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.strftime("%H:%M") if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist:
            try:
                self.data = time_of_day(valuelist[0])
            except reading.Unreadable as error:
                raise ValueError(str(error)) from error


class EntryForm(Form):
    """What happened under one item; the last fields write down one more task."""

    discussion = TextAreaField(_l("Discussion"), [at_most(LONGEST)])
    result = SelectField(_l("Result"))
    resolution = TextAreaField(_l("Resolution: the words that were voted on"), [at_most(20_000)])
    vote = SelectField(_l("Vote"))
    votes_for = NumberField(_l("Votes for it"), [Optional(), between(0, MOST_VOTES)])
    votes_against = NumberField(_l("Votes against it"), [Optional(), between(0, MOST_VOTES)])
    abstained = NumberField(_l("Abstentions"), [Optional(), between(0, MOST_VOTES)])
    recused = NumberField(_l("How many were recused?"), [Optional(), between(0, MOST_VOTES)])
    voted_at = ClockField(_l("Time of the vote"), [Optional()])
    task_text = TextAreaField(_l("What has to be done?"), [at_most(2_000)])
    task_member = SelectField(_l("Which member does it?"))
    task_responsible = StringField(_l("Who else does it, for example an office?"), [at_most(200)])
    task_due = DayField(_l("Until when?"), [Optional()])

    def __init__(self, entry: MinutesEntry, members: Sequence[Membership], **options: Any) -> None:
        self.meeting = entry.minutes.meeting
        data = {name: getattr(entry, name) for name in SAID} | {
            "result": entry.result.value if entry.result else "",
            "vote": entry.vote.value if entry.vote else "",
            "voted_at": as_typed(entry.voted_at, self.meeting),
            "task_member": "",
        }
        super().__init__(prefix=f"e{entry.id}-", data=data, **options)
        self["result"].choices = [("", _l("No result yet")), *((one.value, name) for one, name in RESULTS.items())]
        self["vote"].choices = [("", _l("No vote")), *((one.value, name) for one, name in VOTES.items())]
        self["task_member"].choices = members_to_choose(members)

    @property
    def said(self) -> dict[str, Any]:
        """What `writing.save_entry` keeps."""
        return {
            "discussion": tidy(self.discussion.data),
            "resolution": tidy(self.resolution.data),
            "result": Result(self.result.data) if self.result.data else None,
            "vote": VoteKind(self.vote.data) if self.vote.data else None,
            "voted_at": moment_of(self.meeting, self.voted_at.data) if self.voted_at.data else None,
            **{name: self[name].data or 0 for name in SAID if name not in {"discussion", "resolution"}},
        }

    @property
    def task(self) -> dict[str, Any] | None:
        """One more task, if its words were typed."""
        text = tidy(self.task_text.data)
        if not text:
            return None
        member = self.task_member.data
        return {
            "text": text,
            "responsible": (self.task_responsible.data or "").strip(),
            "member_id": int(member) if member else None,
            "due_on": self.task_due.data,
        }


class FrameForm(Form):
    """The meeting as a whole."""

    opened_at = ClockField(_l("Opened at"), [Optional()])
    closed_at = ClockField(_l("Closed at"), [Optional()])
    chair = SelectField(_l("Who chaired the meeting?"))
    guests = TextAreaField(_l("Guests"), [at_most(5_000)])
    remarks = TextAreaField(_l("Remarks on the whole meeting"), [at_most(20_000)])
    language = SelectField(_l("Language of the minutes"))

    def __init__(self, minutes: Minutes, members: Sequence[Membership], **options: Any) -> None:
        self.meeting = minutes.meeting
        data = {
            "opened_at": as_typed(minutes.opened_at, self.meeting),
            "closed_at": as_typed(minutes.closed_at, self.meeting),
            "chair": str(self.meeting.chaired_by_id or ""),
            "guests": minutes.guests,
            "remarks": minutes.remarks,
            "language": minutes.language,
        }
        super().__init__(prefix="m-", data=data, **options)
        self["chair"].choices = members_to_choose(members)
        self["language"].choices = [(one.tag, one.name) for one in languages()]

    @property
    def said(self) -> dict[str, Any]:
        """What `writing.save_frame` keeps."""
        return {
            "opened_at": moment_of(self.meeting, self.opened_at.data) if self.opened_at.data else None,
            "closed_at": moment_of(self.meeting, self.closed_at.data) if self.closed_at.data else None,
            "chair_id": int(self.chair.data) if self.chair.data else None,
            "guests": tidy(self.guests.data),
            "remarks": tidy(self.remarks.data),
            "language": self.language.data,
        }


class NewItemForm(Form):
    """An item that the meeting puts on its own agenda."""

    title = LocalizedField(_l("Title"), [GermanRequired()])
    is_confidential = BooleanField(_l("This item is confidential"))


class TaskForm(Form):
    """One task, while the minutes are written."""

    text = TextAreaField(_l("What has to be done?"), [required(), at_most(2_000)])
    member = SelectField(_l("Which member does it?"))
    responsible = StringField(_l("Who else does it, for example an office?"), [at_most(200)])
    due_on = DayField(_l("Until when?"), [Optional()])

    def __init__(self, task: Task, members: Sequence[Membership]) -> None:
        data = {
            "text": task.text,
            "member": str(task.membership_id or ""),
            "responsible": task.responsible,
            "due_on": task.due_on,
        }
        super().__init__(data=data)
        self["member"].choices = members_to_choose(members)

    @property
    def said(self) -> dict[str, Any]:
        member = self.member.data
        return {
            "text": tidy(self.text.data),
            "responsible": (self.responsible.data or "").strip(),
            "member_id": int(member) if member else None,
            "due_on": self.due_on.data,
        }


def members_to_choose(members: Sequence[Membership]) -> list[tuple[str, Any]]:
    """Everybody who was in office that day, by name; or nobody."""
    return [("", _l("Nobody of the council")), *((str(one.id), one.person.name) for one in members)]


# --- Attendance and names: a row per person ---------------------------------------------------------------------------


class Row:
    """What was typed about one person, what they were shown as, and what is wrong with it."""

    def __init__(self, membership: Membership, meeting: Meeting, seen: Seen, typed: Mapping[str, str] | None) -> None:
        self.membership = membership
        self.errors: dict[str, str] = {}
        self.said = self.was = seen
        self._show(meeting, seen)
        if typed is not None:
            self._read(meeting, typed)

    def look_again(self, meeting: Meeting, seen: Seen) -> None:
        """What somebody else has saved is shown from now on; only what was typed here stands against it."""
        if self.said == self.was:
            self._show(meeting, seen)
        self.shown = _told(seen, meeting)

    def _show(self, meeting: Meeting, seen: Seen) -> None:
        self.shown = _told(seen, meeting)
        self.presence, self.came, self.left = self.shown.split("|")
        self.said = self.was = seen

    def _read(self, meeting: Meeting, typed: Mapping[str, str]) -> None:
        number = self.membership.id
        self.shown = typed.get(f"shown-{number}", "")
        self.was = self._seen(meeting, *[*self.shown.split("|"), "", "", ""][:3])
        self.errors.clear()  # what a page was made of is not what somebody typed
        self.presence = typed.get(f"presence-{number}", "")
        self.came, self.left = (typed.get(f"{name}-{number}", "").strip()[:20] for name in ("came", "left"))
        self.said = self._seen(meeting, self.presence, self.came, self.left)

    def _seen(self, meeting: Meeting, presence: str, came: str, left: str) -> Seen:
        known = {one.value: one for one in Presence}
        return Seen(known.get(presence), self._moment(meeting, "came", came), self._moment(meeting, "left", left))

    def _moment(self, meeting: Meeting, name: str, typed: str) -> datetime | None:
        try:
            clock_time = time_of_day(typed)
            return moment_of(meeting, clock_time) if clock_time else None
        except (reading.Unreadable, NotDuringTheMeeting) as error:
            self.errors[name] = str(error)
            return None


def _told(seen: Seen, meeting: Meeting) -> str:
    times = (as_typed(one, meeting) for one in (seen.came_at, seen.left_at))
    typed = (one.strftime("%H:%M") if one else "" for one in times)
    return "|".join([seen.presence.value if seen.presence else "", *typed])


def choices_typed(voters: Sequence[Membership], typed: Mapping[str, str]) -> dict[int, Choice]:
    """How each person voted; who was left out did not vote."""
    known = {one.value: one for one in Choice}
    found = {one.id: known.get(typed.get(f"choice-{one.id}", "")) for one in voters}
    return {number: choice for number, choice in found.items() if choice is not None}
