"""The demo's calls for ideas, with ideas in many languages at every stage of their way."""

import hashlib
import random
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import exists, select

from participation import clock
from participation.contributions import hints
from participation.contributions.models import Comment, ContributionStatus, Translation
from participation.contributions.operations import make_findable
from participation.db import session
from participation.demo.idea_texts import IDEAS, DemoIdea
from participation.districts.models import Area
from participation.i18n import LocalizedText, content_text
from participation.ideas.models import Call, Category, Idea, IdeaState, IdeaStep, Office, Outcome, Support
from participation.rich_text import LocalizedRichText, RichText


def load(areas: dict[str, Area]) -> list[Call | Category | Office]:
    """A call that collects and the letter box, an office, and all ideas; gives what the demo's list must name."""
    die = random.Random(7)  # noqa: S311  (the same city each time)
    office = Office(name=content_text("Stadtgrün und Spielplätze"))
    call = _call()
    has_box = session.scalar(select(exists().where(Call.is_letter_box)))
    boxes = [] if has_box else [_letter_box()]
    session.add_all([office, call, *boxes])
    session.flush()
    for told in IDEAS:
        _idea(told, call, office, areas, die)
    session.flush()
    calls = [call, *boxes]
    return [office, *calls, *(category for one in calls for category in one.categories)]


def _call() -> Call:
    now = clock.now()
    return Call(
        slug="quartier-ideen",
        title=content_text("Was fehlt in Ihrem Quartier?"),
        introduction=_rich(
            content_text(
                "Sie kennen Ihr Quartier am besten. Schreiben Sie uns Ihre Idee, in Ihrer Sprache. "
                "Jede Idee bekommt eine Antwort."
            )
        ),
        house_rules=_rich(
            content_text("Schreiben Sie freundlich. Nennen Sie keine Namen und Adressen von anderen Menschen.")
        ),
        is_demo=True,
        opens_at=now - timedelta(days=60),
        closes_at=now + timedelta(days=60),
        published_at=now - timedelta(days=60),
        categories=_categories(),
        **_duties(),
    )


def _letter_box() -> Call:
    return Call(
        slug="briefkasten",
        title=content_text("Der Briefkasten für alle Ideen"),
        introduction=_rich(content_text("Ihre Idee passt zu keinem Aufruf? Hier ist immer offen.")),
        is_demo=True,
        is_letter_box=True,
        published_at=clock.now() - timedelta(days=90),
        categories=_categories(),
        **_duties(),
    )


def _categories() -> list[Category]:
    names = [
        content_text("Spielen und Lernen"),
        content_text("Verkehr und Sicherheit"),
        content_text("Grün und Sauberkeit"),
        content_text("Zusammenleben"),
    ]
    return [Category(name=name, position=position) for position, name in enumerate(names)]


def _duties() -> dict[str, object]:
    return {
        "purpose": content_text("Ideen für das Quartier sammeln, prüfen und beantworten"),
        "legal_basis": content_text("Aufgabe der Stadt nach § 3 Datenschutzgesetz NRW. Die Teilnahme ist freiwillig."),
        "person_in_charge": "Stabsstelle Quartiersarbeit",
    }


def _rich(text: LocalizedText) -> LocalizedRichText:
    return LocalizedRichText({tag: RichText.from_plain(said) for tag, said in text.items()})


def _idea(told: DemoIdea, call: Call, office: Office, areas: dict[str, Area], die: random.Random) -> None:
    sent = clock.now() - timedelta(days=told.days_ago, hours=die.randrange(1, 9))
    is_public = told.status is ContributionStatus.PUBLISHED
    category = call.categories[told.category]
    idea = Idea(
        call=call,
        category=category,
        title=told.title,
        text=told.text,
        language=told.language,
        listed_language=told.language,
        author_name=told.author,
        place=told.place,
        areas=[areas[told.area]],
        status=told.status,
        created_at=sent,
        published_at=sent + timedelta(hours=2) if is_public else None,
        waiting_since=None if is_public else sent,
        shuffle=die.randrange(2**31),
        due_on=(sent + timedelta(days=call.answer_within_days or 42)).date() if is_public else None,
        support_count=told.supports,
    )
    if is_public:
        idea.listed_at = idea.published_at
    session.add(idea)
    session.flush()
    _way(idea, told, office, sent)
    session.add_all(Support(idea_id=idea.id, supporter=_browser(idea.id, one)) for one in range(told.supports))
    if told.german:
        title, text = told.german
        session.add(
            Translation(contribution_id=idea.id, language="de", title=title, text=text, made_by="Kim Redaktion")
        )
    for hours, (language, text) in enumerate(told.comments, start=3):
        session.add(_comment(idea, language, text, sent + timedelta(hours=hours * 5)))
    idea.comment_count = len(told.comments)
    idea.hints = hints.found_in(idea)
    session.flush()
    make_findable(idea)


def _way(idea: Idea, told: DemoIdea, office: Office, sent: datetime) -> None:
    """The steps from the first look to where the idea stands now."""
    if told.state is IdeaState.RECEIVED:
        return
    idea.office = office
    outcome = None
    if told.answer is not None:
        outcome = Outcome(
            answer=told.answer,
            language=told.language,
            reason=told.reason,
            other_languages=LocalizedText(de=told.reason_de),
            responsible=told.responsible,
            given_at=sent + timedelta(days=told.days_ago / 2),
            given_by="Kim Redaktion",
            office_id=office.id,
        )
        session.add(outcome)
        session.flush()
        idea.outcome, idea.due_on = outcome, None  # the city owes nothing any more
    way = [IdeaState.RECEIVED, IdeaState.EXAMINATION, IdeaState.ANSWERED, IdeaState.IN_PROGRESS, IdeaState.DONE]
    reached = way[: way.index(told.state) + 1]
    for number, (before, after) in enumerate(pairwise(reached), start=1):
        session.add(
            IdeaStep(
                idea_id=idea.id,
                before=before,
                after=after,
                happened_at=sent + timedelta(days=told.days_ago * number / (len(reached) + 1)),
                by="Kim Redaktion",
                outcome_id=outcome.id if outcome is not None and after is IdeaState.ANSWERED else None,
            )
        )
    idea.state = told.state


def _comment(idea: Idea, language: str, text: str, sent: datetime) -> Comment:
    return Comment(
        on_id=idea.id,
        text=text,
        language=language,
        status=ContributionStatus.PUBLISHED,
        created_at=sent,
        published_at=sent,
    )


def _browser(idea_id: int, number: int) -> str:
    """Stands for the cookie of somebody who supported it."""
    return hashlib.sha256(f"demo {idea_id} {number}".encode()).hexdigest()
