"""Makers of the surveys room."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, inspect, select

from participation import clock
from participation.db import session
from participation.i18n import LocalizedText
from participation.questionnaires.definition import Definition
from participation.questionnaires.filling import ONCE, Given
from participation.questionnaires.models import (
    Answer,
    Questionnaire,
    QuestionnaireVersion,
    Response,
    ResponseStatus,
    checksum,
)
from participation.questionnaires.operations import save_answers
from participation.receipts import operations as receipts
from participation.surveys.models import Survey

Value = str | int | float | Sequence[str] | None  # None is "I prefer not to say"

_numbers = count(1)


def question(name: str, kind: str = "short_text", options: str = "", **facts: Any) -> dict[str, Any]:
    """A question as it stands in a document; options are names, separated by blanks."""
    label = {"label": {"de": f"Frage {name}", "tr": f"Soru {name}"}}
    made: dict[str, Any] = {"name": name, "type": kind, **label, **facts}
    if options:
        made["options"] = [{"name": one, "label": {"de": one.capitalize()}} for one in options.split()]
    return made


def page(name: str, *questions: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """A page of questions as it stands in a document."""
    return {"name": name, "title": {"de": f"Seite {name}"}, "elements": list(questions), **facts}


def make_definition(*pages: dict[str, Any], languages: Sequence[str] = ("de", "tr")) -> Definition:
    """A questionnaire with these pages; without any, one page that asks for a colour."""
    colour = question("colour", "single_choice", "red green blue")
    return Definition.from_json({"languages": list(languages), "pages": list(pages or [page("first", colour)])})


def make_version(questionnaire: Questionnaire, definition: Definition, *, published: bool) -> QuestionnaireVersion:
    """One more wording."""
    document = definition.to_json()
    version = QuestionnaireVersion(
        questionnaire=questionnaire,
        number=len(questionnaire.versions) + 1,
        document=document,
        checksum=checksum(document),
        created_at=clock.now(),
        published_at=clock.now() if published else None,
    )
    session.add(version)
    session.flush()
    return version


def make_survey(definition: Definition | None = None, *, published: bool = True, **facts: Any) -> Survey:
    """A survey that knows its duties; published and open unless the facts say otherwise."""
    number = next(_numbers)
    questionnaire = Questionnaire(name=f"Survey {number}")
    session.add(questionnaire)
    version = make_version(questionnaire, definition or make_definition(), published=published)
    facts = {
        "slug": f"survey-{number}",
        "title": LocalizedText(de=f"Umfrage {number}", tr=f"Anket {number}"),
        "purpose": LocalizedText(de="Wir planen Spielplätze."),
        "legal_basis": LocalizedText(de="Aufgabe der Stadt"),
        "person_in_charge": "Frau Beispiel",
        "published_at": clock.now() if published else None,
        **facts,
    }
    survey = Survey(**facts, questionnaire=questionnaire, version=version if published else None)
    session.add(survey)
    session.flush()
    return survey


def make_response(
    survey: Survey,
    answers: Mapping[str | tuple[str, int], Value] | None = None,
    *,
    submitted: bool = True,
    language: str = "de",
    day: date | None = None,
    with_receipt: bool = False,
    **facts: Any,
) -> Response:
    """What one person answered; a key (name, 2) is the second instance of a repeat."""
    version = facts.pop("version", None) or survey.version or survey.questionnaire.versions[-1]
    day = day or clock.today()
    facts = {
        "reached": version.definition.pages[-1].name,
        "touched_on": day,
        "receipt_id": receipts.issue().receipt.id if with_receipt else None,
        **facts,
    }
    response = Response(
        version_id=version.id,
        language=language,
        status=ResponseStatus.SUBMITTED if submitted else ResponseStatus.DRAFT,
        submitted_on=day if submitted else None,
        **facts,
    )
    session.add(response)
    session.flush()
    given = {key if isinstance(key, tuple) else (key, ONCE): _given(value) for key, value in (answers or {}).items()}
    save_answers(response.id, version.definition, {}, given)
    return response


def make_responses(survey: Survey, number: int, answers: Mapping[Any, Value] | None = None, **facts: Any) -> None:
    """Several people who answer the same; with one statement for all their answers."""
    if facts.get("with_receipt"):
        for _ in range(number):
            make_response(survey, answers, **facts)
        return
    first = make_response(survey, answers, **facts)
    copied = {column.key: getattr(first, column.key) for column in inspect(Response).columns if column.key != "id"}
    others = [{"id": uuid4(), **copied} for _ in range(number - 1)]
    if others:
        session.execute(insert(Response), others)
        columns = [column for column in Answer.__table__.columns if column.key != "response_id"]
        everybody = (
            select(Response.id, *columns)
            .join(Answer, Answer.response_id == first.id)
            .where(Response.id.in_([one["id"] for one in others]))
        )
        session.execute(insert(Answer).from_select(["response_id", *(one.key for one in columns)], everybody))


def _given(value: Value) -> Given:
    if value is None:
        return Given(is_withheld=True)
    if isinstance(value, str | int | float):
        return Given((str(value),))
    return Given(tuple(value))
