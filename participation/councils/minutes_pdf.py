"""Public minutes on paper: a tagged PDF file (PDF/UA) with the words of the page (A27)."""

from flask import current_app, render_template

from participation.councils.minutes_models import Minutes
from participation.councils.minutes_reading import Reading
from participation.councils.public_agenda import blackenings
from participation.i18n import SOURCE_LANGUAGE, _, format_day, speaking
from participation.pdf import written
from participation.settings import PROJECT

STYLES = PROJECT / "static" / "css" / "minutes-pdf.css"


def pdf(minutes: Minutes) -> bytes:
    """The public version, in the language it is written in. Raises NoPdf."""
    assert minutes.public_content is not None
    with speaking(_spoken(minutes)):
        html = render_template(
            "councils/minutes_pdf.html",
            minutes=minutes,
            read=Reading(minutes, minutes.public_content),
            title=title(minutes),
            approved_how=blackenings([minutes.meeting_id])[minutes.meeting_id].text(minutes.approved_how),
        )
    return written(html, STYLES)


def title(minutes: Minutes) -> str:
    """What the file is called in the language we are speaking."""
    council, day = str(minutes.meeting.council.name), format_day(minutes.meeting.held_on)
    if minutes.number > 1:
        return _("Minutes: %(council)s, %(day)s, revision %(number)s", council=council, day=day, number=minutes.number)
    return _("Minutes: %(council)s, %(day)s", council=council, day=day)


def _spoken(minutes: Minutes) -> str:
    """The language of the minutes, if the house speaks it."""
    return minutes.language if minutes.language in current_app.config["LANGUAGES"] else SOURCE_LANGUAGE
