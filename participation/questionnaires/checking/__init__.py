"""The parts of the check before publishing, one question each."""
