"""What becomes of each type of question in LimeSurvey."""

from participation.i18n import LazyText, _l
from participation.questionnaires.limesurvey.logic import NotSimple, calculated
from participation.questionnaires.limesurvey.names import ANSWERS, WITH_OTHER
from participation.questionnaires.limesurvey.sheets import NOT_SIMPLE, Sheets
from participation.questionnaires.limesurvey.source import Asked, Part
from participation.questionnaires.xlsform.types import NO_RANKING

SIMPLE = {
    "S": {"type": "text"},
    "T": {"type": "text", "appearance": "multiline"},
    "U": {"type": "text", "appearance": "multiline"},
    "Y": {"type": "yes_no"},
    "5": {"type": "range", "parameters": "start=1 end=5 step=1", "appearance": "scale"},
    "X": {"type": "note"},
    "|": {"type": "file"},
}
SEVERAL = {"Q": "text", "K": "decimal"}
MEANT_TO_BE_USED = """
array_filter array_filter_exclude code_filter date_max date_min default em_validation_q em_validation_sq
equals_num_value exclude_all_others_auto max_num_value maximum_chars min_num_value other_comment_mandatory
other_numbers_only prefix random_group random_order suffix time_limit validation
"""
NOTHING = {"", "0", "N", "normal"}

FEMALE, MALE, UNCERTAIN = _l("Female"), _l("Male"), _l("Uncertain")
INCREASE, SAME, DECREASE = _l("Increase"), _l("Same"), _l("Decrease")
YES, NO = _l("Yes"), _l("No")
COMMENT = _l("Your comment")
FIXED: dict[str, dict[str, LazyText | str]] = {
    "A": {str(number): str(number) for number in range(1, 6)},
    "B": {str(number): str(number) for number in range(1, 11)},
    "C": {"Y": YES, "U": UNCERTAIN, "N": NO},
    "E": {"I": INCREASE, "S": SAME, "D": DECREASE},
    "G": {"F": FEMALE, "M": MALE},
}


class Kinds:
    """Writes questions into sheets."""

    def __init__(self, sheets: Sheets) -> None:
        self.sheets = sheets

    def write(self, asked: Asked) -> None:
        self._tell_unused(asked)
        kind = asked.type
        if asked.setting("hidden") == "1" and kind != "*":
            self._one(asked, {"type": "hidden"}, required="")
        elif kind in SIMPLE:
            self._one(asked, SIMPLE[kind], default=_default(asked))
        elif kind in {"L", "!", "O", "G"}:
            self._choice(asked)
        elif kind in {"M", "P"}:
            self._several(asked)
        elif kind in {"F", "H", "A", "B", "C", "E"}:
            self._matrix(asked)
        elif kind in SEVERAL:
            self._parts(asked)
        elif kind in {"N", "D", "*", "R"}:
            {"N": self._number, "D": self._day, "*": self._equation, "R": self._ranking}[kind](asked)
        else:
            self._one(asked, {"type": "limesurvey-other"})

    def _tell_unused(self, asked: Asked) -> None:
        used = {"default"} if asked.default and _default(asked) else set()
        given = {**asked.settings, "default": asked.default or asked.setting("default")}
        parts = [name for name in MEANT_TO_BE_USED.split() if given.get(name, "") not in NOTHING and name not in used]
        if asked.type in {"M", "P"}:
            filtered = (part.code for part in asked.subquestions if part.relevance.strip() not in {"", "1"})
            parts.extend(f"relevance ({code})" for code in filtered)
        self.sheets.unused(asked.line, parts)

    def _one(self, asked: Asked, kind: dict[str, str], **cells: str) -> None:
        """A row for the question itself."""
        texts = {**self.sheets.label(asked), **self.sheets.texts("hint", asked.helps, asked.line)}
        fixed = {"name": asked.name, "relevant": self.sheets.relevant(asked), "required": _required(asked)}
        self.sheets.add(asked.line, **{**fixed, **texts, **kind, **cells})

    def _choice(self, asked: Asked) -> None:
        self._options(asked)
        kind = f"select_one {asked.name}" + (" or_other" if asked.has_other and asked.type in WITH_OTHER else "")
        look = "minimal" if asked.type == "!" else ""
        self._one(asked, {"type": kind, "appearance": look}, default=_default(asked))
        if asked.type == "O":
            self._comment(asked, asked.comment, self.sheets.relevant(asked), self.sheets.said(COMMENT))

    def _comment(self, asked: Asked, name: str, relevant: str, label: dict[str, str]) -> None:
        self.sheets.add(asked.line, type="text", appearance="multiline", name=name, relevant=relevant, **label)

    def _several(self, asked: Asked) -> None:
        alone = asked.setting("exclude_all_others").split(";")
        for part in asked.subquestions:
            label = self.sheets.label(part)
            exclusive = "yes" if part.code in alone else ""
            self.sheets.add_option(part.line, asked.name, part.name, label, exclusive=exclusive)
        self._other_option(asked)
        kind = f"select_multiple {asked.name}" + (" or_other" if asked.has_other else "")
        bounds = {"minimum": _bound(asked, "min_answers"), "maximum": _bound(asked, "max_answers")}
        self._one(asked, {"type": kind}, **bounds)
        if asked.type == "P":
            for part in asked.subquestions:
                name = self.sheets.names.free(f"{asked.name}_{part.code}_comment")
                relevant = f"selected(${{{asked.name}}}, '{part.code}')"
                self._comment(asked, name, relevant, self.sheets.label(part))

    def _options(self, asked: Asked) -> None:
        """Options of a question, its own or those that its type always has."""
        for name, words in FIXED.get(asked.type, {}).items():
            label = self.sheets.said(words) if isinstance(words, LazyText) else self._digits(words)
            self.sheets.add_option(asked.line, asked.name, name, label)
        if asked.type not in FIXED:
            for part in asked.answers:
                if part.scale == "0":
                    self.sheets.add_option(part.line, asked.name, part.code, self.sheets.label(part))
            self._other_option(asked)

    def _digits(self, words: str) -> dict[str, str]:
        return {f"label::{code}": words for code in self.sheets.languages}

    def _other_option(self, asked: Asked) -> None:
        """The author's own words for “other”; without them it is ours."""
        label = self.sheets.texts("label", asked.other_texts, asked.line)
        if asked.has_other and label and asked.type in WITH_OTHER:
            self.sheets.add_option(asked.line, asked.name, "other", label)

    def _matrix(self, asked: Asked) -> None:
        self._options(asked)
        self._rows(asked, "table-list field-list", f"select_one {asked.name}")

    def _parts(self, asked: Asked) -> None:
        self._rows(asked, "field-list", SEVERAL[asked.type])

    def _rows(self, asked: Asked, look: str, kind: str) -> None:
        """A question for each row; a single row without words of its own is the question itself."""
        rows = [part for part in asked.subquestions if part.scale == "0"]
        if len(rows) == 1 and not any(rows[0].texts.values()) and rows[0].relevance.strip() in {"", "1"}:
            self._one(asked, {"type": kind}, name=rows[0].name)
            return
        self.sheets.begin(asked, asked.name, look)
        for part in rows:
            self._row(asked, part, type=kind)
        self.sheets.end(asked)

    def _ranking(self, asked: Asked) -> None:
        """One choice for each place, and none may be chosen twice."""
        self.sheets.warn(asked.line, NO_RANKING)
        for part in asked.answers:
            self.sheets.add_option(part.line, asked.name, part.code, self.sheets.label(part))
        self.sheets.begin(asked, asked.name, "table-list field-list")
        before: list[str] = []
        for part in asked.subquestions:
            self._row(asked, part, type=f"select_one {asked.name}", constraint=" and ".join(before))
            before.append(f". != ${{{part.name}}}")
        self.sheets.end(asked)

    def _row(self, asked: Asked, part: Part, **cells: str) -> None:
        texts = {**self.sheets.label(part), **self.sheets.texts("hint", part.helps, part.line)}
        relevant = self.sheets.relevant(part)
        self.sheets.add(part.line, name=part.name, relevant=relevant, required=_required(asked), **texts, **cells)

    def _number(self, asked: Asked) -> None:
        kind = "integer" if asked.setting("num_value_int_only") == "1" else "decimal"
        bounds = {"minimum": _bound(asked, "min_num_value_n"), "maximum": _bound(asked, "max_num_value_n")}
        self._one(asked, {"type": kind}, default=_default(asked), **bounds)

    def _day(self, asked: Asked) -> None:
        pattern = asked.setting("date_format")
        kind = "datetime" if "H" in pattern else "date"
        look = "" if not pattern or "d" in pattern else "month-year" if "m" in pattern else "year"
        self._one(asked, {"type": kind, "appearance": look}, default=_default(asked))

    def _equation(self, asked: Asked) -> None:
        source = asked.setting("equation") or next(iter(asked.texts.values()), "")
        try:
            value = calculated(source, self.sheets.names.meanings)
        except NotSimple:
            self.sheets.warn(asked.line, LazyText(NOT_SIMPLE.message, expression=source[:200]))
            self._one(asked, {"type": "limesurvey-other"})
            return
        self.sheets.add(
            asked.line,
            type="calculate",
            name=asked.name,
            relevant=self.sheets.relevant(asked),
            calculation=value,
        )


def _required(asked: Asked) -> str:
    return "yes" if asked.is_mandatory and asked.type not in {"X", "*", "I"} else ""


def _default(asked: Asked) -> str:
    """An answer filled in beforehand, if it is one and no expression."""
    if asked.type not in set("STUNDYL!5") or "{" in asked.default or "$" in asked.default or "(" in asked.default:
        return ""
    return ANSWERS.get(asked.type, {}).get(asked.default, asked.default)


def _bound(asked: Asked, name: str) -> str:
    """A bound that is a number; one that depends on answers is told with the other expressions."""
    written = asked.setting(name)
    return written if written.lstrip("-").replace(".", "", 1).isdecimal() else ""
