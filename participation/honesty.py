"""The check against robots: an empty field that only robots fill, and a moment that only robots do not take.

There is no riddle and no proof of work: both need scripts or sharp eyes, the limits per sender slow down whoever gets
past this, and moderators look at the rest. Nobody's text is ever lost: the form comes back with one more sentence, and
a person presses the button once more.
"""

from typing import Any

from flask import current_app, request
from itsdangerous import BadSignature, TimestampSigner
from markupsafe import Markup

from participation import clock
from participation.forms import Form
from participation.i18n import _, _l

EMPTY, OPENED = FIELDS = ("website", "opened")
LEAST_SECONDS = 3
TOO_FAST = _l("That was very fast. Please press the button once more, so that we know that you are a person.")
NOT_EMPTY = _l("The field “Leave this empty” is a trap for robots. Please empty it and press the button once more.")


class HonestForm(Form):
    """A form that is open to everybody, and asks robots to show themselves. `form_page` writes its two fields."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Only what is right in every other way is held back for this: else the form comes back anyhow."""
        if not super().validate(extra_validators):  # type: ignore[no-untyped-call]  # WTForms has no types
            return False
        if is_watchful():
            if request.form.get(EMPTY, ""):
                self.form_errors.append(str(NOT_EMPTY))
            elif _seconds_open(request.form.get(OPENED, "")) < LEAST_SECONDS:
                self.form_errors.append(str(TOO_FAST))
        return not self.form_errors

    @property
    def honesty_fields(self) -> Markup:
        """The trap, which shows itself to whoever fell into it, and the moment at which the form was opened first."""
        fallen = request.form.get(EMPTY, "")
        return Markup(
            '<div class="{0}"><label for="{1}">{2}</label> '
            '<input type="text" id="{1}" name="{1}" value="{3}" autocomplete="off"{4}></div>'
            '<input type="hidden" name="{5}" value="{6}">'
        ).format(
            "field wrong" if fallen else "visually-hidden",
            EMPTY,
            _("Leave this empty"),
            fallen,
            "" if fallen else Markup(' tabindex="-1"'),
            OPENED,
            _opened(),
        )


def is_watchful() -> bool:
    """Whether forms ask at all; tests of other things do without."""
    return bool(current_app.config.get("HONESTY_ENABLED", not current_app.testing))


class _Signer(TimestampSigner):
    """Signs with the clock of the house."""

    def get_timestamp(self) -> int:
        return int(clock.now().timestamp())


def _signer() -> _Signer:
    return _Signer(str(current_app.secret_key), salt="a form was opened")


def _opened() -> str:
    """When this form was opened first; a moment we did not sign does not count."""
    carried = request.form.get(OPENED, "")
    return carried if _moment(carried) is not None else _signer().sign(b"form").decode()


def _seconds_open(signed: str) -> float:
    opened = _moment(signed)
    return (clock.now().timestamp() - opened) if opened is not None else 0


def _moment(signed: str) -> float | None:
    try:
        _value, opened = _signer().unsign(signed.encode(), return_timestamp=True)
    except (BadSignature, UnicodeError):
        return None
    return opened.timestamp()
