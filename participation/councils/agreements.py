"""What members are asked before anything about them is published, and which version of the words they read (D3)."""

from participation.councils.models import ConsentPurpose
from participation.i18n import LazyText, _l

# Whoever changes the words below gives them a new version; a test notices when it is forgotten.
VERSION = "2026-1"
TEXTS: dict[ConsentPurpose, LazyText] = {
    ConsentPurpose.NAME: _l(
        "My name may be shown on this website, with the council and the group I belong to, as long as I am in office. "
        "It may also stand in published minutes and in the open data of the city."
    ),
    ConsentPurpose.ABOUT: _l(
        "What I have written about myself may be shown on this website, as long as I am in office."
    ),
    ConsentPurpose.PORTRAIT: _l("My picture may be shown on this website, as long as I am in office."),
}
SHORT: dict[ConsentPurpose, LazyText] = {
    ConsentPurpose.NAME: _l("The name"),
    ConsentPurpose.ABOUT: _l("The words about the person"),
    ConsentPurpose.PORTRAIT: _l("The picture"),
}
