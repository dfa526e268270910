"""The answers to the extra questions of a registration, in words."""

from collections.abc import Iterator

from participation.districts.places import Places
from participation.events.registration_models import Registration
from participation.i18n import Passage
from participation.questionnaires import queries
from participation.questionnaires.extra_questions import ExtraQuestions


def shown(registration: Registration) -> Iterator[tuple[Passage | str, str]]:
    """Each question that was answered, with its answer, in the reader's language."""
    response = registration.response
    if response is None:
        return iter(())
    questions = ExtraQuestions(response.version, Places())
    questions.sent.answers = queries.answers(response.id)
    return questions.shown()
