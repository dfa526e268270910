"""What the register writes: to the office that its day is near, and to members what they have promised."""

from participation.i18n import _l
from participation.wordings import Wording

DUE = Wording(
    name="councils/resolutions_due",
    about=_l("Resolutions of a council are due within a week, or late: to the council's office."),
    subject=_l("Resolutions are due: %(council)s"),
    text=_l(
        "Hello,\n\n"
        "these resolutions of this council are due soon, or their day is over: %(council)s. "
        "The day stands in front of each:\n\n"
        "%(resolutions)s\n\n"
        "Please write down in the register how far they are."
    ),
    gaps={
        "council": _l("the name of the council"),
        "resolutions": _l("one line per resolution, with its day, title and address"),
    },
)

TASKS_DUE = Wording(
    name="councils/tasks_due",
    about=_l("Tasks that a member has promised are due within three days, or late: to the member."),
    subject=_l("Your tasks: %(council)s"),
    text=_l(
        "Hello,\n\n"
        "in a meeting of this council you said that you would do something: %(council)s. "
        "The day by which it should be done stands in front of each task:\n\n"
        "%(tasks)s\n\n"
        "Is it done, or do you need help? Please tell the council's office. On your own page you find all your tasks:\n"
        "%(own)s"
    ),
    gaps={
        "council": _l("the name of the council"),
        "tasks": _l("one line per task, with its day"),
        "own": _l("the address of the member's own page"),
    },
)

ALL = (DUE, TASKS_DUE)
