"""Whether a survey can be published: the check of its questions, and what the city owes to those who answer (D2)."""

from typing import NamedTuple

from participation.i18n import LazyText, _l, languages
from participation.questionnaires.check import Finding, check
from participation.questionnaires.models import QuestionnaireVersion
from participation.surveys.models import Survey

DUTIES: dict[str, LazyText] = {
    "title": _l("The title is missing in German."),
    "purpose": _l("The purpose is missing in German: what is the survey for?"),
    "legal_basis": _l("The legal basis is missing in German: which law or consent allows the survey?"),
    "person_in_charge": _l("The person in charge is missing."),
}


class Readiness(NamedTuple):
    """What stands in the way of publishing, and what is only worth a look."""

    missing: list[LazyText]
    refusals: list[Finding]
    warnings: list[Finding]

    @property
    def is_ready(self) -> bool:
        return not self.missing and not self.refusals


def readiness(survey: Survey, version: QuestionnaireVersion | None) -> Readiness:
    """What there is to say before the wording is published."""
    findings = check(version.definition, [one.tag for one in languages()]) if version else []
    return Readiness(
        missing_duties(survey),
        [one for one in findings if one.is_refusal],
        [one for one in findings if not one.is_refusal],
    )


def missing_duties(survey: Survey) -> list[LazyText]:
    """Facts about the survey without which nobody may be asked."""
    return [sentence for name, sentence in DUTIES.items() if not _is_told(getattr(survey, name))]


def _is_told(fact: object) -> bool:
    return bool(fact.strip()) if isinstance(fact, str) else bool(fact.get("de", "").strip())  # type: ignore[attr-defined]
