"""The page with the yearly numbers of moderation, and the same numbers as a table for office programs (M9)."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request, send_file
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from participation import spreadsheets
from participation.i18n import LazyText, _, _l
from participation.limits import limiter
from participation.moderation import queries, transparency
from participation.moderation.models import NoticeState, ObjectionState, Party
from participation.moderation.transparency import Year
from participation.moderation.wordings import DONE

bp = Blueprint("transparency", __name__, url_prefix="/transparency")

NOTICES: dict[NoticeState, LazyText] = {
    NoticeState.UPHELD: _l("Reports that were right: something was done about the text"),
    NoticeState.REJECTED: _l("Reports after which the text stayed as it was"),
    NoticeState.OPEN: _l("Reports that are not decided yet"),
}
OBJECTIONS: dict[tuple[Party, ObjectionState], LazyText] = {
    (Party.AUTHOR, ObjectionState.UPHELD): _l("Objections of authors that were right"),
    (Party.AUTHOR, ObjectionState.REJECTED): _l("Objections of authors after which the decision stayed"),
    (Party.AUTHOR, ObjectionState.OPEN): _l("Objections of authors that are not decided yet"),
    (Party.REPORTER, ObjectionState.UPHELD): _l("Objections of people who reported a text that were right"),
    (Party.REPORTER, ObjectionState.REJECTED): _l(
        "Objections of people who reported a text after which the decision stayed"
    ),
    (Party.REPORTER, ObjectionState.OPEN): _l("Objections of people who reported a text that are not decided yet"),
}


@dataclass(frozen=True)
class Table:
    """Some numbers under one heading, with the words for each."""

    heading: str
    rows: list[tuple[str, float | None]]


@bp.get("")
def show() -> str:
    """The numbers of one year, this one unless another is asked for."""
    year, years = asked_year()
    numbers = transparency.numbers(year)
    return render_template(
        "moderation/transparency.html", tables=tables(numbers), numbers=numbers, year=year, years=years
    )


@bp.get("/numbers.csv")
@limiter.limit("30 per minute")
def csv() -> Response:
    """The same as a file."""
    year, _years = asked_year()
    file = spreadsheets.temporary_file()
    rows = [(table.heading, *row) for table in tables(transparency.numbers(year)) for row in table.rows]
    spreadsheets.write_csv(file, [(_("Topic"), _("What was counted"), str(year)), *rows])
    file.seek(0)
    return send_file(file, mimetype=spreadsheets.CSV_TYPE, as_attachment=True, download_name=f"moderation-{year}.csv")


def asked_year() -> tuple[int, list[int]]:
    """The year in the address and all there are; NoResultFound for one without numbers."""
    years = transparency.years()
    asked = request.args.get("year", "") or str(years[0])
    found = next((year for year in years if str(year) == asked), None)
    if found is None:
        raise NoResultFound
    return found, years


def tables(numbers: Year) -> list[Table]:
    """All numbers in words, in the reader's language."""
    kinds = queries.kinds()
    by_rule = [(_rule_name(str(rule.title), rule.reference), count) for rule, count in numbers.by_rule]
    return [
        Table(
            _("Texts that people sent"),
            [(str(name), numbers.contributions.get(kind, 0)) for kind, name in kinds.items()],
        ),
        Table(
            _("Decisions"),
            [
                *((str(words), numbers.decisions[action]) for action, words in DONE.items()),
                (_("Decisions that software made without a person"), 0),
                (_("Half of the texts waited at most this many hours"), numbers.queue_hours),
            ],
        ),
        Table(_("Decisions against a text, by rule"), [*by_rule]),
        Table(
            _("Reports"),
            [
                (_("Reports received"), numbers.notices_received),
                *((str(words), numbers.notices[state]) for state, words in NOTICES.items()),
                (_("Half of the reports were decided within this many hours"), numbers.notice_hours),
            ],
        ),
        Table(
            _("Objections"),
            [
                (_("Objections received"), numbers.objections_received),
                *((str(words), numbers.objections[key]) for key, words in OBJECTIONS.items()),
            ],
        ),
    ]


def _rule_name(title: str, reference: str) -> str:
    return f"{title} ({reference})" if reference else title
