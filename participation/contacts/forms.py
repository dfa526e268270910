"""The field in which people give an e-mail address, for the forms of every room."""

from typing import Any

from wtforms import EmailField
from wtforms.validators import StopValidation

from participation import mail
from participation.contacts import consent
from participation.forms import Form


class ContactField(EmailField):
    """An optional e-mail address: "" or one that mail servers know. What it is used for stands beside it (D3).

    Templates show it with field(form.email, autocomplete="email"). Staff's forms give their own `description`.
    """

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        options.setdefault("description", consent.TEXT)
        super().__init__(label, validators, **options)  # type: ignore[no-untyped-call]  # WTForms has no types
        self.type = "EmailField"  # the same widget and direction on pages

    def process_formdata(self, valuelist: list[str]) -> None:
        """Strictly, and nothing typed is lost: a mistake comes back as it was typed."""
        self.data = ""
        if valuelist and valuelist[0].strip():
            try:
                self.data = mail.address(valuelist[0])
            except mail.NotAnAddress as refused:
                raise ValueError(str(refused)) from refused

    def pre_validate(self, _form: Any) -> None:
        if self.process_errors:
            raise StopValidation

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else self.data or ""


class ButtonForm(Form):
    """Nothing but a button."""
