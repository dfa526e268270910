"""Forms of the events desk about what belongs to an event: picture, documents, links."""

from typing import Any, cast

from flask import request
from flask_wtf.file import FileField
from wtforms import SelectField, StringField
from wtforms.validators import StopValidation, ValidationError

from participation.errors import Refused
from participation.events import materials
from participation.events.models import Event
from participation.feature import features
from participation.forms import Form, GermanRequired, LocalizedField, at_most, must_choose, required
from participation.i18n import SOURCE_LANGUAGE, LocalizedText, _l, languages
from participation.media import documents
from participation.media.fields import BROKEN_OFF, PictureField
from participation.media.models import Document
from participation.media.uploads import PatientRequest

FILE_MISSING = _l("Please choose a file.")
ADDRESS_MISSING = _l("Please choose a page, or enter an address.")


class PictureForm(Form):
    """The picture of an event with what can be seen on it."""

    picture = PictureField(_l("Picture"))

    def __init__(self, event: Event) -> None:
        super().__init__(data={"picture": event.picture})


class DocumentForm(Form):
    """A PDF file, what it is called, and its language; the file comes last, so that all words arrive before it."""

    title = StringField(_l("What is the document called?"), [required(), at_most(200)])
    language = SelectField(_l("Language of the document"), [must_choose()], default=SOURCE_LANGUAGE)
    file = FileField(_l("PDF file"))
    taken: Document | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.language.choices = [(one.tag, one.name) for one in languages()]

    def validate_file(self, field: FileField) -> None:
        """Taken in here, so that what is wrong about it stands beside it and no word is lost (A11)."""
        sent = cast(PatientRequest, request)
        if sent.is_cut:
            raise StopValidation(str(documents.DocumentTooLarge().message))
        if sent.is_broken:
            raise StopValidation(str(BROKEN_OFF))
        if not getattr(field.data, "filename", ""):
            raise StopValidation(str(FILE_MISSING))
        if self.title.errors:
            return  # the title was looked at before; it will be sent once more anyway
        try:
            self.taken = documents.take(field.data, self.title.data.strip(), self.language.data)
        except Refused as refused:
            raise ValidationError(str(refused)) from refused


class LinkForm(Form):
    """A page of this house from a list, or any address; a page from the list brings its title."""

    page = SelectField(_l("A page of this website"))
    address = StringField(_l("Or an address"))
    title = LocalizedField(_l("What does the link say?"))

    def __init__(self) -> None:
        super().__init__()
        self.pages = known_pages()
        self.page.choices = [("", _l("Another address")), *((path, str(title)) for path, title in self.pages.items())]

    def validate_address(self, _field: StringField) -> None:
        if not self.chosen:
            raise ValidationError(str(ADDRESS_MISSING))

    def validate_title(self, field: LocalizedField) -> None:
        if not self.page.data:
            GermanRequired()(self, field)

    @property
    def chosen(self) -> str:
        """The address that is meant."""
        return self.page.data or (self.address.data or "").strip()

    @property
    def wording(self) -> LocalizedText:
        """What the link says: the words typed, or else the title of the page."""
        typed = self.title.data or LocalizedText()
        known = self.pages.get(self.page.data or "", "")
        own = known if isinstance(known, LocalizedText) else LocalizedText({SOURCE_LANGUAGE: str(known)})
        return LocalizedText({**own, **typed})


def known_pages() -> dict[str, Any]:
    """What the rooms of the house show at present, by its address: surveys, calls for ideas, other events."""
    entries = [entry for room in features() if room.entries for entry in room.entries()]
    return {materials.address_to_keep(entry.url.removeprefix(request.script_root)): entry.title for entry in entries}
