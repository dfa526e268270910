"""The forms of the districts room."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, Field, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from participation.districts import operations, queries, streets
from participation.districts.models import Area, ImportKind, Layer
from participation.districts.rows import LONGEST_CODE, LONGEST_NAME, MOST_RESIDENTS
from participation.forms import (
    DayField,
    Form,
    GermanRequired,
    LocalizedField,
    NumberField,
    at_most,
    between,
    check_order,
    must_choose,
    required,
)
from participation.i18n import _, _l
from participation.text_matching import order_key


def short_names(_form: Form, field: Field) -> None:
    """No language makes the name of a place longer than this."""
    if any(len(text) > LONGEST_NAME for text in (field.data or {}).values()):
        raise ValidationError(str(_l("This text is too long. At most %(max)d characters fit here.", max=LONGEST_NAME)))


class StreetForm(Form):
    """Which street; the answer names areas, and the street is forgotten."""

    street = StringField(_l("Street and house number"), [required(), at_most(streets.LONGEST)])


class LayerForm(Form):
    """A way to divide the city."""

    slug = StringField(
        _l("Short name"),
        [required(), at_most(60)],
        description=_l("Small letters, digits and hyphens, for example stadtbezirke. Addresses and surveys use it."),
    )
    name = LocalizedField(_l("Name"), [GermanRequired(), short_names])
    is_default = BooleanField(_l("Surveys use this layer unless they name another one"))

    def validate_slug(self, field: StringField) -> None:
        if not operations.SLUG.fullmatch(field.data or ""):
            raise ValidationError(str(operations.SlugUnusable.message))


class AreaForm(Form):
    """What is known of an area."""

    name = LocalizedField(_l("Name"), [GermanRequired(), short_names])
    valid_from = DayField(_l("Valid from"))
    valid_to = DayField(_l("Valid until (last day)"))
    residents = NumberField(_l("Residents"), [Optional(), between(0, MOST_RESIDENTS)])
    merged_into_id = SelectField(
        _l("In results, count together with"),
        coerce=lambda value: int(value) if value else None,
        description=_l("Choose a neighbour when so few people live here that results could show single persons."),
    )

    def offer_neighbours(self, layer: Layer, area: Area | None) -> None:
        """The other areas of the layer."""
        others = [one for one in queries.areas_by_id(layer).values() if area is None or one.id != area.id]
        others.sort(key=lambda one: order_key(str(one.name)))
        self.merged_into_id.choices = [
            SelectChoice("", _("No other area")),
            *(SelectChoice(str(one.id), f"{one.name} ({one.code})") for one in others),
        ]

    def validate_valid_to(self, field: DayField) -> None:
        check_order(self.valid_from, field, _l("The last day must be after the first day."))


class NewAreaForm(AreaForm):
    """An area that is entered by hand."""

    code = StringField(
        _l("Code"),
        [required(), at_most(LONGEST_CODE)],
        description=_l("The number or abbreviation that the city uses. It cannot be changed later."),
    )


class UploadForm(Form):
    """A file to import."""

    kind = RadioField(
        _l("What is in the file?"),
        [must_choose()],
        default=ImportKind.AREAS.value,
    )
    file = FileField(_l("File"), [FileRequired(_l("Please choose a file."))])
    is_complete = BooleanField(_l("The street file is complete: remove streets that are not in it"))

    def offer_kinds(self) -> None:
        """What a file may hold."""
        self.kind.choices = [
            SelectChoice(ImportKind.AREAS.value, _("Areas of this layer (GeoJSON or CSV)")),
            SelectChoice(ImportKind.STREETS.value, _("Streets and the areas they lie in (CSV)")),
        ]


class PropertiesForm(Form):
    """Which properties of a GeoJSON file hold the name and the code."""

    name_property = SelectField(_l("Property that holds the name"))
    code_property = SelectField(_l("Property that holds the code"))

    def offer(self, properties: list[str]) -> None:
        """The properties of the file."""
        choices = [SelectChoice("", _("Recognise by the usual words")), *map(SelectChoice, properties)]
        self.name_property.choices = self.code_property.choices = choices
