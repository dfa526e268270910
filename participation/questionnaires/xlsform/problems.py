"""What is wrong with a spreadsheet, told by sheet, row and column."""

import enum
import json
from dataclasses import dataclass, field
from typing import Any

from participation.i18n import LazyText, _l

MOST_TOLD = 300
MORE = _l("There are %(number)s more remarks that are not shown.")


class Severity(enum.Enum):
    """Whether the file is refused, or imported without something."""

    REFUSE = "refuse"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One thing that staff should look at; row 0 is the whole sheet, and no sheet is the whole file."""

    message: LazyText
    severity: Severity
    sheet: str = ""
    row: int = 0
    column: str = ""  # the letter that the spreadsheet shows
    header: str = ""

    @property
    def is_refusal(self) -> bool:
        return self.severity is Severity.REFUSE

    def to_json(self) -> dict[str, Any]:
        return {
            "message": _told(self.message),
            "severity": self.severity.value,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "header": self.header,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Problem":
        return cls(**{**data, "message": _heard(data["message"]), "severity": Severity(data["severity"])})


@dataclass
class Problems:
    """All problems of one file: reading goes on after each, so that staff can mend everything at once."""

    found: list[Problem] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def add(self, problem: Problem) -> None:
        key = json.dumps(problem.to_json(), sort_keys=True)  # sentences are compared unsaid: saying them takes time
        if key not in self.seen:
            self.seen.add(key)
            self.found.append(problem)

    @property
    def has_refusals(self) -> bool:
        return any(problem.is_refusal for problem in self.found)

    def in_order(self) -> list[Problem]:
        """What stops the import first, then as the file goes; of very many the first ones."""
        ordered = sorted(
            self.found, key=lambda one: (not one.is_refusal, one.sheet.lower() != "survey", one.sheet, one.row)
        )
        if len(ordered) <= MOST_TOLD:
            return ordered
        more = LazyText(MORE.message, number=len(ordered) - MOST_TOLD)
        return [*ordered[:MOST_TOLD], Problem(more, ordered[MOST_TOLD - 1].severity)]


def _told(value: Any) -> Any:
    """A sentence that is said later, as JSON: its message and what goes into its gaps."""
    if isinstance(value, LazyText):
        return {"message": value.message, "values": {name: _told(one) for name, one in value.values.items()}}
    return value


def _heard(value: Any) -> Any:
    if isinstance(value, dict):
        return LazyText(value["message"], **{name: _heard(one) for name, one in value["values"].items()})
    return value
