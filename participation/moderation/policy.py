"""What the desk agrees on for the whole city: what is checked when, words to look at twice, and the promise."""

import unicodedata

from sqlalchemy import select

from participation import audit
from participation.contributions.models import Checking, CheckingRule, WordList
from participation.db import session
from participation.moderation import queries
from participation.moderation.models import DeskSettings


def set_checking(kind: str, scope: str, language: str, checking: Checking) -> CheckingRule:
    """From here on contributions of this kind, scope and language are checked so; an empty one means all of them."""
    same = select(CheckingRule).filter_by(kind=kind, scope=scope, language=language)
    rule = session.scalar(same.with_for_update())
    if rule is None:
        rule = CheckingRule(kind=kind, scope=scope, language=language)
        session.add(rule)
    rule.checking = checking
    session.flush()
    facts = {"kind": kind, "scope": scope, "language": language, "checking": checking.value}
    audit.record("checking.set", thing=f"checking rule {rule.id}", rule=facts)
    return rule


def drop_checking(rule: CheckingRule) -> None:
    """Wider rules hold again."""
    audit.record("checking.dropped", thing=f"checking rule {rule.id}")
    session.delete(rule)
    session.flush()


def set_words(language: str, typed: str) -> WordList:
    """The words of one language, one per line, each once; what nobody sees in them is left out."""
    visible = ("".join(char for char in line if unicodedata.category(char) != "Cf") for line in typed.splitlines())
    words = list(dict.fromkeys(word for line in visible if (word := " ".join(line.split()))))
    found = session.get(WordList, language, with_for_update=True)
    if found is None:
        found = WordList(language=language)
        session.add(found)
    found.words = "\n".join(words)
    session.flush()
    audit.record("words.changed", thing=f"word list {language}", count=len(words))
    return found


def promise_within(hours: int) -> DeskSettings:
    """How soon the desk looks at what comes in."""
    settings = queries.desk_settings()
    settings.promised_hours = hours
    session.add(settings)
    session.flush()
    audit.record("promise.changed", thing="moderation", hours=hours)
    return settings
