"""What follows when everybody reads something else of a meeting than before."""

from participation.councils import paper_files
from participation.councils.meeting_models import Meeting
from participation.db import session


def tell(meeting: Meeting) -> None:
    """Whatever was made of the public side of this meeting is made anew."""
    from participation.councils import indexing  # which needs the agenda, and the agenda needs this module

    session.flush()
    paper_files.show_those_of(meeting)
    indexing.index_meeting(meeting)
