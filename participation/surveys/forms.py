"""Forms of the surveys desk."""

from typing import Any

from wtforms import RadioField, StringField
from wtforms.validators import Optional

from participation.forms import (
    Form,
    GermanRequired,
    LocalizedField,
    LocalizedRichField,
    MomentField,
    NeededToPublish,
    NumberField,
    at_most,
    between,
    check_order,
    must_choose,
    number_needed,
    required,
)
from participation.i18n import _l
from participation.surveys.operations import EndsBeforeItBegins


class SettingsForm(Form):
    """What is said about a survey, and the rules for its result."""

    title = LocalizedField(_l("Title"), [GermanRequired()])
    introduction = LocalizedRichField(_l("Introduction: shown before the first question"))
    purpose = LocalizedField(_l("Purpose: what is the survey for?"), is_long=True)
    legal_basis = LocalizedField(_l("Legal basis: which law or consent allows it?"), is_long=True)
    person_in_charge = StringField(_l("Person in charge"), [NeededToPublish(), at_most(200)])
    retention_days = NumberField(
        _l("How many days after the end are the responses deleted?"), [number_needed(), between(1, 3650)]
    )
    minimum_cell = NumberField(
        _l("Smallest number of answers that a result shows"), [number_needed(), between(3, 1000)]
    )


class ScheduleForm(Form):
    """From when to when residents may answer."""

    opens_at = MomentField(_l("Opens on"), [Optional()])
    closes_at = MomentField(_l("Closes on"), [Optional()])

    def validate_closes_at(self, field: MomentField) -> None:
        check_order(self.opens_at, field, EndsBeforeItBegins.message)


class PurposeForm(Form):
    """Why somebody looks at texts that may name people (D15)."""

    purpose = StringField(_l("What do you need the texts for?"), [required(), at_most(300)])


class ExportForm(Form):
    """What to download, in which form, and what for."""

    kind = RadioField(_l("What do you want to download?"), [must_choose()])
    form = RadioField(_l("File format"), [must_choose()], default="xlsx")
    purpose = StringField(_l("What do you need the file for?"), [required(), at_most(300)])

    def offer(self, kinds: list[tuple[str, Any]]) -> None:
        """Only what this person may download."""
        self.kind.choices = kinds
        self.form.choices = [("xlsx", _l("Excel workbook (XLSX)")), ("csv", _l("Plain table (CSV)"))]
