"""The registrations of an event as a table for office programs, in the language of whoever asks for it."""

import uuid
from collections.abc import Iterator, Sequence
from typing import IO, Any

from sqlalchemy import select

from participation import spreadsheets
from participation.clock import BERLIN
from participation.contacts.models import Contact
from participation.db import session
from participation.districts.places import Places
from participation.events import registration_queries
from participation.events.models import Event
from participation.events.registration_models import Booking, BookingStatus, CheckIn, Registration
from participation.events.registration_queries import Filters
from participation.events.registration_wordings import SOURCES, STATES
from participation.i18n import _
from participation.questionnaires.definition import Question
from participation.questionnaires.extra_questions import on_one_page
from participation.questionnaires.filling import ONCE, Given
from participation.questionnaires.models import Answer, QuestionnaireVersion
from participation.questionnaires.wording import shown_value
from participation.spreadsheets import Cell, Row, Sheet

AT_ONCE = 500
FACTS = (
    *(Registration.id, Registration.response_id, Registration.name, Registration.organisation, Registration.persons),
    *(Registration.phone, Registration.language, Registration.interpreter, Registration.sign_language),
    *(Registration.children, Registration.wheelchairs, Registration.needs, Registration.source),
    *(Registration.created_at, Contact.email),
)


def write(file: IO[bytes], event: Event, filters: Filters, form: str, *, with_needs: bool) -> None:
    """Write all registrations that fit, some at a time, as csv or xlsx.

    What people wrote about their needs is left out unless staff have asked for it: it tells about health (D6).
    """
    ids = registration_queries.ids_of(event, filters)
    table = Table(event, ids, with_needs=with_needs)
    sheet = Sheet(_("Registrations"), table.header, table.rows(), widths=(28, 28, 10, 30, 22))
    if form == "csv":
        spreadsheets.write_csv(file, _with_header(sheet))
    else:
        spreadsheets.write_xlsx(file, [sheet])


def _with_header(sheet: Sheet) -> Iterator[Row]:
    yield sheet.header
    yield from sheet.rows


class Table:
    """One row per registration; one column per session, and one per extra question."""

    def __init__(self, event: Event, ids: Sequence[uuid.UUID], *, with_needs: bool) -> None:
        self.event = event
        self.ids = ids
        self.with_needs = with_needs
        self.places = Places()
        self.questions = _questions(event, with_needs=with_needs)
        self.parts = [one.id for one in event.sessions]
        # Said once, and not for each row.
        self.states = {status: str(words) for status, words in STATES.items()}
        self.sources = {source: str(words) for source, words in SOURCES.items()}
        self.yes = _("Yes")

    @property
    def header(self) -> Row:
        sessions = [str(one.title) or _("State") for one in self.event.sessions]
        return [
            _("Name"),
            _("Organisation"),
            _("Persons"),
            _("E-mail address"),
            _("Telephone"),
            _("Language"),
            *sessions,
            _("Came"),
            _("Interpreter"),
            _("Children for child care"),
            *([_("Sign language"), _("Places for wheelchairs"), _("Other needs")] if self.with_needs else []),
            _("Came in"),
            _("Registered on"),
            *(str(question.label) or question.name for question in self.questions),
        ]

    def rows(self) -> Iterator[Row]:
        """Some at a time and as plain rows: a long list takes little time and no more memory than a short one."""
        for start in range(0, len(self.ids), AT_ONCE):
            some = self.ids[start : start + AT_ONCE]
            query = select(*FACTS).outerjoin(Contact, Contact.id == Registration.contact_id)
            found = {one.id: one for one in session.execute(query.where(Registration.id.in_(some)))}
            statuses, came = _statuses(some), _came(some)
            answers = _answers([one.response_id for one in found.values() if one.response_id]) if self.questions else {}
            for key in some:
                if key in found:
                    given = answers.get(found[key].response_id, {})
                    yield self._row(found[key], statuses.get(key, {}), came.get(key), given)

    def _row(self, one: Any, statuses: dict[int, BookingStatus], came: int | None, answers: dict[str, Given]) -> Row:
        health = [self.yes if one.sign_language else "", one.wheelchairs or None, one.needs]
        return [
            one.name,
            one.organisation,
            one.persons,
            one.email or "",
            one.phone,
            one.language,
            *(self.states[statuses[part]] if part in statuses else "" for part in self.parts),
            came,
            one.interpreter,
            one.children or None,
            *(health if self.with_needs else []),
            self.sources[one.source],
            one.created_at.astimezone(BERLIN).strftime("%Y-%m-%d %H:%M"),
            *(self._answer(question, answers.get(question.name)) for question in self.questions),
        ]

    def _answer(self, question: Question, given: Given | None) -> Cell:
        if given is None:
            return ""
        return str(shown_value(question, given, self.places.areas(question.layer)))


def _questions(event: Event, *, with_needs: bool) -> list[Question]:
    """What the form asks beside its own fields; what is sensitive goes by the same rule as needs (D6)."""
    version: QuestionnaireVersion | None = event.version
    if version is None:
        return []
    asked = on_one_page(version.definition).pages[0].questions
    return [one for one in asked if one.is_asked and (with_needs or not one.is_sensitive)]


def _statuses(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, dict[int, BookingStatus]]:
    """What they have in each session."""
    rows = select(Booking.registration_id, Booking.session_id, Booking.status)
    found: dict[uuid.UUID, dict[int, BookingStatus]] = {}
    for key, part, status in session.execute(rows.where(Booking.registration_id.in_(ids))):
        found.setdefault(key, {})[part] = status
    return found


def _came(ids: Sequence[uuid.UUID]) -> dict[Any, int]:
    rows = select(CheckIn.registration_id, CheckIn.persons).where(CheckIn.registration_id.in_(ids))
    return {key: persons for key, persons in session.execute(rows)}  # noqa: C416  (a row is no pair to the type checker)


def _answers(response_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID | None, dict[str, Given]]:
    """The answers of some responses, in one statement."""
    rows = (
        select(Answer.response_id, Answer.question, Answer.value)
        .where(Answer.response_id.in_(response_ids), Answer.instance == ONCE)
        .order_by(Answer.response_id, Answer.question, Answer.position)
    )
    found: dict[uuid.UUID | None, dict[str, Given]] = {}
    for response_id, name, value in session.execute(rows):
        theirs = found.setdefault(response_id, {})
        before = theirs.get(name, Given())
        theirs[name] = Given((*before.values, value) if value is not None else before.values, value is None)
    return found
