"""Downloads of a survey: single responses, texts, counted tables and the code book.

Closed answers and free texts never go together, and their rows stand in different orders: who knows a neighbour by
their words must not find their answers about health or religion next to them (D6). No row tells when it came.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import IO, Any

from sqlalchemy import Integer, Select, String, case, cast, func, select, type_coerce

from participation import spreadsheets
from participation.db import session
from participation.i18n import _
from participation.questionnaires.definition import NUMBERS, QuestionType
from participation.questionnaires.models import Answer, QuestionnaireVersion, Response
from participation.spreadsheets import Cell, Row, Sheet
from participation.surveys import queries
from participation.surveys.asked import AskedQuestion, asked_questions
from participation.surveys.counting import submitted
from participation.surveys.models import Survey
from participation.surveys.results import Result, Shown, option_words, plain
from participation.surveys.tables import is_number

WITHHELD = "(withheld)"
HIDDEN = "•"
AT_ONCE = 5_000
# A calculation may put free text together, so only its numbers are closed answers.
NUMERIC = {*NUMBERS, QuestionType.YEAR, QuestionType.CALCULATION}


@dataclass(frozen=True)
class Column:
    """One column of the responses: a question, in one instance of its repeat, or one option of several."""

    header: str
    question: str
    instance: int
    option: str | None = None
    is_number: bool = False


def write(file: IO[bytes], survey: Survey, kind: str, form: str, result: Result | None) -> None:
    """Write one download; `kind` is answers, texts, results or codebook, `form` is csv or xlsx."""
    versions = queries.published_versions(survey)
    sheet = _sheet(kind, versions, result)
    if form == "csv":
        spreadsheets.write_csv(file, _with_header(sheet))
    else:
        more = [] if kind in {"codebook", "results"} else [codebook(versions)]
        spreadsheets.write_xlsx(file, [sheet, *more])


def _sheet(kind: str, versions: Sequence[QuestionnaireVersion], result: Result | None) -> Sheet:
    match kind:
        case "answers":
            return responses(versions)
        case "texts":
            return texts(versions)
        case "codebook":
            return codebook(versions)
    assert result is not None, "there are no tables to write yet"
    return tables(result)


def _with_header(sheet: Sheet) -> Iterator[Row]:
    yield sheet.header
    yield from sheet.rows


# --- Single responses, without free text ------------------------------------------------------------------------------


def responses(versions: Sequence[QuestionnaireVersion]) -> Sheet:
    """One row per response, in the order of their random keys."""
    asked = {name: one for name, one in asked_questions(versions).items() if _is_closed(one)}
    ids = [version.id for version in versions]
    columns = list(_columns(asked, _instances(ids, asked)))
    header = [_("Version"), _("Language"), _("Sent on"), *(column.header for column in columns)]
    return Sheet(_("Responses"), header, _response_rows(versions, columns))


def _is_closed(one: AskedQuestion) -> bool:
    return not one.is_text and one.question.type is not QuestionType.INFORMATION


def _instances(version_ids: Sequence[int], asked: dict[str, AskedQuestion]) -> dict[str, int]:
    """How often the questions of repeats were answered at most."""
    repeated = [name for name, one in asked.items() if one.is_repeated]
    if not repeated:
        return {}
    rows = session.execute(
        select(Answer.question, func.max(Answer.instance))
        .join(Response, Response.id == Answer.response_id)
        .where(*submitted(version_ids), Answer.question.in_(repeated))
        .group_by(Answer.question)
    )
    return {name: most for name, most in rows}  # noqa: C416  (a row is no pair to the type checker)


def _columns(asked: dict[str, AskedQuestion], instances: dict[str, int]) -> Iterator[Column]:
    for name, one in asked.items():
        places = range(1, instances.get(name, 1) + 1) if one.is_repeated else [0]
        for place in places:
            header = f"{name}[{place}]" if place else name
            if one.question.type is QuestionType.MULTIPLE_CHOICE:
                for key in one.keys:
                    yield Column(f"{header}/{key}", name, place, option=key)
            else:
                yield Column(header, name, place, is_number=one.question.type in NUMERIC)


def _response_rows(versions: Sequence[QuestionnaireVersion], columns: list[Column]) -> Iterator[Row]:
    numbers = {version.id: version.number for version in versions}
    names = sorted({column.question for column in columns})
    query = (
        select(
            type_coerce(Response.id, String).label("response"),  # as it is stored: making keys of it takes longest
            Response.version_id,
            Response.language,
            Response.submitted_on,
            Answer.question,
            Answer.instance,
            Answer.value,
        )
        .outerjoin(Answer, (Answer.response_id == Response.id) & Answer.question.in_(names))
        .where(*submitted(list(numbers)))
        .order_by(Response.id)
    )
    for _id, answers in groupby(_streamed(query), key=itemgetter(0)):
        rows = list(answers)
        _id, version_id, language, day, *_rest = rows[0]
        given: dict[tuple[str, int], list[str | None]] = {}
        for *_facts, question, instance, value in rows:
            if question is not None:
                given.setdefault((question, instance), []).append(value)
        yield [
            numbers[version_id],
            language,
            day.isoformat(),
            *(_cell(column, given.get((column.question, column.instance))) for column in columns),
        ]


def _cell(column: Column, values: list[str | None] | None) -> Cell:
    if values is None:
        return None
    if None in values:
        return WITHHELD
    if column.option is not None:
        return int(column.option in values)
    value = values[0]
    return _number(value) if column.is_number and value is not None else value


def _number(value: str) -> Cell:
    if not is_number(value):
        return None
    number = float(value)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _streamed(query: Select[*tuple[Any, ...]]) -> Iterable[Any]:
    return session.execute(query.execution_options(yield_per=AT_ONCE))


# --- Texts ------------------------------------------------------------------------------------------------------------


def texts(versions: Sequence[QuestionnaireVersion]) -> Sheet:
    """What people wrote, each text for itself and in the order of the alphabet; sensitive questions stay out (D6)."""
    asked = asked_questions(versions)
    names = [name for name, one in asked.items() if one.is_text and not one.question.is_sensitive]
    order = (
        case({name: place for place, name in enumerate(names)}, value=Answer.question) if names else cast(0, Integer)
    )
    query = (
        select(Answer.question, Response.language, Answer.value)
        .join(Response, Response.id == Answer.response_id)
        .where(*submitted([version.id for version in versions]), Answer.question.in_(names), Answer.value.is_not(None))
        .order_by(order, Answer.value)
    )
    labels = {name: str(plain(asked[name].question.label)) for name in names}
    rows = ([name, labels[name], language, value] for name, language, value in _streamed(query))
    header = [_("Question"), _("Question in words"), _("Language"), _("Text")]
    return Sheet(_("Texts"), header, rows, widths=(20, 40, 10, 80))


# --- Tables and code book ------------------------------------------------------------------------------------------


def tables(result: Result) -> Sheet:
    """The counted result, small numbers hidden as on the page."""
    header = [_("Question"), _("Question in words"), _("Answer"), _("Count"), _("Share"), _("Basis")]
    shown = [result.days, result.languages, *result.questions]
    rows = [row for table in shown for row in _table_rows(table)]
    return Sheet(_("Results"), header, rows, widths=(20, 40, 40, 10, 10, 10))


def _table_rows(table: Shown) -> Iterator[Row]:
    start: list[Cell] = [table.name, str(table.label)]
    base: Cell = HIDDEN if table.base is None else table.base
    if not table.rows:
        yield [*start, "", HIDDEN if table.kind == "hidden" else table.base, "", base]
    for row in table.rows:
        yield [*start, str(row.label), HIDDEN if row.count is None else row.count, row.share, base]


def codebook(versions: Sequence[QuestionnaireVersion]) -> Sheet:
    """What the columns and the values mean, in the reader's language."""
    header = [_("Question"), _("Question in words"), _("Type"), _("Value"), _("Value in words"), _("Versions")]
    numbers = {version.id: version.number for version in versions}
    rows = (
        row
        for one in asked_questions(versions).values()
        if one.question.type is not QuestionType.INFORMATION
        for row in _codebook_rows(one, numbers)
    )
    return Sheet(_("Code book"), header, rows, widths=(20, 50, 16, 20, 40, 10))


def _codebook_rows(one: AskedQuestion, numbers: dict[int, int]) -> Iterator[Row]:
    question = one.question
    asked_in = ", ".join(str(numbers[version_id]) for version_id in sorted(one.version_ids, key=numbers.__getitem__))
    start: list[Cell] = [question.name, str(plain(question.label)), question.type.value]
    if not one.keys:
        yield [*start, "", str(plain(question.unit)), asked_in]
    for key in one.keys:
        yield [*start, key, str(option_words(question, key)), asked_in]
    if question.may_withhold:
        yield [*start, WITHHELD, _("I prefer not to say"), asked_in]
