"""The forms for comments and translations."""

from typing import Any

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from participation.contacts.forms import ContactField
from participation.contributions.texts import clean_text
from participation.forms import Form, at_most, must_choose, required
from participation.honesty import HonestForm
from participation.i18n import _, _l, current_language, language, languages
from participation.language_guess import guess
from participation.text_matching import order_key

LONGEST_COMMENT = 3_000
LONGEST_TRANSLATION = 20_000
# What people write in besides the languages of the pages; each name is written in itself.
OTHER_LANGUAGES = (
    *("sq", "hy", "az", "bn", "bs", "zh", "da", "el", "es", "fr", "ka", "he", "hi", "hr", "hu", "it", "ja", "ko"),
    *("ckb", "lt", "lv", "mk", "nl", "no", "pa", "ps", "pt", "sk", "sl", "so", "sr", "sv", "ta", "th", "ti", "tl"),
    *("ur", "vi"),
)


def written_languages() -> list[SelectChoice]:
    """The languages a text can be in: those of the pages, where Leichte Sprache is German, and then others."""
    offered = [one.tag for one in languages() if one.tag != "de-simple"]
    others = sorted(
        (tag for tag in OTHER_LANGUAGES if tag not in offered), key=lambda tag: order_key(language(tag).name)
    )
    return [SelectChoice(tag, language(tag).name) for tag in [*offered, *others]]


def page_language() -> str:
    """The language somebody probably writes in who reads this page."""
    tag = current_language().tag
    return "de" if tag == "de-simple" else tag


def typed_text(value: Any) -> Any:
    """Text as it is kept: line ends of one kind, nothing invisible that could mislead readers."""
    return clean_text(value.replace("\r\n", "\n")).strip() if isinstance(value, str) else value


def typed_line(value: Any) -> Any:
    """The same for one line, whatever a program sends."""
    return " ".join(typed_text(value).split()) if isinstance(value, str) else value


class CommentForm(HonestForm):
    """A comment of a resident. Only the text is needed."""

    text = TextAreaField(_l("Your comment"), [required(), at_most(LONGEST_COMMENT)], filters=[typed_text])
    language = SelectField(_l("Which language is your text written in?"), [must_choose()], coerce=str)
    author_name = StringField(_l("Your name, as others may read it"), [at_most(120)], filters=[typed_line])
    email = ContactField(_l("Your e-mail address"))
    confirmed = HiddenField()  # the language that was asked about

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.language.choices = written_languages()
        if self.language.data is None:
            self.language.data = page_language()

    def confirm_language(self) -> bool:
        """Whether the language is clear; where the words look like another one, the person is asked once."""
        offered = {choice.value for choice in self.language.choices}
        likely = [tag for tag in guess(self.text.data) if tag in offered]
        if not likely or self.language.data in likely or self.confirmed.data in likely:
            return True
        self.language.data = self.confirmed.data = likely[0]
        words = _(
            "This looks like %(language)s. Please check the language and send again.", language=language(likely[0]).name
        )
        self.refuse("language", words)
        return False


class OfficialForm(Form):
    """What the city says to a contribution."""

    text = TextAreaField(_l("Text"), [required(), at_most(LONGEST_COMMENT)], filters=[typed_text])
    language = SelectField(_l("Which language is your text written in?"), [must_choose()], coerce=str)
    author_name = StringField(
        _l("Who speaks for the city? For example the name of the office"), [required(), at_most(120)]
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.language.choices = written_languages()
        if self.language.data is None:
            self.language.data = page_language()


class TranslationForm(Form):
    """What a contribution says in another language."""

    title = StringField(_l("Title"), [at_most(200)], filters=[typed_line])
    text = TextAreaField(_l("Text"), [required(), at_most(LONGEST_TRANSLATION)], filters=[typed_text])
    version = HiddenField()

    @property
    def version_seen(self) -> int:
        """Which wording of the original was beside it; what is no number is none of them."""
        typed = self.version.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


class ButtonForm(Form):
    """Nothing but a button."""
