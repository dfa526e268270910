"""LimeSurvey's texts: scripts and styles go, and an earlier answer that is inserted is inserted here too."""

import re

from participation.questionnaires.limesurvey.logic import Meaning, named

INSERTED = re.compile(r"\{([^\s{}][^{}]{0,500})\}")
UNSEEN = tuple(
    (re.compile(begin, re.IGNORECASE | re.ASCII), re.compile(end, re.IGNORECASE | re.ASCII))
    for begin, end in (("<script", "</script[^>]*>"), ("<style", "</style[^>]*>"), ("<!--", "-->"))
)


def seen(text: str) -> str:
    """What people see of a text; that a script is not closed hides all that follows, as in a browser."""
    for begin, end in UNSEEN:
        kept: list[str] = []
        place = 0
        while place < len(text) and (start := begin.search(text, place)):
            kept.append(text[place : start.start()])
            stop = end.search(text, start.end())
            place = stop.end() if stop else len(text)
        text = "".join([*kept, text[place:]])
    return text


def with_answers(text: str, names: dict[str, Meaning]) -> tuple[str, list[str]]:
    """The text with `${name}` where LimeSurvey writes `{name.shown}`, and the expressions that stay as they are."""
    left: list[str] = []

    def put(match: re.Match[str]) -> str:
        meaning = named(match[1].strip(), names)
        if meaning and not meaning.option:
            return f"${{{meaning.name}}}"
        left.append(match[0])
        return match[0]

    return INSERTED.sub(put, text), left
