"""What members are told about minutes."""

from participation.i18n import _l
from participation.wordings import Wording

_GAPS = {
    "council": _l("the name of the council"),
    "when": _l("when the meeting is"),
    "until": _l("the last day for an objection"),
    "own": _l("the address of the member's own page"),
    "objection": _l("what the member has objected to"),
    "reason": _l("the reasons, as staff have written them"),
}

CIRCULATED = Wording(
    name="councils/minutes_circulated",
    about=_l("The minutes of a meeting can be checked: to everybody who was there."),
    subject=_l("Please check the minutes: %(council)s, %(when)s"),
    text=_l(
        "Hello,\n\n"
        "the minutes of the meeting are written: %(council)s, %(when)s.\n\n"
        "Please read them on your own page. If something is wrong, you can object there. "
        "You have time until %(until)s. After that the minutes can be approved.\n\n"
        "Your own page:\n%(own)s"
    ),
    gaps=_GAPS,
)

OBJECTION_ACCEPTED = Wording(
    name="councils/objection_accepted",
    about=_l("An objection to minutes is right: to the member who objected."),
    subject=_l("Your objection to the minutes was accepted: %(council)s, %(when)s"),
    text=_l(
        "Hello,\n\n"
        "you have objected to the minutes of this meeting: %(council)s, %(when)s.\n\n"
        "Your objection:\n%(objection)s\n\n"
        "The objection was accepted. The minutes will be corrected. The reasons:\n%(reason)s\n\n"
        "Your own page:\n%(own)s"
    ),
    gaps=_GAPS,
)

OBJECTION_REJECTED = Wording(
    name="councils/objection_rejected",
    about=_l("An objection to minutes is not followed: to the member who objected."),
    subject=_l("Your objection to the minutes was not accepted: %(council)s, %(when)s"),
    text=_l(
        "Hello,\n\n"
        "you have objected to the minutes of this meeting: %(council)s, %(when)s.\n\n"
        "Your objection:\n%(objection)s\n\n"
        "The objection was not accepted. The minutes stay as they are. The reasons:\n%(reason)s\n\n"
        "Your own page:\n%(own)s"
    ),
    gaps=_GAPS,
)

ALL = (CIRCULATED, OBJECTION_ACCEPTED, OBJECTION_REJECTED)
