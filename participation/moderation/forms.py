"""Forms of the moderators' desk."""

import re
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from participation import wordings
from participation.contributions.models import Checking, Contribution
from participation.forms import Form, LineField, NumberField, at_most, between, must_choose, required
from participation.i18n import _, _l, current_language, languages
from participation.moderation import catalogue, marks, queries
from participation.moderation.models import RESTRICTIONS, Action, Rule
from participation.moderation.operations import FactsNeeded, PassagesNeeded, QuestionNeeded, RuleNeeded
from participation.moderation.wordings import PREPARED_PREFIX
from participation.permissions import Person

CHECKINGS = {
    Checking.BEFORE: _l("First checked, then published"),
    Checking.NEWCOMERS_BEFORE: _l("First checked, unless an earlier text of the same person was published"),
    Checking.AFTER: _l("Published at once and checked then"),
}
NOTHING_CHOSEN = _l("Please tick at least one contribution.")
CHOSEN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
MOST_CHOSEN = 50
NOT_IN_THE_TEXT = _l("These words do not stand in the text: %(words)s")


def tags() -> list[tuple[str, str]]:
    """The languages of the city, for a choice."""
    return [(one.tag, one.name) for one in languages()]


def prepared() -> dict[str, str]:
    """The sentences that staff have prepared, by their names, each called as in the reader's language."""
    tag, changed = current_language().tag, queries.changed_wordings(PREPARED_PREFIX)
    return {
        name.removeprefix(PREPARED_PREFIX): wordings.now_written(one, tag, changed.get(name)).subject
        for name, one in wordings.wordings().items()
        if name.startswith(PREPARED_PREFIX)
    }


class ReasonsForm(Form):
    """What is owed with a decision against a text: a rule, and the facts in a sentence in any language (M5)."""

    rule = SelectField(_l("Rule that the decision relies on"), [Optional()])
    facts = TextAreaField(_l("What led to it, or your question, in a sentence for the author"), [at_most(2_000)])
    facts_language = SelectField(_l("Language of this sentence"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rule.choices = [("", _("Please choose")), *catalogue.choices()]
        self.facts_language.choices = tags()
        if not self.facts_language.data:
            self.facts_language.data = current_language().tag

    @property
    def chosen_rule(self) -> Rule | None:
        """The rule of the catalogue behind the choice."""
        return catalogue.rule(self.rule.data) if self.rule.data else None

    def misses(self, action: Action) -> bool:
        """Say at its field what the action still needs, before anything is decided."""
        if action in RESTRICTIONS and not self.rule.data:
            self.refuse("rule", RuleNeeded.message)
        if action in RESTRICTIONS and not (self.facts.data or "").strip():
            self.refuse("facts", FactsNeeded.message)
        if action is Action.RETURN and not (self.facts.data or "").strip():
            self.refuse("facts", QuestionNeeded.message)
        return bool(self.errors)


class ChosenField(LineField):
    """What was ticked in a list, each with the version that the moderator was looking at, as in 12-3."""

    def process_formdata(self, valuelist: list[str]) -> None:
        read = [CHOSEN.fullmatch(value) for value in valuelist[:MOST_CHOSEN]]
        self.data = {int(one[1]): int(one[2]) for one in read if one}


class BulkForm(ReasonsForm):
    """The same decision about several contributions."""

    chosen = ChosenField(_l("Contributions"))

    @property
    def versions(self) -> dict[int, int]:
        """Which contributions were ticked, and the version of each."""
        return self.chosen.data or {}

    def misses(self, action: Action) -> bool:
        if not self.versions:
            self.form_errors.append(str(NOTHING_CHOSEN))
        return super().misses(action)


class DecisionForm(ReasonsForm):
    """Everything that can be decided about one contribution, on one screen."""

    version = NumberField(_l("Version"), [required()])
    found = SelectMultipleField(_l("Black out what was found"), [Optional()])
    words = TextAreaField(_l("Other words to black out, one passage per line"), [at_most(5_000)])
    sentence = SelectField(_l("Prepared sentence"), [Optional()])

    def __init__(self, contribution: Contribution, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.contribution = contribution
        passages = dict.fromkeys(str(hint["passage"]) for hint in contribution.hints if hint.get("passage"))
        self.passages_found = [one for one in passages if self.is_there(one)]
        # By number: browsers change line ends inside of values.
        self.found.choices = [(str(number), one) for number, one in enumerate(self.passages_found)]
        self.sentence.choices = [("", _("Please choose")), *prepared().items()]

    @property
    def passages(self) -> list[str]:
        """All words that are to be blacked out."""
        typed = [line.strip() for line in (self.words.data or "").splitlines()]
        ticked = [self.passages_found[int(number)] for number in self.found.data or []]
        return list(dict.fromkeys([*ticked, *(line for line in typed if line)]))

    def is_there(self, passage: str) -> bool:
        """Whether title or text hold these words."""
        return passage in self.contribution.title or passage in self.contribution.text

    def validate_words(self, _field: TextAreaField) -> None:
        """Only what stands there can be blacked out."""
        for line in (self.words.data or "").splitlines():
            if line.strip() and not self.is_there(line.strip()):
                raise ValidationError(NOT_IN_THE_TEXT % {"words": line.strip()})

    def misses(self, action: Action) -> bool:
        if action is Action.REDACT and not self.passages:
            self.refuse("words", PassagesNeeded.message)
        return super().misses(action)

    def insert(self) -> None:
        """Put the prepared sentence behind what is written already, in the author's language if we speak it."""
        name, tag = self.sentence.data, self.contribution.language
        if not name:
            return
        if tag not in dict(tags()):
            tag = current_language().tag
        said = wordings.say(PREPARED_PREFIX + name, tag).text
        self.facts.data = f"{self.facts.data or ''}\n{said}".strip()
        self.facts_language.data, self.sentence.data = tag, ""


def _every(label: Any, choices: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [("", label), *choices]


class CheckingForm(Form):
    """One rule about what is checked when."""

    kind = SelectField(_l("Kind"), [Optional()])
    scope = SelectField(_l("Call"), [Optional()])
    language = SelectField(_l("Language"), [Optional()])
    checking = RadioField(_l("When is it checked?"), [must_choose()])

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind.choices = _every(_("All kinds"), list(queries.kinds().items()))
        self.scope.choices = _every(_("All calls"), [(one.name, one.title) for one in queries.scopes()])
        self.language.choices = _every(_("All languages"), tags())
        self.checking.choices = [(one.value, label) for one, label in CHECKINGS.items()]


class PromiseForm(Form):
    """How soon the desk looks at what comes in."""

    promised_hours = NumberField(
        _l("Within how many hours do you look at a contribution?"), [required(), between(1, 720)]
    )


class WordListForm(Form):
    """Words that make a moderator look twice, in one language."""

    words = TextAreaField(_l("Words, one per line"), [at_most(50_000)])


class FilterForm(Form):
    """What part of the queue is shown. It is sent by address, and nonsense in it filters nothing."""

    class Meta(Form.Meta):
        csrf = False

    kind = SelectField(_l("Kind"))
    area = SelectField(_l("Area"))
    scope = SelectField(_l("Call"))
    language = SelectField(_l("Language"))
    hint = SelectField(_l("Hint"))
    public = SelectField(_l("Public already?"))
    words = StringField(_l("Words in the text"))

    def __init__(self, staff: Person, filters: queries.Filters) -> None:
        super().__init__(formdata=None, data=filters.in_address)
        self.kind.choices = _every(_("All kinds"), list(queries.kinds().items()))
        self.area.choices = _every(_("All areas"), [(str(number), name) for number, name in queries.areas(staff)])
        self.scope.choices = _every(_("All calls"), [(one.name, one.title) for one in queries.scopes()])
        self.language.choices = _every(_("All languages"), tags())
        self.hint.choices = _every(_("With and without hints"), list(marks.labels().items()))
        self.public.choices = _every(
            _("Public or not"), [("yes", _("Public, checked afterwards")), ("no", _("Not public yet"))]
        )
