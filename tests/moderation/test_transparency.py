"""The yearly numbers of moderation, counted by the system from its own tables, as a page and as CSV (M9)."""

import csv
import io
from datetime import timedelta

import pytest

from participation import clock
from participation.contributions.models import ContributionStatus
from participation.moderation import objecting, transparency
from participation.moderation.models import Action, NoticeState, ObjectionState, Party
from tests.accounts.makers import make_user
from tests.contributions.makers import make_comment
from tests.ideas.makers import make_idea
from tests.moderation.fair_makers import make_authored, make_notice, make_objection
from tests.moderation.makers import make_decision, make_rule


@pytest.fixture
def year(app, stop_clock):
    """2026 with a little of everything, and something in the year before."""
    stop_clock(2025, 6, 1, 12)
    make_idea(created_at=clock.now())
    stop_clock(2026, 4, 10, 12)
    rule = make_rule("Höflich bleiben", reference="§ 185 StGB")
    moderator = make_user("moderator")
    for hours in (1, 3, 8):
        made = {"created_at": clock.now(), "waiting_since": clock.now() - timedelta(hours=hours)}
        idea, _code = make_authored(ContributionStatus.WAITING, **made)
        decision = make_decision(idea, moderator, Action.REFUSE, rule=rule)
    make_comment(idea, created_at=clock.now())
    make_comment(idea, created_at=clock.now(), is_official=True)
    reported = make_idea(created_at=clock.now())
    make_notice(reported)
    make_notice(idea_of_its_own())
    stop_clock(2026, 4, 10, 18)
    make_decision(reported, moderator, Action.KEEP, facts="Nein.")
    objecting.reject(make_objection(decision), make_user("moderator"), reasons="Nein.", language="de")
    return transparency.numbers(2026)


def idea_of_its_own():
    return make_idea(created_at=clock.now())


def test_m9_everything_is_counted(year):
    assert year.contributions == {"idea": 5, "comment": 1}  # what the city itself says is not counted
    assert year.decisions[Action.REFUSE] == 3
    assert year.decisions[Action.KEEP] == 1
    assert year.decisions[Action.PUBLISH] == 0
    assert [(str(rule.title), count) for rule, count in year.by_rule] == [("Höflich bleiben", 3)]
    assert year.notices == {NoticeState.OPEN: 1, NoticeState.UPHELD: 0, NoticeState.REJECTED: 1}
    assert year.notices_received == 2
    assert year.notice_hours == 6.0
    assert year.objections[Party.AUTHOR, ObjectionState.REJECTED] == 1
    assert year.objections_received == 1


def test_m9_the_median_of_the_queue(year):
    """One, three, eight hours, and six for the text that was reported."""
    assert year.queue_hours == 4.5


def test_an_empty_year_has_no_median(app):
    empty = transparency.numbers(2020)
    assert (empty.queue_hours, empty.notice_hours, empty.by_rule) == (None, None, [])


@pytest.mark.databases
def test_the_turn_of_the_year_is_the_one_in_germany(app, stop_clock):
    stop_clock(2026, 12, 31, 23, 30)
    make_decision()
    assert transparency.numbers(2026).decisions[Action.REFUSE] == 0
    assert transparency.numbers(2027).decisions[Action.REFUSE] == 1


def test_numbers_are_counted_at_most_once_an_hour(year, stop_clock):
    make_decision()
    assert transparency.numbers(2026) is year
    stop_clock(2026, 4, 10, 20)
    assert transparency.numbers(2026).decisions[Action.REFUSE] == 4


def test_the_page_tells_the_numbers_and_that_no_software_decided(client, year):
    page = client.get("/en/transparency").text
    for part in (
        "No decision was made by software.",
        "they count decisions of the city, not answers of residents",
        "Höflich bleiben",
        "§ 185 StGB",
        "Decisions that software made without a person",
        "Half of the texts waited at most this many hours",
        "4.5",
    ):
        assert part in page
    assert "/en/transparency?year=2025" in page
    assert client.get("/en/transparency?year=2025").status_code == 200


@pytest.mark.parametrize("asked", ["2024", "2027", "x", "-1", "9" * 30, "٢٠٢٦"])
def test_there_is_no_page_for_a_year_without_numbers(client, year, asked):
    assert client.get("/en/transparency", query_string={"year": asked}).status_code == 404
    assert client.get("/en/transparency/numbers.csv", query_string={"year": asked}).status_code == 404


def test_m9_the_same_as_csv(client, year):
    answer = client.get("/en/transparency/numbers.csv?year=2026")
    assert answer.headers["Content-Disposition"] == "attachment; filename=moderation-2026.csv"
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0] == ["Topic", "What was counted", "2026"]
    assert ["Decisions", "Refused", "3"] in rows
    assert ["Decisions", "Half of the texts waited at most this many hours", "4.5"] in rows
    assert ["Reports", "Reports received", "2"] in rows


def test_no_more_statements_for_many_decisions_than_for_few(app):
    from tests.statements import counted_statements

    def needed() -> int:
        app.extensions["memory"].clear()
        with counted_statements(app) as seen:
            transparency.numbers(clock.today().year)
        return len(seen)

    make_decision()
    few = needed()
    for _one in range(5):
        make_decision()
    assert needed() == few <= 12
