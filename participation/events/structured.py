"""What search engines are told about an event: schema.org Event as JSON-LD (F3)."""

from datetime import datetime
from typing import Any

from flask import current_app, url_for

from participation import clock, mail
from participation.events.indexing import plain
from participation.events.models import Event, Format, Mode
from participation.places.models import Place

LONGEST_DESCRIPTION = 300
ATTENDANCE = {
    Format.ON_SITE: "OfflineEventAttendanceMode",
    Format.ONLINE: "OnlineEventAttendanceMode",
    Format.BOTH: "MixedEventAttendanceMode",
}


def structured(event: Event) -> dict[str, Any]:
    """The event as search engines read it, in the reader's language; what nobody knows is left out."""
    address = mail.absolute(url_for("events.show", event_id=event.id))
    told = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": str(event.title),
        "description": _description(event),
        "startDate": _moment(event.starts_at),
        "endDate": _moment(event.ends_at),
        "previousStartDate": _moment(event.moved_from_at) if event.moved_from_at else None,
        "eventStatus": f"https://schema.org/{_status(event)}",
        "eventAttendanceMode": f"https://schema.org/{ATTENDANCE[event.format]}",
        "location": _locations(event, address),
        "image": _pictures(event),
        "organizer": _organiser(event),
        "inLanguage": event.spoken,
        "isAccessibleForFree": True,
    }
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def _moment(moment: datetime) -> str:
    """With the offset that the clocks in Germany have on that day."""
    return moment.astimezone(clock.BERLIN).isoformat(timespec="seconds")


def _status(event: Event) -> str:
    if event.is_cancelled:
        return "EventCancelled"
    return "EventRescheduled" if event.moved_from_at else "EventScheduled"


def _description(event: Event) -> str:
    text = event.text.pick()
    words = str(event.summary) or (plain(text.item) if text else "")
    if len(words) <= LONGEST_DESCRIPTION:
        return words
    return f"{words[:LONGEST_DESCRIPTION].rsplit(' ', 1)[0]}…"


def _locations(event: Event, address: str) -> Any:
    """Where it is; an address online that only those who register get to know is the page of the event."""
    there = [] if event.format is Format.ONLINE else [_place(event.place)]
    if event.format is not Format.ON_SITE:
        is_told = event.mode is Mode.OPEN and event.online_address
        there.append({"@type": "VirtualLocation", "url": event.online_address if is_told else address})
    return there[0] if len(there) == 1 else there


def _place(place: Place | None) -> dict[str, Any]:
    city = current_app.config["SETTINGS"].city_name
    if place is None:
        return {"@type": "Place", "name": city, "address": _postal(addressLocality=city)}
    postal = _postal(streetAddress=place.address, postalCode=place.postal_code, addressLocality=place.town or city)
    told = {"@type": "Place", "name": str(place.name), "address": postal}
    if place.latitude is not None and place.longitude is not None:
        told["geo"] = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    return told


def _postal(**parts: str) -> dict[str, str]:
    known = {name: value for name, value in parts.items() if value}
    return {"@type": "PostalAddress", **known, "addressCountry": "DE"}


def _pictures(event: Event) -> list[str]:
    picture = event.picture
    if picture is None or not picture.is_public:
        return []
    return [mail.absolute(picture.address(width)) for width in reversed(picture.widths)]


def _organiser(event: Event) -> dict[str, str]:
    settings = current_app.config["SETTINGS"]
    return {"@type": "Organization", "name": str(event.organiser) or settings.city_name, "url": settings.public_url}
