"""Writes a questionnaire as XLSForm. Reading it again gives the same questionnaire (F7)."""

import io
from collections.abc import Iterator, Mapping

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from participation.i18n import LocalizedText
from participation.questionnaires.definition import (
    ChoiceStyle,
    Definition,
    Option,
    Page,
    Question,
    QuestionType,
    Section,
)
from participation.questionnaires.xlsform.languages import column_name
from participation.questionnaires.xlsform.questions import MOST_SCALE_POINTS

Row = dict[str, str]  # cells by header

TYPES = {
    QuestionType.YES_NO: "yes_no",
    QuestionType.SCALE: "range",
    QuestionType.WHOLE_NUMBER: "integer",
    QuestionType.DECIMAL_NUMBER: "decimal",
    QuestionType.SHORT_TEXT: "text",
    QuestionType.LONG_TEXT: "text",
    QuestionType.DATE: "date",
    QuestionType.MONTH: "date",
    QuestionType.YEAR: "date",
    QuestionType.DISTRICT: "district",
    QuestionType.CONSENT: "acknowledge",
    QuestionType.INFORMATION: "note",
    QuestionType.CALCULATION: "calculate",
}
APPEARANCES = {QuestionType.LONG_TEXT: "multiline", QuestionType.MONTH: "month-year", QuestionType.YEAR: "year"}
STYLES = {ChoiceStyle.BUTTONS: "", ChoiceStyle.DROP_DOWN: "minimal", ChoiceStyle.SEARCHABLE: "autocomplete"}


def write(definition: Definition, title: LocalizedText, name: str = "survey") -> bytes:
    """The questionnaire as the bytes of an .xlsx file; every cell is a text, so none is a formula (V5)."""
    lists = _Lists()
    survey = [row for page in definition.pages for row in _page(page, lists)]
    settings = {
        **_texts("form_title", title),
        "form_id": name,
        "default_language": definition.source_language,
    }
    stream = io.BytesIO()
    workbook = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    labels = [f"label::{column_name(tag)}" for tag in definition.languages]
    _sheet(workbook.add_worksheet("survey"), ["type", "name", *labels], survey)
    _sheet(workbook.add_worksheet("choices"), ["list_name", "name", *labels], lists.rows())
    _sheet(workbook.add_worksheet("settings"), [], [settings])
    workbook.close()
    return stream.getvalue()


class _Lists:
    """Lists of options; questions with the same options share one."""

    def __init__(self) -> None:
        self.names: list[tuple[tuple[Option, ...], str]] = []

    def name_of(self, question: Question) -> str:
        for options, name in self.names:
            if options == question.options:
                return name
        self.names.append((question.options, question.name))
        return question.name

    def rows(self) -> list[Row]:
        return [self._row(name, option) for options, name in self.names for option in options]

    def _row(self, list_name: str, option: Option) -> Row:
        return {
            "list_name": list_name,
            "name": option.name,
            **_texts("label", option.label),
            "exclusive": "yes" if option.is_exclusive else "",
            **option.attributes,
        }


def _page(page: Page, lists: _Lists) -> Iterator[Row]:
    row = {**_texts("label", page.title), **_texts("hint", page.hint), "relevant": page.relevant}
    if page.repeat:
        yield {
            "type": "begin_repeat",
            "name": page.repeat.name,
            **row,
            "repeat_count": page.repeat.count,
            "minimum": str(page.repeat.least),
            "maximum": str(page.repeat.most),
            "page": page.name if page.name != page.repeat.name else "",
        }
    else:
        yield {"type": "begin_group", "name": page.name, **row, "appearance": "field-list"}
    yield from _elements(page.elements, lists)
    yield {"type": "end_repeat" if page.repeat else "end_group"}


def _elements(elements: tuple[Question | Section, ...], lists: _Lists) -> Iterator[Row]:
    for element in elements:
        if isinstance(element, Question):
            yield _question(element, lists)
            continue
        yield {
            "type": "begin_group",
            "name": element.name,
            **_texts("label", element.title),
            **_texts("hint", element.hint),
            "relevant": element.relevant,
            "appearance": "table-list" if element.is_matrix else "",
        }
        yield from _elements(element.elements, lists)
        yield {"type": "end_group"}


def _question(question: Question, lists: _Lists) -> Row:
    return {
        "type": _type(question, lists),
        "name": question.name,
        **_texts("label", question.label),
        **_texts("hint", question.hint),
        "required": "yes" if question.is_required else "",
        "relevant": question.relevant,
        "constraint": question.constraint,
        **_texts("constraint_message", question.constraint_message),
        "calculation": question.calculation,
        "default": question.default,
        "choice_filter": question.choice_filter,
        "appearance": _appearance(question),
        **_bounds(question),
        **_texts("unit", question.unit),
        **_texts("least_label", question.least_label),
        **_texts("most_label", question.most_label),
        "prefer_not_to_say": "yes" if question.may_withhold else "",
        "sensitive": "yes" if question.is_sensitive else "",
        "layer": question.layer,
    }


def _type(question: Question, lists: _Lists) -> str:
    if question.type is QuestionType.SINGLE_CHOICE:
        return f"select_one {lists.name_of(question)}"
    if question.type is QuestionType.MULTIPLE_CHOICE:
        return f"select_multiple {lists.name_of(question)}"
    return TYPES[question.type]


def _appearance(question: Question) -> str:
    if question.type is QuestionType.SINGLE_CHOICE:
        return STYLES[question.style]
    if question.type is QuestionType.SCALE and (question.most or 0) - (question.least or 0) >= MOST_SCALE_POINTS:
        return "scale"
    return APPEARANCES.get(question.type, "")


def _bounds(question: Question) -> Row:
    least, most = _number(question.least), _number(question.most)
    if question.type is QuestionType.SCALE:
        return {"parameters": f"start={least or 0} end={most or 0} step=1"}
    return {"minimum": least, "maximum": most}


def _number(number: float | None) -> str:
    if number is None:
        return ""
    return str(int(number)) if float(number).is_integer() else repr(number)


def _texts(field: str, text: Mapping[str, str]) -> Row:
    return {f"{field}::{column_name(tag)}": words for tag, words in text.items()}


def _sheet(sheet: Worksheet, headers: list[str], rows: list[Row]) -> None:
    """Only columns that hold something, and those that every XLSForm has."""
    for row in rows:
        headers.extend(header for header, cell in row.items() if cell and header not in headers)
    for column, header in enumerate(headers):
        sheet.write_string(0, column, header)
        for number, row in enumerate(rows, 1):
            if row.get(header):
                sheet.write_string(number, column, row[header])
    sheet.freeze_panes(1, 0)
