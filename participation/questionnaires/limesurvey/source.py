"""What a LimeSurvey file says, whichever of its formats it came in."""

from dataclasses import dataclass, field

Texts = dict[str, str]  # by LimeSurvey's code of the language


@dataclass
class Part:
    """An option, a row of a table, a question or a group, with the line it stands in; `name` is its name here."""

    code: str
    line: int
    relevance: str = ""
    scale: str = "0"
    order: int = 0
    texts: Texts = field(default_factory=dict)
    helps: Texts = field(default_factory=dict)
    name: str = ""


@dataclass
class Asked(Part):
    """A question; `settings` are LimeSurvey's own, by name, and `alias` is its old name made of numbers."""

    type: str = ""
    is_mandatory: bool = False
    has_other: bool = False
    default: str = ""
    alias: str = ""
    comment: str = ""  # the name of the text that goes with it
    settings: dict[str, str] = field(default_factory=dict)
    other_texts: Texts = field(default_factory=dict)
    subquestions: list[Part] = field(default_factory=list)
    answers: list[Part] = field(default_factory=list)

    def setting(self, name: str) -> str:
        return self.settings.get(name, "").strip()


@dataclass
class Block(Part):
    """A group of questions."""

    questions: list[Asked] = field(default_factory=list)


@dataclass
class Source:
    """A whole survey; its base language comes first."""

    languages: list[str]
    titles: Texts = field(default_factory=dict)
    welcomes: Texts = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    unused: set[str] = field(default_factory=set)

    @property
    def size(self) -> int:
        """How many questions, rows of tables and options there are."""
        questions = [asked for block in self.blocks for asked in block.questions]
        parts = sum(len(asked.subquestions) + len(asked.answers) for asked in questions)
        return len(self.blocks) + len(questions) + parts
