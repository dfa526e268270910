"""Claims: who has a contribution open, so that two moderators never decide the same one."""

from datetime import timedelta

from sqlalchemy import bindparam, delete, or_, select, text, update

from participation import clock
from participation.accounts.models import User
from participation.contributions.models import Contribution
from participation.db import Moment, session
from participation.errors import Refused
from participation.i18n import _
from participation.moderation.models import Claim

LASTS = timedelta(minutes=10)  # without anything being done


class OpenElsewhere(Refused):
    """A colleague has it open."""

    def __init__(self, colleague: str) -> None:
        super().__init__(
            _("%(name)s has this contribution open at the moment. Please take another one.", name=colleague)
        )


def take(contribution_id: int, staff: User) -> bool:
    """Have it for oneself, or for longer; False when a colleague was faster."""
    values = {"contribution_id": contribution_id, "staff_id": staff.id, "until": clock.now() + LASTS}
    # The first one in wins, on both databases; a claim whose time is over belongs to whoever comes next.
    put = text(
        "INSERT INTO claims (contribution_id, staff_id, until) VALUES (:contribution_id, :staff_id, :until) "
        "ON CONFLICT DO NOTHING"
    )
    session.execute(put.bindparams(bindparam("until", type_=Moment())), values)
    taken = (
        update(Claim)
        .where(Claim.contribution_id == contribution_id)
        .where(or_(Claim.staff_id == staff.id, Claim.until <= clock.now()))
        .values(staff_id=staff.id, until=values["until"])
        .returning(Claim.contribution_id)
    )
    return session.scalar(taken) is not None


def let_go(contribution_id: int, staff: User | None = None) -> None:
    """Others may have it; without a name, whoever held it."""
    gone = delete(Claim).where(Claim.contribution_id == contribution_id)
    session.execute(gone.where(Claim.staff_id == staff.id) if staff else gone)


def holder(contribution: Contribution) -> User | None:
    """Who has it open now."""
    query = select(User).join(Claim, Claim.staff_id == User.id)
    return session.scalar(query.where(Claim.contribution_id == contribution.id, Claim.until > clock.now()))


def check(contribution: Contribution, staff: User) -> None:
    """Refuse when a colleague has it open."""
    colleague = holder(contribution)
    if colleague is not None and colleague.id != staff.id:
        raise OpenElsewhere(colleague.name)


def forget_old() -> int:
    """Throw away claims whose time is over; returns how many."""
    gone = session.scalars(delete(Claim).where(Claim.until <= clock.now()).returning(Claim.contribution_id))
    return len(gone.all())
