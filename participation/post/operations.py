"""What staff do in the post room: change the texts of the house, and try a mail again."""

from participation import audit, clock
from participation.db import session
from participation.errors import Refused
from participation.i18n import LocalizedText, _l
from participation.mail import Mail, MailState
from participation.permissions import Person
from participation.wordings import ChangedWording, Wording


class NothingToSend(Refused):
    message = _l("This mail was sent already, or its text was deleted. It cannot be sent again.")


def change_wording(wording: Wording, staff: Person, *, subject: LocalizedText, text: LocalizedText) -> None:
    """From here on mails use these words. What is empty or as the house has it follows the house from now on."""
    changed = session.get(ChangedWording, wording.name)
    own_subject = {tag: words for tag, words in subject.items() if words != wording.of_the_house(tag).subject}
    own_text = {tag: words for tag, words in text.items() if words != wording.of_the_house(tag).text}
    if not own_subject and not own_text:
        restore_wording(wording)
        return
    if changed is None:
        changed = ChangedWording(name=wording.name)
        session.add(changed)
    changed.subject, changed.text = LocalizedText(own_subject), LocalizedText(own_text)
    changed.changed_at, changed.changed_by = clock.now(), staff.name
    session.flush()
    audit.record("wording.changed", thing=f"wording {wording.name}", languages=sorted({*own_subject, *own_text}))


def restore_wording(wording: Wording) -> None:
    """Back to the text of the house, in all languages."""
    changed = session.get(ChangedWording, wording.name)
    if changed is not None:
        session.delete(changed)
        session.flush()
        audit.record("wording.restored", thing=f"wording {wording.name}")


def note_look(mail: Mail) -> None:
    """Somebody reads what was written to somebody else (D15)."""
    audit.look("mail.read", f"mail {mail.id}", "passing on what could not be delivered")


def try_again(mail: Mail) -> None:
    """The worker takes it next time, and has all its attempts again."""
    session.refresh(mail, with_for_update=True)
    if mail.state is MailState.SENT or mail.is_erased:
        raise NothingToSend
    mail.state, mail.attempts, mail.next_attempt_at = MailState.WAITING, 0, clock.now()
    session.flush()
    audit.record("mail.tried_again", thing=f"mail {mail.id}")
