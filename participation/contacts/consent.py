"""What people agree to when they give an address, and which version of it they read (D3)."""

from participation.i18n import _l

# Whoever changes the words below gives them a new version; a test notices when it is forgotten.
VERSION = "2026-1"
TEXT = _l(
    "We use this address only to write to you about this matter. First you get a mail with a link to confirm it. "
    "Every mail has a link to stop. When the matter is over, the address is deleted."
)
