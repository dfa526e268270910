"""Duplicates and series: which days a rule gives, what each date has of its own, and what they share."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from participation.clock import BERLIN
from participation.db import session, table_of
from participation.events import copying, life, operations, series
from participation.events.models import (
    Event,
    EventLanguage,
    EventLink,
    EventSeries,
    EventSession,
    EventState,
    Format,
    Mode,
    Offer,
    Rhythm,
)
from participation.events.registration_models import ConsentText
from participation.events.rhythm import NoSuchTime, Repetition, on_the_clock
from participation.i18n import LocalizedText
from participation.mail import Mail
from participation.media.models import Document
from participation.questionnaires.asking import next_version
from participation.questionnaires.models import Questionnaire
from participation.rich_text import LocalizedRichText, RichText
from tests.accounts.makers import make_user
from tests.events.makers import make_contact, make_event, make_place, make_registration, make_topic
from tests.questionnaires.makers import ask, page, questionnaire

pytestmark = pytest.mark.usefixtures("app")
EVENING = datetime(2026, 3, 10, 17, tzinfo=UTC)  # a Tuesday, 18:00


@pytest.fixture(autouse=True)
def early_in_march(stop_clock):
    stop_clock(2026, 3, 2, 12)


def make_weekly(event: Event, until_on: date = date(2026, 4, 14), leave_out: set[date] = frozenset()) -> EventSeries:
    planned = series.plan(event, Rhythm.WEEKLY, 1, until_on)
    return series.repeat(event, Rhythm.WEEKLY, 1, until_on, [day for day in planned.days if day not in leave_out])


def make_evening(**facts: Any) -> Event:
    return make_event(**{"starts_at": EVENING, "place": make_place(), **facts})


def starts(one: EventSeries) -> list[datetime]:
    return [event.starts_at for event in series.dates(one)]


# --- The days of a rule -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rhythm", "every", "begins_on", "expected"),
    [
        (Rhythm.WEEKLY, 2, date(2026, 3, 10), [(3, 24), (4, 7), (4, 21)]),
        (Rhythm.MONTHLY_BY_DAY, 1, date(2026, 1, 31), [(2, 28), (3, 31), (4, 30)]),
        (Rhythm.MONTHLY_BY_DAY, 1, date(2026, 1, 12), [(2, 12), (3, 12), (4, 12)]),
        (Rhythm.MONTHLY_BY_DAY, 3, date(2026, 1, 30), [(4, 30), (7, 30), (10, 30)]),
        (Rhythm.MONTHLY_BY_WEEKDAY, 1, date(2026, 3, 10), [(4, 14), (5, 12), (6, 9)]),  # the second Tuesday
        (Rhythm.MONTHLY_BY_WEEKDAY, 2, date(2026, 3, 10), [(5, 12), (7, 14), (9, 8)]),
        (Rhythm.MONTHLY_BY_WEEKDAY, 1, date(2026, 3, 31), [(4, 28), (5, 26), (6, 30)]),  # the fifth: the last
    ],
)
def test_a_rule_gives_the_days_that_people_mean(rhythm, every, begins_on, expected):
    days = Repetition(rhythm, every, begins_on).days(date(2027, 1, 1), 4)
    assert days == [begins_on, *(date(2026, month, day) for month, day in expected)]


def test_a_rule_without_end_still_gives_no_more_days_than_asked_for():
    assert len(Repetition(Rhythm.WEEKLY, 1, date(2026, 3, 10)).days(date(9999, 12, 31), 105)) == 105


def test_times_that_never_or_twice_stand_on_the_clock_are_told_l13():
    with pytest.raises(NoSuchTime, match="put forward"):
        on_the_clock(date(2026, 3, 29), time(2, 30), BERLIN)
    with pytest.raises(NoSuchTime, match="put back"):
        on_the_clock(date(2026, 10, 25), time(2, 30), BERLIN)
    assert on_the_clock(date(2026, 3, 29), time(3, 0), BERLIN) == datetime(2026, 3, 29, 1, tzinfo=UTC)


# --- Making a series --------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_six_in_the_evening_stays_six_in_the_evening_when_the_clocks_change_l13():
    event = make_evening()
    made = make_weekly(event, leave_out={date(2026, 4, 7)})
    local = [moment.astimezone(ZoneInfo("Europe/Berlin")) for moment in starts(made)]
    assert [moment.hour for moment in local] == [18] * 5
    assert [(moment.month, moment.day) for moment in local] == [(3, 10), (3, 17), (3, 24), (3, 31), (4, 14)]
    assert [one.series_on for one in series.dates(made)] == [moment.date() for moment in local]
    assert {one.ends_at - one.starts_at for one in series.dates(made)} == {timedelta(hours=2)}
    assert len({one.uid for one in series.dates(made)}) == 5


def test_a_day_without_that_time_of_day_is_told_and_gets_no_event_l13():
    event = make_evening(starts_at=datetime(2026, 3, 22, 1, 30, tzinfo=UTC))  # Sunday, 02:30
    planned = series.plan(event, Rhythm.WEEKLY, 1, date(2026, 4, 5))
    assert planned.days == [date(2026, 4, 5)]
    assert "29" in planned.impossible[date(2026, 3, 29)]
    with pytest.raises(series.OtherDates):
        series.repeat(event, Rhythm.WEEKLY, 1, date(2026, 4, 5), [date(2026, 3, 29)])


def test_dates_are_drafts_scheduled_or_public_as_the_event_they_are_like():
    staff = make_user("editor")
    draft, scheduled, public = make_evening(published=False), make_evening(published=False), make_evening()
    life.release(scheduled, staff, EVENING - timedelta(days=3))
    states = [{one.state for one in series.dates(make_weekly(event))} for event in (draft, scheduled, public)]
    assert states == [{EventState.DRAFT}, {EventState.SCHEDULED}, {EventState.PUBLISHED}]
    assert all(one.appeared_at for one in series.dates(public.series) if one is not public)


def test_a_series_has_at_most_104_dates():
    event = make_evening()
    with pytest.raises(series.TooManyDates):
        series.plan(event, Rhythm.WEEKLY, 1, EVENING.date() + timedelta(weeks=104))
    planned = series.plan(event, Rhythm.WEEKLY, 1, EVENING.date() + timedelta(weeks=103))
    assert len(planned.days) == 103


def test_only_an_event_ahead_that_is_in_no_series_is_repeated():
    event = make_evening()
    make_weekly(event)
    for wrong, refusal in (
        (event, series.InSeriesAlready),
        (make_evening(cancelled_at=EVENING), life.AlreadyCancelled),
        (make_evening(starts_at=EVENING - timedelta(days=30)), life.HasBegun),
    ):
        with pytest.raises(refusal):
            series.plan(wrong, Rhythm.WEEKLY, 1, date(2026, 5, 1))
    with pytest.raises(series.NoDates):
        series.plan(make_evening(), Rhythm.WEEKLY, 1, EVENING.date())


@pytest.mark.databases
def test_later_dates_go_on_by_the_first_day_even_when_that_event_is_gone():
    event = make_evening(starts_at=datetime(2026, 3, 31, 16, tzinfo=UTC), published=False)  # the fifth Tuesday
    made = series.repeat(event, Rhythm.MONTHLY_BY_WEEKDAY, 1, date(2026, 4, 30), [date(2026, 4, 28)])
    life.delete_draft(event)
    new = series.plan_more(made, date(2026, 6, 30)).days
    assert new == [date(2026, 5, 26), date(2026, 6, 30)]
    series.extend(made, date(2026, 6, 30), [date(2026, 6, 30)])
    assert [one.series_on for one in series.dates(made)] == [date(2026, 4, 28), date(2026, 6, 30)]
    assert made.until_on == date(2026, 6, 30)


def test_with_its_last_event_a_series_is_gone_too():
    event = make_evening(published=False)
    make_weekly(event, date(2026, 3, 17))
    for one in list(series.dates(event.series)):
        life.delete_draft(one)
    assert session.scalars(select(EventSeries)).all() == []


def test_two_who_add_the_same_dates_do_not_make_them_twice():
    made = make_weekly(make_evening(), date(2026, 3, 17))
    days = series.plan_more(made, date(2026, 3, 31)).days
    series.extend(made, date(2026, 3, 31), days)
    with pytest.raises((series.NoDates, series.OtherDates)):
        series.extend(made, date(2026, 3, 31), days)
    assert len(series.dates(made)) == 4


# --- What a copy has --------------------------------------------------------------------------------------------------


def make_full_event() -> Event:
    document = Document(title="Plan", language="de", size=4, content=b"%PDF")
    event = make_evening(
        topics=[make_topic()],
        documents=[document],
        languages=[EventLanguage(language="tr"), EventLanguage(language="ar", is_interpreted=True)],
        links=[EventLink(title=LocalizedText(de="Umfrage"), address="/surveys/familie")],
        sessions=[EventSession(title=LocalizedText(de="Tisch 1"), starts_at=EVENING, ends_at=None, capacity=8)],
        text=LocalizedRichText(de=RichText("<p>Text</p>")),
        format=Format.BOTH,
        mode=Mode.INVITATION,
        interpretation=Offer.ON_REQUEST,
        requests_until=EVENING.date() - timedelta(days=3),
        registration_closes_at=EVENING - timedelta(days=1),
        version=next_version(None, questionnaire(page("p", ask("why"))), name="event", published_at=EVENING),
        cancelled_at=None,
        report=LocalizedRichText(de=RichText("<p>Bericht</p>")),
        attended=12,
        figures={"registered": 9},
        sequence=4,
    )
    session.add_all(
        [
            ConsentText(event_id=event.id, number=1, version=1, text=LocalizedText(de="alt"), retired_at=EVENING),
            ConsentText(event_id=event.id, number=1, version=2, text=LocalizedText(de="Fotos")),
        ]
    )
    session.flush()
    return event


@pytest.mark.databases
def test_a_duplicate_is_a_draft_with_everything_but_what_happened_to_the_first_one():
    event = make_full_event()
    make_registration(event)
    made = copying.duplicate(event, EVENING + timedelta(weeks=4))
    session.expire_all()
    assert made.state is EventState.DRAFT
    assert (made.title, made.text, made.place, made.format) == (event.title, event.text, event.place, event.format)
    assert (made.mode, made.interpretation, made.topics) == (event.mode, event.interpretation, event.topics)
    assert (made.spoken, made.interpreted) == (["tr"], ["ar"])
    assert [(one.title, one.capacity, one.taken) for one in made.sessions] == [(LocalizedText(de="Tisch 1"), 8, 0)]
    assert [one.address for one in made.links] == ["/surveys/familie"]
    assert made.documents == event.documents, "the same file"
    assert (made.report, made.attended, made.figures, made.sequence) == (LocalizedRichText(), None, {}, 0)
    assert made.uid != event.uid
    asked = select(ConsentText.text, ConsentText.version).where(ConsentText.event_id == made.id)
    assert session.execute(asked).all() == [(LocalizedText(de="Fotos"), 1)]


def test_what_lies_before_the_event_moves_along_on_the_clock():
    event = make_full_event()
    made = copying.duplicate(event, datetime(2026, 4, 7, 16, tzinfo=UTC))  # four weeks later, 18:00 again
    assert made.sessions[0].starts_at == made.starts_at
    assert made.registration_closes_at == made.starts_at - timedelta(days=1)
    assert made.requests_until == date(2026, 4, 4)
    assert made.erase_on == date(2026, 5, 7)


def test_other_questions_in_the_copy_change_nothing_in_the_first_one():
    event = make_full_event()
    made = copying.duplicate(event, EVENING + timedelta(weeks=4))
    assert made.version is not None
    assert made.version.questionnaire is not event.version.questionnaire
    assert made.version.checksum == event.version.checksum
    assert made.version.published_at is None
    life.delete_draft(made)
    assert session.scalars(select(Questionnaire)).all() == [event.version.questionnaire]


def test_every_fact_of_an_event_is_either_its_own_or_copied():
    names = {column.name for column in table_of(Event).columns}
    assert names >= copying.OWN, "this is no fact of an event any more"


def test_a_duplicate_lies_ahead():
    with pytest.raises(operations.InThePast):
        copying.duplicate(make_evening(), datetime(2026, 3, 1, 12, tzinfo=UTC))


# --- This date and all that follow ------------------------------------------------------------------------------------


@pytest.mark.databases
def test_following_dates_say_the_same_and_keep_their_time_and_place():
    made = make_weekly(make_full_event())
    first, second, third, *_rest = series.dates(made)
    times = starts(made)
    second.title = LocalizedText(de="Neuer Titel")
    second.languages = [EventLanguage(language="uk")]
    second.links, second.documents = [], []
    session.flush()
    assert series.take_over(second, ["texts", "more", "access"]) == 4
    session.expire_all()
    assert (first.title, third.title) != (second.title, first.title)
    assert third.title == LocalizedText(de="Neuer Titel")
    assert (third.spoken, third.links, third.documents) == (["uk"], [], [])
    assert (first.spoken, third.sequence, first.sequence) == (["tr"], 1, 4)
    assert starts(made) == times
    assert len(session.scalars(select(Document)).all()) == 1, "the first date still shows it"


def test_whoever_chooses_nothing_or_has_no_series_is_told():
    with pytest.raises(series.NoSeries):
        series.take_over(make_evening(), ["texts"])
    event = make_evening()
    make_weekly(event)
    with pytest.raises(series.NothingChosen):
        series.take_over(event, [])


@pytest.mark.databases
def test_a_series_is_called_off_from_one_date_on():
    event = make_evening()
    made = make_weekly(event)
    first, second, third, fourth, *_ = series.dates(made)
    fourth.published_at = None  # nobody knows of it
    for one, email in ((first, "a@example.org"), (second, "b@example.org"), (third, "c@example.org")):
        make_registration(one, contact=make_contact(email))
    gone = fourth.id
    assert series.call_off(second, LocalizedText(de="Der Saal schließt."), second.sequence) == (4, 1)
    assert first.state is EventState.PUBLISHED
    assert {one.state for one in series.dates(made) if one is not first} == {EventState.CANCELLED}
    assert session.get(Event, gone) is None
    assert sorted(session.scalars(select(Mail.recipient))) == ["b@example.org", "c@example.org"]
    assert made.until_on == second.series_on - timedelta(days=1)


def test_drafts_of_a_series_are_handed_in_and_released_together():
    staff, other = make_user("editor"), make_user("editor")
    event = make_evening(published=False)
    make_weekly(event)
    _first, second, *_rest = series.dates(event.series)
    assert series.drafts_after(second) == 4
    assert series.hand_in_following(second, staff) == 5
    assert series.release_following(second, other) == 5
    assert [one.state for one in series.dates(event.series)] == [EventState.DRAFT] + [EventState.PUBLISHED] * 5


def test_a_date_that_was_moved_keeps_its_day_in_the_rhythm():
    made = make_weekly(make_evening(), date(2026, 3, 17))
    second = series.dates(made)[1]
    later = second.starts_at + timedelta(days=1)
    life.move(second, starts_at=later, ends_at=later + timedelta(hours=2))
    assert second.series_on == date(2026, 3, 17)
    new = series.plan_more(made, date(2026, 3, 31)).days
    assert new == [date(2026, 3, 24), date(2026, 3, 31)]
