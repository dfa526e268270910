"""Who may: letters belong to those they are written to; the texts of the house are the communications team's."""

from flask import current_app

from participation.mail import Mail, MailState
from participation.permissions import Person


def edit_wordings(user: Person) -> bool:
    """Change the texts that the house writes to people."""
    return user.has_role("editor", "administrator")


def see_fates(user: Person) -> bool:
    """See which mails were delivered, and try again those that were not."""
    return user.has_role("administrator")


def read_mail(user: Person, mail: Mail) -> bool:
    """Read a mail here: only where it cannot reach its reader, because there is no mail server or it failed."""
    has_server = current_app.config["SETTINGS"].mail_server is not None
    return see_fates(user) and not mail.is_erased and (not has_server or mail.state is MailState.FAILED)


def send_again(user: Person, mail: Mail) -> bool:
    """Try again what was given up, as long as its words are kept."""
    return see_fates(user) and not mail.is_erased and mail.state is not MailState.SENT
