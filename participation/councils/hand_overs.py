"""Papers for committees of the city: a resolution is handed over, and what the committee answers is written down."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists, select

from participation import audit, clock
from participation.councils import following
from participation.councils.locking import lock
from participation.councils.meeting_models import Paper
from participation.councils.resolution_models import (
    Annex,
    CommitteeAnswer,
    HandOver,
    Resolution,
    ResolutionState,
)
from participation.db import session
from participation.errors import Refused
from participation.i18n import SOURCE_LANGUAGE, _l
from participation.permissions import Person

MOST_ANNEXES = 20

# How far a resolution is after the committee's answer; the office may add another step.
STATE_AFTER = {
    CommitteeAnswer.ACCEPTED: ResolutionState.IN_PROGRESS,
    CommitteeAnswer.PARTLY: ResolutionState.IN_PROGRESS,
    CommitteeAnswer.NOTED: ResolutionState.IN_PROGRESS,
    CommitteeAnswer.REJECTED: ResolutionState.NOT_PURSUED,
    CommitteeAnswer.POSTPONED: ResolutionState.HANDED_OVER,
}


class NotAccepted(Refused):
    message = _l("The council has rejected this. Only what was resolved can be handed over to a committee.")


class StillWaiting(Refused):
    message = _l("This resolution was handed over to this committee already, and its answer is not there yet.")


class NotItsPaper(Refused):
    message = _l("One of the annexes is a paper of another council. Please choose papers of this council.")


class NotYet(Refused):
    message = _l("A committee cannot have answered before it got the paper, or in the future. Please check the day.")


class AlreadyAnswered(Refused):
    message = _l("Somebody else has written down an answer meanwhile. Please look at it first.")


def hand_over(
    resolution: Resolution,
    committee: str,
    *,
    person: Person | None = None,
    committee_on: date | None = None,
    top: str = "",
    reference: str = "",
    proposal: str = "",
    reasons: str = "",
    annexes: Sequence[tuple[str, int | None]] = (),
) -> HandOver:
    """A paper for a committee; its annexes are numbered in the order in which they are named."""
    lock(resolution)
    if not resolution.is_accepted:
        raise NotAccepted
    following.check_words(resolution, committee, top, reference)
    waiting = select(exists().where(HandOver.resolution_id == resolution.id, HandOver.committee == committee))
    if session.scalar(waiting.where(HandOver.answer.is_(None))):
        raise StillWaiting
    made = HandOver(
        committee=committee,
        committee_on=committee_on,
        top=top,
        reference=reference,
        proposal=proposal,
        reasons=reasons,
        handed_over_on=clock.today(),
        created_by_id=getattr(person, "id", None),
        annexes=_numbered(resolution, annexes),
    )
    resolution.hand_overs.append(made)
    session.flush()
    following.step(resolution, ResolutionState.HANDED_OVER, committee, person=person)
    audit.record("resolution.handed_over", f"resolution {resolution.id}")
    session.flush()
    return made


def change(
    handed: HandOver,
    committee: str,
    *,
    committee_on: date | None,
    top: str,
    reference: str,
    proposal: str,
    reasons: str,
    annexes: Sequence[tuple[str, int | None]],
) -> None:
    """The day, the TOP or the words of the paper became others, while its answer is not there."""
    lock(handed)
    if handed.answer is not None:
        raise AlreadyAnswered
    following.check_words(handed.resolution, committee, top, reference)
    handed.committee, handed.committee_on, handed.top, handed.reference = committee, committee_on, top, reference
    handed.proposal, handed.reasons = proposal, reasons
    numbered = _numbered(handed.resolution, annexes)
    handed.annexes.clear()
    session.flush()  # the numbers are free again
    handed.annexes.extend(numbered)
    audit.record("hand_over.changed", f"hand-over {handed.id}")
    session.flush()


def record_answer(
    handed: HandOver,
    answer: CommitteeAnswer,
    text: str,
    answered_on: date,
    *,
    person: Person | None = None,
    language: str = SOURCE_LANGUAGE,
) -> None:
    """The committee's answer, for everybody to read wherever it began: the resolution, the idea, the survey."""
    lock(handed)
    if not handed.handed_over_on <= answered_on <= clock.today():
        raise NotYet
    if handed.answer not in {None, CommitteeAnswer.POSTPONED}:
        raise AlreadyAnswered
    following.check_words(handed.resolution, text)
    handed.answer, handed.answer_text, handed.answered_on, handed.language = answer, text, answered_on, language
    following.step(handed.resolution, STATE_AFTER[answer], text, person=person, language=language)
    audit.record("hand_over.answered", f"hand-over {handed.id}", answer=answer.value)
    session.flush()


def _numbered(resolution: Resolution, annexes: Sequence[tuple[str, int | None]]) -> list[Annex]:
    asked = {paper_id for _title, paper_id in annexes if paper_id is not None}
    own = select(Paper.id).where(Paper.id.in_(asked), Paper.council_id == resolution.council_id)
    if asked and set(session.scalars(own)) != asked:
        raise NotItsPaper
    return [
        Annex(number=number, title=title, paper_id=paper_id)
        for number, (title, paper_id) in enumerate(annexes[:MOST_ANNEXES], start=1)
    ]
