"""What a letter tells of a meeting, said in the language of whoever reads it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel import dates

from participation import mail
from participation.councils import public_agenda
from participation.councils.letters import Saying, address
from participation.councils.meeting_models import Meeting
from participation.councils.public_agenda import PublicItem
from participation.i18n import _, current_language, format_day, format_moment
from participation.wordings import isolated


def facts(meeting: Meeting) -> dict[str, Any]:
    """The gaps that every letter about a meeting has."""
    return {
        "council": meeting.council.name,
        "when": Saying(lambda: when(meeting)),
        "where": Saying(lambda: where(meeting)),
        "address": address("meetings.show", meeting_id=meeting.id),
    }


def when(meeting: Meeting) -> str:
    """Day and time on the clocks of the place (L10)."""
    return span(meeting.local_start, meeting.local_end, meeting.zone)


def span(start: datetime, end: datetime, zone: str) -> str:
    """From one moment to another; on one day, the day is said once."""
    if start.date() != end.date():
        return _("from %(start)s to %(end)s", start=format_moment(start), end=format_moment(end))
    day, begins, ends = format_day(start.date(), "full"), _clock(start, zone), _clock(end, zone)
    return _("%(day)s, from %(start)s to %(end)s", day=day, start=begins, end=ends)


def _clock(moment: datetime, zone: str) -> str:
    return dates.format_time(moment, "short", tzinfo=ZoneInfo(zone), locale=current_language().locale)


def where(meeting: Meeting) -> str:
    """The place with its address, and where one takes part online."""
    lines = []
    if meeting.place is not None:
        named = [str(meeting.place.name), str(meeting.room.name) if meeting.room else "", meeting.place.full_address]
        lines.append(", ".join(part for part in named if part))
    if meeting.online_address:
        lines.append(_("Online: %(address)s", address=meeting.online_address))
    return "\n".join(lines) or _("We tell you the place later.")


def agenda_of(meeting: Meeting) -> str:
    """One line per item with its papers. A letter is no safe place: of confidential items it tells what everybody
    may read, and the rest stands on the member's own page.
    """
    return "\n".join(_lines(meeting))


def items(meeting: Meeting) -> list[PublicItem]:
    """What is dealt with, as everybody may read it."""
    return [one for one in public_agenda.public_items(meeting) if not one.is_withdrawn]


def _lines(meeting: Meeting) -> Iterator[str]:
    for item in items(meeting):
        yield _("%(number)s. %(title)s", number=item.number, title=isolated(str(item.title)))
        for paper in item.papers:
            link = mail.link("meetings.paper", current_language().tag, paper_id=paper.id)
            yield _(
                "    Paper %(reference)s: %(title)s",
                reference=paper.reference,
                title=isolated(str(item.paper_titles[paper.id])),
            )
            if paper.document_id is not None:
                yield f"    {link}"
