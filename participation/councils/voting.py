"""Votes in the minutes: never more than there are people who may vote, and by name only who may."""

from collections.abc import Mapping

from sqlalchemy.orm.attributes import flag_modified

from participation.councils.attending import Roll, roll
from participation.councils.minutes_models import Choice, MinutesEntry, VoteCast, VoteKind
from participation.councils.models import Membership
from participation.errors import Refused
from participation.i18n import _, _l, ngettext

COUNTS = {
    Choice.FOR: "votes_for",
    Choice.AGAINST: "votes_against",
    Choice.ABSTAINED: "abstained",
    Choice.RECUSED: "recused",
}


class NoVote(Refused):
    message = _l("Please choose how was voted first.")


class OnlyRecused(Refused):
    message = _l("Only a vote by name tells who voted how.")


class FewerThanNamed(Refused):
    message = _l("More people are named as recused than this number says.")


class TooManyVotes(Refused):
    """The sum cannot be right."""

    def __init__(self, votes: int, voters: int) -> None:
        cast = ngettext("%(n)s vote was counted.", "%(n)s votes were counted.", votes)
        there = ngettext(
            "Only %(n)s person who may vote is recorded as present.",
            "Only %(n)s people who may vote are recorded as present.",
            voters,
        )
        super().__init__(f"{cast} {there}")


class MayNotVote(Refused):
    """Whose term is over, who was not there, who has no vote, or whose member was there."""

    def __init__(self, membership: Membership | None) -> None:
        if membership is None:
            super().__init__(_("On the day of the meeting this person had no seat in the council."))
        else:
            told = _(
                "%(name)s could not vote here: not present at that time, without a vote, or a deputy of a member who "
                "was there.",
                name=membership.person.name,
            )
            super().__init__(told)


def check(entry: MinutesEntry) -> None:
    """Refuse more votes than people, and names of people who could not vote at that time."""
    if entry.vote is None:
        return
    here = roll(entry.minutes.meeting)
    votes, voters = votes_of(entry), here.most_voters(entry.voted_at)
    if votes > voters:
        raise TooManyVotes(votes, voters)
    if entry.recused < sum(1 for one in entry.casts if one.choice is Choice.RECUSED):
        raise FewerThanNamed
    check_names(entry, here, {one.membership_id: one.choice for one in entry.casts})


def votes_of(entry: MinutesEntry) -> int:
    """How many were there for this vote, as its numbers say; who was recused counts, too."""
    return entry.votes_for + entry.votes_against + entry.abstained + entry.recused


def check_names(entry: MinutesEntry, here: Roll, choices: Mapping[int, Choice]) -> None:
    """Only who was there and had a vote is named."""
    allowed = {one.id for one in here.voters(entry.voted_at)}
    members = {one.id: one for one in here.memberships}
    for number in choices:
        if number not in allowed:
            raise MayNotVote(members.get(number))


def follow_kind(entry: MinutesEntry) -> None:
    """Names and numbers that fit the kind of vote: a secret or open one names nobody but those who were recused."""
    if entry.vote is not VoteKind.BY_NAME:
        kept = [one for one in entry.casts if one.choice is Choice.RECUSED and entry.vote is not None]
        entry.casts[:] = kept
        return
    _count(entry)


def record_names(entry: MinutesEntry, choices: Mapping[int, Choice]) -> None:
    """Keep who voted how, and count; the caller has locked the entry and compared its version."""
    if entry.vote is None:
        raise NoVote
    if entry.vote is not VoteKind.BY_NAME and set(choices.values()) - {Choice.RECUSED}:
        raise OnlyRecused
    check_names(entry, roll(entry.minutes.meeting), choices)
    known = {one.membership_id: one for one in entry.casts}
    for number, choice in choices.items():
        if number in known:
            known[number].choice = choice
        else:
            entry.casts.append(VoteCast(membership_id=number, choice=choice))
    entry.casts[:] = [one for one in entry.casts if one.membership_id in choices]
    _count(entry)
    check(entry)
    flag_modified(entry, "recused")  # names are part of what the version stands for


def _count(entry: MinutesEntry) -> None:
    for choice, name in COUNTS.items():
        if entry.vote is VoteKind.BY_NAME or choice is Choice.RECUSED:
            setattr(entry, name, sum(1 for one in entry.casts if one.choice is choice))
