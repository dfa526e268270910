"""What the ideas room offers the house."""

from participation.feature import Feature, NavigationItem
from participation.i18n import _l
from participation.ideas import models as _models  # noqa: F401
from participation.ideas import queries, rules, scopes, views

feature = Feature(
    name="ideas",
    blueprints=[views.bp],
    rules=rules,
    navigation=[NavigationItem(_l("Ideas"), "ideas.index")],
    entries=queries.entries,
    scopes=scopes.scopes,
)
