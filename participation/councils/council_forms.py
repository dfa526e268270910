"""Forms of the councils' desk: a council with its rules, its groups, its statutes, and its end."""

from collections.abc import Mapping
from typing import Any, cast

from flask import request
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.validators import StopValidation, ValidationError

from participation import clock
from participation.councils.models import Council, CouncilKind, Group, GroupKind, ProposedBy, Statute
from participation.councils.names import GROUPS, KINDS, PROPOSED_BY, group_name
from participation.districts import queries as districts
from participation.errors import Refused
from participation.forms import (
    DayField,
    Form,
    GermanRequired,
    LocalizedField,
    LocalizedRichField,
    NeededToPublish,
    NumberField,
    at_most,
    between,
    must_choose,
    number_needed,
    required,
)
from participation.i18n import SOURCE_LANGUAGE, LazyText, _l, languages
from participation.media import documents
from participation.media.fields import BROKEN_OFF
from participation.media.models import Document
from participation.media.uploads import PatientRequest

MOST_SEATS = 500


def chosen_from(names: Mapping[Any, LazyText]) -> list[tuple[str, LazyText]]:
    """Kinds, roles and the like to choose from, under the names people know."""
    return [(one.value, name) for one, name in names.items()]


class NewCouncilForm(Form):
    """What the new council is called."""

    label = LocalizedField(_l("Name of the council"), [GermanRequired()])
    kind = SelectField(_l("What kind of council is it?"), [must_choose()])

    def __init__(self) -> None:
        super().__init__()
        self.kind.choices = chosen_from(KINDS)

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        return {"name": given["label"], "kind": CouncilKind(given["kind"])}


class CouncilForm(Form):
    """What is said about a council, and by which rules it works."""

    label = LocalizedField(_l("Name of the council"), [GermanRequired()])
    kind = SelectField(_l("What kind of council is it?"), [must_choose()])
    introduction = LocalizedRichField(_l("Introduction: what does the council do?"))
    contact = StringField(_l("Public e-mail address or telephone of the office"), [at_most(200)])
    areas = SelectMultipleField(_l("Districts; none means the whole city"), coerce=int)
    meetings_are_public = BooleanField(_l("Residents may listen to the meetings"))
    notice_days = NumberField(
        _l("How many days before a meeting must the invitation be sent?"), [number_needed(), between(0, 90)]
    )
    quorum_percent = NumberField(
        _l("How many percent of the members with a vote must be there?"), [number_needed(), between(1, 100)]
    )
    proposals_from = SelectField(_l("Who may propose agenda items?"), [must_choose()])
    proposal_days = NumberField(
        _l("How many days before a meeting do proposals end?"), [number_needed(), between(0, 90)]
    )
    objection_days = NumberField(
        _l("How many days do members have to object to the minutes?"), [number_needed(), between(1, 90)]
    )
    languages = SelectMultipleField(_l("Languages for summaries and for resolutions in plain words"))
    purpose = LocalizedField(_l("Purpose: what are the data of members and residents for?"), is_long=True)
    legal_basis = LocalizedField(_l("Legal basis: which law or consent allows it?"), is_long=True)
    person_in_charge = StringField(_l("Person in charge"), [NeededToPublish(), at_most(200)])
    retention_days = NumberField(
        _l("How many days after a term or a proposal is over are addresses deleted?"),
        [number_needed(), between(1, 3650)],
    )

    def __init__(self, council: Council, *, may_move: bool) -> None:
        super().__init__(obj=council)
        self.kind.choices, self.proposals_from.choices = chosen_from(KINDS), chosen_from(PROPOSED_BY)
        layer = districts.default_layer()
        offered = {one.id: one for one in [*(districts.areas(layer) if layer else []), *council.areas]}
        self.areas.choices = [(one.id, one.name) for one in offered.values()]
        self.languages.choices = [(one.tag, one.name) for one in languages()]
        self.offered = offered
        if self.kind.raw_data is None:
            self._begin_with(council)
        if not may_move:  # whoever looks after one district cannot take a council to another one, nor lose it
            del self.areas

    def _begin_with(self, council: Council) -> None:
        self.label.process(None, council.name)
        self.areas.data = [area.id for area in council.areas]
        self.kind.data, self.proposals_from.data = council.kind.value, council.proposals_from.value

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        if "areas" in given:
            given["areas"] = [self.offered[area_id] for area_id in given["areas"]]
        kind, proposals_from = CouncilKind(given["kind"]), ProposedBy(given["proposals_from"])
        texts = {"name": given.pop("label"), "contact": given["contact"] or ""}
        return {**given, **texts, "kind": kind, "proposals_from": proposals_from}


class GroupForm(Form):
    """The seats of one side."""

    kind = SelectField(_l("For whom do they sit there?"), [must_choose()])
    label = LocalizedField(_l("Name of the group, if it has one of its own"))
    seats = NumberField(_l("Number of seats"), [number_needed(), between(0, MOST_SEATS)])
    has_vote = BooleanField(_l("The members of this group vote"), default=True)

    def __init__(self, group: Group | None) -> None:
        known: dict[str, Any] = {}
        if group is not None:
            known = {"kind": group.kind.value, "label": group.name, "seats": group.seats, "has_vote": group.has_vote}
        super().__init__(data=known)
        self.kind.choices = chosen_from(GROUPS)

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        return {"name": given.pop("label"), **given, "kind": GroupKind(given["kind"])}


class DissolveForm(Form):
    """The last day of a council."""

    last_day = DayField(_l("Last day of the council"), [required()])


class StatuteForm(Form):
    """One version of the statutes; the file comes last, so that all words arrive before it."""

    title = LocalizedField(_l("Title"), [GermanRequired()])
    valid_from = DayField(_l("Valid from"), [required()])
    text = LocalizedRichField(_l("Text of the statutes"))
    file = FileField(_l("The same as a PDF file"))
    taken: Document | None = None

    def __init__(self, statute: Statute | None) -> None:
        super().__init__(obj=statute)
        self.has_document = statute is not None and statute.document_id is not None
        if statute is None and self.valid_from.raw_data is None:
            self.valid_from.data = clock.today()

    def validate_file(self, field: FileField) -> None:
        """Taken in here, so that what is wrong about it stands beside it and no word is lost (A11)."""
        sent = cast(PatientRequest, request)
        if sent.is_cut:
            raise StopValidation(str(documents.DocumentTooLarge().message))
        if sent.is_broken:
            raise StopValidation(str(BROKEN_OFF))
        if not getattr(field.data, "filename", "") or self.title.errors or self.valid_from.errors:
            return
        try:
            self.taken = documents.take(field.data, self.title.data[SOURCE_LANGUAGE][:200], SOURCE_LANGUAGE)
        except Refused as refused:
            raise ValidationError(str(refused)) from refused

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        return {**{name: given[name] for name in ("title", "text", "valid_from")}, "document": self.taken}


def group_choices(council: Council) -> list[tuple[int, str]]:
    """The groups of a council, to choose one."""
    return [(one.id, str(group_name(one))) for one in council.groups]
