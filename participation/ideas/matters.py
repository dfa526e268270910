"""What became of an idea or a comment, for its author who comes back with the receipt."""

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import selectinload

from participation import clock
from participation.contributions.models import Comment, Contribution, ContributionStatus
from participation.db import session
from participation.feature import Matter, features
from participation.i18n import LazyText, _, _l, format_day, format_list, format_moment
from participation.ideas.models import Idea, IdeaState, Progress
from participation.ideas.wordings import ANSWERS, STATES
from participation.receipts.models import Receipt

Status = ContributionStatus

KINDS = ("idea", "comment")
FIRST_WORDS = 80  # stand for a comment, which has no title

STATUSES: dict[ContributionStatus, LazyText] = {
    Status.WAITING: _l("We have received your text. Somebody from the city reads it before others can read it."),
    Status.PUBLISHED: _l("Your text is published. Everybody can read it."),
    Status.RETURNED: _l(
        "We have a question about your text. You find the question on this page. Please change your text. Then we read "
        "it again."
    ),
    Status.REFUSED: _l(
        "Your text was not published. You find the reasons on this page. You can change your text. Then we read it "
        "again."
    ),
    Status.HIDDEN: _l(
        "Others cannot read your text at the moment. You find the reasons on this page. You can change your text. Then "
        "we read it again."
    ),
    Status.REMOVED: _l("Your text was removed. You find the reasons on this page."),
}


def of_receipt(receipt: Receipt) -> Idea | Comment | None:
    """What was sent with this receipt; None when it belongs to something else, also of another room."""
    found = session.scalar(select(Contribution).where(Contribution.receipt_id == receipt.id))
    return found if isinstance(found, Idea | Comment) else None


def holds(receipt: Receipt) -> ColumnElement[bool]:
    """Whether an idea or a comment was sent with it."""
    return exists().where(Contribution.receipt_id == receipt.id, Contribution.kind.in_(KINDS))


def matter(receipt: Receipt) -> Matter | None:
    """The text, whether others can read it, what the city says to it, and what its author can do now."""
    contribution = of_receipt(receipt)
    if contribution is None:
        return None
    idea = contribution if isinstance(contribution, Idea) else None
    return Matter(
        title=title_of(contribution),
        state=state_of(contribution),
        template="ideas/_matter.html",
        context={
            "contribution": contribution,
            "idea": idea,
            "city": city_says(idea) if idea else "",
            "answers": ANSWERS,
            "progress": progress_of(idea) if idea else (),
            "asks_solved": idea is not None and asks_solved(idea),
            "place": place_of(idea) if idea else "",
        },
    )


def state_of(contribution: Contribution) -> str:
    """Its status in plain words; while it waits also until when somebody looks at it, as the desk promises."""
    promise = next((room.promise() for room in features() if room.promise), None)
    if contribution.status is Status.WAITING and contribution.waiting_since and promise:
        due = contribution.waiting_since + promise
        if due > clock.now():
            return _(
                "We have received your text. Somebody from the city reads it by %(moment)s. Others cannot read it yet.",
                moment=format_moment(due),
            )
        return _("We have received your text. We are late with reading it, and we are sorry about that.")
    return str(STATUSES.get(contribution.status, ""))


def title_of(contribution: Contribution) -> Markup:
    """What its author called it, or its first words, in the language it was written in (L3)."""
    words = contribution.title or contribution.text[:FIRST_WORDS]
    return Markup('{}: <bdi lang="{}">{}</bdi>').format(str(contribution.kind_name), contribution.language, words)


def place_of(idea: Idea) -> str:
    """Where it is, as its author named it, or the part of the city."""
    return idea.place or format_list([str(area.name) for area in idea.areas])


def city_says(idea: Idea) -> str:
    """How far the city has come, in one sentence; nothing before others can read the idea."""
    if not idea.is_public:
        return ""
    if idea.is_open and idea.due_on:
        return _("The city answers by %(day)s.", day=format_day(idea.due_on))
    if idea.is_reopened and idea.due_on:
        return _("The office looks at it again and answers by %(day)s.", day=format_day(idea.due_on))
    if idea.state in {IdeaState.RECEIVED, IdeaState.EXAMINATION}:
        return ""
    return str(STATES[idea.state])


def asks_solved(idea: Idea) -> bool:
    """Whether we have asked the author if it is solved, and still wait for the answer."""
    return idea.state is IdeaState.DONE and idea.solved_asked_at is not None and idea.is_solved is None


def progress_of(idea: Idea) -> Sequence[Progress]:
    """The city's news of it, the newest first."""
    reports = select(Progress).where(Progress.idea_id == idea.id).options(selectinload(Progress.picture))
    return session.scalars(reports.order_by(Progress.happened_on.desc(), Progress.id.desc())).all()
