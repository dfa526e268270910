"""Sending an idea: once, whatever the browser does, and only while its call takes ideas."""

import uuid
from dataclasses import dataclass, field

from sqlalchemy import select

from participation import clock
from participation.contacts import operations as contacts
from participation.contributions import operations as contributions
from participation.contributions.models import Contribution
from participation.contributions.sending import Words, send_once
from participation.db import session
from participation.districts.models import Area
from participation.errors import Refused
from participation.i18n import _l
from participation.ideas.models import Call, Category, Idea, Source
from participation.media import operations as media
from participation.media.models import Picture
from participation.questionnaires import extra_questions
from participation.questionnaires.extra_questions import ExtraQuestions
from participation.receipts.models import Receipt


class CallClosed(Refused):
    message = _l("This call does not take ideas at the moment. Your idea was not sent.")


class AlreadySent(Refused):
    message = _l("You have already sent this idea. Please use the receipt you were given.")


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where in the city an idea belongs: in words, as a point, as areas, or none of these."""

    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Extras:
    """What an idea may have and need not."""

    category: Category | None = None
    spot: Spot = field(default_factory=Spot)
    picture: Picture | None = None
    email: str = ""
    questions: ExtraQuestions | None = None
    source: Source | None = None
    entered_by_id: int | None = None


def send_idea(call: Call, words: Words, extras: Extras, *, form_key: uuid.UUID, at_hand: Receipt | None = None) -> str:
    """Put an idea on the shelf and return its receipt's code.

    The same form sent twice makes one idea. `at_hand` is the receipt that this browser holds. Raises CallClosed and
    AlreadySent.
    """
    if not call.is_open:
        raise CallClosed
    return send_once(lambda: _made(call, words, extras, form_key), lambda: sent_with(form_key), AlreadySent, at_hand)


def _made(call: Call, words: Words, extras: Extras, form_key: uuid.UUID) -> Idea:
    spot = extras.spot
    return Idea(
        call=call,
        form_key=form_key,
        created_at=clock.now(),
        title=words.title,
        text=words.text,
        language=words.language,
        author_name=words.author_name,
        category=extras.category,
        place=spot.place,
        latitude=spot.latitude,
        longitude=spot.longitude,
        areas=list(spot.areas),
        picture=extras.picture,
        contact=contacts.give(extras.email) if extras.email else None,
        response=extras.questions.save() if extras.questions else None,
        source=extras.source,
        entered_by_id=extras.entered_by_id,
    )


def sent_with(form_key: uuid.UUID) -> Idea | None:
    """The idea that came with this form, if it was sent before."""
    return session.scalar(select(Idea).where(Idea.form_key == form_key))


def change(contribution: Contribution, version: int, words: Words, extras: Extras) -> None:
    """Its author words it anew; a moderator reads it again. Raises NotChangeable and ChangedMeanwhile."""
    contributions.change(contribution, version, title=words.title, text=words.text, language=words.language)
    contribution.author_name = words.author_name
    if isinstance(contribution, Idea):
        spot = extras.spot
        contribution.category, contribution.areas = extras.category, list(spot.areas)
        contribution.place, contribution.latitude, contribution.longitude = spot.place, spot.latitude, spot.longitude
        _replace_picture(contribution, extras.picture)
    session.flush()


def _replace_picture(idea: Idea, picture: Picture | None) -> None:
    """Another picture, or none; what nobody wants any more is deleted."""
    before = idea.picture
    if before is picture:
        return
    idea.picture = picture
    session.flush()
    if before is not None:
        session.delete(before)
    if picture is not None:
        media.keep(picture)
        if idea.is_public:
            media.publish(picture)


def take_back(contribution: Contribution) -> None:
    """Its author takes it back, with everything that only belonged to it."""
    contributions.withdraw(contribution)
    if isinstance(contribution, Idea):
        response_id, contribution.response_id = contribution.response_id, None
        contribution.place, contribution.latitude, contribution.longitude = "", None, None
        session.flush()
        if response_id:
            extra_questions.forget(response_id)
