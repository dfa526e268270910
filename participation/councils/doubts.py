"""What does not fit in minutes as they are written: shown to whoever writes, and before they are sent round."""

from collections.abc import Sequence
from dataclasses import dataclass

from participation.councils.attending import Roll, roll, votes_to_decide
from participation.councils.minutes_models import Minutes, MinutesEntry, Result
from participation.councils.voting import votes_of
from participation.councils.writing import entries, items_without_entry
from participation.i18n import LazyText, _l


@dataclass(frozen=True)
class Doubt:
    """Something that should be looked at again; without an entry it is about the whole meeting."""

    says: LazyText
    entry: MinutesEntry | None = None


def doubts(minutes: Minutes, here: Roll | None = None, written: Sequence[MinutesEntry] | None = None) -> list[Doubt]:
    """Everything that does not fit; nothing of it forbids anything. Who has read the rest already brings it along."""
    meeting = minutes.meeting
    here = here or roll(meeting)
    written = entries(minutes) if written is None else written
    needed = votes_to_decide(meeting, here)
    found = []
    if not here.is_recorded():
        found.append(Doubt(_l("Nobody is recorded as present yet.")))
    if minutes.opened_at is None or minutes.closed_at is None:
        found.append(Doubt(_l("The beginning or the end of the meeting is missing.")))
    if items_without_entry(minutes, written):
        found.append(Doubt(_l("The agenda has items that the minutes do not have.")))
    for entry in written:
        found += [Doubt(says, entry) for says in _of_entry(entry, here, needed)]
    return found


def _of_entry(entry: MinutesEntry, here: Roll, needed: int) -> list[LazyText]:
    says = []
    if entry.result is None and entry.item.withdrawn_at is None:
        says.append(_l("The result is missing."))
    if entry.vote is not None:
        says += _of_vote(entry, here, needed)
    return says


def _of_vote(entry: MinutesEntry, here: Roll, needed: int) -> list[LazyText]:
    says = []
    votes, most = votes_of(entry), here.most_voters(entry.voted_at)
    if votes == 0:
        says.append(_l("There was a vote, but no votes were recorded."))
    if votes > most:
        says.append(_l("More votes were recorded than people who could vote."))
    if most < needed:
        says.append(_l("There were too few people for a decision."))
    allowed = {one.id for one in here.voters(entry.voted_at)}
    if any(one.membership_id not in allowed for one in entry.casts):
        says.append(_l("Somebody is named who could not vote at that time."))
    if entry.result is Result.RESOLVED and votes > 0 and entry.votes_for <= entry.votes_against:
        says.append(_l("It was resolved, although there were not more votes for it than against it."))
    if entry.result is Result.REJECTED and entry.votes_for > entry.votes_against:
        says.append(_l("It was rejected, although there were more votes for it than against it."))
    return says
