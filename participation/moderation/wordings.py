"""What the desk writes to authors and moderators, and the sentences that moderators need again and again."""

from participation.contributions.models import ContributionStatus
from participation.i18n import LazyText, _l
from participation.moderation.models import Action
from participation.wordings import Wording

ACTIONS: dict[Action, LazyText] = {
    Action.PUBLISH: _l("Publish"),
    Action.REDACT: _l("Publish with words blacked out"),
    Action.RETURN: _l("Send back with a question"),
    Action.REFUSE: _l("Refuse"),
    Action.HIDE: _l("Hide"),
    Action.REMOVE: _l("Remove"),
    Action.KEEP: _l("Leave as it is"),
}
DONE: dict[Action, LazyText] = {
    Action.PUBLISH: _l("Published"),
    Action.REDACT: _l("Published with words blacked out"),
    Action.RETURN: _l("Sent back with a question"),
    Action.REFUSE: _l("Refused"),
    Action.HIDE: _l("Hidden"),
    Action.REMOVE: _l("Removed"),
    Action.KEEP: _l("Left as it was"),
}

STATUSES: dict[ContributionStatus, LazyText] = {
    ContributionStatus.WAITING: _l("Waiting"),
    ContributionStatus.PUBLISHED: _l("Public"),
    ContributionStatus.RETURNED: _l("Back with the author"),
    ContributionStatus.REFUSED: _l("Refused"),
    ContributionStatus.HIDDEN: _l("Hidden"),
    ContributionStatus.REMOVED: _l("Removed"),
    ContributionStatus.WITHDRAWN: _l("Taken back by its author"),
}

TITLE = _l("the title of the text, or its beginning")

PUBLISHED = Wording(
    name="moderation/published",
    about=_l("A text was published: to its author."),
    subject=_l("Your text is published: %(title)s"),
    text=_l(
        "Hello,\n\n"
        "thank you for your text “%(title)s”. It is published now. Everybody can read it here:\n\n"
        "%(address)s\n\n"
        "We write to you again when there is news."
    ),
    gaps={"title": TITLE, "address": _l("the address of the page on which it stands")},
)
RETURNED = Wording(
    name="moderation/returned",
    about=_l("A text goes back to its author with a question."),
    subject=_l("We have a question about your text: %(title)s"),
    text=_l(
        "Hello,\n\n"
        "thank you for your text “%(title)s”. Before we can publish it, we have a question:\n\n"
        "%(question)s\n\n"
        "Please change your text with the code on your receipt. Then we look at it again:\n\n"
        "%(address)s"
    ),
    gaps={
        "title": TITLE,
        "question": _l("what the moderator asks"),
        "address": _l("the page on which people type the code of their receipt"),
    },
)
DIGEST = Wording(
    name="moderation/digest",
    about=_l("What waits at the moderators' desk: every morning to each moderator for whom something waits."),
    subject=_l("What waits at the moderators' desk in %(city)s"),
    text=_l(
        "Hello %(name)s,\n\n"
        "this waits for somebody to look at it:\n\n"
        "%(kinds)s\n\n"
        "The oldest has waited since %(oldest)s. We promise to look at everything by %(due)s.\n\n"
        "%(address)s"
    ),
    gaps={
        "name": _l("the name of the moderator"),
        "kinds": _l("how many of each kind wait, one line for each kind"),
        "oldest": _l("since when the oldest one has waited"),
        "due": _l("when the promised time of the oldest one ends"),
        "address": _l("the address of the queue"),
    },
)
REMINDER = Wording(
    name="moderation/reminder",
    about=_l("The promised time of something that waits is nearly over: to each moderator who can decide about it."),
    subject=_l("The promised time is nearly over"),
    text=_l(
        "Hello %(name)s,\n\n"
        "something has waited at the moderators' desk since %(oldest)s. We promise to look at it by %(due)s.\n\n"
        "%(address)s"
    ),
    gaps={
        "name": _l("the name of the moderator"),
        "oldest": _l("since when the oldest one has waited"),
        "due": _l("when the promised time of the oldest one ends"),
        "address": _l("the address of the queue"),
    },
)

PREPARED_PREFIX = "moderation/facts-"
_FOR_MODERATORS = _l("A sentence that moderators can insert, in the language of the author. The subject is its name.")

PREPARED = [
    Wording(
        name=f"{PREPARED_PREFIX}personal-data",
        about=_FOR_MODERATORS,
        subject=_l("Personal data of somebody else"),
        text=_l("Your text holds a name, a telephone number or an address that must not be public."),
    ),
    Wording(
        name=f"{PREPARED_PREFIX}insult",
        about=_FOR_MODERATORS,
        subject=_l("Insult"),
        text=_l("Your text insults a person or a group of people."),
    ),
    Wording(
        name=f"{PREPARED_PREFIX}advertising",
        about=_FOR_MODERATORS,
        subject=_l("Advertising"),
        text=_l("Your text advertises something that is for sale."),
    ),
    Wording(
        name=f"{PREPARED_PREFIX}off-topic",
        about=_FOR_MODERATORS,
        subject=_l("About something else"),
        text=_l("Your text is about something that does not belong to this subject."),
    ),
    Wording(
        name=f"{PREPARED_PREFIX}unclear-place",
        about=_FOR_MODERATORS,
        subject=_l("Question: which place?"),
        text=_l("Which place do you mean? Please add the name of the street or of the square."),
    ),
    Wording(
        name=f"{PREPARED_PREFIX}unclear",
        about=_FOR_MODERATORS,
        subject=_l("Question: what is meant?"),
        text=_l("We did not fully understand your text. Could you tell us in one or two sentences what you want?"),
    ),
]

WORDINGS = [PUBLISHED, RETURNED, DIGEST, REMINDER, *PREPARED]
