"""What the councils' room writes to people."""

from dataclasses import replace

from participation.councils import minutes_wordings, resolution_wordings
from participation.councils.meeting_models import Answer
from participation.i18n import LazyText, _l
from participation.wordings import Wording, gaps_in

# What a member can say to an invitation.
ANSWERS: dict[Answer, LazyText] = {
    Answer.COMING: _l("I am coming"),
    Answer.NOT_COMING: _l("I cannot come"),
    Answer.DEPUTY: _l("I cannot come, my deputy comes for me"),
}
# The same as the office reads it.
ANSWERED: dict[Answer, LazyText] = {
    Answer.COMING: _l("is coming"),
    Answer.NOT_COMING: _l("is not coming"),
    Answer.DEPUTY: _l("the deputy comes"),
}

LATE = _l("This invitation comes later than our rules of procedure say. We are sorry about that.")

_MEETING = {
    "council": _l("the name of the council"),
    "when": _l("when the meeting is"),
    "where": _l("where the meeting is"),
    "address": _l("the address of the page of the meeting"),
    "own": _l("the address of the member's own page"),
}
_INVITATION = {
    **_MEETING,
    "agenda": _l("the agenda, one line per item, with the addresses of the papers"),
    "late": _l("a sentence that the invitation is late; empty when it is in time"),
    "member": _l("the name of the member whose deputy reads the letter"),
}
_PROPOSAL = {
    "council": _l("the name of the council"),
    "proposal": _l("the title of the proposal"),
    "when": _l("when the meeting is"),
    "reason": _l("the reason, as the office has written it"),
    "address": _l("the address of the page of the proposal"),
}

WELCOME = Wording(
    name="councils/welcome",
    about=_l("Somebody has become a member of a council: with the link to their own page."),
    subject=_l("Your own page: %(council)s"),
    text=_l(
        "Hello,\n\n"
        "you are a member of this council: %(council)s.\n\n"
        "You have a page of your own. There you find the next meetings, you answer invitations, you check minutes, and "
        "you decide what everybody can read about you. Please open this link:\n"
        "%(own)s\n\n"
        "Please do not pass the link on. It is only for you."
    ),
    gaps=_MEETING,
)

INVITED = Wording(
    name="councils/invited",
    about=_l("A council meets: to all its members."),
    subject=_l("Invitation: %(council)s, %(when)s"),
    text=_l(
        "Hello,\n\n"
        "we invite you to the next meeting: %(council)s.\n\n"
        "When: %(when)s\n"
        "Where: %(where)s\n\n"
        "%(late)s\n\n"
        "Agenda:\n"
        "%(agenda)s\n\n"
        "Are you coming? Please answer here. You also find confidential items and their papers there:\n"
        "%(own)s\n\n"
        "The page of the meeting, for everybody:\n%(address)s"
    ),
    gaps=_INVITATION,
)

INVITED_DEPUTY = Wording(
    name="councils/invited_deputy",
    about=_l("A council meets: to those who stand in for a member."),
    subject=_l("For your information: %(council)s, %(when)s"),
    text=_l(
        "Hello,\n\n"
        "the council meets: %(council)s. You stand in for %(member)s. Please keep the time free. We tell you when you "
        "are needed.\n\n"
        "When: %(when)s\n"
        "Where: %(where)s\n\n"
        "%(late)s\n\n"
        "Agenda:\n"
        "%(agenda)s\n\n"
        "Here you can tell us whether you could come. You also find confidential items and their papers there:\n"
        "%(own)s\n\n"
        "The page of the meeting, for everybody:\n%(address)s"
    ),
    gaps=_INVITATION,
)

DEPUTY_ASKED = Wording(
    name="councils/deputy_asked",
    about=_l("A member cannot come to a meeting: to the deputy."),
    subject=_l("You are needed: %(council)s, %(when)s"),
    text=_l(
        "Hello,\n\n"
        "%(member)s cannot come to the next meeting of this council: %(council)s. Please come as the deputy.\n\n"
        "When: %(when)s\n"
        "Where: %(where)s\n\n"
        "Can you come? Please answer here:\n"
        "%(own)s"
    ),
    gaps=_INVITATION,
)

DEPUTY_NOT_NEEDED = Wording(
    name="councils/deputy_not_needed",
    about=_l("A member has asked the deputy to come, and then answered otherwise: to the deputy."),
    subject=_l("You are not needed this time: %(council)s, %(when)s"),
    text=_l(
        "Hello,\n\n"
        "%(member)s has answered anew. You need not come to the next meeting of this council: %(council)s.\n\n"
        "When: %(when)s\n\n"
        "You are welcome to come and listen. Your page:\n"
        "%(own)s"
    ),
    gaps=_INVITATION,
)

REMINDER = Wording(
    name="councils/reminder",
    about=_l("Three days before a meeting: to members who have not answered the invitation."),
    subject=_l("Are you coming? %(council)s, %(when)s"),
    text=_l(
        "Hello,\n\n"
        "the council meets soon: %(council)s. You have not told us yet whether you are coming.\n\n"
        "When: %(when)s\n"
        "Where: %(where)s\n\n"
        "Please answer here. It takes a minute, and it helps us to know whether the council can decide:\n"
        "%(own)s"
    ),
    gaps=_MEETING,
)

MEETING_CHANGED = Wording(
    name="councils/meeting_changed",
    about=_l("A meeting was moved after the invitation: to all members."),
    subject=_l("The meeting has changed: %(council)s, %(when)s"),
    text=_l(
        "Hello,\n\n"
        "something has changed at the next meeting of this council: %(council)s. This is how it is now:\n\n"
        "When: %(when)s\n"
        "Where: %(where)s\n\n"
        "Can you still come? Here you can see your answer and change it:\n"
        "%(own)s\n\n"
        "The page of the meeting, for everybody:\n%(address)s"
    ),
    gaps=_MEETING,
)

MEETING_CANCELLED = Wording(
    name="councils/meeting_cancelled",
    about=_l("A meeting does not take place: to all members."),
    subject=_l("Cancelled: %(council)s, %(when)s"),
    text=_l(
        "Hello,\n\n"
        "the next meeting of this council does not take place: %(council)s, %(when)s.\n\n"
        "%(reason)s\n\n"
        "You need not do anything. The page of the meeting:\n%(address)s"
    ),
    gaps={**_MEETING, "reason": _l("the reason, as staff have written it; may be empty")},
)

PROPOSAL_TAKEN = Wording(
    name="councils/proposal_taken",
    about=_l("What somebody has proposed stands on an agenda: to whoever proposed it."),
    subject=_l("Your proposal is on the agenda: %(proposal)s"),
    text=_l(
        "Hello,\n\n"
        "you have proposed something for an agenda: %(proposal)s.\n\n"
        "The council talks about it in its next meeting: %(council)s, %(when)s.\n\n"
        "Here you can see what becomes of it:\n%(address)s"
    ),
    gaps=_PROPOSAL,
)

PROPOSAL_DECLINED = Wording(
    name="councils/proposal_declined",
    about=_l("What somebody has proposed does not come onto an agenda: to whoever proposed it."),
    subject=_l("About your proposal: %(proposal)s"),
    text=_l(
        "Hello,\n\n"
        "you have proposed something for an agenda of this council: %(council)s.\n\n"
        "Your proposal: %(proposal)s\n\n"
        "The council's office has looked at it. It does not come onto an agenda. These are the reasons:\n\n"
        "%(reason)s\n\n"
        "Everybody can read your proposal and the answer here:\n%(address)s"
    ),
    gaps=_PROPOSAL,
)

ALL = (
    WELCOME,
    INVITED,
    INVITED_DEPUTY,
    DEPUTY_ASKED,
    DEPUTY_NOT_NEEDED,
    REMINDER,
    MEETING_CHANGED,
    MEETING_CANCELLED,
    PROPOSAL_TAKEN,
    PROPOSAL_DECLINED,
    *minutes_wordings.ALL,
    *resolution_wordings.ALL,
)
# Each explains the gaps that it uses, and no others.
WORDINGS = [
    replace(one, gaps={gap: one.gaps[gap] for gap in one.gaps if gap in gaps_in(one.subject.message, one.text.message)})
    for one in ALL
]
