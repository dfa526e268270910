"""What stands in the column `type`, and what we make of it."""

import enum
import re
from dataclasses import dataclass

from participation.i18n import LazyText, _l
from participation.questionnaires.definition import QuestionType

NO_DEVICE_DATA = _l("Left out: we do not record devices, people or times.")
NO_PLACES = _l("Places on a map cannot be asked for here; a question of the type “district” can.")
NO_FILES = _l("Pictures, sound, films, drawings, codes and files cannot be sent in here.")
NO_TIMES = _l("Times of day cannot be asked for here; dates can.")
NO_RANKING = _l("Putting options in order cannot be asked for here; a matrix of single choices can.")
NO_OTHER_FILES = _l("The options stand in another file. Please write them into the sheet “choices”.")
NO_OTHER_ANSWERS = _l("Options cannot be taken from earlier answers here.")
NO_HIDDEN_VALUES = _l("Hidden values come from a device or another program; here only people answer.")
NO_LOOPS = _l("Loops are not supported. Please use “begin_repeat”.")
NO_SUCH_KIND = _l("This kind of question cannot be asked for here.")
UNKNOWN_TYPE = _l("The type “%(type)s” is not known.")
NO_TYPE = _l("This row has a name but no type.")


class Kind(enum.Enum):
    """What a row is for."""

    QUESTION = "question"
    BEGIN_GROUP = "begin_group"
    BEGIN_REPEAT = "begin_repeat"
    END_GROUP = "end_group"
    END_REPEAT = "end_repeat"
    LEFT_OUT = "left_out"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class RowType:
    """A type that was understood: for choices with the name of their list, for what is left out with the reason."""

    kind: Kind
    question: QuestionType | None = None
    list_name: str = ""
    is_external: bool = False
    has_other: bool = False
    is_range: bool = False
    is_today: bool = False
    reason: LazyText = NO_DEVICE_DATA


SIMPLE = {
    "text": QuestionType.SHORT_TEXT,
    "string": QuestionType.SHORT_TEXT,
    "integer": QuestionType.WHOLE_NUMBER,
    "int": QuestionType.WHOLE_NUMBER,
    "decimal": QuestionType.DECIMAL_NUMBER,
    "date": QuestionType.DATE,
    "note": QuestionType.INFORMATION,
    "calculate": QuestionType.CALCULATION,
    "acknowledge": QuestionType.CONSENT,
    "trigger": QuestionType.CONSENT,
    "yes no": QuestionType.YES_NO,
    "district": QuestionType.DISTRICT,
}
BRACKETS = {
    "begin group": Kind.BEGIN_GROUP,
    "end group": Kind.END_GROUP,
    "begin repeat": Kind.BEGIN_REPEAT,
    "end repeat": Kind.END_REPEAT,
}
METADATA = """
start end today deviceid phonenumber username email simserial subscriberid imei audit uri:deviceid uri:phonenumber
uri:username uri:email uri:simserial uri:subscriberid start-geopoint background-audio background-geopoint
"""
LEFT_OUT = {
    **dict.fromkeys(METADATA.split(), NO_DEVICE_DATA),
    **dict.fromkeys(("geopoint", "geotrace", "geoshape", "location", "gps", "osm"), NO_PLACES),
    **dict.fromkeys(("image", "photo", "audio", "video", "file", "barcode"), NO_FILES),
    **dict.fromkeys(("time", "datetime"), NO_TIMES),
    **dict.fromkeys(("xml-external", "csv-external"), NO_OTHER_FILES),
    "hidden": NO_HIDDEN_VALUES,
    "limesurvey-other": NO_SUCH_KIND,
}
SELECT = re.compile(
    r"(?P<how>select one(?: external)?|select1|select multiple|select all that apply)\s+(?:from\s+)?"
    r"(?P<list>\S.*?)(?P<other>\s+or[ _]other)?",
    re.IGNORECASE,
)


def understood(written: str) -> RowType:
    """The meaning of a type, however it is written."""
    spaced = " ".join(written.split())
    dashed = spaced.lower().replace(" ", "-").replace("_", "-")
    if dashed in LEFT_OUT:
        return RowType(Kind.LEFT_OUT, is_today=dashed == "today", reason=LEFT_OUT[dashed])
    head, _, rest = spaced.partition(" ")
    spaced = f"{head.replace('_', ' ')} {rest}".strip()
    name = spaced.lower()
    if name in SIMPLE:
        return RowType(Kind.QUESTION, SIMPLE[name])
    if name in BRACKETS:
        return RowType(BRACKETS[name])
    if name == "range":
        return RowType(Kind.QUESTION, QuestionType.SCALE, is_range=True)
    return _choice(spaced) or RowType(Kind.UNKNOWN, reason=_why_unknown(name, written))


def _choice(spaced: str) -> RowType | None:
    name = spaced.lower()
    if re.match(r"rank\b", name):
        return RowType(Kind.LEFT_OUT, reason=NO_RANKING)
    if re.match(r"osm\b", name):
        return RowType(Kind.LEFT_OUT, reason=NO_PLACES)
    if re.match(r"select (one|multiple) from file\b", name):
        return RowType(Kind.LEFT_OUT, reason=NO_OTHER_FILES)
    match = SELECT.fullmatch(spaced)
    if not match:
        return None
    if match["list"].startswith("${"):
        return RowType(Kind.LEFT_OUT, reason=NO_OTHER_ANSWERS)
    how = match["how"].lower()
    several = how in {"select multiple", "select all that apply"}
    return RowType(
        Kind.QUESTION,
        QuestionType.MULTIPLE_CHOICE if several else QuestionType.SINGLE_CHOICE,
        list_name=match["list"],
        is_external=how.endswith("external"),
        has_other=bool(match["other"]),
    )


def _why_unknown(name: str, written: str) -> LazyText:
    if name.startswith(("begin loop", "end loop")):
        return NO_LOOPS
    return LazyText(UNKNOWN_TYPE.message, type=written[:100]) if written else NO_TYPE
