"""A questionnaire in a file, whichever program it was made with."""

from participation.i18n import SOURCE_LANGUAGE
from participation.questionnaires.limesurvey import reading as limesurvey
from participation.questionnaires.xlsform import reading as xlsform
from participation.questionnaires.xlsform.reading import MOST_BYTES, Reading


def read(
    data: bytes,
    *,
    fallback_language: str = SOURCE_LANGUAGE,
    offered: tuple[str, ...] = (),
    most_bytes: int = MOST_BYTES,
) -> Reading:
    """Read an XLSForm or a survey structure of LimeSurvey, with the same rules for both."""
    reader = limesurvey.read if limesurvey.is_limesurvey(data) else xlsform.read
    return reader(data, fallback_language=fallback_language, offered=offered, most_bytes=most_bytes)
