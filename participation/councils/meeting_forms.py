"""Forms of the councils' desk about meetings and what stands on their agendas."""

from typing import Any, cast

from flask import request
from flask_wtf.file import FileField
from wtforms import BooleanField, SearchField, SelectField, StringField
from wtforms.validators import Optional, StopValidation, ValidationError

from participation import clock
from participation.councils import papers
from participation.councils.meeting_models import AgendaItem, Meeting, Paper, PaperKind
from participation.councils.meeting_words import PAPER_KINDS
from participation.councils.meetings import LONGEST, EndsBeforeItBegins, TooLong
from participation.councils.models import Council
from participation.errors import Refused
from participation.forms import (
    DayField,
    Form,
    GermanRequired,
    LocalizedField,
    MomentField,
    at_most,
    check_order,
    must_choose,
    required,
)
from participation.i18n import SOURCE_LANGUAGE, LocalizedText, _, _l, languages
from participation.marks import broken_links
from participation.media import documents
from participation.media.fields import BROKEN_OFF
from participation.media.models import Document
from participation.media.uploads import PatientRequest
from participation.places.choosing import places_to_choose, spot_key, spots
from participation.reading import is_web_address

NO_WEB_ADDRESS = _l("Please enter a web address that begins with https://.")
PROPOSALS_TOO_LATE = _l("Items are proposed before the meeting. Please choose an earlier day.")
BROKEN_LINK = _l("This link leads nowhere: %(address)s. Please use an address that begins with https://.")
TEXT_TOO_LONG = _l("This text is too long. Please put it into a paper.")
TITLE_TOO_LONG = _l("This title is too long. At most 250 characters fit here.")
FILE_MISSING = _l("Please choose a file.")
LONGEST_TITLE, LONGEST_TEXT = 250, 20_000


class ShortTexts:
    """In no language longer than fits where it is shown."""

    def __init__(self, most: int, message: Any) -> None:
        self.most, self.message = most, message

    def __call__(self, _form: Any, field: LocalizedField) -> None:
        if any(len(words) > self.most for words in (field.data or {}).values()):
            raise ValidationError(str(self.message))


SHORT, NOT_ENDLESS = ShortTexts(LONGEST_TITLE, TITLE_TOO_LONG), ShortTexts(LONGEST_TEXT, TEXT_TOO_LONG)


class MeetingForm(Form):
    """When and where a council meets, and who may sit in."""

    starts_at = MomentField(_l("Begins"), [required()])
    ends_at = MomentField(_l("Ends"), [required()])
    where = SelectField(_l("Place and room"))
    online_address = StringField(_l("Web address for taking part online"), [at_most(500)])
    is_public = BooleanField(_l("Residents may come and listen"))
    proposals_until = DayField(_l("Until which day can items be proposed?"), [Optional()])
    title = LocalizedField(_l("Title of the meeting, if it has one of its own"), [SHORT])
    note = LocalizedField(_l("What should visitors know?"), [NOT_ENDLESS], is_long=True)

    def __init__(self, council: Council, meeting: Meeting | None = None) -> None:
        super().__init__(obj=meeting, data=None if meeting else {"is_public": council.meetings_are_public})
        self.spots = spots(places_to_choose(meeting.place if meeting else None))
        self.where.choices = [("", _("No place yet")), *((key, label) for key, (_spot, label) in self.spots.items())]
        if meeting is not None and self.where.raw_data is None:
            self.where.data = spot_key(meeting.place_id, meeting.room_id)

    def validate_ends_at(self, field: MomentField) -> None:
        check_order(self.starts_at, field, EndsBeforeItBegins.message)
        if self.starts_at.data and field.data and field.data - self.starts_at.data > LONGEST:
            raise ValidationError(str(TooLong.message))

    def validate_online_address(self, field: StringField) -> None:
        field.data = (field.data or "").strip()
        if field.data and not is_web_address(field.data):
            raise ValidationError(str(NO_WEB_ADDRESS))

    def validate_proposals_until(self, field: DayField) -> None:
        starts_at = self.starts_at.data
        if field.data and starts_at and field.data > starts_at.astimezone(clock.BERLIN).date():
            raise ValidationError(str(PROPOSALS_TOO_LATE))

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        (place, room), _label = self.spots.get(given.pop("where") or "", ((None, None), ""))
        return {**given, "place": place, "room": room}


class CancelForm(Form):
    """Why a meeting does not take place."""

    reason = LocalizedField(_l("Why does the meeting not take place?"), [GermanRequired(), NOT_ENDLESS], is_long=True)


class ItemForm(Form):
    """One item of an agenda."""

    title = LocalizedField(_l("Title"), [GermanRequired(), SHORT])
    text = LocalizedField(_l("What is it about?"), [NOT_ENDLESS], is_long=True)
    brought_by = StringField(_l("Who brings it in?"), [at_most(200)])
    is_part = BooleanField(_l("It is a part of the item before it"))
    is_public = BooleanField(_l("Everybody may read it"), default=True)
    public_title = LocalizedField(_l("Neutral title of a confidential item"), [SHORT])

    def __init__(self, item: AgendaItem | None = None, *, is_order_free: bool = True) -> None:
        super().__init__(obj=item)
        if item is not None and not is_order_free:
            del self.is_part

    def validate_text(self, field: LocalizedField) -> None:
        for words in (field.data or LocalizedText()).values():
            for address in broken_links(words):
                raise ValidationError(BROKEN_LINK % {"address": address})


class LinkSearchForm(Form):
    """Words to look for in all that everybody can read."""

    class Meta(Form.Meta):
        csrf = False  # it only asks

    q = SearchField(_l("Words to look for"), [at_most(200)])


class PaperForm(Form):
    """A paper with its file, which comes last, so that all words arrive before it."""

    reference = StringField(_l("Reference"), [required(), at_most(40)])
    title = LocalizedField(_l("Title"), [GermanRequired(), SHORT])
    kind = SelectField(_l("Kind of paper"), [must_choose()], coerce=PaperKind)
    dated_on = DayField(_l("Date of the paper"), [required()])
    is_public = BooleanField(_l("Everybody may read it, as soon as the agenda is published"), default=True)
    is_authoritative = BooleanField(_l("It is decided under this item"))
    language = SelectField(_l("Language of the document"), [must_choose()], default=SOURCE_LANGUAGE)
    file = FileField(_l("PDF file"))
    taken: Document | None = None

    def __init__(self, council: Council, paper: Paper | None = None) -> None:
        today = clock.today()
        suggested = {"reference": papers.next_reference(council, today), "dated_on": today}
        super().__init__(obj=paper, data=None if paper else suggested)
        self.paper = paper
        self.kind.choices = [(one.value, words) for one, words in PAPER_KINDS.items()]
        self.language.choices = [(one.tag, one.name) for one in languages()]
        if paper is not None:
            del self.is_authoritative
            if self.language.raw_data is None and paper.document is not None:
                self.language.data = paper.document.language
        if self.kind.raw_data is None:
            self.kind.data = (paper.kind if paper else PaperKind.OTHER).value

    def validate_file(self, field: FileField) -> None:
        """Taken in here, so that what is wrong about it stands beside it and no word is lost (A11)."""
        sent = cast(PatientRequest, request)
        if sent.is_cut:
            raise StopValidation(str(documents.DocumentTooLarge().message))
        if sent.is_broken:
            raise StopValidation(str(BROKEN_OFF))
        if not getattr(field.data, "filename", ""):
            if self.paper is None or self.paper.document is None:
                raise StopValidation(str(FILE_MISSING))
            return
        if self.title.errors:
            return  # the words were looked at before; they will be sent once more anyway
        try:
            self.taken = documents.take(field.data, self.title.data["de"][:200], self.language.data)
        except Refused as refused:
            raise ValidationError(str(refused)) from refused

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        del given["language"], given["file"]
        return {**given, "reference": given["reference"].strip(), "document": self.taken}


class KnownPaperForm(Form):
    """A paper that the council has already."""

    paper = SelectField(_l("Paper"), [must_choose()], coerce=int)
    is_authoritative = BooleanField(_l("It is decided under this item"))

    def __init__(self, offered: list[Paper]) -> None:
        super().__init__()
        self.offered = {one.id: one for one in offered}
        self.paper.choices = [(one.id, f"{one.reference}: {one.title}") for one in offered]
