"""Statements of reasons (DSA Art. 17): what was decided about a text, why, and how to object, in the reader's language.

Mail and receipt page are written from one wording. On the page, what people wrote keeps the mark of its language.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from participation import clock, mail, wordings
from participation.clock import BERLIN
from participation.contacts import operations as contacts
from participation.contacts.models import Contact
from participation.contributions.models import Contribution
from participation.i18n import Passage, _, current_language, format_day, speaking
from participation.moderation.models import RESTRICTIONS, Action, Decision, RuleKind
from participation.wordings import Said

MONTHS_TO_OBJECT = 6  # M6
LONGEST_NAME = 80


def last_day_to_object(decision: Decision) -> date:
    """Six calendar months later; where that month is shorter, its last day."""
    decided_on = decision.decided_at.astimezone(BERLIN).date()
    years, month = divmod(decided_on.month - 1 + MONTHS_TO_OBJECT, 12)
    year = decided_on.year + years
    return date(year, month + 1, min(decided_on.day, monthrange(year, month + 1)[1]))


def is_in_time(decision: Decision) -> bool:
    """Whether it can still be objected to."""
    return clock.today() <= last_day_to_object(decision)


def statement_for(decision: Decision, tag: str) -> Said:
    """The statement of reasons in one language, as plain text."""
    with speaking(tag):
        return wordings.say("moderation/statement", tag, **plain(statement_values(decision)))


def tell_author(decision: Decision) -> None:
    """Send the statement to the author's contact; the receipt page shows it in any case."""
    write(decision.contribution.contact, "moderation/statement", lambda: statement_values(decision))


def statement_values(decision: Decision) -> dict[str, Any]:
    """What fills the gaps of the statement, in the language that is spoken now."""
    contribution, rule = decision.contribution, decision.rule
    assert rule is not None  # the database keeps no restriction without a rule
    return {
        "title": named(contribution),
        "day": format_day(contribution.created_at),
        "measure": measure(decision.action),
        "facts": Passage(decision.facts, decision.facts_language),
        "ground": _ground(rule.kind),
        "rule": _passage_of(rule.title, rule.reference),
        "rule_text": _passage_of(rule.text),
        "occasion": _occasion(was_reported=decision.notice_id is not None),
        "until": format_day(last_day_to_object(decision)),
        "address": receipt_address(),
    }


def measure(action: Action) -> str:
    """What was done with the text, and for how long."""
    assert action in RESTRICTIONS
    return {
        Action.REDACT: _("We have published your text, but some words are blacked out. They stay blacked out."),
        Action.REFUSE: _("We have not published your text. If you change it, we look at it again."),
        Action.HIDE: _("We have hidden your text. Others cannot read it until you change it and we publish it again."),
        Action.REMOVE: _("We have removed your text. It will not be shown again."),
    }[action]


def _ground(kind: RuleKind) -> str:
    if kind is RuleKind.LAW:
        return _("We think that your text is against the law:")
    return _("Your text is against this rule of our house:")


def _occasion(*, was_reported: bool) -> str:
    if was_reported:
        return _("Somebody had reported your text to us.")
    return _("Nobody had reported your text: we check texts ourselves.")


# --- One wording for mail and page ------------------------------------------------------------------------------------


def named(contribution: Contribution) -> Passage:
    """How a letter names a text: by its title, or by its beginning."""
    words = contribution.title or contribution.text
    short = words if len(words) <= LONGEST_NAME else words[: LONGEST_NAME - 1] + "…"
    return Passage(short, contribution.language)


def _passage_of(text: Mapping[str, str], addition: str = "") -> Passage | str:
    """A text of staff in the reader's language, or marked with the one it is written in."""
    picked = text.pick()  # type: ignore[attr-defined]  # a LocalizedText, which knows the order of languages
    if picked is None:
        return addition
    return Passage(f"{picked.item} ({addition})" if addition else picked.item, picked.language)


def plain(values: Mapping[str, Any]) -> dict[str, str]:
    """The values without marks, for mail."""
    return {name: str(value) for name, value in values.items()}


def write(contact: Contact | None, wording: str, values: Any) -> None:
    """A letter in the language of its reader; `values` is asked once that language is spoken."""
    if contact is None:
        return
    with speaking(contact.language):
        filled = plain(values())
    contacts.write(contact, wording, **filled)


def shown(wording: str, values: Mapping[str, Any]) -> list[Markup]:
    """The same letter as paragraphs of a page, with its passages marked and its lines kept."""
    places = {name: chr(0xE000 + number) for number, name in enumerate(values)}  # characters that nobody types
    said = wordings.say(wording, current_language().tag, **places)
    paragraphs = [escape(part).replace("\n", Markup("<br>")) for part in said.text.split("\n\n")]
    for name, place in places.items():
        paragraphs = [part.replace(place, _on_page(values[name])) for part in paragraphs]
    return paragraphs


def _on_page(value: Any) -> Markup:
    if not isinstance(value, Passage):
        words = str(value)
        is_address = words.startswith(("http://", "https://"))
        return Markup('<a href="{0}"><bdi dir="ltr">{0}</bdi></a>').format(words) if is_address else escape(words)
    if value.language == current_language().tag:
        return Markup("<bdi>{0}</bdi>").format(value.text)
    return value.marked()


def receipt_address() -> str:
    """Where the code of a receipt is typed, for letters."""
    return mail.link("receipts.find", current_language().tag)
