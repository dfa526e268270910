"""Loading and removing the demo city. All its rows are listed in demo_items, so removing touches nothing else."""

import json
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from flask import current_app
from sqlalchemy import delete, exists, select

from participation import clock, text_index
from participation.accounts import operations as accounts
from participation.accounts import passwords
from participation.accounts.models import Role, RoleAssignment, User
from participation.clock import BERLIN
from participation.councils.models import Council
from participation.db import Base, session
from participation.demo import (
    city,
    council_removal,
    councils,
    events,
    family_survey,
    ideas,
    removal,
    responses,
    sports_survey,
)
from participation.demo.models import DemoItem
from participation.districts import queries as districts
from participation.districts.models import Area, Layer, Street
from participation.events.models import Event, EventSeries, Topic
from participation.i18n import LocalizedText, content_text
from participation.ideas.models import Call, Category, Office
from participation.places.models import Place
from participation.questionnaires.definition import Definition
from participation.questionnaires.models import (
    Questionnaire,
    QuestionnaireVersion,
    Response,
    checksum,
)
from participation.receipts.models import Receipt
from participation.rich_text import LocalizedRichText, RichText
from participation.surveys import indexing as survey_index
from participation.surveys import operations as surveys
from participation.surveys.models import Survey

Row = TypeVar("Row", bound=Base)

ACCOUNTS = [
    ("verwaltung@demo.invalid", "Alex Verwaltung", Role.ADMINISTRATOR),
    ("redaktion@demo.invalid", "Kim Redaktion", Role.EDITOR),
    ("moderation@demo.invalid", "Sam Moderation", Role.MODERATOR),
    ("widerspruch@demo.invalid", "Mika Moderation", Role.MODERATOR),  # objections want a second person
    ("sitzungsdienst@demo.invalid", "Chris Sitzungsdienst", Role.COUNCIL_SECRETARY),
    ("auswertung@demo.invalid", "Robin Auswertung", Role.ANALYST),
    ("datenschutz@demo.invalid", "Toni Datenschutz", Role.PRIVACY_OFFICER),
]
# Children go before what they hang on.
REMOVED_IN_ORDER: list[Any] = [
    *(Council, Event, EventSeries, Topic, Place, Category, Call, Office),
    *(Survey, QuestionnaireVersion, Questionnaire, Area, Layer),
]


def is_house_empty() -> bool:
    """Whether nothing was put into this house yet: no survey, no account, no area."""
    return not any(session.scalar(select(exists().where(table.id.is_not(None)))) for table in (Survey, User, Layer))


def is_loaded() -> bool:
    """Whether the demo city is in this house."""
    return bool(session.scalar(select(exists().where(DemoItem.row_id.is_not(None)))))


def load() -> None:
    """Make the city with areas, surveys, ideas, events, a council and staff. Loading twice changes nothing."""
    if is_loaded():
        return
    areas = load_areas()
    load_survey(
        "familienumfrage",
        content_text("Familienumfrage: Wie lebt es sich mit Kindern in Ihrem Quartier?"),
        content_text(
            "Die Stadt möchte wissen, was Familien in der Nordstadt und im Kanalviertel brauchen. "
            "Die Umfrage dauert etwa zehn Minuten. Ihre Antworten helfen, Kitas, Schulen und Spielplätze zu planen."
        ),
        family_survey.definition,
        areas,
        count=420,
    )
    load_survey(
        "sportumfrage",
        content_text("Sportumfrage: Was bewegt Sie?"),
        content_text(
            "Wir planen Sportplätze, Hallen und Angebote für die nächsten Jahre. "
            "Bitte sagen Sie uns in fünf Minuten, was Ihnen fehlt."
        ),
        sports_survey.definition,
        areas,
        count=310,
    )
    load_ideas()
    load_events()
    note(councils.load(pilots()))
    load_staff()


def load_ideas() -> None:
    """A call for ideas and the letter box, unless the city has one of its own."""
    for row in ideas.load(pilots()):
        note(row)


def load_events() -> None:
    """Events of the next weeks and an earlier one, with places, topics and those who have registered."""
    for row in events.load(pilots()):
        note(row)


def pilots() -> dict[str, Area]:
    """The two pilot Quartiere by their codes."""
    wanted = select(Area).join(Layer).where(Layer.slug == "quartiere", Area.code.in_(city.PILOTS))
    return {area.code: area for area in session.scalars(wanted)}


def load_areas() -> dict[str, list[str]]:
    """Two layers, their areas and streets; gives the area ids of each layer as answers hold them."""
    has_default = districts.default_layer() is not None
    layers = {layer.slug: keep(layer) for layer in city.layers(has_default=has_default)}
    areas = [keep(area) for area in city.areas(layers)]
    for area in areas:
        session.add_all(city.street(area, name) for name in city.STREETS[area.code])
    session.flush()
    return {slug: [str(area.id) for area in areas if area.layer_id == layer.id] for slug, layer in layers.items()}


def load_survey(
    slug: str,
    title: LocalizedText,
    introduction: LocalizedText,
    definition: Callable[[tuple[str, ...]], Definition],
    areas: dict[str, list[str]],
    count: int,
) -> None:
    """A published survey that has been open for four weeks, with its responses."""
    now = clock.now()
    opened_at, closes_at = at_hour(8, now - timedelta(days=28)), at_hour(18, now + timedelta(days=60))
    document = definition(tuple(current_app.config["LANGUAGES"])).to_json()
    questionnaire = keep(Questionnaire(name=title["de"]))
    version = keep(
        QuestionnaireVersion(
            questionnaire_id=questionnaire.id,
            number=1,
            document=document,
            checksum=checksum(document),
            created_at=now - timedelta(days=30),
            published_at=opened_at,
        )
    )
    survey = keep(
        Survey(
            slug=slug,
            title=title,
            introduction=LocalizedRichText({tag: RichText.from_plain(text) for tag, text in introduction.items()}),
            questionnaire_id=questionnaire.id,
            version_id=version.id,
            purpose=content_text("Planung von Angeboten für die Menschen im Quartier"),
            legal_basis=content_text("Aufgabe der Stadt nach § 3 Datenschutzgesetz NRW. Die Teilnahme ist freiwillig."),
            person_in_charge="Stabsstelle Quartiersarbeit",
            retention_days=365,
            opens_at=opened_at,
            closes_at=closes_at,
            published_at=opened_at,
        )
    )
    responses.answer_survey(version, areas, count=count, drafts=count // 7, today=clock.today(), seed=count)
    surveys.count_results(survey)  # so that a visitor sees a result at once
    survey_index.index(survey)


def at_hour(hour: int, day: datetime) -> datetime:
    """A full hour in Germany, as people open and close surveys."""
    return day.astimezone(BERLIN).replace(hour=hour, minute=0, second=0, microsecond=0).astimezone(UTC)


def load_staff() -> None:
    """Accounts with passwords made here and now; they need no second factor and end with the demo."""
    made: dict[str, str] = {}
    for email, name, role in ACCOUNTS:
        made[email] = password = f"{secrets.token_hex(3)}-{secrets.token_hex(3)}-{secrets.token_hex(3)}"
        user = User(email=email, name=name, password_hash=passwords.hashed(password), is_demo=True)
        user.roles = [RoleAssignment(role=role)]
        keep(user)
    path = sign_ins_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(made, indent=1))


def sign_in_lines() -> Iterator[str]:
    """One line per demo account that still has the password made on this machine."""
    path = sign_ins_file()
    if not path.is_file() or not is_loaded():
        return
    made: dict[str, str] = json.loads(path.read_text())
    yield "Demo sign-ins (they exist only while the demo does):"
    for email, name, role in ACCOUNTS:
        if email in made:
            yield f"  {role.value:16} {email:28} {made[email]}   ({name})"


def remove() -> None:
    """Take away all that load() made, and what residents sent to the demo's surveys."""
    items = session.execute(select(DemoItem.table, DemoItem.row_id)).all()
    ids = {kind: [row_id for table, row_id in items if table == kind.__tablename__] for kind in REMOVED_IN_ORDER}
    removal.remove_ideas(ids[Call])
    removal.remove_people(ids[Event])
    council_removal.remove(ids[Council])
    text_index.drop_all(survey_index.KIND, ids[Survey])
    versions = ids[QuestionnaireVersion]
    receipts = select(Response.receipt_id).where(Response.version_id.in_(versions), Response.receipt_id.is_not(None))
    receipt_ids = session.scalars(receipts).all()
    session.execute(delete(Response).where(Response.version_id.in_(versions)))
    session.execute(delete(Receipt).where(Receipt.id.in_(receipt_ids)))
    session.execute(delete(Street).where(Street.area_id.in_(ids[Area])))
    accounts.remove_demo_staff()
    for kind in REMOVED_IN_ORDER:
        session.execute(delete(kind).where(kind.id.in_(ids[kind])))
    session.execute(delete(DemoItem))
    sign_ins_file().unlink(missing_ok=True)


def sign_ins_file() -> Path:
    """Where this machine keeps the demo's passwords, beside its database."""
    folder: Path = current_app.config["SETTINGS"].data_folder
    return folder / "demo-sign-ins.json"


def keep(row: Row) -> Row:
    """Save a row and note that it is the demo's."""
    session.add(row)
    session.flush()
    note(row)
    return row


def note(row: Any) -> None:
    """Write down that a saved row is the demo's."""
    session.add(DemoItem(table=row.__tablename__, row_id=row.id))
