"""Makers of the search desk: things in every room, indexed as their operations index them."""

from typing import Any

from participation import text_words
from participation.contributions.operations import make_findable
from participation.events import indexing as events
from participation.events.models import Event
from participation.ideas.models import Idea
from participation.surveys import indexing as surveys
from participation.surveys.models import Survey
from tests.events.makers import make_event
from tests.ideas.makers import make_idea
from tests.surveys.makers import make_survey


def make_known_idea(title: str, text: str = "Kurz gesagt.", *, language: str = "de", **facts: Any) -> Idea:
    """An idea that can be found."""
    idea = make_idea(title=title, text=text, language=language, **facts)
    make_findable(idea)
    return idea


def make_known_event(**facts: Any) -> Event:
    """An event that can be found."""
    event = make_event(**facts)
    events.index(event)
    return event


def make_known_survey(**facts: Any) -> Survey:
    """A survey that can be found."""
    survey = make_survey(**facts)
    surveys.index(survey)
    return survey


def count_words() -> None:
    """As in the night: from then on mistyped words are known for what they are like."""
    text_words.recount()
