"""What is due by night in the councils' room, one thing after the other, counted without personal data."""

from participation.councils import forgetting, inviting, proposal_forgetting, publication, reminding, returning, sealing


def housekeeping() -> dict[str, int]:
    """Everything that the night brings."""
    return {
        **forgetting.forget(),
        **proposal_forgetting.forget(),
        "reminders": inviting.remind(),
        **reminding.remind(),
        "returned_items": returning.bring_back_to_next(),
        **sealing.check_all(),
        "minutes_printed": publication.print_missing(),
    }
