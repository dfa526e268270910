"""Forms about the people of the councils: who they are, what they agreed to, and their terms of office."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, SearchField, SelectField, StringField, TelField
from wtforms.validators import Optional

from participation import clock
from participation.contacts.forms import ContactField
from participation.councils import agreements
from participation.councils.council_forms import chosen_from, group_choices
from participation.councils.models import ConsentPurpose, Council, CouncilPerson, Membership, Role
from participation.councils.names import ROLES
from participation.forms import DayField, Form, LocalizedField, at_most, must_choose, required
from participation.i18n import SOURCE_LANGUAGE, _, _l, format_day, languages
from participation.media.fields import PictureField

NOBODY = 0


class FindForm(Form):
    """A name that is looked for; it stands in no address (V21)."""

    words = SearchField(_l("Name"), [required(), at_most(80)])


class PersonForm(Form):
    """Who somebody is, and how the office reaches them."""

    form_of_address = StringField(_l("Form of address"), [at_most(40)])
    academic_title = StringField(_l("Academic title"), [at_most(40)])
    given_name = StringField(_l("First name"), [at_most(80)])
    family_name = StringField(_l("Last name"), [required(), at_most(80)])
    email = ContactField(
        _l("E-mail address"),
        [Optional(), at_most(254)],
        description=_l(
            "Invitations and minutes go there. Without an address they must be sent on paper. It is never published."
        ),
    )
    language = SelectField(_l("Language of the letters"), [must_choose()], default=SOURCE_LANGUAGE)
    phone = TelField(_l("Telephone, for the office only"), [at_most(40)])
    about = LocalizedField(_l("What the person writes about themselves"), is_long=True)

    def __init__(self, person: CouncilPerson | None = None) -> None:
        super().__init__(obj=person)
        self.language.choices = [(one.tag, one.name) for one in languages()]
        if person is not None and person.contact is not None and self.email.raw_data is None:
            self.email.data, self.language.data = person.contact.email, person.contact.language

    @property
    def answers(self) -> dict[str, Any]:
        return {name: "" if fact is None else fact for name, fact in super().answers.items()}


class PortraitForm(Form):
    """The picture of a person with what can be seen on it."""

    picture = PictureField(_l("Picture"))

    def __init__(self, person: CouncilPerson) -> None:
        super().__init__(data={"picture": person.picture})


class ConsentForm(Form):
    """What somebody agreed to on paper, or by word of mouth in front of the office."""

    name_shown = BooleanField(agreements.TEXTS[ConsentPurpose.NAME])
    about_shown = BooleanField(agreements.TEXTS[ConsentPurpose.ABOUT])
    portrait_shown = BooleanField(agreements.TEXTS[ConsentPurpose.PORTRAIT])

    def __init__(self, person: CouncilPerson) -> None:
        super().__init__(data={f"{one.value}_shown": person.agrees_to(one) for one in ConsentPurpose})

    @property
    def chosen(self) -> dict[ConsentPurpose, bool]:
        """Each purpose, and whether it is agreed to."""
        return {one: bool(self[f"{one.value}_shown"].data) for one in ConsentPurpose}


class AppointForm(Form):
    """The seat or office of somebody, from which day to which."""

    role = SelectField(_l("Role"), [must_choose()], default=Role.MEMBER.value)
    group = SelectField(_l("Group"), [must_choose()], coerce=int)
    deputy_for = SelectField(_l("A deputy stands in for"), coerce=int, default=NOBODY)
    on_behalf_of = StringField(_l("Institution or organisation"), [at_most(200)])
    starts_on = DayField(_l("First day of the term"), [required()])
    ends_on = DayField(_l("Last day of the term"), [Optional()])

    def __init__(self, council: Council, members: Sequence[Membership]) -> None:
        super().__init__()
        self.role.choices = chosen_from(ROLES)
        self.group.choices = group_choices(council)
        self.members = {one.id: one for one in members}
        self.deputy_for.choices = [(NOBODY, _("nobody")), *((one.id, _with_term(one)) for one in members)]
        self.groups = {one.id: one for one in council.groups}
        if self.starts_on.raw_data is None:
            self.starts_on.data = clock.today()

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        return {
            "group": self.groups[given["group"]],
            "role": Role(given["role"]),
            "starts_on": given["starts_on"],
            "ends_on": given["ends_on"],
            "deputy_for": self.members.get(given["deputy_for"]),
            "on_behalf_of": given["on_behalf_of"] or "",
        }


def _with_term(membership: Membership) -> str:
    """A name, and the last day where there is one: somebody may sit there twice."""
    name = membership.person.name
    if membership.ends_on is None:
        return name
    return _("%(name)s, until %(day)s", name=name, day=format_day(membership.ends_on, "short"))


class TermForm(Form):
    """What can change about a term that has begun."""

    on_behalf_of = StringField(_l("Institution or organisation"), [at_most(200)])
    ends_on = DayField(_l("Last day of the term"), [Optional()])

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        return {"ends_on": given["ends_on"], "on_behalf_of": given["on_behalf_of"] or ""}
