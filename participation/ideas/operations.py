"""What staff do with calls for ideas, their categories and questions, and with the offices that answer."""

from typing import Any

from sqlalchemy import exists, select

from participation import audit, clock
from participation.db import session
from participation.errors import Refused
from participation.i18n import LocalizedText, _l, content_text
from participation.ideas.models import Call, Category, Idea, Office
from participation.ideas.readiness import readiness
from participation.ideas.staff_queries import open_ideas
from participation.questionnaires.asking import next_version
from participation.questionnaires.definition import Definition
from participation.questionnaires.models import QuestionnaireVersion
from participation.slugs import free_slug, slug_of


class NotReady(Refused):
    message = _l("The call cannot be published yet. Please look at the list of what is missing.")


class AlreadyPublished(Refused):
    message = _l("The call is already published.")


class NotOpen(Refused):
    message = _l("The call does not collect ideas at the moment, so it cannot be closed.")


class LetterBoxStaysOpen(Refused):
    message = _l("The letter box is always open.")


class NotExamining(Refused):
    message = _l("Only a call that is closed can be marked as answered.")


class StillOpenIdeas(Refused):
    message = _l("The number of ideas without an answer has changed. Please look at it again.")


class NotADraft(Refused):
    message = _l("A call that was published, or that has ideas, cannot be deleted. You can close it.")


class PromiseGiven(Refused):
    message = _l("People were told how long their contact is kept. The time can become shorter, but not longer.")


class EndsBeforeItBegins(Refused):
    message = _l("The call must close after it opens.")


class CategoryInUse(Refused):
    message = _l("There are ideas in this category, so it cannot be deleted. You can give it another name.")


# --- Calls ------------------------------------------------------------------------------------------------------------


def create_call(title: LocalizedText, **facts: Any) -> Call:
    """A new draft, which no resident sees; its short name for addresses is made of the title."""
    call = Call(slug=free_slug(Call.slug, slug_of(title["de"], "call")), title=title, **facts)
    session.add(call)
    session.flush()
    audit.record("call.created", thing=_name(call), slug=call.slug)
    return call


def letter_box() -> Call:
    """The one call that never closes; on first use it is a draft with a few words to begin with."""
    known = session.scalar(select(Call).where(Call.is_letter_box))
    return known or create_call(
        content_text("Briefkasten für Ihre Ideen"),
        is_letter_box=True,
        purpose=content_text("Ideen der Einwohnerinnen und Einwohner sammeln, prüfen und beantworten"),
        legal_basis=content_text("Aufgabe der Stadt nach § 3 Datenschutzgesetz NRW. Die Teilnahme ist freiwillig."),
    )


def change_call(call: Call, **facts: Any) -> None:
    """Change what is said about a call and by which rules it goes; what residents were promised stays."""
    opens_at, closes_at = facts.get("opens_at", call.opens_at), facts.get("closes_at", call.closes_at)
    if call.is_letter_box and closes_at is not None:
        raise LetterBoxStaysOpen
    if opens_at is not None and closes_at is not None and closes_at <= opens_at:
        raise EndsBeforeItBegins
    if call.published_at is not None and facts.get("retention_days", 0) > call.retention_days:
        raise PromiseGiven
    changed = [name for name, fact in facts.items() if getattr(call, name) != fact]
    for name in changed:
        setattr(call, name, facts[name])
    if changed:
        session.flush()
        audit.record("call.changed", thing=_name(call), fields=changed)


def publish(call: Call) -> None:
    """Everybody can read it from here on, and send ideas once it opens."""
    session.refresh(call, with_for_update={"of": Call})  # two editors cannot both be the first
    if call.published_at is not None:
        raise AlreadyPublished
    if not readiness(call).is_ready:
        raise NotReady
    call.published_at = clock.now()
    if call.version is not None and call.version.published_at is None:
        call.version.published_at = clock.now()
    session.flush()
    audit.record("call.published", thing=_name(call))


def close(call: Call) -> None:
    """Nobody can send ideas any more; the city examines what came."""
    session.refresh(call, with_for_update={"of": Call})
    if call.is_letter_box:
        raise LetterBoxStaysOpen
    if not call.is_open:
        raise NotOpen
    call.closes_at = clock.now()
    session.flush()
    audit.record("call.closed", thing=_name(call))


def mark_answered(call: Call, told: int) -> None:
    """The city says that it has answered the whole call. `told` is how many open ideas the person was told of."""
    session.refresh(call, with_for_update={"of": Call})
    if call.closes_at is None or call.closes_at > clock.now() or call.answered_at is not None:
        raise NotExamining
    if open_ideas(call) != told:
        raise StillOpenIdeas
    call.answered_at = clock.now()
    session.flush()
    audit.record("call.answered", thing=_name(call), still_open=told)


def delete_draft(call: Call) -> None:
    """Throw away a call that no resident has seen, with its categories and questions."""
    session.refresh(call, with_for_update={"of": Call})
    if call.published_at is not None or session.scalar(select(exists().where(Idea.call_id == call.id))):
        raise NotADraft
    questionnaire = call.version.questionnaire if call.version else None
    audit.record("call.deleted", thing=_name(call), title=call.title.get("de", ""))
    session.delete(call)
    session.flush()
    if questionnaire is not None:
        session.delete(questionnaire)
        session.flush()


# --- Extra questions --------------------------------------------------------------------------------------------------


def ask_questions(call: Call, definition: Definition) -> QuestionnaireVersion:
    """Give a call its extra questions, or other ones; answers to the earlier ones stay with theirs."""
    session.refresh(call, with_for_update={"of": Call})
    published_at = clock.now() if call.published_at else None
    version = next_version(call.version, definition, name=f"call {call.slug}", published_at=published_at)
    call.version = version
    session.flush()
    audit.record("call.questions_changed", thing=_name(call), questions=len(definition.questions))
    return version


def stop_asking(call: Call) -> None:
    """The call asks nothing beside the idea itself; answers given so far stay."""
    session.refresh(call, with_for_update={"of": Call})
    call.version = None
    session.flush()
    audit.record("call.questions_taken_out", thing=_name(call))


# --- Categories -------------------------------------------------------------------------------------------------------


def add_category(call: Call, name: LocalizedText) -> Category:
    """One more thing that ideas can be about, the last in the list."""
    position = max((one.position for one in call.categories), default=-1) + 1
    category = Category(call=call, name=name, position=position)
    session.add(category)
    session.flush()
    audit.record("category.added", thing=f"category {category.id}", call=call.id)
    return category


def rename_category(category: Category, name: LocalizedText) -> None:
    """The same category under another name."""
    category.name = name
    session.flush()
    audit.record("category.renamed", thing=f"category {category.id}", call=category.call_id)


def move_category(category: Category) -> None:
    """One place further up; the first one stays where it is."""
    order: list[Category] = list(category.call.categories)
    place = order.index(category)
    if place:
        order[place - 1 : place + 1] = [category, order[place - 1]]
    for position, one in enumerate(order):
        one.position = position
    session.flush()
    session.expire(category.call, ["categories"])


def delete_category(category: Category) -> None:
    """Only one that no idea is in."""
    if session.scalar(select(exists().where(Idea.category_id == category.id))):
        raise CategoryInUse
    audit.record("category.deleted", thing=f"category {category.id}", call=category.call_id)
    session.delete(category)
    session.flush()


# --- Offices ----------------------------------------------------------------------------------------------------------


def keep_office(office: Office | None, **facts: Any) -> Office:
    """A new office, or new facts about one. An office is never deleted: what it has answered names it."""
    kept = office or Office()
    for name, fact in facts.items():
        setattr(kept, name, fact)
    session.add(kept)
    session.flush()
    audit.record("office.changed" if office else "office.created", thing=f"office {kept.id}")
    return kept


def _name(call: Call) -> str:
    return f"call {call.id}"
