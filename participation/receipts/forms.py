"""The one form of this room: the code."""

from wtforms import StringField
from wtforms.validators import ValidationError

from participation.forms import Form, at_most, required
from participation.i18n import LazyText, _, _l
from participation.receipts import codes

SLIPS: dict[codes.Slip, LazyText] = {
    codes.Slip.LENGTH: _l("A receipt code has 12 characters. Please check whether one is missing or too many."),
    codes.Slip.CHECK: _l(
        "One character seems wrong, or two characters have changed places. Please compare the code with your receipt."
    ),
}
UNKNOWN = _l(
    "We do not know this receipt. Perhaps the matter was withdrawn, or it was deleted because its time was over."
)


class CodeForm(Form):
    """A receipt code, typed in any habit of writing."""

    code = StringField(_l("Code on your receipt"), [required(), at_most(100)])

    def validate_code(self, field: StringField) -> None:
        """Tell what is wrong as precisely as can be done without telling whether such a receipt exists."""
        slip = codes.slip(field.data or "")
        if slip is codes.Slip.CHARACTERS:
            strangers = " ".join(codes.strangers(field.data))
            raise ValidationError(
                _("These characters never occur in a receipt code: %(characters)s", characters=strangers)
            )
        if slip:
            raise ValidationError(str(SLIPS[slip]))
