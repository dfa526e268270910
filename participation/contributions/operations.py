"""What becomes of a contribution: it is sent, shown or put away, and its author changes it or takes it back."""

from sqlalchemy import select

from participation import clock, text_index
from participation.contacts import operations as contacts
from participation.contacts.models import Contact
from participation.contributions import checking, hints
from participation.contributions.models import Checking, Contribution, ContributionStatus, Original, Translation
from participation.db import session
from participation.errors import Refused
from participation.i18n import _l
from participation.media import operations as media
from participation.receipts import operations as receipts

FORGOTTEN = "–"  # stands where there were words


class NotChangeable(Refused):
    message = _l("This text was removed or taken back. It cannot be changed any more.")


class ChangedMeanwhile(Refused):
    message = _l(
        "Somebody else has changed this text while you were working on it. Please look at the new wording first. "
        "Nothing of yours was saved."
    )


def send(contribution: Contribution, *, is_newcomer: bool = True) -> str:
    """Put it on the shelf: into the queue, and where the city checks afterwards also before everybody's eyes.

    Contact, picture and areas are set already. Returns the code of its receipt. `is_newcomer` is False when an earlier
    contribution of the same person was published.
    """
    issued = receipts.issue()
    contribution.receipt_id = issued.receipt.id
    contribution.hints = hints.found_in(contribution)
    contribution.waiting_since = clock.now()
    session.add(contribution)
    session.flush()
    if contribution.picture:
        media.keep(contribution.picture)
    if _is_checked_after(contribution, is_newcomer=is_newcomer):
        show(contribution)
    return issued.code


def _is_checked_after(contribution: Contribution, *, is_newcomer: bool) -> bool:
    rule = checking.rule_for(contribution)
    return rule is Checking.AFTER or (rule is Checking.NEWCOMERS_BEFORE and not is_newcomer)


def lock(contribution: Contribution, version: int | None = None) -> None:
    """Hold it until the end of the transaction; refuse when it is not the version that the person was looking at."""
    session.refresh(contribution, with_for_update={"of": Contribution.__table__})
    if version is not None and contribution.version != version:
        raise ChangedMeanwhile


def show(contribution: Contribution) -> None:
    """Others may read it from here on."""
    contribution.status = ContributionStatus.PUBLISHED
    contribution.published_at = contribution.published_at or clock.now()
    if contribution.picture:
        media.publish(contribution.picture)
    contribution.on_published()
    session.flush()
    make_findable(contribution)


def put_away(contribution: Contribution, status: ContributionStatus) -> None:
    """Others may not, or no longer, read it; the status tells why."""
    contribution.status = status
    if contribution.picture:
        media.unpublish(contribution.picture)
    contribution.on_hidden()
    session.flush()
    text_index.drop(contribution.kind, contribution.id)


def make_findable(contribution: Contribution) -> None:
    """Whoever searches finds it by what it says now, in the original and in translations, if it is public."""
    text_index.drop(contribution.kind, contribution.id)
    if not contribution.is_public:
        return
    kind, number, scope = contribution.kind, contribution.id, contribution.scope
    moment = contribution.published_at
    day = moment.astimezone(clock.BERLIN).date() if moment else None
    translations = session.scalars(select(Translation).where(Translation.contribution_id == number))
    for said in (contribution, *translations):
        text_index.index(kind, number, said.language, said.title, said.text, scope=scope, day=day)
    text_index.place(kind, number, [area.id for area in contribution.areas])


def leave_queue(contribution: Contribution) -> None:
    """Somebody has looked at it."""
    contribution.waiting_since = None
    session.flush()


def change(contribution: Contribution, version: int, *, title: str, text: str, language: str) -> None:
    """Its author words it anew, and a moderator looks at it again; a refused text gets its second chance.

    Translations and a blacked-out original belong to the old wording and go with it. Raises NotChangeable and
    ChangedMeanwhile.
    """
    lock(contribution, version)
    if not contribution.is_changeable:
        raise NotChangeable
    was_redacted = contribution.is_redacted  # the same words could come back
    contribution.title, contribution.text, contribution.language = title, text, language
    contribution.changed_at = clock.now()
    contribution.is_redacted = False
    contribution.translations.clear()
    for original in session.scalars(select(Original).where(Original.contribution_id == contribution.id)):
        session.delete(original)
    contribution.hints = hints.found_in(contribution)
    contribution.waiting_since = contribution.waiting_since or clock.now()
    is_checked_after = checking.rule_for(contribution) is Checking.AFTER
    stays_public = contribution.is_public and is_checked_after and not was_redacted
    session.flush()
    if stays_public:
        show(contribution)
    else:
        put_away(contribution, ContributionStatus.WAITING)


def write_to(contribution: Contribution, contact: Contact | None) -> None:
    """From here on this address hears about it, or none; the one before is deleted."""
    before = contribution.contact
    contribution.contact = contact
    session.flush()
    if before is not None:
        contacts.stop(before)


def forget_words(contribution: Contribution) -> None:
    """What nobody may read is not kept for ever: words, name and picture go, and that it was decided stays (D14)."""
    original = session.get(Original, contribution.id)
    contribution.title, contribution.text, contribution.author_name = "", FORGOTTEN, ""
    contribution.hints = []
    contribution.translations.clear()
    picture, contribution.picture = contribution.picture, None
    session.flush()
    for gone in (original, picture):
        if gone is not None:
            session.delete(gone)
    session.flush()


def withdraw(contribution: Contribution) -> None:
    """Its author takes it back: words, picture, name, contact and receipt go; a neutral line stays where it stood."""
    lock(contribution)
    receipt, contact, picture = contribution.receipt, contribution.contact, contribution.picture
    contribution.status = ContributionStatus.WITHDRAWN  # before the words: any other status wants some
    contribution.title = contribution.text = contribution.author_name = ""
    contribution.hints, contribution.waiting_since = [], None
    contribution.areas.clear()
    contribution.translations.clear()
    contribution.receipt_id = contribution.contact_id = contribution.picture_id = None
    put_away(contribution, ContributionStatus.WITHDRAWN)
    original = session.get(Original, contribution.id)
    for gone in (original, receipt, contact, picture):
        if gone is not None:
            session.delete(gone)
    session.flush()
