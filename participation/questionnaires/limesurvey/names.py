"""Names for everything that is asked: LimeSurvey's codes, made fit and unique, and what its expressions call them."""

import re
from collections import Counter

from participation.questionnaires.limesurvey.logic import Meaning
from participation.questionnaires.limesurvey.source import Asked, Part, Source

LONGEST = 60  # of a code; what is joined of two stays below the limit of names
OPTIONS = set("MP")  # subquestions are options
ROWS = set("QKFHABCE")  # subquestions are questions of their own
WITH_OTHER = set("L!MP")
OTHER = {"-oth-": "other"}
ANSWERS = {"Y": {"Y": "yes", "N": "no"}, "L": OTHER, "!": OTHER}
MOST_PLACES = 20


class Names:
    """Gives every question its name; `meanings` is what an expression of LimeSurvey may speak of."""

    def __init__(self, source: Source) -> None:
        self.taken: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.meanings: dict[str, Meaning] = {}
        questions = [asked for block in source.blocks for asked in block.questions]
        for asked in questions:
            asked.name = self.free(asked.code)
            self._mean(asked, "", Meaning(asked.name, answers=ANSWERS.get(asked.type, {})))
        for asked in questions:
            self._name_parts(asked)

    def free(self, code: str) -> str:
        """A name like this code that nothing has yet."""
        wished = re.sub(r"[^\w-]", "_", code)[:LONGEST]
        if not re.match(r"[^\W\d]", wished):
            wished = f"q{wished}"
        name = wished
        while name in self.taken:
            self.counts[wished] += 1
            name = f"{wished}_{self.counts[wished] + 1}"
        self.taken.add(name)
        return name

    def _name_parts(self, asked: Asked) -> None:
        if asked.has_other and asked.type in WITH_OTHER:
            self._mean(asked, "other", Meaning(f"{asked.name}_other"))
            self.taken.add(f"{asked.name}_other")
        if asked.type == "O":
            asked.comment = self.free(f"{asked.name}_comment")
            self._mean(asked, "comment", Meaning(asked.comment))
        for part in asked.subquestions:
            if asked.type in OPTIONS:
                part.name = part.code
                self._mean(asked, part.code, Meaning(asked.name, part.code))
            elif asked.type in ROWS and part.scale == "0":
                part.name = self.free(f"{asked.name}_{part.code}")
                self._mean(asked, part.code, Meaning(part.name))
        if asked.type == "R":
            asked.subquestions = [self._place(asked, number) for number in range(1, places(asked) + 1)]

    def _place(self, asked: Asked, number: int) -> Part:
        name = self.free(f"{asked.name}_{number}")
        self._mean(asked, str(number), Meaning(name))
        return Part(str(number), asked.line, texts=dict.fromkeys(asked.texts, f"{number}."), name=name)

    def _mean(self, asked: Asked, part: str, meaning: Meaning) -> None:
        self.meanings.setdefault(f"{asked.code}_{part}" if part else asked.code, meaning)
        if asked.alias:
            self.meanings.setdefault(f"{asked.alias}{part}", meaning)


def places(asked: Asked) -> int:
    """How many options a ranking puts in order."""
    limits = [asked.setting(name) for name in ("max_subquestions", "max_answers")]
    wanted = [int(one) for one in limits if one.isdecimal() and 0 < int(one[:4]) <= MOST_PLACES]
    return min([len(asked.answers), MOST_PLACES, *wanted])
