"""One question's counts as a table that may be shown. Pure functions."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from participation.questionnaires.definition import QuestionType
from participation.surveys import classes, small_numbers
from participation.surveys.asked import AskedQuestion

Table = dict[str, Any]


@dataclass
class Counts:
    """What was counted for one question: per value how often and by how many people; and how many answers in all."""

    values: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    people: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    answers: int = 0
    withheld: int = 0

    def add(self, key: str | None, number: int, answers: int, people: int) -> None:
        """Take over one row of the count; without a value it is "I prefer not to say"."""
        if key is None:
            self.withheld += number
            return
        self.values[key] += number
        self.people[key] += people
        self.answers += answers

    def rename(self, names: Mapping[str, str]) -> None:
        """Join values under new names."""
        for column in (self.values, self.people):
            before = dict(column)
            column.clear()
            for key, number in before.items():
                column[names.get(key, key)] += number

    def few(self, keys: list[str], minimum: int) -> set[int]:
        """The places of values that too few people gave, however often."""
        return {place for place, key in enumerate(keys) if 0 < self.people.get(key, 0) < minimum}


def question_table(one: AskedQuestion, counts: Counts, minimum: int) -> Table:
    """The table of a question, small numbers hidden."""
    table = TABLES.get(one.question.type, _choice)(one, counts, minimum)
    if table.get("base") is None:
        return {"kind": "hidden"}
    withheld = counts.withheld if counts.withheld == 0 or counts.withheld >= minimum else None
    return {**table, "withheld": withheld}


def _choice(one: AskedQuestion, counts: Counts, minimum: int) -> Table:
    keys = [*one.keys, *sorted(set(counts.values) - set(one.keys))]
    cells = small_numbers.parts([counts.values.get(key, 0) for key in keys], minimum, few=counts.few(keys, minimum))
    return {"kind": "choice", "base": cells.base, "rows": _rows(keys, cells.counts)}


def _choices(one: AskedQuestion, counts: Counts, minimum: int) -> Table:
    keys = [*one.keys, *sorted(set(counts.values) - set(one.keys))]
    has_exclusive = any(option.is_exclusive for option in one.question.options)
    cells = small_numbers.choices(
        [counts.values.get(key, 0) for key in keys],
        counts.answers,
        minimum,
        least=1 if has_exclusive else int(one.question.least or 1),
        most=int(one.question.most) if one.question.most else None,
        few=counts.few(keys, minimum),
    )
    return {"kind": "choices", "base": cells.base, "rows": _rows(keys, cells.counts)}


def _scale(one: AskedQuestion, counts: Counts, minimum: int) -> Table:
    table = _choice(one, counts, minimum)
    if table["base"] is not None and all(row["count"] is not None for row in table["rows"]):
        total = sum(float(key) * number for key, number in counts.values.items() if is_number(key))
        table["mean"] = small_numbers.mean(total, table["base"])
    return table


def _district(_one: AskedQuestion, counts: Counts, minimum: int) -> Table:
    keys = sorted(counts.values, key=lambda key: (-counts.values[key], key))
    cells = small_numbers.parts([counts.values[key] for key in keys], minimum, few=counts.few(keys, minimum))
    return {"kind": "district", "base": cells.base, "rows": _rows(keys, cells.counts)}


def _numbers(one: AskedQuestion, counts: Counts, minimum: int) -> Table:
    distribution: dict[float, int] = defaultdict(int)
    for key, number in counts.values.items():
        if is_number(key):
            distribution[float(key)] += number
    base = sum(distribution.values())
    if base < minimum or _too_few_people(counts, minimum):
        return {"base": None if base else 0, "kind": "numbers", "rows": []}
    is_whole = one.question.type is not QuestionType.DECIMAL_NUMBER
    groups = classes.number_classes(distribution, minimum, is_whole=is_whole)
    total = sum(value * number for value, number in distribution.items())
    table: Table = {
        "kind": "numbers",
        "is_whole": is_whole,
        "base": base,
        "rows": [{"least": group.least, "most": group.most, "count": group.count} for group in groups],
    }
    if base >= small_numbers.SHARES_FROM:
        table["median"] = classes.median_class(groups)
    if one.question.type is not QuestionType.YEAR:
        table["mean"] = small_numbers.mean(total, base, max(group.width for group in groups))
    return table


def _dates(_one: AskedQuestion, counts: Counts, minimum: int) -> Table:
    base = sum(counts.values.values())
    if base < minimum or _too_few_people(counts, minimum):
        return {"base": None if base else 0, "kind": "dates", "rows": []}
    rows = [vars(span) for span in classes.calendar_spans(counts.values, minimum)]
    return {"kind": "dates", "base": base, "rows": rows}


def _text(_one: AskedQuestion, counts: Counts, minimum: int) -> Table:
    return {"kind": "text", "base": counts.answers if counts.answers == 0 or counts.answers >= minimum else None}


TABLES: dict[QuestionType, Callable[[AskedQuestion, Counts, int], Table]] = {
    QuestionType.MULTIPLE_CHOICE: _choices,
    QuestionType.SCALE: _scale,
    QuestionType.WHOLE_NUMBER: _numbers,
    QuestionType.DECIMAL_NUMBER: _numbers,
    QuestionType.YEAR: _numbers,
    QuestionType.DATE: _dates,
    QuestionType.MONTH: _dates,
    QuestionType.SHORT_TEXT: _text,
    QuestionType.LONG_TEXT: _text,
    QuestionType.DISTRICT: _district,
}


def _rows(keys: list[str], counts: tuple[int | None, ...]) -> list[Table]:
    return [{"key": key, "count": count} for key, count in zip(keys, counts, strict=True)]


def is_number(key: str) -> bool:
    try:
        return abs(float(key)) < 1e300
    except ValueError:
        return False


def _too_few_people(counts: Counts, minimum: int) -> bool:
    """For repeats: many answers may come from few families."""
    return sum(counts.people.values()) < minimum
