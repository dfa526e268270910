"""What became of a response, for somebody who comes back with the receipt."""

from sqlalchemy import ColumnElement, exists

from participation.feature import Matter
from participation.i18n import _
from participation.questionnaires.models import Response, ResponseStatus
from participation.receipts.models import Receipt
from participation.surveys import answering


def holds(receipt: Receipt) -> ColumnElement[bool]:
    """Whether a survey was answered with it."""
    return exists().where(Response.receipt_id == receipt.id)


def matter(receipt: Receipt) -> Matter | None:
    """The survey, whether it was sent, and what can still be done about it; None when it is no survey's receipt."""
    found = answering.response_of(receipt)
    if found is None:
        return None
    survey, response = found
    is_draft = response.status is ResponseStatus.DRAFT
    return Matter(
        title=survey.title,
        state=_state(is_draft=is_draft, is_open=survey.is_open),
        template="surveys/_matter.html",
        context={"survey": survey, "is_draft": is_draft},
    )


def _state(*, is_draft: bool, is_open: bool) -> str:
    if is_draft and is_open:
        return _("You have begun this survey. Your answers are saved, but not sent yet.")
    if is_draft:
        return _("You have begun this survey, but it ended before you sent your answers. They do not count.")
    if is_open:
        return _("We have received your answers. You can correct them as long as the survey is open.")
    return _("We have received your answers. The survey has ended, so they cannot be changed any more.")
