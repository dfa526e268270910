"""Puts together what a tab-separated file says: a row for each group, question and option in each language."""

from collections import Counter

from participation.questionnaires.limesurvey.source import Asked, Block, Part, Source

KNOWN = {"id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language", "mandatory"}
KNOWN |= {"other", "default", "same_default", "encrypted", "same_script", "other_replace_text"}


def source_of(lines: list[tuple[int, dict[str, str]]]) -> Source:
    """The survey in these lines."""
    tabs = _Tabs()
    for line, row in lines:
        tabs.take(line, row)
    if tabs.shows_welcome == "N":
        tabs.source.welcomes.clear()
    spoken = [*tabs.settings.get("language", "").split(), *tabs.settings.get("additional_languages", "").split()]
    tabs.source.languages = list(dict.fromkeys([*spoken, *tabs.languages]))
    return tabs.source


class _Tabs:
    def __init__(self) -> None:
        self.source = Source([])
        self.settings: dict[str, str] = {}
        self.languages: dict[str, None] = {}
        self.groups: Counter[str] = Counter()
        self.questions: dict[tuple[str, int], Asked] = {}
        self.codes: Counter[tuple[str, str]] = Counter()
        self.parts: dict[tuple[int, str, str, str], Part] = {}
        self.block: Block | None = None
        self.asked: Asked | None = None

    @property
    def shows_welcome(self) -> str:
        return self.settings.get("showwelcome", "Y")

    def take(self, line: int, row: dict[str, str]) -> None:
        match row.get("class", ""):
            case "S":
                self.settings[row.get("name", "")] = row.get("text", "")
            case "SL":
                self._survey_text(row)
            case "G":
                self._begin(line, row)
            case "Q" if self.block is not None:
                self._question(line, row, self.block)
            case "SQ" | "A" as kind if self.asked is not None:
                self._part(line, row, kind, self.asked)
            case "":
                return
            case other:
                self.source.unused.add(other[:20])

    def _survey_text(self, row: dict[str, str]) -> None:
        language, text = row.get("language", ""), row.get("text", "")
        match row.get("name", ""):
            case "surveyls_title":
                self.source.titles[language] = text
            case "surveyls_welcometext":
                self.source.welcomes[language] = text
            case "surveyls_endtext" if text:
                self.source.unused.add("surveyls_endtext")

    def _begin(self, line: int, row: dict[str, str]) -> None:
        """The first group of each language is the same group, and so on: their names are translated."""
        language = row.get("language", "")
        place = self.groups[language]
        self.groups[language] += 1
        if place == len(self.source.blocks):
            self.source.blocks.append(Block(f"G{place + 1}", line, row.get("relevance", "")))
        self.block = self.source.blocks[place]
        self.asked = None
        self.block.texts[language] = row.get("name", "")
        self.block.helps[language] = row.get("text", "")

    def _question(self, line: int, row: dict[str, str], block: Block) -> None:
        code, language = row.get("name", ""), row.get("language", "")
        key = code, self.codes[code, language]  # should a code come twice, these are two questions
        self.codes[code, language] += 1
        if key not in self.questions:
            self.questions[key] = Asked(
                code,
                line,
                row.get("relevance", ""),
                type=row.get("type/scale", ""),
                is_mandatory=row.get("mandatory") == "Y",
                has_other=row.get("other") == "Y",
                default=row.get("default", ""),
                settings={name: cell for name, cell in row.items() if name not in KNOWN},
            )
            block.questions.append(self.questions[key])
        self.asked = self.questions[key]
        self._say(self.asked, row)
        self.asked.other_texts[language] = row.get("other_replace_text", "")

    def _part(self, line: int, row: dict[str, str], kind: str, asked: Asked) -> None:
        code, scale = row.get("name", ""), row.get("type/scale") or "0"
        key = asked.line, kind, code, scale
        if key not in self.parts:
            self.parts[key] = Part(code, line, row.get("relevance", ""), scale)
            (asked.subquestions if kind == "SQ" else asked.answers).append(self.parts[key])
        if row.get("default"):
            asked.settings["default"] = row["default"]
        self._say(self.parts[key], row)

    def _say(self, part: Part, row: dict[str, str]) -> None:
        language = row.get("language", "")
        self.languages[language] = None
        part.texts[language] = row.get("text", "")
        part.helps[language] = row.get("help", "")
