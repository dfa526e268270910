"""What somebody may fill in who supports an idea."""

from wtforms import BooleanField
from wtforms.validators import ValidationError

from participation.contacts.forms import ContactField
from participation.forms import Form
from participation.i18n import _l

TICK_IT = _l("Please tick this box if we may write to you. If not, please leave the e-mail address empty.")
NO_ADDRESS = _l("Please enter your e-mail address, or leave the box empty.")


class SupportForm(Form):
    """A button; whoever wants to hear what becomes of the idea leaves an address and says so (D3)."""

    email = ContactField(_l("Your e-mail address"))
    wants_mail = BooleanField(_l("Yes, write to me when something happens with this idea."))

    def validate_email(self, field: ContactField) -> None:
        """Who wants mail needs an address."""
        if self.wants_mail.data and not field.data and not field.errors:
            raise ValidationError(str(NO_ADDRESS))

    def validate_wants_mail(self, field: BooleanField) -> None:
        """An address alone is no consent."""
        if self.email.data and not field.data:
            raise ValidationError(str(TICK_IT))
