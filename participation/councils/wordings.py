"""What the councils' room writes to people."""

from dataclasses import replace

from participation.wordings import Wording, gaps_in

ALL: tuple[Wording, ...] = ()
# Each explains the gaps that it uses, and no others.
WORDINGS = [
    replace(one, gaps={gap: one.gaps[gap] for gap in one.gaps if gap in gaps_in(one.subject.message, one.text.message)})
    for one in ALL
]
