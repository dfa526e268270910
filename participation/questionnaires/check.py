"""The check before publishing: what would leave residents stuck, and what would be missing in their language."""

from collections.abc import Iterator, Sequence

from participation.questionnaires.checking import findings, order, paths, promises, texts
from participation.questionnaires.checking.findings import Finding
from participation.questionnaires.definition import Definition

__all__ = ["Finding", "check"]


def check(definition: Definition, offered: Sequence[str] = ()) -> list[Finding]:
    """Everything there is to say about a questionnaire, what stops it first.

    `offered` are the languages of the site; readers of those that the questionnaire lacks are told of to staff.
    """
    found = list(_found(definition, offered))
    return sorted(dict.fromkeys(found), key=lambda one: not one.is_refusal)


def _found(definition: Definition, offered: Sequence[str]) -> Iterator[Finding]:
    yield from promises.findings(definition)
    yield from texts.findings(definition, offered)
    wrong = list(order.findings(definition))
    yield from wrong
    if not any(one.message.message in findings.BLINDING for one in wrong):  # paths need conditions that make sense
        yield from paths.findings(definition)
