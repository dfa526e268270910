"""Forms: what was typed is read strictly, never lost, and every mistake is told in words."""

import re
import uuid
from datetime import date, datetime
from typing import Any, ClassVar

from flask import g, has_request_context, render_template, request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, ImmutableMultiDict, MultiDict
from wtforms import Field, FileField, HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, StopValidation, ValidationError

from participation import reading
from participation.clock import BERLIN
from participation.i18n import LazyText, LocalizedText, _, _l, languages
from participation.marks import formatted, unformatted
from participation.rich_text import LocalizedRichText, RichText

HTML_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
SWITCH = "_language"  # the language menu of a page with a form sends the form along with this


class OwnWords:
    """What WTForms says by itself about choices, in words of ours."""

    def gettext(self, message: str) -> str:
        return _("Please choose one of the options.") if "hoice" in message else message

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)


class Form(FlaskForm):
    """A form of the house. `answers` is what a valid form says, ready for an operation."""

    class Meta(FlaskForm.Meta):
        locales = ()  # type: ignore[assignment]  # our validators bring their own sentences

        def get_translations(self, _form: Any) -> OwnWords:
            return OwnWords()

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            # Flask-WTF would read JSON as well, which no page of ours sends and nobody has cleaned.
            if has_request_context() and request.is_json and not isinstance(formdata, MultiDict):
                return ImmutableMultiDict()
            sent = super().wrap_formdata(form, formdata)  # type: ignore[no-untyped-call]
            if isinstance(sent, CombinedMultiDict):
                # A file counts only where one is asked for: a field for text would not know what to do with it.
                asked = {field.name for field in form if isinstance(field, FileField)}
                files = [(name, file) for name, file in request.files.items(multi=True) if name in asked]
                return CombinedMultiDict([MultiDict(files), request.form])
            return sent

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)  # type: ignore[no-untyped-call]  # but this one is typed

    @property
    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in self.data.items() if name != "csrf_token"}

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """False too when the person only switched the language: then the form comes back as it was (L18)."""
        if SWITCH in request.form:
            return False
        return bool(super().validate_on_submit(extra_validators))  # type: ignore[no-untyped-call]

    def refuse(self, name: str, message: LazyText | str) -> None:
        """Add a mistake that only the operation could see."""
        self[name].errors = [*self[name].errors, message]


class OnceForm(Form):
    """A form whose key tells it from every other one, so that two clicks on its button send one thing."""

    form_key = HiddenField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not _is_key(self.form_key.data):
            self.form_key.data = uuid.uuid4().hex

    @property
    def key(self) -> uuid.UUID:
        return uuid.UUID(self.form_key.data)


def _is_key(typed: str | None) -> bool:
    try:
        return bool(uuid.UUID(typed or ""))
    except ValueError:
        return False


def render_form(template: str, form: FlaskForm, **context: Any) -> tuple[str, int]:
    """The page with its form: 200 at first, 422 when it needs another look."""
    g.page_has_form = True
    return render_template(template, form=form, **context), 422 if form.errors else 200


def number_needed() -> InputRequired:
    """A number must be there, and 0 is one."""
    return InputRequired(_l("Please fill in this field."))


class NeededToPublish:
    """May stay empty in a draft, and is not called optional: without it the thing cannot be published (D2)."""

    field_flags: ClassVar = {"required": True}

    def __call__(self, _form: Any, _field: Any) -> None:
        """Publishing asks for it; saving does not."""


def required() -> DataRequired:
    """Something must be there."""
    return DataRequired(_l("Please fill in this field."))


def must_choose() -> InputRequired:
    """One of the options must be chosen."""
    return InputRequired(_l("Please choose one of the options."))


def at_most(length: int) -> Length:
    """Longer texts are refused, never cut."""
    return Length(max=length, message=_l("This text is too long. At most %(max)d characters fit here."))


def between(least: int, most: int) -> NumberRange:
    """A number within bounds."""
    return NumberRange(least, most, message=_l("Please enter a number from %(min)s to %(max)s."))


class LineField(Field):
    """One line of typed text that is read strictly."""

    widget = StringField.widget

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        super().__init__(label, validators, **options)  # type: ignore[no-untyped-call]  # WTForms has no types

    def pre_validate(self, _form: Any) -> None:
        if self.process_errors:
            raise StopValidation  # what cannot be read is neither missing nor within bounds


class NumberField(LineField):
    """A whole number, typed with any digits, never guessed (L12)."""

    kind = "number"

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ("" if self.data is None else str(self.data))

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = reading.whole_number(valuelist[0])
            except reading.Unreadable as error:
                raise ValueError(str(error)) from error


class DayField(LineField):
    """A day typed as DD.MM.YYYY, never read as month first (L11)."""

    kind = "day"

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.strftime("%d.%m.%Y") if isinstance(self.data, date) else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = reading.day(valuelist[0])
            except reading.Unreadable as error:
                raise ValueError(str(error)) from error


class MomentField(LineField):
    """A day and a time in Germany, as in 03.04.2026 18:00; times that happen twice or never are refused (L13)."""

    kind = "moment"

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.astimezone(BERLIN).strftime("%d.%m.%Y %H:%M") if isinstance(self.data, datetime) else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = reading.moment(valuelist[0])
            except reading.Unreadable as error:
                raise ValueError(str(error)) from error


class LocalizedField(Field):
    """One text in every language of the city: one input per language, German first."""

    kind = "localized"
    is_rich = False
    is_long = False

    def __init__(self, label: Any = None, validators: Any = None, *, is_long: bool = False, **options: Any) -> None:
        super().__init__(label, validators, **options)  # type: ignore[no-untyped-call]
        self.is_long = is_long or self.is_rich

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(formdata, data, extra_filters)  # type: ignore[no-untyped-call]
        if formdata is not None:
            typed = {one.tag: formdata.get(self.input_name(one.tag), "").strip() for one in languages()}
            if any(self.input_name(one.tag) in formdata for one in languages()):
                self.typed, self.data = typed, self._made_of(typed)
                return
        self.typed = {tag: self._shown(item, tag) for tag, item in (self.data or {}).items()}

    def input_name(self, tag: str) -> str:
        return f"{self.name}-{tag}"

    def _made_of(self, typed: dict[str, str]) -> Any:
        return LocalizedText(typed)

    def _shown(self, item: Any, _tag: str) -> str:
        return str(item)


class LocalizedRichField(LocalizedField):
    """The same for formatted text, which passes the sieve on its way in."""

    is_rich = True

    def _made_of(self, typed: dict[str, str]) -> Any:
        return LocalizedRichText({tag: _rich(text, tag) for tag, text in typed.items()})

    def _shown(self, item: RichText, tag: str) -> str:
        marked = unformatted(item, tag)
        return item.html if HTML_TAG.search(marked) else marked


def _rich(text: str, tag: str) -> RichText:
    """HTML as it was pasted; text without any is read with its simple marks, so that no paragraph is lost."""
    return RichText.clean(text) if HTML_TAG.search(text) else formatted(text, tag)


class GermanRequired:
    """A text may lack any language but German, which all others fall back to (L5)."""

    def __call__(self, _form: Any, field: LocalizedField) -> None:
        if not (field.data and field.data.get("de")):
            raise StopValidation(str(_l("Please write at least the German text.")))


def check_order(first: Field, second: Field, message: LazyText) -> None:
    """Refuse an end before its beginning."""
    if first.data and second.data and second.data <= first.data:
        raise ValidationError(str(message))
