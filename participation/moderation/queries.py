"""Looking up what waits, who has it open, what was decided, and what is checked when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from participation import clock
from participation.accounts.models import RoleAssignment, User
from participation.contributions.models import (
    CheckingRule,
    Contribution,
    ContributionStatus,
    Original,
    WordList,
    contribution_areas,
)
from participation.contributions.queries import with_areas
from participation.db import session
from participation.districts.models import Area
from participation.feature import Scope, features
from participation.i18n import LazyText
from participation.moderation.models import RESTRICTIONS, Claim, Decision, DeskSettings, Objection, ObjectionState
from participation.moderation.rules import MODERATORS
from participation.paging import PAGE_SIZE, ListPage, asked_page
from participation.permissions import Person
from participation.text_matching import order_key
from participation.wordings import ChangedWording

MOST_LOOKED_INTO = 5_000  # of what fits the other filters, the oldest are looked through for words and hints
MOST_WORDS = 8
OBJECTION_TAKES = timedelta(days=184 + 7)  # six months, and some days for the night that deletes
MOST_COUNTED = 1_000  # more than this is "more than 1,000": nobody pages so far, and counting would cost


@dataclass(frozen=True)
class Filters:
    """What part of the queue somebody wants to see; nothing given means all of it."""

    kind: str = ""
    area: int | None = None
    language: str = ""
    hint: str = ""
    scope: str = ""
    public: str = ""  # "yes" for what others can read already, "no" for what they cannot
    words: str = ""

    @property
    def looks_inside(self) -> bool:
        """Whether texts have to be read, and not only their index."""
        return bool(self.words or self.hint)

    @property
    def in_address(self) -> dict[str, Any]:
        """The filters as an address carries them."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Waiting:
    """How much waits, as far as it is counted at all, and since when."""

    count: int
    oldest: datetime | None


# --- The queue --------------------------------------------------------------------------------------------------------


def seen_by(staff: Person) -> list[ColumnElement[bool]]:
    """The condition on contributions that lets a moderator of some areas see only what lies there, or nowhere."""
    areas = staff.areas_of(*MODERATORS)
    if areas is None:
        return []
    here = contribution_areas.c.contribution_id == Contribution.id
    return [or_(~exists().where(here), exists().where(here, contribution_areas.c.area_id.in_(areas)))]


def waiting(staff: Person, filters: Filters | None = None) -> Select[Any]:
    """What waits for this person, the oldest first."""
    conditions = _conditions(filters) if filters else []
    return (
        select(Contribution)
        .where(Contribution.waiting_since.is_not(None), *seen_by(staff), *conditions)
        .order_by(Contribution.waiting_since, Contribution.id)
    )


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.kind:
        found.append(Contribution.kind == filters.kind)
    if filters.language:
        found.append(Contribution.language == filters.language)
    if filters.public:
        is_public = Contribution.status == ContributionStatus.PUBLISHED
        found.append(is_public if filters.public == "yes" else ~is_public)
    if filters.area:
        here = contribution_areas.c.contribution_id == Contribution.id
        found.append(exists().where(here, contribution_areas.c.area_id == filters.area))
    if filters.scope:
        found += [one.contains for one in scopes() if one.name == filters.scope]
    return found


def _looked_into(query: Select[Any], filters: Filters) -> Select[Any]:
    """Of the oldest that fit the other filters, the numbers of those whose text or hints hold what is looked for."""
    columns = (Contribution.id, Contribution.title, Contribution.text, Contribution.hints, Contribution.waiting_since)
    some = query.with_only_columns(*columns).limit(MOST_LOOKED_INTO).subquery().c
    inside = [_holds(word, some.title, some.text) for word in filters.words.split()[:MOST_WORDS]]
    if filters.hint:
        # Hints are kept as JSON, in which a quotation mark inside a passage looks different.
        inside.append(cast(some.hints, Text).contains(f'"kind": "{filters.hint}"', autoescape=True))
    return select(some.id).where(*inside).order_by(some.waiting_since, some.id)


def _holds(word: str, *places: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether one of the places holds a word; SQLite knows upper and lower case of ASCII letters only."""
    forms = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    return or_(*(place.icontains(form, autoescape=True) for place in places for form in sorted(forms)))


def queue(staff: Person, filters: Filters) -> ListPage[Contribution]:
    """One page of the queue; of a very long one only the beginning is counted, paged, and looked through for words."""
    query = waiting(staff, filters).with_only_columns(Contribution.id)
    if filters.looks_inside:
        query = _looked_into(query, filters)
    # Numbers first: they come from the index alone, and serve for the count and for the page.
    numbers = session.scalars(query.limit(MOST_COUNTED + 1)).all()
    count = max(1, -(-min(len(numbers), MOST_COUNTED) // PAGE_SIZE))
    number = asked_page(count)
    shown = numbers[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    found = {one.id: one for one in chosen(shown)} if shown else {}
    return ListPage([found[one] for one in shown if one in found], number, count, len(numbers))


def what_waits(staff: Person) -> Waiting:
    """How much waits for this person, and since when."""
    rows = waiting_times(staff).subquery()
    count, oldest = session.execute(select(func.count(), func.min(rows.c.waiting_since))).one()
    return Waiting(count, oldest)


def waiting_times(staff: Person) -> Select[Any]:
    """Since when each of the oldest waits for this person, as many as are counted at all."""
    return waiting(staff).with_only_columns(Contribution.waiting_since).limit(MOST_COUNTED + 1)


def waiting_by_kind(staff: Person) -> dict[str, int]:
    """How many of each kind wait for this person."""
    query = waiting(staff).with_only_columns(Contribution.kind, func.count()).order_by(None)
    return {kind: count for kind, count in session.execute(query.group_by(Contribution.kind))}  # noqa: C416  (mypy does not see pairs in rows)


def nearly_late(staff: Person, after: datetime | None, until: datetime) -> datetime | None:
    """Since when the oldest has waited that this person sees and that came into the queue within that time."""
    came = [Contribution.waiting_since <= until]
    if after:
        came.append(Contribution.waiting_since > after)
    return session.scalar(waiting(staff).with_only_columns(Contribution.waiting_since).where(*came).limit(1))


def oldest_free(staff: User, filters: Filters, passed: Sequence[int] = ()) -> int | None:
    """The number of what waits longest and no colleague has open, apart from some that were passed by."""
    is_open = and_(Claim.contribution_id == Contribution.id, Claim.staff_id != staff.id, Claim.until > clock.now())
    query = waiting(staff, filters).with_only_columns(Contribution.id)
    query = query.where(~exists().where(is_open), ~exists().where(*_objected_against(staff)))
    if passed:
        query = query.where(Contribution.id.not_in(passed))
    if filters.looks_inside:
        query = _looked_into(query, filters)
    return session.scalar(query.limit(1))


def _objected_against(staff: User) -> list[ColumnElement[bool]]:
    """An objection against a decision of this person about the contribution waits for somebody else."""
    return [
        Decision.contribution_id == Contribution.id,
        Objection.decision_id == Decision.id,
        Objection.state == ObjectionState.OPEN,
        Objection.first_decided_by_id == staff.id,
    ]


def is_objected_against(contribution: Contribution, staff: User) -> bool:
    """Whether this person has to leave the contribution to others, until an objection against them is decided (M6)."""
    query = select(Contribution.id).where(Contribution.id == contribution.id, exists().where(*_objected_against(staff)))
    return session.scalar(query) is not None


def open_claims(contributions: Sequence[Contribution]) -> dict[int, Claim]:
    """Which of these somebody has open now, by their numbers."""
    query = (
        select(Claim)
        .options(joinedload(Claim.staff))
        .where(Claim.contribution_id.in_([one.id for one in contributions]), Claim.until > clock.now())
    )
    return {claim.contribution_id: claim for claim in session.scalars(query)}


# --- One contribution -------------------------------------------------------------------------------------------------


def contribution(contribution_id: int) -> Contribution:
    """One contribution of whatever kind, with its areas."""
    query = select(Contribution).where(Contribution.id == contribution_id)
    return session.scalars(with_areas(query, Contribution)).unique().one()


def chosen(contribution_ids: Sequence[int]) -> Sequence[Contribution]:
    """Several of them; numbers that nobody has are passed over."""
    query = select(Contribution).where(Contribution.id.in_(contribution_ids))
    return session.scalars(with_areas(query, Contribution)).unique().all()


def original(of: Contribution) -> Original | None:
    """What stood there before passages were blacked out, while it is kept."""
    return session.get(Original, of.id)


def needed(ids: Sequence[int]) -> set[int]:
    """Of these contributions, those to which somebody may still object, or an objection to which is not decided."""
    decided = select(Decision.contribution_id).where(Decision.contribution_id.in_(ids))
    since = clock.now() - OBJECTION_TAKES
    in_time = decided.where(Decision.decided_at > since, Decision.action.in_(RESTRICTIONS))
    still_open = decided.join(Objection, Objection.decision_id == Decision.id).where(
        Objection.state == ObjectionState.OPEN
    )
    return {*session.scalars(in_time), *session.scalars(still_open)}


def history(of: Contribution) -> Sequence[Decision]:
    """Every decision about a contribution, the first one first."""
    query = select(Decision).options(joinedload(Decision.rule)).where(Decision.contribution_id == of.id)
    return session.scalars(query.order_by(Decision.id)).all()


# --- What there is to choose from -------------------------------------------------------------------------------------


def kinds() -> dict[str, LazyText]:
    """Every kind of contribution that some room has, and what it is called."""
    mappers = Contribution.__mapper__.polymorphic_map
    return {str(name): mapper.class_().kind_name for name, mapper in mappers.items() if name}


def scopes() -> list[Scope]:
    """What contributions can belong to, as each room tells."""
    return [scope for room in features() if room.scopes for scope in room.scopes()]


def areas(staff: Person) -> list[tuple[int, Any]]:
    """The areas this person can filter by: of all layers, or their own."""
    query = select(Area.id, Area.name)
    mine = staff.areas_of(*MODERATORS)
    if mine is not None:
        query = query.where(Area.id.in_(mine))
    rows = session.execute(query).all()
    return sorted(((row.id, row.name) for row in rows), key=lambda one: order_key(str(one[1])))


def changed_wordings(prefix: str) -> dict[str, ChangedWording]:
    """What staff have written instead of the house's texts, of those whose names begin so."""
    query = select(ChangedWording).where(ChangedWording.name.startswith(prefix, autoescape=True))
    return {one.name: one for one in session.scalars(query)}


# --- What is checked when, and what was promised ----------------------------------------------------------------------


def checking_rules() -> Sequence[CheckingRule]:
    """All of them, the widest first."""
    return session.scalars(
        select(CheckingRule).order_by(CheckingRule.scope, CheckingRule.kind, CheckingRule.language)
    ).all()


def checking_rule(rule_id: int) -> CheckingRule:
    """One of them."""
    return session.get_one(CheckingRule, rule_id)


def word_list(tag: str) -> WordList:
    """The words of one language; an empty list before anybody wrote one."""
    return session.get(WordList, tag) or WordList(language=tag, words="")


def word_counts() -> dict[str, int]:
    """How many words each language has."""
    return {one.language: len(one.words.splitlines()) for one in session.scalars(select(WordList))}


def desk_settings() -> DeskSettings:
    """As they are, or as they are before anybody changed them."""
    return session.get(DeskSettings, 1) or DeskSettings(id=1, promised_hours=48)


def promise() -> timedelta:
    """How soon the desk looks at what comes in."""
    return timedelta(hours=desk_settings().promised_hours)


def moderators() -> Sequence[User]:
    """Everybody who moderates, for the whole city or some areas, and can sign in."""
    query = select(User).options(selectinload(User.roles)).where(User.is_active, User.password_hash.is_not(None))
    return session.scalars(query.where(User.roles.any(RoleAssignment.role == "moderator")).order_by(User.id)).all()
