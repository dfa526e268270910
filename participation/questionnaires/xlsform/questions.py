"""Makes a question of a row."""

import math
import re
from dataclasses import replace
from datetime import date

from participation.i18n import LazyText, LocalizedText, _l, catalogue
from participation.questionnaires.definition import ChoiceStyle, Question, QuestionType
from participation.questionnaires.expressions import ExpressionError, parse
from participation.questionnaires.expressions.tokens import tokens
from participation.questionnaires.xlsform.choices import LONGEST_NAME, NAME_TOO_LONG, YES, Choices
from participation.questionnaires.xlsform.columns import Row
from participation.questionnaires.xlsform.types import RowType

NAME = re.compile(r"[^\W\d][\w.-]*")
NO = {"", "no", "false", "false()", "0", "nein"}
COUNT_RULE = re.compile(r"count-selected\s*\(\s*\.\s*\)\s*(<=|>=|<|>|=)\s*(\d{1,3})")
MOST_SCALE_POINTS = 11
WIDEST = 10**9
USUAL_RANGE = {"start": "1", "end": "10", "step": "1"}

NAME_NEEDED = _l("This row needs a name.")
NAME_UNFIT = _l("The name “%(name)s” cannot be used: it must begin with a letter and hold no blanks or special signs.")
LABEL_NEEDED = _l("This question has no text that people could read.")
HINT_AS_LABEL = _l("This question has no label. Its hint is used instead.")
NO_SUCH_LIST = _l("There is no list of choices called “%(list)s”.")
EMPTY_LIST = _l("The list of choices “%(list)s” has no options.")
REQUIRED_BY_LOGIC = _l(
    "Whether an answer is needed cannot depend on other answers. Please write “yes” or leave it empty."
)
NO_CALCULATION = _l("This row has nothing in the column “calculation”.")
NOTHING_TO_READ = _l("Left out: this row has no text (pictures, sound and films cannot be shown).")
FILTER_TEXT = _l("“%(word)s” is no column. It is taken as a text: %(filter)s")
DEFAULT_UNFIT = _l("The answer filled in beforehand does not fit this question and was left out.")
NOTE_STOPS_NOBODY = _l("A text cannot be required: people can always go on after it.")
OWN_SENTENCE = _l("Our own sentence for required answers is shown instead, in every language.")
NOT_A_NUMBER = _l("“%(cell)s” is not a number.")
RANGE_UNCLEAR = _l("The parameters of this range cannot be understood. An example: start=1 end=5 step=1.")
OTHER_AND_FILTER = _l("“or_other” and a choice filter cannot go together. Please write “other” into the list yourself.")
OTHER = _l("Other")
WHICH_OTHER = _l("Other, namely:")


class QuestionMaker:
    """Makes questions of rows and reports what does not fit."""

    def __init__(self, choices: Choices, languages: tuple[str, ...]) -> None:
        self.choices = choices
        self.languages = languages

    def make(self, row: Row, row_type: RowType) -> tuple[Question, ...]:
        """The question of a row; none when the row was refused, two for “or other”."""
        assert row_type.question is not None
        kind = row_type.question
        question = Question(
            name=row.cell("name"),
            type=kind,
            label=row.texts("label"),
            hint=row.texts("hint"),
            relevant=logic(row.cell("relevant")),
            calculation=logic(row.cell("calculation")),
            default=row.cell("default"),
            is_required=is_required(row),
            may_withhold=row.cell("prefer_not_to_say").lower() in YES,
            is_sensitive=row.cell("sensitive").lower() in YES,
            constraint=logic(row.cell("constraint")),
            constraint_message=row.texts("constraint_message"),
            choice_filter=logic(row.cell("choice_filter")),
            layer=row.cell("layer"),
            unit=row.texts("unit"),
            least=_number(row, "minimum"),
            most=_number(row, "maximum"),
            least_label=row.texts("least_label"),
            most_label=row.texts("most_label"),
        )
        if row.texts("required_message"):
            row.warn(OWN_SENTENCE, "required_message")
        if kind is QuestionType.CALCULATION:
            return _calculation(row, question)
        question = _shaped(row, question, row_type)
        if question.calculation and question.type is not QuestionType.INFORMATION:
            return _calculation(row, question)
        if question.type is QuestionType.INFORMATION and not question.label and not question.hint:
            row.warn(NOTHING_TO_READ, "label")
            return ()
        if "label" not in row.cell("appearance").lower().split():  # the head of a table may be without words
            question = _with_label(row, question)
        if row_type.list_name:
            return self._with_options(row, question, row_type)
        return (_with_default(row, question),)

    def _with_options(self, row: Row, question: Question, row_type: RowType) -> tuple[Question, ...]:
        list_name = f"external {row_type.list_name}" if row_type.is_external else row_type.list_name
        options = self.choices.options(list_name)
        if not options:
            message = NO_SUCH_LIST if options is None else EMPTY_LIST
            row.refuse(LazyText(message.message, list=row_type.list_name), "type")
            return ()
        question = _with_quotes(row, replace(question, options=options))
        if not row_type.has_other:
            return (_with_default(row, question),)
        if question.choice_filter:
            row.refuse(OTHER_AND_FILTER, "choice_filter")
        if "other" not in question.options_by_name:
            other = replace(options[0], name="other", label=self._said(OTHER), is_exclusive=False, attributes={})
            question = replace(question, options=(*options, other))
        words = Question(
            name=f"{question.name}_other",
            type=QuestionType.SHORT_TEXT,
            label=self._said(WHICH_OTHER),
            relevant=f"selected(${{{question.name}}}, 'other')",
        )
        return _with_default(row, question), words

    def _said(self, words: LazyText) -> LocalizedText:
        """Words of ours in the languages of the questionnaire."""
        return LocalizedText({tag: str(catalogue(tag).ugettext(words.message)) for tag in self.languages})


def check_name(row: Row, name: str) -> bool:
    """Whether a name can be used; if not, the row is refused."""
    if not name:
        row.refuse(NAME_NEEDED, "name")
    elif len(name) > LONGEST_NAME:
        row.refuse(LazyText(NAME_TOO_LONG.message, limit=LONGEST_NAME), "name")
    elif not NAME.fullmatch(name):
        row.refuse(LazyText(NAME_UNFIT.message, name=name), "name")
    else:
        return True
    return False


def logic(cell: str) -> str:
    """An expression; spreadsheets turn true and false into values of their own."""
    return {"TRUE": "true()", "FALSE": "false()"}.get(cell.upper(), cell)


def is_required(row: Row) -> bool:
    cell = row.cell("required").lower()
    if cell not in YES and cell not in NO:
        row.refuse(REQUIRED_BY_LOGIC, "required")
    return cell in YES


def _number(row: Row, name: str) -> float | None:
    cell = row.cell(name)
    if not cell:
        return None
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if not -WIDEST <= number <= WIDEST:
        row.refuse(LazyText(NOT_A_NUMBER.message, cell=cell[:100]), name)
        return None
    return number


def _calculation(row: Row, question: Question) -> tuple[Question, ...]:
    """A calculated value keeps what is needed to work it out, and its label for the code book."""
    source = question.calculation or logic(question.default)
    if not source:
        row.refuse(NO_CALCULATION, "calculation")
        return ()
    kept = Question(
        name=question.name,
        type=QuestionType.CALCULATION,
        label=question.label,
        hint=question.hint,
        relevant=question.relevant,
        calculation=source,
    )
    return (kept,)


def _shaped(row: Row, question: Question, row_type: RowType) -> Question:
    """What appearance, parameters and other columns make of the type."""
    looks = set(row.cell("appearance").lower().split())
    match question.type:
        case QuestionType.SHORT_TEXT if "multiline" in looks:
            question = replace(question, type=QuestionType.LONG_TEXT)
        case QuestionType.DATE if looks & {"year", "month-year"}:
            question = replace(question, type=QuestionType.YEAR if "year" in looks else QuestionType.MONTH)
        case QuestionType.SINGLE_CHOICE if looks & {"autocomplete", "search"}:
            question = replace(question, style=ChoiceStyle.SEARCHABLE)
        case QuestionType.SINGLE_CHOICE if "minimal" in looks:
            question = replace(question, style=ChoiceStyle.DROP_DOWN)
        case QuestionType.MULTIPLE_CHOICE:
            question = _counted(question)
        case QuestionType.SCALE if row_type.is_range:
            question = _scale(row, question, is_scale="scale" in looks)
        case QuestionType.CONSENT:
            question = replace(question, default="")
    is_text = question.type in {QuestionType.SHORT_TEXT, QuestionType.LONG_TEXT}
    if is_text and row.cell("read_only").lower() in YES and not question.calculation:
        question = replace(question, type=QuestionType.INFORMATION)
    if question.type is QuestionType.INFORMATION:
        return _information(row, question)
    return question


def _information(row: Row, question: Question) -> Question:
    if question.is_required:
        row.warn(NOTE_STOPS_NOBODY, "required")
    name, label, hint, relevant = question.name, question.label, question.hint, question.relevant
    return Question(name=name, type=QuestionType.INFORMATION, label=label, hint=hint, relevant=relevant)


def _counted(question: Question) -> Question:
    """`count-selected(.) <= 3` is a bound that we can also tell beforehand."""
    least, most = question.least, question.most
    for part in question.constraint.split(" and "):
        match = COUNT_RULE.fullmatch(part.strip(" ()") if part.count("(") == 1 else part.strip())
        if not match:
            return question
        sign, number = match[1], int(match[2])
        if sign in {"<=", "<", "="}:
            most = number - (sign == "<")
        if sign in {">=", ">", "="}:
            least = number + (sign == ">")
    constraint = question.constraint if question.constraint_message else ""
    return replace(question, least=least, most=most, constraint=constraint)


def _scale(row: Row, question: Question, *, is_scale: bool) -> Question:
    """A range with few whole steps is a scale, any other is a number with bounds."""
    found = dict(re.findall(r"(\w+)\s*=\s*([^\s;,]+)", row.cell("parameters").lower()))
    try:
        least, most, step = (float(found.get(name, usual)) for name, usual in USUAL_RANGE.items())
    except ValueError:
        least, most, step = 0.0, 0.0, 0.0
    if not (-WIDEST <= least < most <= WIDEST) or step <= 0 or not math.isfinite(step):
        row.refuse(RANGE_UNCLEAR, "parameters")
        return question
    question = replace(question, least=least, most=most)
    is_whole = least.is_integer() and most.is_integer() and step.is_integer()
    if is_whole and step == 1 and (is_scale or most - least < MOST_SCALE_POINTS):
        return question
    rule = "" if is_whole and step == 1 else f"(. - {_plain(least)}) mod {_plain(step)} = 0"
    both = f"({question.constraint}) and {rule}" if question.constraint and rule else question.constraint or rule
    kind = QuestionType.WHOLE_NUMBER if is_whole else QuestionType.DECIMAL_NUMBER
    return replace(question, type=kind, constraint=both)


def _plain(number: float) -> str:
    return str(int(number)) if number.is_integer() else repr(number)


def _with_quotes(row: Row, question: Question) -> Question:
    """Many authors write `pastel=yes` for `pastel='yes'`; where that is what the columns hold, it is meant so."""
    columns = {name for option in question.options for name in option.attributes}
    values = {value for option in question.options for value in option.attributes.values()}
    try:
        found = [token for token in tokens(question.choice_filter) if token.kind == "name"]
    except ExpressionError:
        return question  # told with all other expressions
    written = question.choice_filter
    for token in reversed(found):
        if token.value in values - columns - {"and", "or", "div", "mod"}:
            start = token.position - 1
            written = f"{written[:start]}'{token.value}'{written[start + len(token.value) :]}"
            row.warn(LazyText(FILTER_TEXT.message, word=token.value, filter=written), "choice_filter")
    return replace(question, choice_filter=written)


def _with_label(row: Row, question: Question) -> Question:
    if question.label:
        return question
    if question.hint:
        row.warn(HINT_AS_LABEL, "label")
        return replace(question, label=question.hint, hint=LocalizedText())
    row.refuse(LABEL_NEEDED, "label")
    return question


def _with_default(row: Row, question: Question) -> Question:
    """An answer filled in beforehand must be one that could be given, or an expression that can be read."""
    default = question.default
    if not default or _fits(question, default):
        return question
    row.warn(DEFAULT_UNFIT, "default")
    return replace(question, default="")


def _fits(question: Question, default: str) -> bool:
    if "(" in default or "$" in default:
        try:
            parse(default)
        except ExpressionError:
            return False
        return True
    match question.type:
        case QuestionType.SINGLE_CHOICE:
            return default in question.options_by_name
        case QuestionType.MULTIPLE_CHOICE:
            return set(default.split()) <= set(question.options_by_name)
        case QuestionType.DATE | QuestionType.MONTH:
            return _is_day(default if question.type is QuestionType.DATE else f"{default}-01")
    return re.fullmatch(WRITTEN_AS.get(question.type, ".*"), default, re.DOTALL) is not None


WRITTEN_AS = {
    QuestionType.YES_NO: "yes|no",
    QuestionType.WHOLE_NUMBER: r"-?\d{1,15}",
    QuestionType.SCALE: r"-?\d{1,15}",
    QuestionType.DECIMAL_NUMBER: r"-?\d{1,15}(\.\d{1,6})?",
    QuestionType.YEAR: r"\d{4}",
    QuestionType.DISTRICT: "(?!)",  # areas have other names in each city
}


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10
