"""How the desk shows a text: hints marked where they stand, and each hint under its name."""

import re

from markupsafe import Markup, escape

from participation.contributions import hints
from participation.contributions.models import Contribution
from participation.i18n import LazyText


def labels() -> dict[str, LazyText]:
    """What each kind of hint is called."""
    return dict(getattr(hints, "LABELS", {}))


def label_of(kind: str) -> LazyText | str:
    """The name of a kind of hint."""
    return labels().get(kind, kind)


def kinds_in(contribution: Contribution) -> list[str]:
    """The kinds of hints in a contribution, each once."""
    return list(dict.fromkeys(str(hint.get("kind", "")) for hint in contribution.hints))


def marked(text: str, contribution: Contribution) -> Markup:
    """The text with the passages marked that somebody should look at twice."""
    passages = {str(hint["passage"]) for hint in contribution.hints if hint.get("passage")}
    if not passages:
        return escape(text)
    longest_first = sorted(passages, key=len, reverse=True)
    parts = re.split(f"({'|'.join(map(re.escape, longest_first))})", text)
    shown = (Markup("<mark>{}</mark>").format(part) if part in passages else escape(part) for part in parts)
    return Markup("").join(shown)
