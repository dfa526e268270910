"""What the contacts room writes to people."""

from participation.i18n import _l
from participation.wordings import Wording

CONFIRM = Wording(
    name="contacts/confirm",
    about=_l("To somebody who gave an e-mail address: please confirm it"),
    subject=_l("Please confirm your e-mail address"),
    text=_l(
        "Hello,\n\n"
        "this e-mail address was given on the participation site of %(city)s, to get news about a matter.\n\n"
        "Was it you? Then please open this link and press the button there:\n"
        "%(link)s\n\n"
        "The link works once. It is valid for 48 hours.\n\n"
        "Was it not you? Then you need not do anything. We will send no news to this address, and we will delete it."
    ),
    gaps={"link": _l("The link with which the address is confirmed")},
)

ALL = (CONFIRM,)

# Staff cannot change or lose this: every letter has it.
STOP = _l(
    "You get this mail because you gave us this address on the participation site of %(city)s. "
    "With this link you stop these mails:\n%(link)s"
)
