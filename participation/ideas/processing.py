"""What the city makes of an idea: takes it on, examines it, answers, reports, finishes, and looks again."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from participation import audit, clock
from participation.contacts.models import Contact
from participation.contributions.operations import lock
from participation.db import session
from participation.errors import Refused
from participation.i18n import LocalizedText, _l
from participation.ideas import letters
from participation.ideas.models import Answer, Idea, IdeaState, IdeaStep, Office, Outcome, Progress, Remark
from participation.ideas.wordings import ANSWERS
from participation.media import operations as media
from participation.media.models import Picture
from participation.permissions import Person

# What the city promised to do, so that there can be news of it and an end.
PROMISES = {Answer.YES, Answer.PARTLY}


class NotPublic(Refused):
    message = _l("This idea is not public, so nobody could read what the city says to it. It must be published first.")


class StandsElsewhere(Refused):
    message = _l("This idea was joined with another one. Please go on there, so that everybody hears the same.")


class NotWaiting(Refused):
    message = _l("This idea does not wait for an answer, so there is no day by which one is due.")


class ExaminedAlready(Refused):
    message = _l("This idea is already under examination, or further.")


class ReasonMissing(Refused):
    message = _l("The reason is missing in the language in which the idea was written.")


class ResponsibleMissing(Refused):
    message = _l("Please write who is responsible, if it is not the city.")


class NotPromised(Refused):
    message = _l("The city has not answered that it will do this. Please give that answer first.")


class NotAsked(Refused):
    message = _l("This idea is not reported as done at the moment.")


class EmptyRemark(Refused):
    message = _l("Please write a few words.")


def take_on(idea: Idea, office: Office | None, due_on: date, version: int | None = None) -> None:
    """Say which office answers and by when; a new office is told."""
    lock(idea, version)
    if not (idea.is_open or idea.is_reopened):
        raise NotWaiting
    is_new = office is not None and office.id != idea.office_id
    if idea.due_on != due_on or is_new:
        idea.reminded_on = None
    idea.office, idea.due_on = office, due_on
    _note("idea.taken_on", idea, office=office.id if office else None, due_on=due_on.isoformat())
    if is_new:
        letters.tell_office(office, "ideas/assigned", idea)


def examine(idea: Idea, staff: Person, version: int | None = None) -> None:
    """Everybody can see from here on that the city looks at it."""
    _hold(idea, version)
    if idea.state is not IdeaState.RECEIVED:
        raise ExaminedAlready
    _step(idea, IdeaState.EXAMINATION, staff.name)
    _note("idea.examined", idea)


def answer(
    idea: Idea,
    staff: Person,
    *,
    answer: Answer,
    reason: LocalizedText,
    office: Office,
    responsible: str = "",
    version: int | None = None,
) -> Outcome:
    """Answer in public, with a reason, and write to everybody who waits for it. A later answer replaces this one."""
    _hold(idea, version)
    words = reason.get(idea.language, "").strip()
    if not words:
        raise ReasonMissing
    if answer is Answer.NOT_OURS and not responsible.strip():
        raise ResponsibleMissing
    outcome = Outcome(
        answer=answer,
        language=idea.language,
        reason=words,
        other_languages=LocalizedText({tag: text for tag, text in reason.items() if tag != idea.language}),
        responsible=responsible.strip() if answer is Answer.NOT_OURS else "",
        given_at=clock.now(),
        given_by=staff.name,
        office_id=office.id,
    )
    session.add(outcome)
    session.flush()
    idea.office, idea.outcome = office, outcome
    idea.due_on = idea.reminded_on = idea.is_solved = idea.solved_asked_at = None
    _step(idea, IdeaState.ANSWERED, staff.name, outcome)
    _note("idea.answered", idea, answer=answer.value, outcome=outcome.id, languages=sorted(outcome.text))
    _tell_answer(idea, outcome, letters.hearers(idea))
    return outcome


def report_progress(
    idea: Idea,
    staff: Person,
    *,
    happened_on: date,
    text: LocalizedText,
    picture: Picture | None = None,
    version: int | None = None,
) -> Progress:
    """Tell what has happened; with the first news the idea is in progress."""
    _hold(idea, version)
    _promised(idea)
    if not text:
        raise EmptyRemark
    report = Progress(idea_id=idea.id, happened_on=happened_on, text=text, picture=picture, written_by=staff.name)
    session.add(report)
    if picture is not None:
        media.keep(picture)
        media.publish(picture)
    if idea.state is IdeaState.ANSWERED:
        _step(idea, IdeaState.IN_PROGRESS, staff.name)
    _touch(idea)
    _note("idea.progress_reported", idea, report=report.id)
    news = letters.Fitting(text, idea.language)
    letters.tell(letters.hearers(idea), "ideas/progress", idea, day=happened_on, news=news)
    return report


def finish(idea: Idea, staff: Person, version: int | None = None) -> None:
    """It is done. Its author is asked whether it is solved, the others hear that it is done."""
    _hold(idea, version)
    _promised(idea)
    if idea.state is IdeaState.DONE:
        raise NotPromised(_l("This idea is already reported as done."))
    idea.due_on = idea.reminded_on = idea.is_solved = None
    idea.solved_asked_at = clock.now()
    _step(idea, IdeaState.DONE, staff.name)
    _note("idea.finished", idea)
    everyone = letters.hearers(idea)
    find = letters.Address("receipts.find")
    letters.tell([one for one in everyone if one.is_author], "ideas/solved", idea, receipt=find)
    letters.tell([one for one in everyone if not one.is_author], "ideas/done", idea)


def confirm_solved(idea: Idea) -> None:
    """Its author is content."""
    lock(idea)
    _asked(idea)
    idea.is_solved = True
    session.flush()


def not_solved(idea: Idea, text: str) -> None:
    """Its author is not content: the office looks at it again, with a new day by which it answers."""
    lock(idea)
    _asked(idea)
    if not text.strip():
        raise EmptyRemark
    idea.is_solved = False
    idea.due_on = clock.today() + timedelta(days=idea.call.answer_within_days)
    idea.reminded_on = None
    session.add(Remark(idea_id=idea.id, text=text.strip(), written_by=""))
    _step(idea, IdeaState.IN_PROGRESS, "")
    session.flush()
    letters.tell_office(idea.office, "ideas/not_solved", idea)


def remark(idea: Idea, staff: Person, text: str) -> Remark:
    """Tell colleagues something; it is never public."""
    if not text.strip():
        raise EmptyRemark
    written = Remark(idea_id=idea.id, text=text.strip(), written_by=staff.name)
    session.add(written)
    _note("idea.remarked", idea)
    return written


# --- What all of them share -------------------------------------------------------------------------------------------


def _hold(idea: Idea, version: int | None) -> None:
    """Two colleagues do not go on from the same state, and what the city says is said where people can read it."""
    lock(idea, version)
    if idea.merged_into_id is not None:
        raise StandsElsewhere
    if not idea.is_public:
        raise NotPublic


def _promised(idea: Idea) -> None:
    if idea.outcome is None or idea.outcome.answer not in PROMISES:
        raise NotPromised


def _asked(idea: Idea) -> None:
    if idea.state is not IdeaState.DONE or idea.solved_asked_at is None:
        raise NotAsked


def _step(idea: Idea, after: IdeaState, by: str, outcome: Outcome | None = None) -> None:
    session.add(IdeaStep(idea_id=idea.id, before=idea.state, after=after, by=by, outcome=outcome))
    idea.state = after


def _touch(idea: Idea) -> None:
    """Whoever else has this page open hears that something has changed."""
    idea.version += 1


def _note(action: str, idea: Idea, **details: Any) -> None:
    session.flush()
    audit.record(action, thing=f"idea {idea.id}", **details)


def news(contact: Contact) -> None:
    """Whoever confirms an address only after the answer was given reads it all the same, once."""
    idea = letters.given_for(contact)
    if idea is None or idea.outcome is None or not idea.is_public:
        return
    answered_on = idea.outcome.given_at.astimezone(clock.BERLIN).date()
    knows_it = answered_on < contact.given_on  # whoever gave the address later has read the answer on the page
    others = [one for one in letters.confirmed(idea) if one.id != contact.id]
    if not knows_it and contact.email.casefold() not in {one.email.casefold() for one in others}:
        _tell_answer(idea, idea.outcome, [letters.Hearer(contact, contact.id == idea.contact_id)])


def _tell_answer(idea: Idea, outcome: Outcome, everyone: Sequence[letters.Hearer]) -> None:
    reason = letters.Fitting(outcome.text, outcome.language)
    if outcome.answer is Answer.NOT_OURS:
        letters.tell(everyone, "ideas/answered_elsewhere", idea, responsible=outcome.responsible, reason=reason)
    else:
        letters.tell(everyone, "ideas/answered", idea, answer=ANSWERS[outcome.answer], reason=reason)
