"""Looking for words in everything that is public, and telling what was found as readers see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation import clock, text_search
from participation.db import session
from participation.districts.models import Area
from participation.districts.queries import valid_on
from participation.feature import Findable, Finding, features
from participation.i18n import LazyText, LocalizedText, Passage, current_language
from participation.paging import ListPage, asked_page
from participation.search import passages
from participation.search.filters import Filters
from participation.search.passages import Cut
from participation.text_search import Found, Hit, Limits

RESULTS_AT_ONCE = 10
MOST_COUNTED = 1_000
MOST_AREAS = 400


@dataclass(frozen=True)
class Result:
    """One thing that was found, with the passage that has the words."""

    title: Cut
    url: str
    kind: LazyText
    day: date | None
    place: Any
    passage: Cut | None

    @property
    def cuts(self) -> list[Cut]:
        return [self.title, self.passage] if self.passage else [self.title]


@dataclass(frozen=True)
class Results:
    """One page of what was found; `instead` holds words that were found in place of mistyped ones, as written there."""

    page: ListPage[Result]
    instead: Sequence[passages.Written]


def kinds() -> list[Findable]:
    """What can be looked for, in the order of the house."""
    return [one for room in features() for one in room.findables]


def areas() -> Sequence[Area]:
    """The parts of the city as they are today, the usual division first."""
    is_default = Area.layer.property.mapper.class_.is_default.desc()
    query = select(Area).join(Area.layer).where(valid_on(clock.today())).options(joinedload(Area.layer))
    return session.scalars(query.order_by(is_default, Area.layer_id, Area.sort_name).limit(MOST_AREAS)).all()


def results(filters: Filters) -> Results:
    """The page that the address asks for."""
    wanted = [one.kind for one in kinds() if filters.kind in {None, one.kind}]
    found = text_search.search(filters.words, Limits(wanted, filters.area, filters.since, filters.until))
    total = min(len(found.hits), MOST_COUNTED)
    count = max(1, -(-total // RESULTS_AT_ONCE))
    number = asked_page(count)
    hits = found.hits[:total][(number - 1) * RESULTS_AT_ONCE : number * RESULTS_AT_ONCE]
    shown = [_result(one, findings, found) for one, findings in _loaded(hits)]
    cuts = [cut for one in shown for cut in one.cuts]
    instead = passages.instead(cuts, found.asked) if found.is_mended else []
    is_more = found.is_more or len(found.hits) > MOST_COUNTED
    return Results(ListPage(shown, number, count, total, is_more), instead)


def _loaded(hits: Sequence[Hit]) -> list[tuple[Findable, Finding]]:
    """What the rooms tell about these; what nobody may read any more is passed over."""
    rooms = {one.kind: one for one in kinds()}
    ids: dict[str, list[int]] = {}
    for hit in hits:
        ids.setdefault(hit.kind, []).append(hit.ref_id)
    told = {kind: rooms[kind].load(some) for kind, some in ids.items()}
    return [(rooms[hit.kind], told[hit.kind][hit.ref_id]) for hit in hits if hit.ref_id in told[hit.kind]]


def _result(kind: Findable, finding: Finding, found: Found) -> Result:
    title, language = _title(finding.title)
    texts = {tag: text.removeprefix(title).strip() for tag, text in finding.texts.items()}
    passage = passages.best(texts, found.asked)
    shown = passages.whole(title, language, found.asked)
    return Result(shown, finding.url, kind.name, finding.day, finding.place, passage)


def _title(title: Any) -> tuple[str, str]:
    """A title and its language, whichever way the room tells it."""
    here = current_language().tag
    if isinstance(title, LocalizedText):
        picked = title.pick()
        return (picked.item, picked.language) if picked else ("", here)
    return str(title), title.language if isinstance(title, Passage) else here
