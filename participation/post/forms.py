"""The form for a text of the house; it lets no gap get lost and none in that nobody fills."""

from collections.abc import Callable
from typing import Any

from wtforms.validators import ValidationError

from participation.forms import Form, LocalizedField
from participation.i18n import LocalizedText, _, _l, format_list, language, languages
from participation.mail import LONGEST_SUBJECT
from participation.wordings import Said, Wording, gaps_in, wrong_gaps

LONGEST_TEXT = 10_000
LONGEST_TYPED_SUBJECT = LONGEST_SUBJECT // 2  # what fills the gaps needs room as well


class WordingForm(Form):
    """Subject and text in every language; an empty one means: as the house has it."""

    subject = LocalizedField(_l("Subject"))
    text = LocalizedField(_l("Text"), is_long=True)

    def __init__(self, wording: Wording, **options: Any) -> None:
        super().__init__(**options)
        self.wording = wording

    @property
    def answers(self) -> dict[str, Any]:
        return {"subject": self._written(self.subject), "text": self._written(self.text)}

    def validate_subject(self, field: LocalizedField) -> None:
        """One line that is not too long, without unknown gaps."""
        self._each_language(field, lambda tag, words: self._complaint(tag, words, LONGEST_TYPED_SUBJECT))

    def validate_text(self, field: LocalizedField) -> None:
        """Not too long, no unknown gaps, and together with the subject all that the house itself uses."""
        self._each_language(field, lambda tag, words: self._complaint(tag, words, LONGEST_TEXT))
        for one in languages():
            if missing := self._missing(one.tag):
                raise ValidationError(
                    _("%(language)s: this gap must stay in the text: %(gaps)s", language=one.name, gaps=missing)
                )

    def _written(self, field: LocalizedField) -> LocalizedText:
        """Browsers end lines with two characters, the house with one."""
        return LocalizedText({tag: words.replace("\r\n", "\n") for tag, words in (field.data or {}).items()})

    def _each_language(self, field: LocalizedField, complain: Callable[[str, str], str]) -> None:
        for tag, words in self._written(field).items():
            if complaint := complain(tag, words):
                raise ValidationError(complaint)

    def _complaint(self, tag: str, words: str, longest: int) -> str:
        name = language(tag).name
        if len(words) > longest:
            return _("The text in this language is too long: %(language)s", language=name)
        if wrong := wrong_gaps(words, self.wording.all_gaps):
            return _("%(language)s: we do not know this gap: %(gaps)s", language=name, gaps=format_list(wrong))
        return ""

    def _missing(self, tag: str) -> str:
        house = self.wording.of_the_house(tag)
        written = Said(
            self._written(self.subject).get(tag, house.subject), self._written(self.text).get(tag, house.text)
        )
        missing = sorted((gaps_in(*house) & self.wording.gaps.keys()) - gaps_in(*written))
        return format_list([f"%({gap})s" for gap in missing])
