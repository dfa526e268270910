"""Two members of staff press at the same moment, on both databases: one is heard, the other is told."""

import uuid
from datetime import timedelta

from sqlalchemy import func, select

from participation import clock
from participation.clock import BERLIN
from participation.db import session
from participation.events import series
from participation.events.models import Event, EventState, Rhythm
from participation.events.registration_models import Registration
from participation.mail import Mail
from participation.rich_text import LocalizedRichText, RichText
from tests.accounts.makers import staff_client
from tests.events.makers import make_contact, make_event, make_place, make_registration
from tests.moderation.test_parallel import at_once

DESK = "/de/staff/events"


def pressed_at_once(app, event, page, *forms):
    """Each form is sent by somebody else."""
    path, people = f"{DESK}/{event.id}/{page}", [staff_client(app, "editor") for _ in forms]
    clicks = [
        lambda one=one, form=form: one.post(path, data=form).status_code
        for one, form in zip(people, forms, strict=True)
    ]
    answers = sorted(at_once(*clicks))
    session.expire_all()
    return answers


def mails() -> int:
    return session.scalar(select(func.count()).select_from(Mail)) or 0


def test_an_event_is_published_once(busy_app):
    event = make_event(published=False, place=make_place())
    assert pressed_at_once(busy_app, event, "release", *[{"when": "now"}] * 3) == [302, 409, 409]
    assert event.state is EventState.PUBLISHED


def test_an_event_is_cancelled_once_and_each_registration_gets_one_letter(busy_app):
    event = make_event(capacity=5)
    for number in range(3):
        make_registration(event, contact=make_contact(f"person{number}@example.org"))
    form = {"because-de": "Sturm", "sequence": "0"}
    assert pressed_at_once(busy_app, event, "cancel", form, form, form) == [302, 409, 409]
    assert (event.sequence, mails()) == (1, 3)


def test_nobody_moves_an_event_over_somebody_elses_move(busy_app):
    event = make_event(place=make_place())
    make_registration(event, contact=make_contact())
    begins = event.starts_at.astimezone(BERLIN)

    def moved_by(days: int) -> dict[str, str]:
        new = begins + timedelta(days=days)
        return {
            "starts_at": f"{new:%d.%m.%Y} 12:00",
            "ends_at": f"{new:%d.%m.%Y} 14:00",
            "format": "on_site",
            "where": str(event.place_id),
            "sequence": "0",
        }

    assert pressed_at_once(busy_app, event, "move", moved_by(3), moved_by(4)) == [302, 409]
    assert (event.sequence, mails()) == (1, 1)


def test_a_series_is_made_once(busy_app):
    event = make_event(place=make_place())
    until_on = event.local_start.date() + timedelta(weeks=2)
    days = [day.isoformat() for day in series.plan(event, Rhythm.WEEKLY, 1, until_on).days]
    form = {
        "rhythm": "weekly",
        "every": "1",
        "until_on": until_on.strftime("%d.%m.%Y"),
        "days_shown": "y",
        "days": days,
    }
    assert sorted(pressed_at_once(busy_app, event, "repeat", form, form)) == [302, 409]
    assert session.scalar(select(func.count()).select_from(Event)) == 3


def test_a_report_is_published_once(busy_app):
    report = LocalizedRichText(de=RichText("<p>Bänke</p>"))
    event = make_event(starts_at=clock.now() - timedelta(days=1), report=report)
    make_registration(event, contact=make_contact())
    assert pressed_at_once(busy_app, event, "report/publish", {}, {}, {}) == [302, 409, 409]
    assert mails() == 1


def test_an_event_is_not_taken_back_from_under_somebody_who_registers(busy_app):
    event = make_event()
    editor, resident = staff_client(busy_app, "editor"), busy_app.test_client()
    number = event.id
    wish = {"name": "Ayşe", "email": "ayse@example.org", "persons": "1", "form_key": uuid.uuid4().hex}
    answers = at_once(
        lambda: editor.post(f"{DESK}/{number}/take-back").status_code,
        lambda: resident.post(f"/de/events/{number}/register", data=wish).status_code,
    )
    session.expire_all()
    registered = session.scalar(select(func.count()).select_from(Registration))
    assert answers.count(302) == 1
    assert (registered == 1) is event.is_public
