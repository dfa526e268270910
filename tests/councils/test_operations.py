"""Setting a council up, publishing and dissolving it."""

from datetime import date, timedelta

import pytest

from participation import clock
from participation.councils import operations
from participation.councils.models import Council, CouncilKind, Group, GroupKind, Role
from participation.councils.operations import (
    AlreadyDissolved,
    AlreadyPublished,
    GroupInUse,
    NotADraft,
    NotReady,
    PromiseGiven,
    SeatsTaken,
    StillMeets,
    create_council,
    keep_group,
)
from participation.db import session
from participation.i18n import LocalizedText
from tests.councils.makers import make_council, make_meeting, make_membership

pytestmark = pytest.mark.usefixtures("app")

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def november(stop_clock):
    stop_clock(2026, 11, 20, 12)


def test_a_new_council_is_a_draft_with_an_address_of_its_own():
    first = create_council(LocalizedText(de="Quartiersrat Süd"))
    second = create_council(LocalizedText(de="Quartiersrat Süd"), CouncilKind.ROUND_TABLE)
    assert [first.slug, second.slug] == ["quartiersrat-sued", "quartiersrat-sued-2"]
    assert not first.is_public


def test_a_council_named_like_another_page_gets_another_address():
    assert create_council(LocalizedText(de="Members")).slug == "members-2"
    assert create_council(LocalizedText(de="مجلس")).slug == "council"


def test_d2_nothing_is_published_before_everything_is_said():
    council = create_council(LocalizedText(de="Quartiersrat"))
    assert len(operations.missing_duties(council)) == 4  # purpose, legal basis, person in charge, groups
    with pytest.raises(NotReady):
        operations.publish_council(council)
    keep_group(council, None, kind=GroupKind.RESIDENTS, seats=5)
    operations.change_council(
        council,
        purpose=LocalizedText(de="Arbeit des Rates"),
        legal_basis=LocalizedText(de="Aufgabe der Stadt"),
        person_in_charge="Stadt",
    )
    operations.publish_council(council)
    assert council.is_public
    with pytest.raises(AlreadyPublished):
        operations.publish_council(council)


def test_an_assembly_of_all_residents_needs_no_seats():
    assert operations.missing_duties(make_council(kind=CouncilKind.ASSEMBLY, published=False)) == []


def test_d2_a_published_council_keeps_what_was_said():
    council = make_council()
    with pytest.raises(NotReady):
        operations.change_council(council, person_in_charge=" ")


def test_the_time_for_which_addresses_are_kept_only_becomes_shorter():
    council = make_council(retention_days=100)
    operations.change_council(council, retention_days=90)
    with pytest.raises(PromiseGiven):
        operations.change_council(council, retention_days=91)
    draft = make_council(published=False, retention_days=100)
    operations.change_council(draft, retention_days=200)
    assert (council.retention_days, draft.retention_days) == (90, 200)


def test_a_dissolved_council_ends_all_terms_and_stays_readable():
    council = make_council()
    member = make_membership(council)
    make_membership(council, role=Role.DEPUTY, deputy_for=member, starts_on=TODAY + timedelta(days=60))
    operations.dissolve(council, TODAY + timedelta(days=30))
    assert not council.is_dissolved
    assert member.ends_on == council.dissolved_on == TODAY + timedelta(days=30)
    assert council.is_public
    with pytest.raises(AlreadyDissolved):
        operations.dissolve(council, TODAY)


def test_a_council_is_not_dissolved_before_its_last_meeting():
    council = make_council()
    meeting = make_meeting(council)
    with pytest.raises(StillMeets):
        operations.dissolve(council, TODAY)
    meeting.cancelled_at = clock.now()
    operations.dissolve(council, TODAY)
    assert council.is_dissolved is True


def test_only_a_draft_in_which_nothing_happened_is_deleted():
    draft, used, public = make_council(published=False), make_council(published=False), make_council()
    make_membership(used)
    operations.delete_draft(draft)
    assert session.get(Council, draft.id) is None
    for council in (used, public):
        with pytest.raises(NotADraft):
            operations.delete_draft(council)


def test_a_group_is_not_made_smaller_than_those_who_sit_there():
    council = make_council()
    group = council.groups[0]
    make_membership(council)
    make_membership(council, starts_on=TODAY + timedelta(days=9), ends_on=None)
    with pytest.raises(SeatsTaken):
        keep_group(council, group, kind=group.kind, seats=1)
    keep_group(council, group, kind=group.kind, seats=2, name=LocalizedText(de="Nachbarschaft"))
    assert (group.seats, group.name["de"]) == (2, "Nachbarschaft")
    with pytest.raises(GroupInUse):
        operations.delete_group(group)


def test_another_voting_right_counts_for_terms_that_are_not_over():
    council = make_council()
    group = council.groups[0]
    now = make_membership(council)
    over = make_membership(council, ends_on=TODAY - timedelta(days=1))
    secretary = make_membership(council, role=Role.SECRETARY, has_vote=False)
    keep_group(council, group, kind=group.kind, seats=group.seats, has_vote=False)
    assert [one.has_vote for one in (now, over, secretary)] == [False, True, False]
    keep_group(council, group, kind=group.kind, seats=group.seats, has_vote=True)
    assert [one.has_vote for one in (now, over, secretary)] == [True, True, False]


@pytest.mark.databases
def test_groups_stand_in_the_order_the_office_gives_them():
    council = make_council(groups=[Group(kind=GroupKind.RESIDENTS, seats=1, position=1)])
    keep_group(council, None, kind=GroupKind.PROVIDERS, seats=2)
    session.expire_all()
    operations.move_group(council.groups[1])
    assert [one.kind for one in council.groups] == [GroupKind.PROVIDERS, GroupKind.RESIDENTS]
    operations.delete_group(council.groups[0])
    assert [one.kind for one in council.groups] == [GroupKind.RESIDENTS]
