"""What waits at the ideas desk, for the page "Today"."""

from typing import Any

from flask import url_for

from participation.feature import Duty
from participation.i18n import LazyText, _l
from participation.ideas import rules, staff_queries
from participation.ideas.staff_queries import OVERDUE, REOPENED, SOON

TITLES: dict[str, LazyText] = {
    OVERDUE: _l("Ideas whose answer is overdue"),
    REOPENED: _l("Ideas that are not solved, as their authors say"),
    SOON: _l("Ideas whose answer is due within seven days"),
}


def duties(person: Any) -> list[Duty]:
    """Late answers, doubts of authors, and what is due this week."""
    if not rules.visit(person):
        return []
    mine = person.areas_of(*rules.PROCESSORS)
    waiting = staff_queries.how_many(list(TITLES), mine)
    return [
        Duty(TITLES[show], url_for("idea_staff.index", show=show), count, first_day)
        for show, (count, first_day) in waiting.items()
        if count
    ]
