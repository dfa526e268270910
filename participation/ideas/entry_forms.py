"""The one screen on which staff write down an idea for somebody."""

from typing import Any

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from participation.contacts.forms import ContactField
from participation.contributions.forms import page_language
from participation.forms import OnceForm, must_choose
from participation.i18n import LazyText, _, _l
from participation.ideas import queries
from participation.ideas.models import Call, Category, Source
from participation.ideas.sending_forms import PlaceForm, WordsForm
from participation.media.fields import PictureField

SOURCES: dict[Source, LazyText] = {
    Source.DESK: _l("At the desk"),
    Source.TELEPHONE: _l("On the telephone"),
    Source.PLAYGROUND: _l("Outside, as on a playground"),
}
ANOTHER_CALL = _l("This category belongs to another call. Please choose again.")


class EntryForm(OnceForm, PlaceForm, WordsForm):
    """What somebody says, in their words and their language."""

    call = SelectField(_l("Call"), [must_choose()], coerce=str)
    source = RadioField(
        _l("How did the idea come in?"),
        [must_choose()],
        choices=lambda: [SelectChoice(source.value, str(label)) for source, label in SOURCES.items()],
    )
    category = SelectField(_l("Category"), [Optional()], coerce=str)
    email = ContactField(
        _l("E-mail address of the person"),
        description=_l("We send a mail with a link to it. The address counts only when the person opens the link."),
    )
    picture = PictureField(_l("A picture"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._speak_to_staff()
        self.calls: dict[str, Call] = {str(one.id): one for one in queries.open_calls()}
        self.call.choices = [SelectChoice(key, str(one.title)) for key, one in self.calls.items()]
        found = queries.categories(self.calls.values())
        self.categories: dict[str, Category] = {str(one.id): one for one in found}
        titles = {key: self.calls[str(one.call_id)].title for key, one in self.categories.items()}
        named = [SelectChoice(key, f"{titles[key]}: {one.name}") for key, one in self.categories.items()]
        self.category.choices = [SelectChoice("", _("Please choose")), *named]
        self.offer_areas(None)
        self.offer_languages()
        if not self.language.data:
            self.language.data = page_language()

    def _speak_to_staff(self) -> None:
        """The words are those of somebody else: no "your" in what staff are asked for."""
        self.title.label.text = _l("Title")
        self.text.label.text = _l("The idea")
        self.author_name.label.text = _l("Name")

    def validate_category(self, _field: SelectField) -> None:
        """Each call has categories of its own."""
        chosen = self.chosen_category
        if chosen is not None and str(chosen.call_id) != self.call.data:
            raise ValidationError(str(ANOTHER_CALL))

    @property
    def chosen_category(self) -> Category | None:
        return self.categories.get(self.category.data or "")

    @property
    def chosen_call(self) -> Call:
        return self.calls[self.call.data]

    @property
    def fields_in_order(self) -> list[Any]:
        """As they stand on the page."""
        names = ("call", "source", "title", "text", "language", "category", "place", "area_id", "latitude", "longitude")
        return [self[name] for name in (*names, "author_name", "email", "picture")]
