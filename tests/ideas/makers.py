"""Makers of the ideas room."""

import secrets
from itertools import count
from typing import Any

from participation import clock
from participation.contributions.models import ContributionStatus
from participation.db import session
from participation.i18n import LocalizedText
from participation.ideas.models import Answer, Call, Category, Idea, IdeaState, Merge, Office, Outcome, Support
from participation.receipts import operations as receipts

_numbers = count(1)

WITH_OUTCOME = {IdeaState.ANSWERED, IdeaState.IN_PROGRESS, IdeaState.DONE}


def make_call(*, published: bool = True, **facts: Any) -> Call:
    """A call that knows its duties; published and open unless the facts say otherwise."""
    number = next(_numbers)
    facts = {
        "slug": f"call-{number}",
        "title": LocalizedText(de=f"Aufruf {number}", tr=f"Çağrı {number}"),
        "purpose": LocalizedText(de="Wir sammeln Ideen für Spielplätze."),
        "legal_basis": LocalizedText(de="Aufgabe der Stadt"),
        "person_in_charge": "Frau Beispiel",
        "published_at": clock.now() if published else None,
        **facts,
    }
    call = Call(**facts)
    session.add(call)
    session.flush()
    return call


def make_letter_box(**facts: Any) -> Call:
    """The one call that never closes."""
    return make_call(**{"slug": "letter-box", "is_letter_box": True, **facts})


def make_category(call: Call, name: str = "Spielplätze", **facts: Any) -> Category:
    """Something that ideas of this call are about."""
    category = Category(call=call, name=LocalizedText(de=name), **facts)
    session.add(category)
    session.flush()
    return category


def make_office(name: str = "Grünflächenamt", **facts: Any) -> Office:
    """Who answers."""
    office = Office(name=LocalizedText(de=name), **facts)
    session.add(office)
    session.flush()
    return office


def make_outcome(answer: Answer = Answer.YES, **facts: Any) -> Outcome:
    """An answer of the city; it belongs to an idea once it is set there."""
    facts = {"language": "de", "reason": "Wir bauen die Schaukel im Herbst.", "given_by": "Herr Amt", **facts}
    outcome = Outcome(answer=answer, **facts)
    session.add(outcome)
    session.flush()
    return outcome


def make_idea(
    call: Call | None = None,
    *,
    status: ContributionStatus = ContributionStatus.PUBLISHED,
    state: IdeaState = IdeaState.RECEIVED,
    with_receipt: bool = False,
    **facts: Any,
) -> Idea:
    """An idea, published unless the status says otherwise; waiting ones stand in the queue.

    An answered one gets an outcome. The areas are those of the facts, the receipt's code is lost.
    """
    number = next(_numbers)
    now = clock.now()
    is_public = status is ContributionStatus.PUBLISHED
    was_public = is_public or status in {ContributionStatus.HIDDEN, ContributionStatus.REMOVED}
    is_gone = status is ContributionStatus.WITHDRAWN
    facts = {
        "call": call or make_call(),
        "title": "" if is_gone else f"Eine Schaukel {number}",
        "text": "" if is_gone else f"Auf dem Platz {number} fehlt eine Schaukel.",
        "language": "de",
        "published_at": now if was_public else None,
        "waiting_since": now if status is ContributionStatus.WAITING else None,
        "listed_at": now if is_public and facts.get("merged_into") is None else None,
        "receipt": receipts.issue().receipt if with_receipt else None,
        "outcome": make_outcome() if state in WITH_OUTCOME else None,
        "shuffle": number,
        **facts,
    }
    facts["listed_language"] = facts["language"]
    idea = Idea(**facts, status=status, state=state)
    session.add(idea)
    session.flush()
    return idea


def make_support(idea: Idea, supporter: str = "", **facts: Any) -> Support:
    """Somebody's support, counted; the supporter is another one each time unless named."""
    support = Support(idea_id=idea.id, supporter=supporter or secrets.token_hex(32), **facts)
    session.add(support)
    idea.support_count += 1
    session.flush()
    return support


def make_merge(source: Idea, target: Idea, **facts: Any) -> Merge:
    """The source stands in the target from here on."""
    merge = Merge(source=source, target=target, **{"merged_by": "Frau Moderation", **facts})
    session.add(merge)
    if merge.undone_at is None:
        source.merged_into, source.listed_at = target, None
    session.flush()
    return merge
