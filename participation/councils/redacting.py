"""Blacking words out of minutes: residents read them nowhere, neither in other revisions nor in cards and summaries."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import undefer

from participation import audit
from participation.councils import announcing, approving, content, indexing, publication, register, sealing
from participation.councils import minutes_queries as queries
from participation.councils.blackening import Blackening
from participation.councils.meeting_models import AgendaItem, Meeting
from participation.councils.minutes_models import Minutes, MinutesStatus, MinutesSummary, Redaction, RedactionReason
from participation.councils.public_agenda import later_meetings
from participation.councils.resolution_models import Resolution, ResolutionCard
from participation.db import session
from participation.errors import Refused
from participation.i18n import LazyText, _l
from participation.permissions import person

SHORTEST, LONGEST = 3, 500
REASONS: dict[RedactionReason, LazyText] = {
    RedactionReason.PERSONAL: _l("Data about a person"),
    RedactionReason.CONFIDENTIAL: _l("Confidential"),
    RedactionReason.BUSINESS: _l("Secret of a business"),
    RedactionReason.SAFETY: _l("For the safety of people or places"),
}


class NotInTheText(Refused):
    message = _l("These words do not stand in the minutes. Please copy them from there.")


class TooShort(Refused):
    message = _l("Please give at least three letters. Shorter words stand in many places.")


def redact(minutes: Minutes, passage: str, reason: RedactionReason) -> None:
    """Black these words out in all revisions of these minutes, and wherever they stand again; what is public is made
    anew at once. It is enough that one revision has them: an earlier one stays readable."""
    passage = " ".join(passage.split())
    if sum(char.isalnum() for char in passage) < SHORTEST:
        raise TooShort
    approving.lock(minutes)  # a correction that is begun meanwhile takes the words along
    blackening = Blackening([Redaction(passage=passage, reason=reason)])
    revisions = _revisions(minutes)
    if not any(blackening.finds(text) for one in revisions for text in _texts(one)):
        raise NotInTheText
    for one in revisions:
        if passage not in {known.passage for known in one.redactions}:
            one.redactions.append(Redaction(passage=passage, reason=reason, made_by_id=person().id))
    session.flush()
    _tell(minutes.meeting, blackening)
    audit.record("minutes.redacted", f"minutes {minutes.id}", reason=reason.value)


def show_again(redaction: Redaction) -> None:
    """These words were blacked out by mistake."""
    minutes = session.get_one(Minutes, redaction.minutes_id)
    passage = redaction.passage
    for one in _revisions(minutes):
        one.redactions[:] = [known for known in one.redactions if known.passage != passage]
    session.flush()
    _tell(minutes.meeting)
    audit.record("minutes.shown_again", f"minutes {minutes.id}")


def _revisions(minutes: Minutes) -> list[Minutes]:
    found = select(Minutes).where(Minutes.meeting_id == minutes.meeting_id).with_for_update(of=Minutes)
    options = (undefer(Minutes.content), undefer(Minutes.public_content))
    return list(session.scalars(found.order_by(Minutes.number).options(*options)))


def _texts(minutes: Minutes) -> list[str]:
    said = minutes.content or content.full(minutes)
    return [*content.texts(said), minutes.approved_how]


def _tell(meeting: Meeting, blackening: Blackening | None = None) -> None:
    """Make everything anew that is public of this meeting, and of those where its words stand again."""
    for one in (meeting, *later_meetings(meeting)):
        if blackening is not None:
            _take_back_words(one, blackening)
        for revision in _public_revisions(one):
            # Of another meeting, what was changed in the database waits for whoever repairs it.
            if one is meeting or sealing.is_untouched(revision):
                publication.renew(revision)
        newest = queries.newest_published(one.id)
        if newest is not None and sealing.is_untouched(newest):
            register.publish(newest)  # who answers for it, and what came of it, is written in other places
            indexing.index_minutes(newest)
        announcing.tell(one)


def _public_revisions(meeting: Meeting) -> Sequence[Minutes]:
    options = (undefer(Minutes.content), undefer(Minutes.public_content))
    found = select(Minutes).where(Minutes.meeting_id == meeting.id, Minutes.status == MinutesStatus.PUBLISHED)
    return session.scalars(found.order_by(Minutes.number).options(*options)).all()


def _take_back_words(meeting: Meeting, blackening: Blackening) -> None:
    """Summaries and cards with these words are not shown until somebody has changed and released them again."""
    summaries = session.scalars(select(MinutesSummary).join(Minutes).where(Minutes.meeting_id == meeting.id)).all()
    items = select(AgendaItem.id).where(AgendaItem.meeting_id == meeting.id)
    cards = session.scalars(select(ResolutionCard).join(Resolution).where(Resolution.item_id.in_(items))).all()
    for summary in summaries:
        if blackening.finds(summary.text):
            summary.released_at = summary.released_by_id = None
    for card in cards:
        if blackening.finds(f"{card.title}\n{card.text}"):
            card.released_at = card.released_by_id = None
    session.flush()
