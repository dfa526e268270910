"""Which words published surveys are found by, and how the search desk shows them."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask import url_for
from markupsafe import Markup
from sqlalchemy import select

from participation import clock, text_index
from participation.db import session
from participation.feature import Findable, Finding
from participation.i18n import _l
from participation.rich_text import RichText
from participation.surveys.models import Survey

KIND = "survey"
ALL_LANGUAGES = "mul"  # as ISO 639 calls several of them


def index(survey: Survey) -> None:
    """From here on the survey is found by what it says now; a draft is found by nothing.

    All languages stand together: a search may mix them, and a survey with twelve of them is found once.
    """
    text_index.drop(KIND, survey.id)
    if survey.published_at is not None:
        title, text = " ".join(survey.title.values()), " ".join(said(survey).values())
        text_index.index(KIND, survey.id, ALL_LANGUAGES, title, text, day=day_of(survey))


def said(survey: Survey) -> dict[str, str]:
    """What it says about itself, as plain words per language: the title in the first line."""
    tags = dict.fromkeys([*survey.title, *survey.purpose, *survey.introduction])
    return {
        tag: "\n".join(
            [
                survey.title.get(tag, ""),
                survey.purpose.get(tag, ""),
                _plain(survey.introduction[tag]) if tag in survey.introduction else "",
            ]
        )
        for tag in tags
    }


def day_of(survey: Survey) -> date | None:
    """The day from which it can be answered."""
    moment = survey.opens_at or survey.published_at
    return moment.astimezone(clock.BERLIN).date() if moment else None


def load(ids: Sequence[int]) -> Mapping[int, Finding]:
    """The published ones among these, with what they say in each language."""
    query = select(Survey).where(Survey.id.in_(ids), Survey.published_at.is_not(None))
    return {
        survey.id: Finding(
            title=survey.title,
            url=url_for("surveys.show", slug=survey.slug),
            day=day_of(survey),
            texts=said(survey),
        )
        for survey in session.scalars(query)
    }


def every() -> Sequence[int]:
    """The ids of all published surveys, the oldest first."""
    published = select(Survey.id).where(Survey.published_at.is_not(None))
    return session.scalars(published.order_by(Survey.published_at, Survey.id)).all()


def index_some(ids: Sequence[int]) -> None:
    """Index these anew."""
    for survey in session.scalars(select(Survey).where(Survey.id.in_(ids))):
        index(survey)


def _plain(text: RichText) -> str:
    return Markup(text.html.replace("<", " <")).striptags()  # noqa: S704  (tags are dropped)


FINDABLES = [Findable(KIND, _l("Surveys"), load, every, index_some)]
