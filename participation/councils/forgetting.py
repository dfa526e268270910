"""What was promised to be deleted after a term is deleted: address, telephone, picture, words, the receipt (D14).

The name stays: minutes tell for ever who sat in the council. Residents have not seen it since the term ended.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select, update

from participation import clock
from participation.contacts.models import Contact
from participation.councils.meeting_models import Attendance
from participation.councils.models import Council, CouncilPerson, Membership, ProfileConsent
from participation.councils.seats_and_terms import FAR_AWAY
from participation.db import session
from participation.i18n import LocalizedText
from participation.media.models import Picture
from participation.receipts.models import Receipt

NEVER_APPOINTED = timedelta(days=30)
MOST_IN_ONE_NIGHT = 1_000


def forget() -> dict[str, int]:
    """Everybody whose time is over, and whoever was written down but never took a seat; counted."""
    over = _over()
    for person in over:
        _strip(person)
    unseated = _never_seated()
    for person in unseated:
        _strip(person)
        session.delete(person)
    session.flush()
    return {"council_people": len(over), "council_people_never_seated": len(unseated)}


def _over() -> list[CouncilPerson]:
    """Those who still lead somewhere, and whose last term in every council is over for longer than was promised.

    Days are counted here, because the databases count them differently.
    """
    last_day = func.max(func.coalesce(Membership.ends_on, FAR_AWAY))
    terms = (
        select(Membership.person_id, Membership.council_id, last_day.label("last"), Council.retention_days)
        .join(Membership.council)
        .join(Membership.person)
        .where(or_(*_leads_somewhere()))
        .group_by(Membership.person_id, Membership.council_id, Council.retention_days)
        .having(last_day < clock.today())
    )
    lasting = exists().where(
        Membership.person_id == CouncilPerson.id, func.coalesce(Membership.ends_on, FAR_AWAY) >= clock.today()
    )
    due: dict[object, bool] = {}
    for person_id, _council, last, days in session.execute(terms):
        is_over = last + timedelta(days=days) < clock.today()
        due[person_id] = due.get(person_id, True) and is_over
    ids = [person_id for person_id, is_over in due.items() if is_over][:MOST_IN_ONE_NIGHT]
    return [
        one
        for some in _chunks(ids)
        for one in session.scalars(select(CouncilPerson).where(CouncilPerson.id.in_(some), ~lasting)).all()
    ]


def _leads_somewhere() -> list[ColumnElement[bool]]:
    kept = CouncilPerson.contact_id, CouncilPerson.receipt_id, CouncilPerson.picture_id
    return [*(one.is_not(None) for one in kept), CouncilPerson.phone != ""]


def _never_seated() -> Sequence[CouncilPerson]:
    nowhere = ~exists().where(Membership.person_id == CouncilPerson.id)
    long_ago = CouncilPerson.created_at < clock.now() - NEVER_APPOINTED
    return session.scalars(select(CouncilPerson).where(nowhere, long_ago).limit(MOST_IN_ONE_NIGHT)).all()


def _strip(person: CouncilPerson) -> None:
    """All but the name goes, and no yes to a publication is left in force."""
    owned = [
        (Contact, person.contact_id),
        (Receipt, person.receipt_id),
        (Picture, person.picture_id),
    ]
    person.contact = person.receipt = person.picture = None
    person.phone, person.about = "", LocalizedText()
    session.execute(
        update(ProfileConsent)
        .where(ProfileConsent.person_id == person.id, ProfileConsent.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now())
    )
    theirs = select(Membership.id).where(Membership.person_id == person.id)
    session.execute(update(Attendance).where(Attendance.membership_id.in_(theirs)).values(note=""))
    session.flush()
    for model, key in owned:
        thing = session.get(model, key) if key is not None else None
        if thing is not None:
            session.delete(thing)
    session.flush()


def _chunks(ids: Sequence[object], size: int = 500) -> list[Sequence[object]]:
    return [ids[start : start + size] for start in range(0, len(ids), size)]
