"""What follows when everybody reads something else of a meeting than before."""

from participation.councils import indexing, paper_files, publishing
from participation.councils.meeting_models import Meeting
from participation.db import session


def tell(meeting: Meeting) -> None:
    """Whatever was made of the public side of this meeting is made anew."""
    session.flush()
    paper_files.show_those_of(meeting)
    indexing.index_meeting(meeting)
    publishing.refresh_meeting(meeting)
