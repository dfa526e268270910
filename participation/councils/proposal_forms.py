"""The forms about proposals: of whoever proposes something, and of the office that answers."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from participation.contacts.forms import ContactField
from participation.contributions.forms import CommentForm, page_language, typed_line, typed_text, written_languages
from participation.contributions.models import Translation
from participation.contributions.sending import Words
from participation.councils.letter_facts import when
from participation.councils.meeting_models import Meeting
from participation.councils.models import CouncilPerson
from participation.councils.proposal_models import ItemProposal
from participation.forms import Form, GermanRequired, LocalizedField, OnceForm, at_most, must_choose, required
from participation.i18n import LocalizedText, _l

LONGEST_TITLE = 200
LONGEST_TEXT = 5_000


class ProposalForm(OnceForm, CommentForm):
    """What somebody proposes for an agenda. A member who has their receipt at hand gives no address again (A12)."""

    title = StringField(
        _l("What should the council talk about?"), [required(), at_most(LONGEST_TITLE)], filters=[typed_line]
    )
    text = TextAreaField(_l("Why is it important?"), [required(), at_most(LONGEST_TEXT)], filters=[typed_text])

    def __init__(self, member: CouncilPerson | None = None, **options: Any) -> None:
        super().__init__(**options)
        if member is not None:
            del self.email
            if self.author_name.data is None:
                self.author_name.data = member.public_name

    @property
    def fields_in_order(self) -> list[Any]:
        """As they stand on the page."""
        return [self[name] for name in ("title", "text", "language", "author_name", "email") if name in self]

    @property
    def words(self) -> Words:
        """What is proposed, and who says it."""
        return Words(
            title=self.title.data,
            text=self.text.data,
            language=self.language.data,
            author_name=self.author_name.data or "",
        )

    @property
    def address(self) -> str:
        """Where the answer is to be sent, if anywhere."""
        return (self.email.data or "") if "email" in self else ""


class OwnProposalForm(Form):
    """What its author changes about a proposal."""

    version = HiddenField()
    title = StringField(
        _l("What should the council talk about?"), [required(), at_most(LONGEST_TITLE)], filters=[typed_line]
    )
    text = TextAreaField(_l("Why is it important?"), [required(), at_most(LONGEST_TEXT)], filters=[typed_text])
    language = SelectField(_l("Which language is your text written in?"), [must_choose()], coerce=str)
    author_name = StringField(_l("Your name, as others may read it"), [at_most(120)], filters=[typed_line])

    def __init__(self, proposal: ItemProposal) -> None:
        super().__init__(obj=proposal)
        self.language.choices = written_languages()
        if self.language.data is None:
            self.language.data = page_language()

    @property
    def version_seen(self) -> int:
        """Which wording its author was looking at; what is no number is none of them."""
        return number(self.version.data)

    @property
    def words(self) -> Words:
        """The new wording."""
        return Words(
            title=self.title.data,
            text=self.text.data,
            language=self.language.data,
            author_name=self.author_name.data or "",
        )


class ProposalContactForm(Form):
    """Where to write to."""

    email = ContactField(_l("Your e-mail address"))


class TakeForm(Form):
    """Which agenda it comes onto, and in which words."""

    version = HiddenField()
    meeting = SelectField(_l("Meeting"), [must_choose()], coerce=str)
    title = LocalizedField(_l("Title of the agenda item"), [GermanRequired()])
    text = LocalizedField(_l("Text of the agenda item"), is_long=True)
    brought_by = StringField(_l("Who brought it in, as everybody may read it"), [at_most(200)], filters=[typed_line])
    is_public = BooleanField(_l("Everybody may read this item"))

    def __init__(
        self, proposal: ItemProposal, meetings: Sequence[Meeting], translations: Sequence[Translation]
    ) -> None:
        super().__init__(data=suggested(proposal, translations))
        self.meetings = {str(one.id): one for one in meetings}
        self.meeting.choices = [SelectChoice(key, when(one)) for key, one in self.meetings.items()]

    @property
    def chosen(self) -> Meeting:
        """The meeting that was chosen."""
        return self.meetings[self.meeting.data]


def suggested(proposal: ItemProposal, translations: Sequence[Translation]) -> dict[str, Any]:
    """What stands in the form at first: the words of the proposal, and what was translated of them."""
    said = {one.language: (one.title, one.text) for one in translations}
    said[proposal.language] = (proposal.title, proposal.text)
    return {
        "title": LocalizedText({tag: title for tag, (title, _text) in said.items()}),
        "text": LocalizedText({tag: text for tag, (_title, text) in said.items()}),
        "brought_by": proposal.author_name,
        "is_public": True,
        "version": proposal.version,
    }


class DeclineForm(Form):
    """Why it does not come onto an agenda."""

    version = HiddenField()
    reason = TextAreaField(_l("Reason"), [required(), at_most(3_000)], filters=[typed_text])

    def __init__(self, proposal: ItemProposal) -> None:
        super().__init__(data={"version": proposal.version})


def number(typed: Any) -> int:
    """What a hidden field carries as a number; what is none is 0."""
    said = str(typed or "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0
