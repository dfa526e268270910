"""What the ideas room writes to people, and what it calls the states of an idea."""

from participation.i18n import _l
from participation.ideas.models import Answer, IdeaState, Phase
from participation.wordings import Wording

STATES = {
    IdeaState.RECEIVED: _l("Received"),
    IdeaState.EXAMINATION: _l("Under examination"),
    IdeaState.ANSWERED: _l("Answered"),
    IdeaState.IN_PROGRESS: _l("In progress"),
    IdeaState.DONE: _l("Done"),
}

ANSWERS = {
    Answer.YES: _l("Yes, this will be done."),
    Answer.PARTLY: _l("A part of this will be done."),
    Answer.NO: _l("No, this will not be done."),
    Answer.ALREADY_DONE: _l("This is done already."),
    Answer.NOT_OURS: _l("The city cannot decide this, somebody else can."),
}

PHASES = {
    Phase.DRAFT: _l("Draft"),
    Phase.SCHEDULED: _l("Not open yet"),
    Phase.COLLECTING: _l("Collecting ideas"),
    Phase.EXAMINING: _l("Examining ideas"),
    Phase.ANSWERED: _l("Answered"),
}

_IDEA = {"idea": _l("the title of the idea"), "address": _l("the address of the page of the idea")}
_OFFICE = {**_IDEA, "office": _l("the name of the office"), "due": _l("the day by which the answer is due")}

ANSWERED = Wording(
    name="ideas/answered",
    about=_l("The city has answered: to everyone who sent the idea, or supported it and left an address."),
    subject=_l("The city has answered: %(idea)s"),
    text=_l(
        "Hello,\n\n"
        "the city has answered the idea “%(idea)s”.\n\n"
        "%(answer)s\n\n"
        "These are the reasons:\n"
        "%(reason)s\n\n"
        "You can read everything about the idea here:\n%(address)s"
    ),
    gaps={
        **_IDEA,
        "answer": _l("the answer in one sentence"),
        "reason": _l("the reasons, in the reader's language or in that of the idea"),
    },
)

ANSWERED_ELSEWHERE = Wording(
    name="ideas/answered_elsewhere",
    about=_l("The city has answered that somebody else decides: to everyone who sent or supported the idea."),
    subject=_l("The city has answered: %(idea)s"),
    text=_l(
        "Hello,\n\n"
        "the city has answered the idea “%(idea)s”.\n\n"
        "The city cannot decide this. Responsible is: %(responsible)s\n\n"
        "These are the reasons:\n"
        "%(reason)s\n\n"
        "You can read everything about the idea here:\n%(address)s"
    ),
    gaps={
        **_IDEA,
        "responsible": _l("who is responsible"),
        "reason": _l("the reasons, in the reader's language or in that of the idea"),
    },
)

PROGRESS = Wording(
    name="ideas/progress",
    about=_l("There is news of an idea that the city carries out: to everyone who sent or supported it."),
    subject=_l("News of the idea: %(idea)s"),
    text=_l(
        "Hello,\n\n"
        "there is news of the idea “%(idea)s”.\n\n"
        "%(day)s:\n"
        "%(news)s\n\n"
        "You can read everything about the idea here:\n%(address)s"
    ),
    gaps={**_IDEA, "day": _l("the day of the news"), "news": _l("the news")},
)

DONE = Wording(
    name="ideas/done",
    about=_l("An idea is done: to everyone who supported it."),
    subject=_l("It is done: %(idea)s"),
    text=_l("Hello,\n\nthe city has carried out the idea “%(idea)s”.\n\nYou can read what was done here:\n%(address)s"),
    gaps=_IDEA,
)

ASKED = Wording(
    name="ideas/solved",
    about=_l("An idea is done: its author is asked whether it is solved."),
    subject=_l("Is it solved? %(idea)s"),
    text=_l(
        "Hello,\n\n"
        "you sent us the idea “%(idea)s”. We think that it is done now.\n\n"
        "Is it solved for you? Please tell us on the page of your receipt. You need the code of your receipt for it:\n"
        "%(receipt)s\n\n"
        "You can read what was done here:\n%(address)s"
    ),
    gaps={**_IDEA, "receipt": _l("the address of the page where the code of a receipt is typed in")},
)

MERGED = Wording(
    name="ideas/merged",
    about=_l("An idea was joined with another one that wants the same: to its author."),
    subject=_l("Your idea was joined with another one: %(idea)s"),
    text=_l(
        "Hello,\n\n"
        "your idea “%(idea)s” wants the same as another idea. That is why we have joined the two. "
        "Nothing of yours is lost: your text can still be read, and all who support your idea count there too.\n\n"
        "When the city answers the other idea, we write to you. You can find it here:\n%(address)s"
    ),
    gaps={"idea": _l("the title of the author's idea"), "address": _l("the address of the idea it was joined with")},
)

ASSIGNED = Wording(
    name="ideas/assigned",
    about=_l("An idea was given to an office: to the office."),
    subject=_l("An idea for you to answer: %(idea)s"),
    text=_l(
        "Hello,\n\n"
        "your office (%(office)s) is asked to answer the idea “%(idea)s”. "
        "The person who sent it was promised an answer by %(due)s.\n\n"
        "You can read and answer it here:\n%(address)s"
    ),
    gaps=_OFFICE,
)

NOT_SOLVED = Wording(
    name="ideas/not_solved",
    about=_l("The author of an idea says that it is not solved: to the office."),
    subject=_l("Not solved yet: %(idea)s"),
    text=_l(
        "Hello,\n\n"
        "your office (%(office)s) has reported the idea “%(idea)s” as done. Its author says that it is not solved. "
        "Please look at it again and answer by %(due)s.\n\n"
        "You can read what the author wrote here:\n%(address)s"
    ),
    gaps=_OFFICE,
)

REMINDER = Wording(
    name="ideas/reminder",
    about=_l("Answers are due within three days, or late: to the office."),
    subject=_l("Answers are due: %(office)s"),
    text=_l(
        "Hello,\n\n"
        "these ideas wait for an answer of your office (%(office)s). People were promised an answer by the day "
        "that stands in front of each:\n\n"
        "%(ideas)s"
    ),
    gaps={"office": _l("the name of the office"), "ideas": _l("one line per idea, with its day, title and address")},
)

WORDINGS = [ANSWERED, ANSWERED_ELSEWHERE, PROGRESS, DONE, ASKED, MERGED, ASSIGNED, NOT_SOLVED, REMINDER]
