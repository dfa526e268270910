"""The office's page for the catalogue of rules."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from participation.forms import (
    Form,
    GermanRequired,
    LocalizedField,
    NumberField,
    at_most,
    between,
    must_choose,
    render_form,
    required,
)
from participation.i18n import LazyText, _, _l, language
from participation.moderation import catalogue, rules
from participation.moderation.models import RuleKind
from participation.permissions import require

bp = Blueprint("catalogue", __name__, url_prefix="/staff/rules")

KINDS: dict[RuleKind, LazyText] = {RuleKind.HOUSE: _l("Rule of the house"), RuleKind.LAW: _l("Law")}


class EachAtMost:
    """No language may be longer; nothing is cut."""

    def __init__(self, length: int) -> None:
        self.length = length

    def __call__(self, _form: Form, field: LocalizedField) -> None:
        for tag, text in (field.data or {}).items():
            if len(text) > self.length:
                name = language(tag).name
                raise ValidationError(_("The text in this language is too long: %(language)s", language=name))


class RuleForm(Form):
    """One rule in all languages."""

    title = LocalizedField(_l("Title"), [GermanRequired(), EachAtMost(150)])
    text = LocalizedField(_l("The rule in plain words"), [GermanRequired(), EachAtMost(2_000)], is_long=True)
    reference = StringField(_l("Section of the law, for example § 185 StGB"), [at_most(200)])
    position = NumberField(_l("Place in the list"), [required(), between(1, 999)])
    is_active = BooleanField(_l("In force: decisions can rely on it"))


class NewRuleForm(RuleForm):
    """A new rule also says what it is."""

    kind = RadioField(
        _l("What is it?"),
        [must_choose()],
        choices=lambda: [SelectChoice(kind.value, str(words)) for kind, words in KINDS.items()],
    )


@bp.get("")
def index() -> str:
    """All rules, also those that are no longer in force."""
    require(rules.manage_catalogue)
    return render_template("moderation/catalogue_index.html", rules=catalogue.everything(), kinds=KINDS)


@bp.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """One more rule."""
    require(rules.manage_catalogue)
    form = NewRuleForm(position=len(catalogue.everything()) + 1, is_active=True)
    if form.validate_on_submit():
        answers = form.answers
        catalogue.add(RuleKind(answers.pop("kind")), **answers)
        flash(_("The rule is saved."))
        return redirect(url_for("catalogue.index"))
    return render_form("moderation/catalogue_rule.html", form, rule=None, kinds=KINDS)


@bp.route("/<slug>", methods=["GET", "POST"])
def edit(slug: str) -> ResponseReturnValue:
    """Another wording, another place, or no longer in force."""
    require(rules.manage_catalogue)
    rule = catalogue.shown(slug)
    form = RuleForm(obj=rule)
    if form.validate_on_submit():
        catalogue.change(slug, **form.answers)
        flash(_("The rule is saved."))
        return redirect(url_for("catalogue.index"))
    return render_form("moderation/catalogue_rule.html", form, rule=rule, kinds=KINDS)
