"""What somebody fills in who sends, changes or takes back an idea."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from participation.contacts.forms import ContactField
from participation.contributions.forms import typed_line, typed_text, written_languages
from participation.contributions.models import Contribution
from participation.contributions.sending import Words
from participation.districts import queries as districts
from participation.districts.models import Area
from participation.forms import Form, LineField, OnceForm, at_most, required
from participation.honesty import HonestForm
from participation.i18n import _, _l
from participation.ideas import places
from participation.ideas.models import Call, Category, Idea
from participation.ideas.sending import Spot
from participation.media.fields import PictureField
from participation.reading import Unreadable, western

LONGEST_TITLE = 200
LONGEST_TEXT = 5_000
HALF_A_POINT = _l("A point on the map needs both numbers. Please choose the place again, or leave both empty.")
ELSEWHERE = _l("This place lies outside the area that this call is about. Please choose another place.")


class CoordinateField(LineField):
    """Degrees with a point or a comma; the map fills them in, and whoever knows them may type them."""

    kind = "coordinate"

    def __init__(self, label: Any, most: int, **options: Any) -> None:
        super().__init__(label, **options)
        self.most = most

    def _value(self) -> str:
        kept = "" if self.data is None else f"{self.data:.{places.DIGITS}f}"
        return str(self.raw_data[0]) if self.raw_data else kept

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = western(valuelist[0]).replace(",", ".") if valuelist else ""
        if typed:
            try:
                number = places.rounded(float(typed[:40]))
            except ValueError as error:
                raise ValueError(str(places.NOT_ON_EARTH)) from error
            if not abs(number) <= self.most:  # also what is no number at all
                raise ValueError(str(places.NOT_ON_EARTH))
            self.data = number


class PlaceForm(Form):
    """The place: in words, as an area from the list, as a point on the map, or nothing at all."""

    place = StringField(_l("Place"), [at_most(200)], filters=[typed_line])
    area_id = SelectField(_l("Part of the city"), [Optional()], coerce=str)
    latitude = CoordinateField(_l("Latitude"), 90)
    longitude = CoordinateField(_l("Longitude"), 180)

    def offer_areas(self, call: Call | None) -> None:
        """The areas of the call, or those of the whole city."""
        layer = districts.default_layer()
        self.call_areas = list(call.areas) if call else []
        present = self.call_areas or (districts.areas(layer) if layer else [])
        self.offered_areas: dict[str, Area] = {str(area.id): area for area in present}
        names = [SelectChoice(key, str(area.name)) for key, area in self.offered_areas.items()]
        self.area_id.choices = [SelectChoice("", _("Please choose")), *names]

    def validate_longitude(self, field: CoordinateField) -> None:
        """A point has two numbers, and lies in the city."""
        if field.errors or self.latitude.errors:
            return
        if (field.data is None) != (self.latitude.data is None):
            raise ValidationError(str(HALF_A_POINT))
        if field.data is not None:
            try:
                places.check_point(self.latitude.data, field.data)
            except Unreadable as error:
                raise ValidationError(str(error)) from error

    def validate_place(self, _field: StringField) -> None:
        """A call for some areas takes ideas for these only, as far as one can tell."""
        if not self.call_areas:
            return
        layers = {area.layer_id for area in self.call_areas}
        known = {area.id for area in self.spot.areas if area.layer_id in layers}
        if known and not known & {area.id for area in self.call_areas}:
            raise ValidationError(str(ELSEWHERE))

    @property
    def spot(self) -> Spot:
        """Where it is, with all areas that follow from it."""
        latitude, longitude = self.latitude.data, self.longitude.data
        point = (latitude, longitude) if latitude is not None and longitude is not None else None
        place, chosen = self.place.data or "", self.offered_areas.get(self.area_id.data or "")
        return Spot(
            place=place,
            latitude=point[0] if point else None,
            longitude=point[1] if point else None,
            areas=tuple(places.areas_for(place, chosen.id if chosen else None, latitude, longitude)),
        )


class WordsForm(Form):
    """Title, text and name, as they stand in every form about an idea."""

    title = StringField(_l("Title of your idea"), [required(), at_most(LONGEST_TITLE)], filters=[typed_line])
    text = TextAreaField(_l("What is your idea?"), [required(), at_most(LONGEST_TEXT)], filters=[typed_text])
    author_name = StringField(_l("Your name, as others may read it"), [at_most(120)], filters=[typed_line])
    language = SelectField(_l("Which language is the text written in?"), [required()], coerce=str)

    def offer_languages(self) -> None:
        self.language.choices = written_languages()

    @property
    def words(self) -> Words:
        """What is written, and who says it."""
        return Words(
            title=self.title.data, text=self.text.data, language=self.language.data, author_name=self.author_name.data
        )


def offer_categories(form: Any, call: Call) -> None:
    """The categories of the call; without any there is nothing to choose."""
    form.categories = {str(category.id): category for category in call.categories}
    form.category.choices = [SelectChoice(key, category.name) for key, category in form.categories.items()]
    if not form.categories:
        del form.category


def chosen_category(form: Any) -> Category | None:
    """The category that was chosen, if any."""
    known: dict[str, Category] = form.categories
    return known.get(form.category.data or "") if "category" in form else None


def _facts_of(contribution: Contribution) -> dict[str, Any]:
    """What stands in the form when its author begins to change it."""
    facts = {name: getattr(contribution, name) for name in ("title", "text", "language", "author_name", "version")}
    if isinstance(contribution, Idea):
        facts |= {name: getattr(contribution, name) for name in ("place", "latitude", "longitude")}
        default = next((area for area in contribution.areas if area.layer.is_default), None)
        facts["area_id"] = str(default.id) if default else ""
        facts["picture"] = contribution.picture
        facts["category"] = str(contribution.category_id or "")
    return facts


class IdeaForm(OnceForm, HonestForm, PlaceForm, WordsForm):
    """A new idea. The file comes last, so that every word has arrived before a large picture does."""

    category = RadioField(_l("What is it about?"), [Optional()], coerce=str)
    email = ContactField(_l("Your e-mail address"))
    picture = PictureField(_l("A picture"))

    def __init__(self, call: Call, **options: Any) -> None:
        super().__init__(**options)
        offer_categories(self, call)
        self.offer_areas(call)
        self.offer_languages()

    @property
    def fields_in_order(self) -> list[Any]:
        """As they stand on the page."""
        names = ("title", "text", "category", "place", "area_id", "latitude", "longitude", "author_name", "email")
        return [self[name] for name in (*names, "picture", "language") if name in self]


class ChangeForm(PlaceForm, WordsForm):
    """What its author changes about an idea or a comment."""

    version = HiddenField()
    category = RadioField(_l("What is it about?"), [Optional()], coerce=str)
    picture = PictureField(_l("A picture"))

    def __init__(self, contribution: Contribution, **options: Any) -> None:
        idea = contribution if isinstance(contribution, Idea) else None
        super().__init__(data=_facts_of(contribution), **options)
        self.offer_languages()
        self.offer_areas(idea.call if idea else None)
        if idea is None:
            for name in ("title", "place", "area_id", "latitude", "longitude", "category", "picture"):
                delattr(self, name)
        else:
            offer_categories(self, idea.call)

    @property
    def version_seen(self) -> int:
        """Which wording its author was looking at; what is no number is none of them."""
        return int(self.version.data) if (self.version.data or "").isdecimal() else 0

    @property
    def fields_in_order(self) -> list[Any]:
        """As they stand on the page."""
        names = ("title", "text", "language", "category", "place", "area_id", "latitude", "longitude", "author_name")
        return [self[name] for name in (*names, "picture") if name in self]


class ContactForm(Form):
    """Where to write to."""

    email = ContactField(_l("Your e-mail address"))


class NotSolvedForm(Form):
    """What is still missing."""

    text = TextAreaField(_l("What is still missing?"), [required(), at_most(1_000)], filters=[typed_text])
