"""Who sits in a council on which day, who votes, and which seats nobody holds."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from participation.audit import AuditEntry
from participation.contacts.models import Contact
from participation.councils import seats_and_terms
from participation.councils.models import ConsentPurpose, Group, GroupKind, Membership, Role
from participation.councils.seats_and_terms import (
    EndsBeforeItBegins,
    InOfficeAlready,
    IsDissolved,
    NobodyToStandInFor,
    NoSeatLeft,
    NoSuchGroup,
    appoint,
    change_term,
    end_term,
    group_seats,
    in_office,
    voters,
)
from participation.db import session
from tests.councils.makers import make_council, make_membership, make_person
from tests.statements import counted_statements

FIRST, LAST = date(2026, 1, 1), date(2029, 12, 31)
DAY = date(2026, 11, 20)

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(autouse=True)
def november(stop_clock):
    stop_clock(2026, 11, 20, 12)


def small_council(seats: int = 1):
    return make_council(groups=[Group(kind=GroupKind.RESIDENTS, seats=seats, position=1)])


def vacancies(council, day=None):
    return [one for one in group_seats(council, in_office(council, day)) if one.vacant]


@pytest.mark.databases
def test_the_last_seat_of_a_group_is_given_once():
    council = small_council()
    appoint(make_person(), council, council.groups[0], Role.MEMBER, FIRST, LAST)
    with pytest.raises(NoSeatLeft):
        appoint(make_person(), council, council.groups[0], Role.CHAIR, LAST, None)
    assert session.scalar(select(func.count()).select_from(Membership)) == 1


@pytest.mark.databases
def test_a_seat_can_be_given_for_the_time_after_its_holder():
    council = small_council()
    group = council.groups[0]
    appoint(make_person(), council, group, Role.MEMBER, FIRST, date(2026, 12, 31))
    later = appoint(make_person(), council, group, Role.MEMBER, date(2027, 1, 1), LAST)
    with pytest.raises(NoSeatLeft):
        appoint(make_person(), council, group, Role.MEMBER, date(2026, 6, 1), None)
    assert [one.id for one in in_office(council, date(2027, 1, 1))] == [later.id]


def test_secretaries_advisers_and_deputies_take_no_seat_and_only_deputies_vote_for_theirs():
    council = small_council()
    group = council.groups[0]
    member = appoint(make_person(), council, group, Role.MEMBER, FIRST)
    secretary = appoint(make_person(), council, group, Role.SECRETARY, FIRST)
    adviser = appoint(make_person(), council, group, Role.ADVISER, FIRST)
    deputy = appoint(make_person(), council, group, Role.DEPUTY, FIRST, deputy_for=member)
    assert [one.has_vote for one in (member, secretary, adviser, deputy)] == [True, False, False, True]
    assert voters(council) == [member]
    assert seats_and_terms.deputies_of(member) == [deputy]
    assert vacancies(council) == []


def test_members_of_a_group_without_a_vote_do_not_vote():
    council = make_council()
    administration = council.groups[1]
    official = appoint(make_person(), council, administration, Role.MEMBER, FIRST)
    deputy = appoint(make_person(), council, administration, Role.DEPUTY, FIRST, deputy_for=official)
    assert not official.has_vote
    assert not deputy.has_vote
    assert voters(council) == []


def test_a_deputy_stands_in_for_a_member_of_the_same_council_and_time():
    council, other = make_council(), make_council()
    group = council.groups[0]
    elsewhere = make_membership(other)
    gone = make_membership(council, starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
    deputy = make_membership(council, role=Role.DEPUTY, deputy_for=make_membership(council))
    for nobody in (None, elsewhere, gone, deputy):
        with pytest.raises(NobodyToStandInFor):
            appoint(make_person(), council, group, Role.DEPUTY, FIRST, deputy_for=nobody)


def test_nobody_sits_twice_in_a_council_at_the_same_time():
    council = make_council()
    person = make_person()
    appoint(person, council, council.groups[0], Role.MEMBER, FIRST, LAST)
    with pytest.raises(InOfficeAlready):
        appoint(person, council, council.groups[1], Role.ADVISER, LAST)
    appoint(person, council, council.groups[1], Role.ADVISER, LAST + timedelta(days=1))


def test_a_term_is_refused_in_a_wrong_order_in_a_foreign_group_and_after_the_end():
    council, other = make_council(dissolved_on=DAY), make_council()
    with pytest.raises(EndsBeforeItBegins):
        appoint(make_person(), other, other.groups[0], Role.MEMBER, LAST, FIRST)
    with pytest.raises(NoSuchGroup):
        appoint(make_person(), other, council.groups[0], Role.MEMBER, FIRST)
    with pytest.raises(IsDissolved):
        appoint(make_person(), council, council.groups[0], Role.MEMBER, FIRST)
    appoint(make_person(), council, council.groups[0], Role.MEMBER, FIRST, DAY)


@pytest.mark.databases
def test_the_first_and_the_last_day_of_a_term_count():
    council = make_council()
    member = make_membership(council, starts_on=DAY, ends_on=DAY)
    days = [DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)]
    assert [in_office(council, day) for day in days] == [[], [member], []]
    assert [member.is_in_office(day) for day in days] == [False, True, False]


def test_a_term_that_ends_takes_its_deputies_along():
    council = make_council()
    member = make_membership(council)
    deputy = make_membership(council, role=Role.DEPUTY, deputy_for=member)
    make_membership(council, role=Role.DEPUTY, deputy_for=member, starts_on=DAY + timedelta(days=9))
    end_term(member)
    assert (member.ends_on, deputy.ends_on) == (DAY, DAY)
    assert session.scalars(select(Membership).order_by(Membership.id)).all() == [member, deputy]
    with pytest.raises(EndsBeforeItBegins):
        end_term(member, member.starts_on - timedelta(days=1))


def test_a_term_is_made_longer_only_into_a_free_seat():
    council = small_council()
    group = council.groups[0]
    first = appoint(make_person(), council, group, Role.MEMBER, FIRST, DAY)
    appoint(make_person(), council, group, Role.MEMBER, DAY + timedelta(days=1), LAST)
    with pytest.raises(NoSeatLeft):
        change_term(first, ends_on=LAST, on_behalf_of="")
    change_term(first, ends_on=DAY - timedelta(days=1), on_behalf_of="Bürgerverein")
    assert (first.ends_on, first.on_behalf_of) == (DAY - timedelta(days=1), "Bürgerverein")


def test_vacant_seats_are_counted_group_by_group():
    council = make_council()
    make_membership(council)
    assert [(one.group.kind, one.vacant) for one in vacancies(council)] == [
        (GroupKind.RESIDENTS, 8),
        (GroupKind.ADMINISTRATION, 3),
    ]


@pytest.mark.databases
def test_everybody_in_office_is_found_with_one_question_to_the_database(app):
    council = make_council()
    for number in range(5):
        make_membership(
            council, make_person(f"A B{number}", email=f"b{number}@example.org", shows=(ConsentPurpose.NAME,))
        )
    session.expire_all()
    council.id  # noqa: B018  (read again before we count)
    with counted_statements(app) as statements:
        found = in_office(council)
        assert [one.person.public_name for one in found] == [f"A B{number}" for number in range(5)]
        assert {one.group.kind for one in found} == {GroupKind.RESIDENTS}
        assert all(isinstance(one.person.contact, Contact) for one in found)
    assert len(statements) == 1


def test_beginning_and_end_of_a_term_stand_in_the_log():
    council = make_council()
    end_term(appoint(make_person(), council, council.groups[0], Role.MEMBER, FIRST))
    assert session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all() == [
        "membership.began",
        "membership.ended",
    ]
