"""What the councils' room offers the house."""

from participation.councils import (
    agenda_views,
    card_views,
    duties,
    findables,
    hand_over_views,
    housekeeping,
    invitation_views,
    life_views,
    matters,
    meeting_pages,
    meeting_queries,
    meeting_views,
    mentioning,
    minutes_pages,
    own_data_pages,
    own_proposal_pages,
    own_seat_pages,
    paper_views,
    people_views,
    proposal_pages,
    proposal_views,
    proposals,
    record_views,
    resolution_pages,
    resolution_views,
    rules,
    scopes,
    staff_views,
    task_views,
    views,
    wordings,
    writing_views,
)
from participation.councils import minutes_models as _minutes_tables  # noqa: F401  (the room's tables)
from participation.councils import proposal_models as _proposal_tables  # noqa: F401  (as above)
from participation.councils import public_models as _public_tables  # noqa: F401  (as above)
from participation.councils import resolution_models as _resolution_tables  # noqa: F401  (as above)
from participation.feature import Feature, NavigationItem
from participation.i18n import _l

MINUTES_DESK = (writing_views, record_views)  # both put pages into one blueprint

feature = Feature(
    name="councils",
    blueprints=[
        views.bp,
        staff_views.bp,
        people_views.bp,
        minutes_pages.bp,
        life_views.bp,
        meeting_pages.bp,
        meeting_views.bp,
        agenda_views.bp,
        paper_views.bp,
        own_seat_pages.bp,
        own_data_pages.bp,
        own_proposal_pages.bp,
        proposal_pages.bp,
        proposal_views.bp,
        invitation_views.bp,
        resolution_pages.bp,
        resolution_views.bp,
        card_views.bp,
        task_views.bp,
        hand_over_views.bp,
        *dict.fromkeys(desk.bp for desk in MINUTES_DESK),
    ],
    rules=rules,
    entries=meeting_queries.entries,
    matter=matters.matter,
    holds=matters.holds,
    duties=duties.duties,
    scopes=scopes.scopes,
    news=proposals.news,
    housekeeping=housekeeping.housekeeping,
    mentions=mentioning.mentions,
    findables=findables.FINDABLES,
    wordings=wordings.WORDINGS,
    navigation=[NavigationItem(_l("Councils"), "councils.index")],
    staff_navigation=[NavigationItem(_l("Councils"), "council_staff.index", rules.visit)],
)
