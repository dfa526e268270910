"""Translations by staff: written beside the original, doubted by readers, gone when the original changes."""

from participation import audit, clock
from participation.contributions import operations, queries
from participation.contributions.models import Contribution, ContributionStatus, Translation
from participation.db import session, table_of
from participation.errors import Refused
from participation.i18n import _l
from participation.permissions import Person


class SameLanguage(Refused):
    message = _l("The text is already written in this language.")


class NothingToTranslate(Refused):
    message = _l("There is no text to translate any more.")


def translate(
    contribution: Contribution, staff: Person, language: str, *, title: str, text: str, version: int | None = None
) -> Translation:
    """Keep what staff have written, instead of an earlier translation and its doubts.

    `version` is the wording of the original that they had before their eyes. Raises ChangedMeanwhile.
    """
    operations.lock(contribution, version)
    if contribution.status is ContributionStatus.WITHDRAWN:
        raise NothingToTranslate
    if contribution.language == language:
        raise SameLanguage
    translation = queries.translation(contribution.id, language)
    if translation is None:
        translation = Translation(contribution_id=contribution.id, language=language)
        session.add(translation)
    translation.title, translation.text = title, text
    translation.made_by, translation.made_at, translation.doubts = staff.name, clock.now(), 0
    session.flush()
    operations.make_findable(contribution)
    audit.record("translation.written", thing=f"contribution {contribution.id}", language=language)
    return translation


def discard(translation: Translation) -> None:
    """Better none than a wrong one."""
    audit.record(
        "translation.deleted", thing=f"contribution {translation.contribution_id}", language=translation.language
    )
    session.delete(translation)
    session.flush()
    operations.make_findable(session.get_one(Contribution, translation.contribution_id))


def accept(translation: Translation) -> None:
    """Staff have looked at it again: it is right, whatever readers said."""
    translation.doubts = 0
    session.flush()
    audit.record("translation.kept", thing=f"contribution {translation.contribution_id}", language=translation.language)


def doubt(translation: Translation) -> None:
    """A reader says that it is wrong; staff see it on their list. Readers at the same time are all counted."""
    table = table_of(Translation)
    session.execute(table.update().where(table.c.id == translation.id).values(doubts=table.c.doubts + 1))
    session.expire(translation, ["doubts"])
