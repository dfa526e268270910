"""How the register calls states and answers."""

from participation.councils.resolution_models import CommitteeAnswer, ResolutionState, TaskState
from participation.i18n import _l

STATES = {
    ResolutionState.OPEN: _l("Nothing done yet"),
    ResolutionState.IN_PROGRESS: _l("In progress"),
    ResolutionState.HANDED_OVER: _l("A committee of the city decides"),
    ResolutionState.DONE: _l("Done"),
    ResolutionState.NOT_PURSUED: _l("Not pursued any further"),
}

TASK_STATES = {
    TaskState.OPEN: _l("Not done yet"),
    TaskState.DONE: _l("Done"),
    TaskState.DROPPED: _l("Nobody will do it"),
}

COMMITTEE_ANSWERS = {
    CommitteeAnswer.ACCEPTED: _l("The committee has agreed."),
    CommitteeAnswer.PARTLY: _l("The committee has agreed in part."),
    CommitteeAnswer.REJECTED: _l("The committee has said no."),
    CommitteeAnswer.NOTED: _l("The committee has taken note of it."),
    CommitteeAnswer.POSTPONED: _l("The committee decides later."),
}
