"""Forms for notices, objections, and for deciding about them."""

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from participation.contacts.forms import ContactField
from participation.contributions.models import Contribution
from participation.errors import Refused
from participation.forms import Form, at_most, must_choose, required
from participation.honesty import HonestForm
from participation.i18n import _, _l, current_language, languages
from participation.moderation import catalogue
from participation.moderation.models import Action, ObjectionState, Party

OTHER = "other"  # no rule of the catalogue, but something else
LONGEST = 5_000

# What can be done with a text that somebody reported; passages are blacked out at the desk itself.
OF_NOTICES = (Action.KEEP, Action.HIDE, Action.REMOVE)
RULE_NEEDED = _l("Please choose the rule that the decision relies on.")


def reasons() -> list[SelectChoice]:
    """What somebody can report a text for."""
    rules = [SelectChoice(slug, words) for slug, words in catalogue.choices()]
    return [SelectChoice("", _("Please choose")), *rules, SelectChoice(OTHER, _("Something else"))]


def rules() -> list[SelectChoice]:
    """What a decision can rely on."""
    return [SelectChoice("", _("No rule")), *(SelectChoice(slug, words) for slug, words in catalogue.choices())]


def tags() -> list[SelectChoice]:
    """The languages in which staff write reasons."""
    return [SelectChoice(one.tag, one.name) for one in languages()]


class NamelessForm(HonestForm):
    """A report about violence against children: nobody is asked who they are (Art. 16 (2) c)."""

    explanation = TextAreaField(_l("What is wrong with this text?"), [required(), at_most(LONGEST)])
    good_faith = BooleanField(
        _l("I believe that what I say here is right and complete."),
        [DataRequired(_l("We need this from you before we may act on your report."))],
    )


class NoticeForm(NamelessForm):
    """Any other report: the name is welcome and not needed."""

    reason = SelectField(
        _l("What is it against?"), [DataRequired(_l("Please choose one of the options."))], choices=reasons
    )
    name = StringField(_l("Your name"), [at_most(120)])
    email = ContactField(_l("Your e-mail address"))
    fields_in_order_of_page = ("reason", "explanation", "name", "email", "good_faith")

    @property
    def fields_in_order(self) -> list[Any]:
        """As the page shows them, for the summary of mistakes."""
        return [self[name] for name in self.fields_in_order_of_page]


class ObjectionForm(HonestForm):
    """Why somebody thinks that a decision was wrong."""

    text = TextAreaField(_l("Why do you think that the decision is wrong?"), [required(), at_most(LONGEST)])


class ReasonedForm(Form):
    """What every decision of this desk needs: a rule where something is taken away, and reasons people can read."""

    version = HiddenField()
    rule = SelectField(_l("Rule that the decision relies on"), choices=rules)
    reasons = TextAreaField(_l("What led to the decision, in one or two sentences"), [required(), at_most(2_000)])
    language = SelectField(
        _l("Language of these sentences"), [must_choose()], choices=tags, default=lambda: current_language().tag
    )

    def come_back(self, refused: Refused, contribution: Contribution) -> None:
        """Nothing that was typed is lost; the newest state of the text stands beside it now."""
        self.form_errors.append(str(refused))
        self.version.data = str(contribution.version)

    @property
    def seen_version(self) -> int:
        """Which wording the person was looking at; nonsense is none that ever was."""
        typed = self.version.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def actions_on_notice() -> list[SelectChoice]:
    """What can be decided about a text that somebody reported."""
    words = {
        Action.KEEP: _("The text stays as it is"),
        Action.HIDE: _("Hide the text; its author may change it"),
        Action.REMOVE: _("Remove the text for good"),
    }
    return [SelectChoice(action.value, words[action]) for action in OF_NOTICES]


class DecideNoticeForm(ReasonedForm):
    """What becomes of a text that somebody reported."""

    action = RadioField(_l("Decision"), [must_choose()], choices=actions_on_notice)

    def validate_rule(self, field: SelectField) -> None:
        """Nothing is taken away without a rule."""
        if self.action.data in {Action.HIDE.value, Action.REMOVE.value} and not field.data:
            raise ValidationError(str(RULE_NEEDED))


class DecideObjectionForm(ReasonedForm):
    """What becomes of an objection; what can be done depends on who objected."""

    outcome = RadioField(_l("Decision"), [must_choose()])

    def offer(self, party: Party, *, is_withdrawn: bool) -> None:
        """Offer what fits: a text is shown again, or taken away, or the first decision stays."""
        stays = SelectChoice(ObjectionState.REJECTED.value, _("The first decision was right and stays"))
        if is_withdrawn:
            changed = [SelectChoice(Action.KEEP.value, _("The first decision was wrong; the text is gone anyway"))]
        elif party is Party.AUTHOR:
            changed = [SelectChoice(Action.PUBLISH.value, _("The first decision was wrong: show the text again"))]
        else:
            changed = [
                SelectChoice(Action.HIDE.value, _("The first decision was wrong: hide the text")),
                SelectChoice(Action.REMOVE.value, _("The first decision was wrong: remove the text for good")),
            ]
        self.outcome.choices = [*changed, stays]

    def validate_rule(self, field: SelectField) -> None:
        """Nothing is taken away without a rule."""
        if self.outcome.data in {Action.HIDE.value, Action.REMOVE.value} and not field.data:
            raise ValidationError(str(RULE_NEEDED))
