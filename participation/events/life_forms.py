"""Forms about the life of an event: publish, cancel, move, duplicate, repeat, and what comes afterwards."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import request
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from participation.events.event_forms import TimesForm
from participation.events.models import Event, Rhythm
from participation.forms import (
    DayField,
    Form,
    GermanRequired,
    LocalizedField,
    LocalizedRichField,
    MomentField,
    NumberField,
    between,
    must_choose,
    number_needed,
    required,
)
from participation.i18n import LazyText, _, _l, format_day
from participation.media.fields import PictureField

NOW, LATER, ALL = "now", "later", "all"
MOMENT_MISSING = _l("Please say when the event is to be published.")
PHOTO_MISSING = _l("Please choose a photo.")
CHOOSE_DAYS = _l("Please choose at least one day.")
AT_LEAST_ONE = _l("Please choose at least one of them.")

RHYTHMS: dict[Rhythm, LazyText] = {
    Rhythm.WEEKLY: _l("By weeks, on the same day of the week"),
    Rhythm.MONTHLY_BY_DAY: _l("By months, on the same day of the month (for example on the 12th)"),
    Rhythm.MONTHLY_BY_WEEKDAY: _l("By months, on the same weekday (for example on the second Tuesday)"),
}
PARTS: dict[str, LazyText] = {
    "texts": _l("Title, texts, picture, organiser and contact"),
    "topics": _l("Districts and topics"),
    "more": _l("Documents and links"),
    "access": _l("Languages, interpretation, sign language and child care"),
    "duties": _l("Purpose, legal basis and person in charge"),
}


class SeenForm(Form):
    """A form about an event that residents know: it carries which state of it the person has looked at."""

    sequence = HiddenField()

    def __init__(self, event: Event, **options: Any) -> None:
        super().__init__(**options)
        self.event = event
        if self.sequence.raw_data is None:
            self.sequence.data = str(event.sequence)

    @property
    def seen(self) -> int:
        """The sequence of the event when the page was shown."""
        return _number(self.sequence.data or "")


class FollowingForm(Form):
    """For this date alone, or for those after it as well."""

    following = BooleanField(_l("Hand in all later drafts of this series as well"))


class ReleaseForm(Form):
    """Now or at a moment."""

    when = RadioField(
        _l("When will residents see the event?"),
        [must_choose()],
        choices=lambda: [SelectChoice(NOW, _("Now")), SelectChoice(LATER, _("Later, by itself"))],
        default=NOW,
    )
    at = MomentField(_l("If later: when?"))
    following = BooleanField(_l("Publish all later drafts of this series as well"))

    def validate_at(self, field: MomentField) -> None:
        if self.when.data == LATER and field.data is None and not field.errors:
            raise ValidationError(str(MOMENT_MISSING))

    @property
    def moment(self) -> Any:
        """The moment, or None for now."""
        return self.at.data if self.when.data == LATER else None


class CancelForm(SeenForm):
    """Why it does not take place."""

    because = LocalizedField(_l("Why is the event cancelled?"), [GermanRequired()], is_long=True)


class MoveForm(TimesForm):
    """When and where it is now, and a word about it."""

    note = LocalizedField(_l("What do you want to say about it?"), is_long=True)
    sequence = HiddenField()

    def __init__(self, event: Event) -> None:
        super().__init__(event)
        if self.sequence.raw_data is None:
            self.sequence.data = str(event.sequence)

    @property
    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in super().answers.items() if name not in {"note", "sequence"}}

    @property
    def seen(self) -> int:
        """The sequence of the event when the page was shown."""
        return _number(self.sequence.data or "")


class DuplicateForm(Form):
    """When the new one begins."""

    starts_at = MomentField(_l("When does the new event begin?"), [required()])


class RepeatForm(Form):
    """How the event comes again."""

    rhythm = RadioField(
        _l("How does the event come again?"),
        [must_choose()],
        coerce=Rhythm,
        choices=lambda: [SelectChoice(one.value, str(said)) for one, said in RHYTHMS.items()],
    )
    every = NumberField(_l("Every how many weeks or months?"), [number_needed(), between(1, 12)], default=1)
    until_on = DayField(_l("Until which day?"), [required()])


class ExtendForm(Form):
    """How long the series goes on."""

    until_on = DayField(_l("Until which day does the series go on?"), [required()])


class DaysForm(Form):
    """Which of the possible days get an event: holidays are left out by taking away their marks."""

    days = SelectMultipleField(_l("Days"), [InputRequired(CHOOSE_DAYS)], coerce=date.fromisoformat)

    def __init__(self, days: list[date]) -> None:
        shown_first = "days_shown" not in request.form
        super().__init__(formdata=None) if shown_first else super().__init__()
        self.days.choices = [(day.isoformat(), format_day(day, "full")) for day in days]
        if shown_first:
            self.days.data = days


class TakeOverForm(Form):
    """What the following dates take over."""

    parts = SelectMultipleField(_l("What shall the following dates take over?"), [InputRequired(AT_LEAST_ONE)])

    def __init__(self, parts: Mapping[str, Any]) -> None:
        super().__init__()
        self.parts.choices = [(name, PARTS[name]) for name in parts]


class ReportForm(Form):
    """What came of it."""

    report = LocalizedRichField(_l("What happened, and what came of it?"))
    next_steps = LocalizedRichField(_l("What happens with it now?"))
    attended = NumberField(_l("How many people were there?"), [Optional(), between(0, 100_000)])


class PhotoForm(Form):
    """One photo."""

    photo = PictureField(_l("Photo"))

    def validate_photo(self, field: PictureField) -> None:
        if field.data is None and not field.errors:
            raise ValidationError(str(PHOTO_MISSING))


def _number(typed: str) -> int:
    """Nonsense is a state that never was."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else -1
