"""What the desk writes about decisions, notices and objections; the receipt page shows the same words."""

from participation.i18n import _l
from participation.wordings import Wording

TITLE = _l("the title or the beginning of the text")
FACTS = _l("what in the text led to the decision, as the moderator wrote it")
UNTIL = _l("the last day on which an objection is possible")
ADDRESS = _l("the page on which people type the code of their receipt")

STATEMENT = Wording(
    name="moderation/statement",
    about=_l("The statement of reasons, when a text is refused, blacked out, hidden or removed (DSA Art. 17)."),
    subject=_l("Our decision about your text: %(title)s"),
    text=_l(
        "Hello,\n\n"
        "you sent us a text on %(day)s: %(title)s\n\n"
        "%(measure)s\n\n"
        "What led to this: %(facts)s\n\n"
        "%(ground)s\n"
        "%(rule)s\n"
        "%(rule_text)s\n\n"
        "%(occasion)s A person made this decision. No software took part in it.\n\n"
        "Do you see it differently? You can object until %(until)s. It costs nothing. Somebody else will decide then. "
        "Type the code of your receipt here: %(address)s\n\n"
        "You can also turn to an out-of-court dispute settlement body, or go to court."
    ),
    gaps={
        "title": TITLE,
        "day": _l("the day on which the text was sent"),
        "measure": _l("what was done with the text, and for how long"),
        "facts": FACTS,
        "ground": _l("whether the text is against a house rule or against the law"),
        "rule": _l("the rule, or the section of the law"),
        "rule_text": _l("what the rule says"),
        "occasion": _l("whether somebody had reported the text"),
        "until": UNTIL,
        "address": ADDRESS,
    },
)
NOTICE_DECIDED = Wording(
    name="moderation/notice-decided",
    about=_l("To somebody who reported a text, when it is decided (DSA Art. 16)."),
    subject=_l("Our decision about your report"),
    text=_l(
        "Hello,\n\n"
        "on %(day)s you reported a text to us: %(title)s\n\n"
        "%(outcome)s\n\n"
        "%(reasons)s\n\n"
        "A person made this decision. No software took part in it.\n\n"
        "Do you see it differently? You can object until %(until)s. It costs nothing. Somebody else will decide then. "
        "Type the code of your receipt here: %(address)s\n\n"
        "You can also turn to an out-of-court dispute settlement body, or go to court."
    ),
    gaps={
        "title": TITLE,
        "day": _l("the day on which the report was sent"),
        "outcome": _l("what was done with the text"),
        "reasons": FACTS,
        "until": UNTIL,
        "address": ADDRESS,
    },
)
OBJECTION_DECIDED = Wording(
    name="moderation/objection-decided",
    about=_l("To somebody who objected, when another person has decided."),
    subject=_l("Our decision about your objection"),
    text=_l(
        "Hello,\n\n"
        "on %(day)s you objected to our decision about this text: %(title)s\n\n"
        "Another person has looked at it.\n\n"
        "%(outcome)s\n\n"
        "The reasons: %(reasons)s\n\n"
        "No software took part in the decision. You can also turn to an out-of-court dispute settlement body, or go to "
        "court."
    ),
    gaps={
        "title": TITLE,
        "day": _l("the day on which the objection was sent"),
        "outcome": _l("whether the objection was right, and what was done with the text"),
        "reasons": _l("the reasons, as the second person wrote them"),
    },
)
OTHER_OBJECTED = Wording(
    name="moderation/other-objected",
    about=_l("To the other side, when an objection was decided: the author, or those who reported the text."),
    subject=_l("A second decision about a text"),
    text=_l(
        "Hello,\n\n"
        "there was an objection to our decision about this text: %(title)s\n\n"
        "Another person has looked at it.\n\n"
        "%(outcome)s\n\n"
        "The reasons: %(reasons)s\n\n"
        "No software took part in the decision. You find all about it with your receipt: %(address)s"
    ),
    gaps={
        "title": TITLE,
        "outcome": _l("whether the objection was right, and what was done with the text"),
        "reasons": _l("the reasons, as the second person wrote them"),
        "address": ADDRESS,
    },
)
DANGER = Wording(
    name="moderation/danger",
    about=_l("To the police contact, when a text is about a danger to somebody's life (DSA Art. 18)."),
    subject=_l("Urgent: possible danger to life"),
    text=_l(
        "A text on the participation platform of %(city)s makes us fear for somebody's life or safety.\n\n"
        "Sent: %(moment)s\n"
        "Address: %(address)s\n\n"
        "%(title)s\n\n"
        "%(text)s\n\n"
        "Number of the text at the city: %(number)s. Passed on by: %(name)s"
    ),
    gaps={
        "moment": _l("when the text was sent"),
        "address": _l("where the text stands"),
        "title": _l("the title of the text"),
        "text": _l("the whole text"),
        "number": _l("the number of the text"),
        "name": _l("who passed it on"),
    },
)

WORDINGS = (STATEMENT, NOTICE_DECIDED, OBJECTION_DECIDED, OTHER_OBJECTED, DANGER)
