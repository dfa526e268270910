"""Whether a call for ideas can be published: what the city owes to those who send ideas, and its questions (D2)."""

from typing import NamedTuple

from participation import clock
from participation.i18n import LazyText, _l, languages
from participation.ideas.models import Call
from participation.questionnaires.check import Finding, check

DUTIES: dict[str, LazyText] = {
    "title": _l("The title is missing in German."),
    "purpose": _l("The purpose is missing in German: what are the ideas for?"),
    "legal_basis": _l("The legal basis is missing in German: which law or consent allows it?"),
    "person_in_charge": _l("The person in charge is missing."),
}
RULES_MISSING = _l("The rules are missing in German: what may be proposed, and who decides?")
OVER_ALREADY = _l("The closing date has passed. Please set a later one.")
NO_CATEGORIES = _l("There are no categories. With many ideas, people find their way by them.")


class Readiness(NamedTuple):
    """What stands in the way of publishing, and what is only worth a look."""

    missing: list[LazyText]
    refusals: list[Finding]
    warnings: list[Finding]
    advice: list[LazyText]

    @property
    def is_ready(self) -> bool:
        return not self.missing and not self.refusals


def readiness(call: Call) -> Readiness:
    """What there is to say before residents see it."""
    findings = check(call.version.definition, [one.tag for one in languages()]) if call.version else []
    return Readiness(
        missing_duties(call),
        [one for one in findings if one.is_refusal],
        [one for one in findings if not one.is_refusal],
        [] if call.categories else [NO_CATEGORIES],
    )


def missing_duties(call: Call) -> list[LazyText]:
    """Facts without which nobody may be asked for ideas."""
    missing = [sentence for name, sentence in DUTIES.items() if not _is_told(getattr(call, name))]
    if not call.house_rules.get("de"):
        missing.append(RULES_MISSING)
    if call.closes_at is not None and call.closes_at <= clock.now():
        missing.append(OVER_ALREADY)
    return missing


def _is_told(fact: object) -> bool:
    return bool(fact.strip()) if isinstance(fact, str) else bool(fact.get("de", "").strip())  # type: ignore[attr-defined]
