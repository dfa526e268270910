"""What a questionnaire says: pages, sections, questions and options, as one immutable document.

A definition is kept as JSON in its version row and read once per process; `Definition.from_json` and `.to_json` are
the only way in and out. Expressions are kept as their source text and parsed once, when the definition is read.
"""

import enum
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Self

from participation.i18n import LocalizedText
from participation.questionnaires.expressions import Expression, parse


class QuestionType(enum.Enum):
    """What kind of answer a question wants."""

    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"
    YES_NO = "yes_no"
    SCALE = "scale"
    WHOLE_NUMBER = "whole_number"
    DECIMAL_NUMBER = "decimal_number"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    DATE = "date"
    MONTH = "month"
    YEAR = "year"
    DISTRICT = "district"
    CONSENT = "consent"
    INFORMATION = "information"
    CALCULATION = "calculation"


UNASKED = {QuestionType.INFORMATION, QuestionType.CALCULATION}
NO_TEXT = LocalizedText()
CHOICES = {QuestionType.SINGLE_CHOICE, QuestionType.MULTIPLE_CHOICE, QuestionType.YES_NO, QuestionType.SCALE}
NUMBERS = {QuestionType.WHOLE_NUMBER, QuestionType.DECIMAL_NUMBER}


class ChoiceStyle(enum.Enum):
    """How the options of a single choice are shown."""

    BUTTONS = "buttons"
    DROP_DOWN = "drop_down"
    SEARCHABLE = "searchable"


@dataclass(frozen=True, kw_only=True)
class Option:
    """One answer that can be chosen; `attributes` are further columns that a choice filter reads."""

    name: str
    label: LocalizedText
    is_exclusive: bool = False
    attributes: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(**{**data, "label": LocalizedText(data["label"])})


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question; its name is unique in the whole definition and is what expressions refer to."""

    name: str
    type: QuestionType
    label: LocalizedText
    hint: LocalizedText = NO_TEXT
    is_required: bool = False
    may_withhold: bool = False  # offers "I prefer not to say"
    is_sensitive: bool = False  # Art. 9 GDPR: health, religion, origin, politics, sexual orientation (D6)
    relevant: str = ""  # shown if
    constraint: str = ""
    constraint_message: LocalizedText = NO_TEXT
    calculation: str = ""
    default: str = ""
    options: tuple[Option, ...] = ()
    style: ChoiceStyle = ChoiceStyle.BUTTONS
    choice_filter: str = ""
    layer: str = ""  # which layer of areas a district question offers; "" is the default one
    least: float | None = None  # bound of a number, of a scale, or of how many options are chosen
    most: float | None = None
    unit: LocalizedText = NO_TEXT
    least_label: LocalizedText = NO_TEXT  # the ends of a scale
    most_label: LocalizedText = NO_TEXT

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(**_read(cls, data, type=QuestionType, style=ChoiceStyle, options=_all(Option)))

    @property
    def is_asked(self) -> bool:
        """Whether a person answers it."""
        return self.type not in UNASKED

    @cached_property
    def options_by_name(self) -> dict[str, Option]:
        return {option.name: option for option in self.options}


@dataclass(frozen=True, kw_only=True)
class Section:
    """Questions under one heading on a page; as a matrix, single choices over the same options form one table."""

    name: str
    title: LocalizedText = NO_TEXT
    hint: LocalizedText = NO_TEXT
    relevant: str = ""
    is_matrix: bool = False
    elements: tuple["Question | Section", ...] = ()

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(**_read(cls, data, elements=_elements))


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """A page that comes once per child, per bicycle …: as often as `count` says, or as the person adds another."""

    name: str
    count: str = ""
    least: int = 1
    most: int = 20

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(**data)


@dataclass(frozen=True, kw_only=True)
class Page:
    """What is shown at once; it comes once, or once per instance of its repeat."""

    name: str
    title: LocalizedText = NO_TEXT
    hint: LocalizedText = NO_TEXT
    relevant: str = ""
    repeat: Repeat | None = None
    elements: tuple[Question | Section, ...] = ()

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        repeat = Repeat.from_json(data["repeat"]) if data.get("repeat") else None
        return cls(**{**_read(cls, data, elements=_elements), "repeat": repeat})

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions on the page in reading order, those in sections too."""
        return tuple(_questions(self.elements))

    @cached_property
    def is_plain(self) -> bool:
        """Whether its texts and options are the same for everybody: nothing inserted, filtered or filled in before."""
        parts: list[Question | Section] = [*self.questions, *_sections(self.elements)]
        texts = (text for part in parts for text in _texts(part))
        is_same = not any(question.choice_filter or question.default for question in self.questions)
        return is_same and not any("${" in text for text in texts)

    @cached_property
    def has_plain_heading(self) -> bool:
        """Whether nothing is inserted into its title and its hint."""
        return not any("${" in said for text in (self.title, self.hint) for said in text.values())


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A whole questionnaire."""

    languages: tuple[str, ...]
    pages: tuple[Page, ...]

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(languages=tuple(data["languages"]), pages=tuple(map(Page.from_json, data["pages"])))

    def to_json(self) -> dict[str, Any]:
        return {"languages": list(self.languages), "pages": [_write(page) for page in self.pages]}

    @cached_property
    def fingerprint(self) -> str:
        """What tells this wording from every other one."""
        return hashlib.sha256(json.dumps(self.to_json(), sort_keys=True).encode()).hexdigest()

    @property
    def source_language(self) -> str:
        """The language every text must exist in: German where there is German, else the first one."""
        return "de" if "de" in self.languages else self.languages[0]

    @cached_property
    def questions(self) -> dict[str, Question]:
        """All questions by name, in reading order."""
        return {question.name: question for page in self.pages for question in page.questions}

    @cached_property
    def page_of(self) -> dict[str, Page]:
        """The page each question stands on, by the question's name."""
        return {question.name: page for page in self.pages for question in page.questions}


ALWAYS_WRITTEN = {"label", "elements"}


def compiled(source: str) -> Expression:
    """The expression behind a source text; parsing is remembered, so this is cheap."""
    return parse(source)


def _questions(elements: tuple[Question | Section, ...]) -> Iterator[Question]:
    for element in elements:
        if isinstance(element, Section):
            yield from _questions(element.elements)
        else:
            yield element


def _sections(elements: tuple[Question | Section, ...]) -> Iterator[Section]:
    for element in elements:
        if isinstance(element, Section):
            yield element
            yield from _sections(element.elements)


def _texts(thing: Question | Section) -> Iterator[str]:
    """Every wording of a question or section in every language, with the labels of its options."""
    for one in fields(thing):
        value = getattr(thing, one.name)
        if isinstance(value, LocalizedText):
            yield from value.values()
    for option in thing.options if isinstance(thing, Question) else ():
        yield from option.label.values()


def _elements(data: list[dict[str, Any]]) -> tuple[Question | Section, ...]:
    return tuple(Section.from_json(one) if "elements" in one else Question.from_json(one) for one in data)


def _all(kind: Any) -> Any:
    return lambda data: tuple(map(kind.from_json, data))


def _read(kind: Any, data: dict[str, Any], **readers: Any) -> dict[str, Any]:
    """Give every value its type; what is not in the document keeps its default."""
    texts = {one.name: LocalizedText for one in fields(kind) if one.type in (LocalizedText, "LocalizedText")}
    readers = {**texts, **readers}
    return {name: readers[name](value) if name in readers else value for name, value in data.items()}


def _write(thing: Any) -> Any:
    """The document of a definition: only what differs from the default, so that documents stay small."""
    if isinstance(thing, enum.Enum):
        return thing.value
    if isinstance(thing, LocalizedText):
        return dict(thing)
    if isinstance(thing, tuple):
        return [_write(one) for one in thing]
    if hasattr(thing, "__dataclass_fields__"):
        values = {one.name: (getattr(thing, one.name), one.default) for one in fields(thing)}
        return {
            name: _write(value)
            for name, (value, default) in values.items()
            if name in ALWAYS_WRITTEN or value not in (default, None, (), {})
        }
    return thing
