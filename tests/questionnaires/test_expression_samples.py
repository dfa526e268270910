"""Reads every expression of the surveys that others have published."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineError, CalamineWorkbook

from participation.questionnaires.expressions import ExpressionError, errors, parse

SAMPLES = Path(__file__).parents[2].parent / "shared/samples/surveys"
KINDS = {"relevant", "constraint", "calculation", "calculate", "choice_filter", "repeat_count"}
REFUSED = {
    "jr:itext(instance('seclass')/root/item[name = ${householdIncome}]/itextId)": errors.OTHER_DATA,
    "selected-at(${listadult},int(random()*${n_selected_adult18}))": errors.NOT_REPEATABLE,
}

pytestmark = pytest.mark.skipif(not SAMPLES.exists(), reason="the sample surveys are not on this machine")


def test_expressions_of_real_surveys_are_understood():
    refused = {}
    for source in expressions():
        try:
            parse(source)
        except ExpressionError as error:
            refused[source] = error.message
    assert refused == REFUSED


def test_there_are_samples_to_read():
    assert len(expressions()) > 200


def expressions() -> set[str]:
    return {source for path in sorted(SAMPLES.glob("*.xls*")) for source in expressions_in(path)}


def expressions_in(path: Path) -> Iterator[str]:
    try:
        workbook = CalamineWorkbook.from_path(str(path))
    except CalamineError:
        return
    for name in workbook.sheet_names:
        rows = workbook.get_sheet_by_name(name).to_python() if name.strip().lower() == "survey" else []
        kinds = (
            [str(header).strip().lower().removeprefix("bind:").removeprefix(":") for header in rows[0]] if rows else []
        )
        for row in rows[1:]:
            for kind, cell in zip(kinds, row, strict=False):
                if kind in KINDS and isinstance(cell, str) and cell.strip():
                    yield cell
