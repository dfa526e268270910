"""Forms for signing in, for one's own account, and for those who look after the accounts of others."""

import re
from typing import Any

from wtforms import BooleanField, EmailField, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from participation.accounts import queries
from participation.accounts.models import Role
from participation.accounts.passwords import MOST
from participation.forms import DayField, Form, at_most, must_choose, required
from participation.i18n import _, _l

ROLE_NAMES = {
    Role.ADMINISTRATOR: _l("Administrator"),
    Role.EDITOR: _l("Editor"),
    Role.MODERATOR: _l("Moderator"),
    Role.COUNCIL_SECRETARY: _l("Council secretary"),
    Role.ANALYST: _l("Analyst"),
    Role.PRIVACY_OFFICER: _l("Privacy officer"),
}
WHOLE_CITY = _l("The whole city")


def email_address(_form: Any, field: Any) -> None:
    """Refuse what cannot be an e-mail address; whether it exists only a mail would tell."""
    if not re.fullmatch(r"[^\s@<>\"]+@[^\s@<>\".]+(\.[^\s@<>\".]+)+", (field.data or "").strip()):
        raise ValidationError(str(_l("Please enter an e-mail address, for example name@city.example.")))


class SignInForm(Form):
    email = EmailField(_l("E-mail address"), [required(), at_most(254)])
    password = PasswordField(_l("Password"), [required(), at_most(MOST)])
    next = HiddenField()


class CodeForm(Form):
    code = StringField(_l("Code from your authenticator app"), [required(), at_most(40)])


class RecoveryCodeForm(Form):
    code = StringField(_l("Recovery code"), [required(), at_most(40)])


class NewSecondFactorForm(CodeForm):
    password = PasswordField(_l("Your password"), [required(), at_most(MOST)])


class PasswordForm(Form):
    password = PasswordField(_l("Your password"), [required(), at_most(MOST)])


class NewPasswordForm(Form):
    new_password = PasswordField(_l("New password"), [required()])


class ChangePasswordForm(Form):
    password = PasswordField(_l("Your password until now"), [required(), at_most(MOST)])
    new_password = PasswordField(_l("New password"), [required()])


def _area_or_none(value: Any) -> int | None:
    return int(value) if value not in {"", None, "None"} else None


def _role_or_none(value: Any) -> Role | None:
    return Role(value) if value else None


class RoleForm(Form):
    """A role must be chosen: none of them is given by not looking."""

    role = SelectField(_l("Role"), [must_choose()], coerce=_role_or_none)
    area_id = SelectField(_l("Limited to a district"), coerce=_area_or_none)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [SelectChoice(role.value, str(name)) for role, name in ROLE_NAMES.items()]
        self.role.choices = [SelectChoice("", _("Please choose")), *roles]
        areas = [SelectChoice(str(area.id), str(area.name)) for area in queries.areas()]
        self.area_id.choices = [SelectChoice("", str(WHOLE_CITY)), *areas]


class InvitationForm(RoleForm):
    name = StringField(_l("Name"), [required(), at_most(120)])
    email = EmailField(_l("E-mail address"), [required(), at_most(254), email_address])

    @property
    def fields_in_order(self) -> list[Any]:
        """First who it is, then what they may."""
        return [self.name, self.email, self.role, self.area_id]


class LinkForm(Form):
    renews_second_factor = BooleanField(_l("The second factor must be set up again as well"))


def _number_or_none(value: Any) -> int | None:
    return int(value) if value else None


class AuditFilter(Form):
    """What to show of the audit log. It is sent with GET, so it carries no token and changes nothing."""

    class Meta(Form.Meta):
        csrf = False

    action = SelectField(_l("Action"), default="")
    staff_id = SelectField(_l("Who"), coerce=_number_or_none)
    first_day = DayField(_l("From this day"))
    last_day = DayField(_l("Up to this day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.action.choices = [SelectChoice("", _("All actions")), *map(SelectChoice, queries.audit_actions())]
        people = [SelectChoice(str(number), name) for number, name in queries.names()]
        self.staff_id.choices = [SelectChoice("", _("Everybody")), *people]
