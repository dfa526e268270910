"""How the minutes call presence, results and votes."""

from participation.councils.meeting_models import Presence
from participation.councils.minutes_models import Choice, Result, VoteKind
from participation.i18n import _l

PRESENCES = {
    Presence.PRESENT: _l("Present"),
    Presence.EXCUSED: _l("Excused"),
    Presence.ABSENT: _l("Absent without notice"),
}

RESULTS = {
    Result.NOTED: _l("Noted"),
    Result.DISCUSSED: _l("Discussed"),
    Result.RESOLVED: _l("Resolved"),
    Result.REJECTED: _l("Rejected"),
    Result.POSTPONED: _l("Postponed to the next meeting"),
    Result.REFERRED: _l("Referred to a committee or an office"),
    Result.DROPPED: _l("Dropped"),
}

VOTES = {
    VoteKind.OPEN: _l("Open vote"),
    VoteKind.BY_NAME: _l("Vote by name"),
    VoteKind.SECRET: _l("Secret vote"),
}

CHOICES = {
    Choice.FOR: _l("Voted for it"),
    Choice.AGAINST: _l("Voted against it"),
    Choice.ABSTAINED: _l("Abstained"),
    Choice.RECUSED: _l("Recused"),
}
