"""What the moderators' desk offers the house."""

from participation.feature import Feature, NavigationItem
from participation.i18n import _l
from participation.moderation import (
    catalogue,
    catalogue_views,
    digest,
    duties,
    fair_wordings,
    matters,
    notice_pages,
    notice_views,
    noticing,
    objecting,
    objection_pages,
    objection_views,
    operations,
    policy_views,
    queries,
    queue_views,
    rules,
    rules_pages,
    transparency_pages,
)
from participation.moderation import item_views as _item_views  # noqa: F401  (its addresses belong to the queue)
from participation.moderation.wordings import WORDINGS


def housekeeping() -> dict[str, int]:
    """What is due by night; from the first one on the public rules bear a date (M2)."""
    catalogue.fill()
    return {"reporters": noticing.forget_old(), "objections": objecting.forget_old(), **digest.housekeeping()}


feature = Feature(
    name="moderation",
    blueprints=[
        queue_views.bp,
        policy_views.bp,
        rules_pages.bp,
        notice_pages.bp,
        objection_pages.bp,
        transparency_pages.bp,
        notice_views.bp,
        objection_views.bp,
        catalogue_views.bp,
    ],
    rules=rules,
    staff_navigation=[
        NavigationItem(_l("Moderation"), "moderation.queue", rules.visit),
        NavigationItem(_l("Rules for texts"), "catalogue.index", rules.manage_catalogue),
    ],
    matter=matters.matter,
    holds=matters.holds,
    promise=queries.promise,
    duties=duties.duties,
    news=operations.news,
    needed=queries.needed,
    wordings=[*WORDINGS, *fair_wordings.WORDINGS],
    housekeeping=housekeeping,
    minutely=digest.remind,
)
