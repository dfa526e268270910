"""How pages, letters and calendars put a meeting into words."""

from participation.councils.meeting_models import Change, Meeting, MeetingState, PaperKind
from participation.i18n import LazyText, LocalizedText, _l

STATES: dict[MeetingState, LazyText] = {
    MeetingState.PLANNED: _l("Planned"),
    MeetingState.INVITED: _l("Agenda published"),
    MeetingState.OVER: _l("Over"),
    MeetingState.CANCELLED: _l("Cancelled"),
}
CHANGES: dict[Change, LazyText] = {
    Change.ADDED: _l("Added later"),
    Change.CHANGED: _l("Changed"),
    Change.WITHDRAWN: _l("Taken off the agenda"),
}
PAPER_KINDS: dict[PaperKind, LazyText] = {
    PaperKind.MOTION: _l("Motion"),
    PaperKind.DRAFT_RESOLUTION: _l("Draft resolution"),
    PaperKind.INFORMATION: _l("Information"),
    PaperKind.INQUIRY: _l("Inquiry"),
    PaperKind.REPORT: _l("Report"),
    PaperKind.OTHER: _l("Other paper"),
}


def number_of(meeting: Meeting) -> LazyText:
    """Which meeting of its council it is."""
    return _l("Meeting no. %(number)s", number=meeting.number)


def name_of(meeting: Meeting) -> LocalizedText | LazyText:
    """What a meeting is called beside its council: by a title of its own, or counted."""
    return meeting.title or number_of(meeting)
