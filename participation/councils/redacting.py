"""Blacking words out of minutes: residents read them nowhere, neither in other revisions nor in cards and summaries."""

from sqlalchemy import select
from sqlalchemy.orm import undefer

from participation import audit
from participation.councils import content, indexing, publication, publishing
from participation.councils import minutes_queries as queries
from participation.councils.blackening import Blackening
from participation.councils.minutes_models import Minutes, MinutesSummary, Redaction, RedactionReason
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
    """Black these words out in all revisions of these minutes; what is public is made anew at once."""
    passage = " ".join(passage.split())
    if sum(char.isalnum() for char in passage) < SHORTEST:
        raise TooShort
    blackening = Blackening([Redaction(passage=passage, reason=reason)])
    revisions = _revisions(minutes)
    having = [one for one in revisions if any(blackening.finds(text) for text in _texts(one))]
    if minutes.id not in {one.id for one in having}:
        raise NotInTheText
    for one in having:
        if passage not in {known.passage for known in one.redactions}:
            one.redactions.append(Redaction(passage=passage, reason=reason, made_by_id=person().id))
    session.flush()
    _take_back_words(minutes, blackening)
    for one in having:
        publication.renew(one)
    indexing.index_minutes(minutes)
    publishing.refresh_blackened(minutes.meeting)
    audit.record("minutes.redacted", f"minutes {minutes.id}", reason=reason.value)


def show_again(redaction: Redaction) -> None:
    """These words were blacked out by mistake."""
    minutes = session.get_one(Minutes, redaction.minutes_id)
    for one in _revisions(minutes):
        one.redactions[:] = [known for known in one.redactions if known.passage != redaction.passage]
    session.flush()
    for one in _revisions(minutes):
        publication.renew(one)
    indexing.index_minutes(minutes)
    publishing.refresh_blackened(minutes.meeting)
    audit.record("minutes.shown_again", f"minutes {minutes.id}")


def _revisions(minutes: Minutes) -> list[Minutes]:
    found = select(Minutes).where(Minutes.meeting_id == minutes.meeting_id).with_for_update(of=Minutes)
    options = (undefer(Minutes.content), undefer(Minutes.public_content))
    return list(session.scalars(found.order_by(Minutes.number).options(*options)))


def _texts(minutes: Minutes) -> list[str]:
    said = minutes.content or content.full(minutes)
    return content.texts(said)


def _take_back_words(minutes: Minutes, blackening: Blackening) -> None:
    """Summaries and cards with these words are not shown until somebody has changed and released them again."""
    summaries = session.scalars(
        select(MinutesSummary).join(Minutes).where(Minutes.meeting_id == minutes.meeting_id)
    ).all()
    items = [entry.item_id for entry in queries.entries(minutes)]
    cards = session.scalars(select(ResolutionCard).join(Resolution).where(Resolution.item_id.in_(items))).all()
    for summary in summaries:
        if blackening.finds(summary.text):
            summary.released_at = summary.released_by_id = None
    for card in cards:
        if blackening.finds(f"{card.title}\n{card.text}"):
            card.released_at = card.released_by_id = None
    session.flush()
