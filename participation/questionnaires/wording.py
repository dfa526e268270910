"""Questions and answers as people read them: earlier answers inserted into texts, values with their labels."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from babel.dates import format_skeleton
from babel.numbers import format_decimal

from participation.i18n import LocalizedText, Passage, _, current_language, format_day, format_list
from participation.questionnaires.definition import Question, QuestionType
from participation.questionnaires.filling import ONCE, Filling, Given

INSERTED = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
NOT_YET = "…"

Places = Mapping[str, LocalizedText]  # the areas a district question offers: id as text, and name


def words(text: LocalizedText, filling: Filling, instance: int, places: Places | None = None) -> Passage | str:
    """A text with the answers it refers to put in, and the language it is written in."""
    picked = text.pick()
    if picked is None:
        return ""
    said = picked.item
    if "${" in said:
        said = INSERTED.sub(lambda match: _inserted(match[1], filling, instance, places or {}), said)
    return Passage(said, picked.language)


def _inserted(name: str, filling: Filling, instance: int, places: Places) -> str:
    question = filling.definition.questions.get(name)
    if question is None:
        return NOT_YET
    repeats = filling.definition.page_of[name].repeat is not None
    given = filling.answers.get((name, max(instance, 1) if repeats else ONCE))
    return shown_value(question, given, places) if given and not given.is_withheld else NOT_YET


def shown_value(question: Question, given: Given, places: Places) -> str:
    """An answer in words, as on the review page."""
    if given.is_withheld:
        return _("I prefer not to say")
    return format_list([_shown(question, value, places) for value in given.values])


def written_number(value: str) -> str:
    """A stored number as the reader's language writes it, with the decimals that were typed."""
    decimals = "0" * len(value.partition(".")[2])
    return format_decimal(Decimal(value), f"0.{decimals}" if decimals else "0", locale=current_language().locale)


def _shown(question: Question, value: str, places: Places) -> str:
    match question.type:
        case QuestionType.SINGLE_CHOICE | QuestionType.MULTIPLE_CHOICE:
            option = question.options_by_name.get(value)
            return str(option.label) if option else value
        case QuestionType.YES_NO:
            return _("Yes") if value == "yes" else _("No")
        case QuestionType.CONSENT:
            return _("I agree")
        case QuestionType.DISTRICT:
            return str(places.get(value, value))
        case QuestionType.DATE:
            return format_day(date.fromisoformat(value))
        case QuestionType.MONTH:
            return format_skeleton("yMMMM", date.fromisoformat(f"{value}-01"), locale=current_language().locale)
        case QuestionType.WHOLE_NUMBER | QuestionType.DECIMAL_NUMBER:
            return f"{written_number(value)} {question.unit}".strip()
    return value
