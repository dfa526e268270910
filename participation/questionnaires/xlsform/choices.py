"""The sheet of choices: lists of options, each with its further columns for choice filters."""

from dataclasses import dataclass, field

from participation.i18n import LazyText, LocalizedText, _l
from participation.questionnaires.definition import Option
from participation.questionnaires.xlsform.columns import HEADER_MISSING, Row, Table
from participation.questionnaires.xlsform.problems import Problems, Severity

LONGEST_NAME = 100
OWN_COLUMNS = {"list_name", "name", "label", "exclusive", "image", "audio", "video", "big_image"}
YES = {"yes", "true", "true()", "1", "ja", "x"}

NAME_MISSING = _l("This option has no name.")
NAME_TWICE = _l("The list “%(list)s” has this name twice: “%(name)s” also stands in row %(row)s.")
NAME_WITH_BLANKS = _l("The name of an option must not hold blanks: “%(name)s”.")
NAME_TOO_LONG = _l("A name can have at most %(limit)s characters.")
NAME_RESERVED = _l("An option cannot be called “~”.")
SHOWN_BY_NAME = _l("This option has no label (pictures cannot be shown). Its name “%(name)s” is shown.")


@dataclass
class Choices:
    """All lists of a file. A mistake in a list counts only when a question uses the list."""

    problems: Problems
    source: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    made: dict[str, tuple[Option, ...]] = field(default_factory=dict)

    def take(self, table: Table, prefix: str = "") -> None:
        """Sort the rows of a sheet into their lists; the prefix keeps lists of different sheets apart."""
        for name in ("list_name", "name"):
            if table.rows and not table.has(name):
                table.add(LazyText(HEADER_MISSING.message, name=name), Severity.REFUSE)
                return
        for row in table.rows:
            list_name = row.cell("list_name")
            if list_name:
                self.rows.setdefault(prefix + list_name, []).append(row)

    def options(self, list_name: str) -> tuple[Option, ...] | None:
        """The options of a list; None when there is no such list."""
        if list_name not in self.rows:
            return None
        if list_name not in self.made:
            self.made[list_name] = self._make(list_name)
        return self.made[list_name]

    def _make(self, list_name: str) -> tuple[Option, ...]:
        options: list[Option] = []
        first_rows: dict[str, int] = {}
        for row in self.rows[list_name]:
            name = row.cell("name")
            if not name and not row.texts("label"):
                continue  # a note of the author
            trouble = _trouble_with(name)
            if trouble:
                row.refuse(trouble, "name")
            elif name in first_rows:
                told = LazyText(NAME_TWICE.message, list=list_name, name=name, row=first_rows[name])
                row.refuse(told, "name")
            else:
                first_rows[name] = row.number
                options.append(self._option(row, name))
        return tuple(options)

    def _option(self, row: Row, name: str) -> Option:
        label = row.texts("label")
        if not label:
            label = LocalizedText({self.source: name})
            row.warn(LazyText(SHOWN_BY_NAME.message, name=name), "label")
        others = (one for one in row.table.columns if one.field.partition("::")[0] not in OWN_COLUMNS and not one.tag)
        return Option(
            name=name,
            label=label,
            is_exclusive=row.cell("exclusive").lower() in YES,
            attributes={one.header: cell for one in others if (cell := row.at(one.index))},
        )


def _trouble_with(name: str) -> LazyText | None:
    if not name:
        return NAME_MISSING
    if len(name.split()) > 1:
        return LazyText(NAME_WITH_BLANKS.message, name=name[:100])
    if len(name) > LONGEST_NAME:
        return LazyText(NAME_TOO_LONG.message, limit=LONGEST_NAME)
    return NAME_RESERVED if name == "~" else None
