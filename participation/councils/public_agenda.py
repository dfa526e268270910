"""What everybody reads of an agenda: decided here and nowhere else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from participation.councils.blackening import Blackening, said
from participation.councils.meeting_models import AgendaItem, AgendaLink, Consultation, Meeting, Paper
from participation.councils.minutes_models import Minutes, Redaction
from participation.db import session
from participation.i18n import LocalizedText, content_text, speaking

NOTHING = LocalizedText()


@dataclass(frozen=True)
class PublicItem:
    """An item as everybody may read it; of a confidential one nothing is left but its number and a neutral title."""

    id: int
    position: int
    number: str
    title: LocalizedText
    is_confidential: bool
    is_part: bool
    is_added: bool
    is_withdrawn: bool
    text: LocalizedText = NOTHING
    brought_by: str = ""
    papers: tuple[Paper, ...] = ()
    paper_titles: Mapping[int, LocalizedText] = field(default_factory=dict)  # by the paper's number
    consultations: tuple[Consultation, ...] = ()  # the same with whether it is decided here
    links: tuple[AgendaLink, ...] = ()
    postponed_from: AgendaItem | None = None


def neutral_title(item: AgendaItem) -> LocalizedText:
    """How a confidential item is called in public."""
    return item.public_title or content_text("Nichtöffentlicher Tagesordnungspunkt")


def public_view(item: AgendaItem, blackening: Blackening | None = None) -> PublicItem:
    """What everybody may read of an item once its agenda is published.

    What is blacked out in the minutes is so here, too, also where the item was postponed to. Whoever asks for many
    items has looked up what is blacked out before.
    """
    confidential = PublicItem(
        id=item.id,
        position=item.position,
        number=item.number,
        title=neutral_title(item),
        is_confidential=True,
        is_part=item.is_part,
        is_added=item.added_at is not None,
        is_withdrawn=item.withdrawn_at is not None,
    )
    if not item.is_public:
        return confidential
    blackening = blackening if blackening is not None else blackening_of([item])
    shown = tuple(one for one in item.consultations if one.paper.is_public)
    earlier = item.postponed_from
    return replace(
        confidential,
        title=without(item.title, blackening),
        is_confidential=False,
        text=without(item.text, blackening),
        brought_by=said(blackening.text(item.brought_by)),
        papers=tuple(one.paper for one in shown),
        paper_titles={one.paper_id: without(one.paper.title, blackening) for one in shown},
        consultations=shown,
        links=tuple(item.links),
        postponed_from=earlier if earlier is not None and earlier.meeting.is_announced else None,
    )


def public_items(meeting: Meeting) -> list[PublicItem]:
    """The agenda as everybody may read it: nothing before it is published."""
    if not meeting.is_announced:
        return []
    blackening = blackening_of(meeting.items)
    return [public_view(item, blackening) for item in meeting.items]


def blackening_of(items: Iterable[AgendaItem]) -> Blackening:
    """What is blacked out in the minutes of these items, and of those that they were postponed from."""
    ids = {one.meeting_id for item in items for one in (item, item.postponed_from) if one is not None}
    query = select(Redaction).join(Minutes, Minutes.id == Redaction.minutes_id).where(Minutes.meeting_id.in_(ids))
    return Blackening(session.scalars(query.order_by(Redaction.id)).all())


def without(text: LocalizedText, blackening: Blackening) -> LocalizedText:
    """A text in which every language says by itself where words are blacked out."""
    if not blackening:
        return text
    made = {}
    for tag, words in text.items():
        with speaking(tag):
            made[tag] = said(blackening.text(words))
    return LocalizedText(made)
