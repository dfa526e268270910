"""Looking up mails, and the texts of the house as they stand now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import Select, func, null, select
from sqlalchemy.exc import NoResultFound

from participation.db import session
from participation.feature import Counted, Duty, features
from participation.i18n import LazyText, LocalizedText, _, _l, languages, speaking
from participation.mail import Mail, MailState
from participation.permissions import Person
from participation.post import rules
from participation.wordings import ChangedWording, Said, Wording, fill, now_written, one_line, wordings

ROOM_NAMES: dict[str, LazyText] = {
    "contacts": _l("E-mail addresses"),
    "events": _l("Events"),
    "ideas": _l("Ideas"),
    "moderation": _l("Moderation"),
}

# --- Mails ------------------------------------------------------------------------------------------------------------


def mails(state: MailState | None = None) -> Select[Any]:
    """All mails, or those in one state, the newest first."""
    newest = select(Mail).order_by(Mail.created_at.desc(), Mail.id.desc())
    return newest.where(Mail.state == state) if state else newest


def mail(mail_id: int) -> Mail:
    """One mail."""
    return session.get_one(Mail, mail_id)


def counts() -> dict[MailState, int]:
    """How many mails there are in each state."""
    found = dict.fromkeys(MailState, 0)
    for state, number in session.execute(select(Mail.state, func.count()).group_by(Mail.state)):
        found[state] = number
    return found


def duties(user: Person) -> Sequence[Counted]:
    """Mails that were given up wait for an administrator."""
    if not rules.see_fates(user):
        return []
    failed = select(null()).where(Mail.state == MailState.FAILED, Mail.text != "")
    title, url = _("Mails that could not be delivered"), url_for("post_mail.index", state=MailState.FAILED.value)
    return [Counted(failed, lambda count, _first: Duty(title, url, count))]


# --- Wordings ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """A wording as it stands now: what staff have written, and the house's own words where they have not."""

    wording: Wording
    changed: ChangedWording | None

    @property
    def subject(self) -> LocalizedText:
        return LocalizedText({tag: said.subject for tag, said in self._written().items()})

    @property
    def text(self) -> LocalizedText:
        return LocalizedText({tag: said.text for tag, said in self._written().items()})

    @property
    def changed_at(self) -> datetime | None:
        return self.changed.changed_at if self.changed else None

    @property
    def changed_languages(self) -> list[str]:
        """The tags of the languages in which staff have written something."""
        if self.changed is None:
            return []
        return [one.tag for one in languages() if one.tag in {*self.changed.subject, *self.changed.text}]

    def _written(self) -> dict[str, Said]:
        return {one.tag: now_written(self.wording, one.tag, self.changed) for one in languages()}


@dataclass(frozen=True)
class Room:
    """The wordings of one room."""

    name: str
    title: LazyText | str
    wordings: list[Shown]


def shown(name: str) -> Shown:
    """One wording as it stands now; NoResultFound when there is none of that name."""
    if name not in wordings():
        raise NoResultFound
    return Shown(wordings()[name], session.get(ChangedWording, name))


def by_room() -> list[Room]:
    """All wordings, room by room, with one statement."""
    changed = {one.name: one for one in session.scalars(select(ChangedWording))}
    return [
        Room(
            room.name,
            ROOM_NAMES.get(room.name, room.name),
            [Shown(one, changed.get(one.name)) for one in room.wordings],
        )
        for room in features()
        if room.wordings
    ]


def sample(wording: Wording, subject: LocalizedText, text: LocalizedText) -> dict[str, Said]:
    """How a mail will look in each language, with the meaning of each gap in its place."""
    samples = {}
    for one in languages():
        with speaking(one.tag):
            house = wording.of_the_house(one.tag)
            said = {gap: f"[{meaning}]" for gap, meaning in wording.all_gaps.items()}
            samples[one.tag] = Said(
                one_line(fill(subject.get(one.tag, house.subject), said)), fill(text.get(one.tag, house.text), said)
            )
    return samples
