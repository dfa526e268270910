"""One meeting for calendar programs (F1)."""

from urllib.parse import urlsplit

from flask import current_app

from participation import ical
from participation.councils.meeting_models import Meeting
from participation.councils.public_agenda import public_items, public_name
from participation.i18n import LocalizedText, _, speaking
from participation.ical import Entry, Organiser, Text
from participation.mail import link


def calendar_of(meeting: Meeting, tag: str) -> str:
    """The file that goes with the letters to members; it may tell the address online."""
    return _write(meeting, tag, online_address=meeting.online_address)


def public_calendar_of(meeting: Meeting, tag: str) -> str:
    """The same for everybody: an address online is told if residents may sit in."""
    return _write(meeting, tag, online_address=public_online_address(meeting))


def public_online_address(meeting: Meeting) -> str:
    """Where residents can follow online, if they may sit in and the agenda is public."""
    return meeting.online_address if meeting.is_public and meeting.is_announced else ""


def _write(meeting: Meeting, tag: str, *, online_address: str) -> str:
    url = link("meetings.show", tag, meeting_id=meeting.id)
    with speaking(tag):
        place = meeting.place
        entry = Entry(
            uid=meeting.uid,
            sequence=meeting.sequence,
            created_at=meeting.created_at,
            changed_at=meeting.changed_at,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            zone=meeting.zone,
            title=Text(_title(meeting), tag),
            description=Text(_description(meeting, tag, online_address, url), tag),
            url=url,
            location=_where(meeting, tag) if place else _("Online") if online_address else "",
            point=_point(meeting),
            contact=meeting.council.contact,
            conference=online_address if urlsplit(online_address).scheme == "https" else "",
            is_cancelled=meeting.cancelled_at is not None,
        )
        return ical.write_one(entry, _organiser(meeting, tag))


def _title(meeting: Meeting) -> str:
    """What stands in the calendar; not every program shows that an entry is cancelled."""
    names = {"council": meeting.council.name, "meeting": public_name(meeting)}
    if meeting.cancelled_at is not None:
        return _("Cancelled: %(council)s, %(meeting)s", **names)
    return _("%(council)s, %(meeting)s", **names)


def _description(meeting: Meeting, tag: str, online_address: str, url: str) -> str:
    items = [
        _("%(number)s. %(title)s", number=one.number, title=one.title)
        for one in public_items(meeting)
        if not one.is_withdrawn
    ]
    parts = [
        _said(meeting.cancel_reason, tag) if meeting.cancelled_at is not None else "",
        "" if meeting.is_public else _("This meeting is not open to the public."),
        _said(meeting.note, tag),
        _("Agenda: %(items)s", items="\n" + "\n".join(items)) if items else "",
        _("Take part online: %(address)s", address=online_address) if online_address else "",
        _("More about this meeting: %(address)s", address=url),
    ]
    return "\n\n".join(part for part in parts if part)


def _where(meeting: Meeting, tag: str) -> str:
    """Room, house and address in one line, for people and for maps."""
    place, room = meeting.place, meeting.room
    parts = [
        _said(room.name, tag) if room else "",
        _said(place.name, tag) if place else "",
        place.full_address if place else "",
    ]
    return ", ".join(part for part in parts if part)


def _point(meeting: Meeting) -> tuple[float, float] | None:
    place = meeting.place
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def _organiser(meeting: Meeting, tag: str) -> Organiser:
    settings = current_app.config["SETTINGS"]
    contact = meeting.council.contact
    email = contact if "@" in contact else settings.mail_from
    address = f"mailto:{email}" if email else settings.public_url
    return Organiser(name=_said(meeting.council.name, tag) or settings.city_name, address=address)


def _said(text: LocalizedText, tag: str) -> str:
    picked = text.pick(tag)
    return picked.item if picked else ""
