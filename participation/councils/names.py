"""What kinds, groups and roles are called."""

from participation.councils.models import CouncilKind, Group, GroupKind, ProposedBy, Role
from participation.i18n import LazyText, LocalizedText, _l

KINDS: dict[CouncilKind, LazyText] = {
    CouncilKind.QUARTIERSRAT: _l("Neighbourhood council"),
    CouncilKind.PREVENTION_COUNCIL: _l("Prevention council"),
    CouncilKind.ROUND_TABLE: _l("Round table"),
    CouncilKind.ASSEMBLY: _l("Neighbourhood assembly"),
    CouncilKind.WORKING_GROUP: _l("Working group"),
}
GROUPS: dict[GroupKind, LazyText] = {
    GroupKind.RESIDENTS: _l("Residents"),
    GroupKind.INSTITUTIONS: _l("Institutions"),
    GroupKind.PROVIDERS: _l("Social service providers"),
    GroupKind.ADMINISTRATION: _l("City administration"),
    GroupKind.OTHERS: _l("Others"),
}
ROLES: dict[Role, LazyText] = {
    Role.MEMBER: _l("Member"),
    Role.CHAIR: _l("Chair of the council"),
    Role.DEPUTY_CHAIR: _l("Deputy chair of the council"),
    Role.DEPUTY: _l("Deputy of a member"),
    Role.SECRETARY: _l("Secretary of the council"),
    Role.ADVISER: _l("Adviser without a seat"),
}
PROPOSED_BY: dict[ProposedBy, LazyText] = {
    ProposedBy.NOBODY: _l("Nobody but the office"),
    ProposedBy.MEMBERS: _l("Members of the council"),
    ProposedBy.EVERYBODY: _l("Everybody, also without an account"),
}


def group_name(group: Group) -> LocalizedText | LazyText:
    """What a group is called: in words of its own, or as its kind."""
    return group.name or GROUPS[group.kind]
