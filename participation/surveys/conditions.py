"""Questions that only some people are asked: their number must not give away what other tables hide (S2).

How many were asked follows from what they answered before. So a base that lies just below that of the question which
decides, or that splits what its table keeps together, would tell about a few people.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from participation import clock
from participation.questionnaires.definition import Definition, Page
from participation.questionnaires.expressions import boolean
from participation.questionnaires.filling import ONCE, Filling, Given
from participation.surveys.asked import AskedQuestion
from participation.surveys.tables import Counts, Table, is_number


def tells_about_few(
    asked: Mapping[str, AskedQuestion],
    counted: Mapping[str, Counts],
    tables: Mapping[str, Table],
    name: str,
    responses: int,
    minimum: int,
) -> bool:
    """Whether the base of a conditional question would give away numbers that its parents' tables hide."""
    one = asked[name]
    if not one.conditions or one.is_repeated or tables[name].get("base") is None:
        return False
    base = counted[name].answers + counted[name].withheld
    if 0 < responses - base < minimum:
        return True
    return any(
        0 < counted[parent].answers + counted[parent].withheld - base < minimum
        or any(_splits(one, asked[parent], group, minimum) for group in _kept_together(tables, counted, parent))
        for parent in one.parents
        if parent in tables and not asked[parent].is_repeated
    )


def _kept_together(
    tables: Mapping[str, Table], counted: Mapping[str, Counts], parent: str
) -> Iterator[list[tuple[str, int]]]:
    """Groups of answers of which the parent's table tells only the sum."""
    table, counts = tables[parent], counted[parent]
    if table["kind"] in {"choice", "district"}:
        yield [(row["key"], counts.values.get(row["key"], 0)) for row in table["rows"] if row["count"] is None]
    elif table["kind"] == "numbers":
        for row in table["rows"]:
            yield [
                (key, number) for key, number in counts.values.items() if _lies_in(key, row, is_whole=table["is_whole"])
            ]


def _lies_in(key: str, row: Table, *, is_whole: bool) -> bool:
    if not is_number(key):
        return False
    value, least, most = float(key), row["least"], row["most"]
    if least is not None and value < least:
        return False
    return most is None or value < most or (value == most and (is_whole or least == most))


def _splits(one: AskedQuestion, parent: AskedQuestion, group: list[tuple[str, int]], minimum: int) -> bool:
    """Whether a condition on this parent alone lets a few of the group through, or all but a few."""
    if one.parents != {parent.question.name}:
        return False  # several questions decide together: the base is no cell of one table
    for source in one.conditions:
        through = sum(number for value, number in group if _lets_through(source, parent, value))
        rest = sum(number for _, number in group) - through
        if (0 < through < minimum and rest) or (0 < rest < minimum and through):
            return True
    return False


def _lets_through(source: str, parent: AskedQuestion, value: str) -> bool:
    alone = replace(parent.question, relevant="", choice_filter="")
    definition = Definition(languages=("de",), pages=(Page(name="only", elements=(alone,)),))
    filling = Filling(definition, {(alone.name, ONCE): Given((value,))}, clock.today())
    return boolean(filling.evaluate(source))
