"""Forms for the standing pages and for reports on barriers."""

from typing import Any

from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from participation import clock
from participation.forms import DayField, Form, GermanRequired, LocalizedField, at_most, must_choose, required
from participation.i18n import LazyText, _, _l, language
from participation.marks import OWN_PATH, broken_links
from participation.pages.operations import VIDEO_FACTS

NOT_OWN = _l("Please enter an address of this site that begins with a slash, for example /media/welcome.mp4.")
IN_THE_FUTURE = _l("This day is still to come.")


class EachAtMost:
    """No language may be longer; nothing is cut."""

    def __init__(self, length: int) -> None:
        self.length = length

    def __call__(self, _form: Any, field: LocalizedField) -> None:
        for tag, text in (field.data or {}).items():
            if len(text) > self.length:
                raise ValidationError(
                    _("The text in this language is too long: %(language)s", language=language(tag).name)
                )


class WorkingLinks:
    """Links lead to pages of this site or to web, mail and telephone addresses (V1)."""

    def __call__(self, _form: Any, field: LocalizedField) -> None:
        for text in (field.data or {}).values():
            for address in broken_links(text):
                raise ValidationError(_("A link cannot lead to this address: %(address)s", address=address))


class OwnAddress:
    """A file on this site's own host (D13)."""

    message: LazyText = NOT_OWN

    def __call__(self, _form: Any, field: StringField) -> None:
        if field.data and not OWN_PATH.fullmatch(field.data):
            raise ValidationError(str(self.message))


class PageForm(Form):
    """Title and text of a standing page in all languages."""

    title = LocalizedField(_l("Title"), [GermanRequired(), EachAtMost(200)])
    text = LocalizedField(_l("Text"), [GermanRequired(), EachAtMost(50_000), WorkingLinks()], is_long=True)


class StatementForm(PageForm):
    """The accessibility statement also knows when the site was last checked."""

    checked_on = DayField(_l("Day of the last check"), [Optional()])

    def validate_checked_on(self, field: DayField) -> None:
        """A check cannot be in the future."""
        if field.data and field.data > clock.today():
            raise ValidationError(str(IN_THE_FUTURE))


class SignLanguageForm(PageForm):
    """The page that holds the place for the video."""

    address = StringField(_l("Address of the video file"), [OwnAddress(), at_most(300)])
    captions = StringField(_l("Address of the captions (WebVTT)"), [OwnAddress(), at_most(300)])
    size = StringField(_l("Size of the file, for example 12 MB"), [at_most(40)])
    duration = StringField(_l("Length of the video, for example 3:20 minutes"), [at_most(40)])

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        video = {fact: given.pop(fact) for fact in VIDEO_FACTS}
        return {**given, "video": video}


FORMS: dict[str, type[PageForm]] = {"accessibility": StatementForm, "sign-language": SignLanguageForm}


class BarrierForm(Form):
    """Only the message is needed (B4)."""

    text = TextAreaField(_l("What does not work for you?"), [required(), at_most(5_000)])
    page = StringField(_l("Which page is it about?"), [at_most(300)])
    contact = StringField(_l("How can we reach you, if you want? E-mail or phone"), [at_most(200)])


def kinds_of_answer() -> list[SelectChoice]:
    """Interim or final."""
    return [
        SelectChoice("interim", _("Interim answer: it takes longer, and this is why")),
        SelectChoice("final", _("Final answer: this is what we did")),
    ]


class AnswerForm(Form):
    """What the city writes back."""

    text = TextAreaField(_l("Answer"), [required(), at_most(5_000)])
    kind = RadioField(_l("What kind of answer is it?"), [must_choose()], choices=kinds_of_answer)
