"""What people are told about their data before they register (D1), and which version of it they have read."""

import hashlib
import json

from participation.events.models import Event


def version(event: Event) -> str:
    """Another wording of what is said about the data is another version."""
    said = [dict(event.purpose), dict(event.legal_basis), event.person_in_charge, event.retention_days]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
