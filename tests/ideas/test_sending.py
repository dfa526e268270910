"""Sending an idea: once, by whom, and where it belongs."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from participation import clock
from participation.contacts.models import Contact
from participation.contributions.checking import is_newcomer
from participation.contributions.models import ContributionStatus
from participation.contributions.sending import Words
from participation.db import session
from participation.ideas import sending
from participation.ideas.models import Call, Idea
from participation.ideas.sending import Extras
from participation.receipts import operations as receipts
from participation.receipts.models import Receipt
from tests.contributions.makers import make_contact
from tests.ideas.makers import make_call, make_idea

WORDS = Words(title="Mehr Bänke", text="Es fehlen Bänke.", language="de")


def at_hand(idea: Idea) -> Receipt:
    assert idea.receipt is not None
    return idea.receipt


@pytest.mark.databases
def test_the_same_form_makes_one_idea_and_the_last_code_opens_it(app):
    call, key = make_call(), uuid.uuid4()
    first = sending.send_idea(call, WORDS, Extras(email="a@example.org"), form_key=key)
    second = sending.send_idea(call, WORDS, Extras(email="a@example.org"), form_key=key)
    assert receipts.find(first) is None
    assert receipts.find(second) == session.query(Idea).one().receipt
    assert session.query(Contact).count() == 1


def test_clicks_at_the_same_time_make_one_idea(file_app):
    call_id, key = make_call().id, uuid.uuid4()
    session.commit()

    def click(_number: int) -> str:
        with file_app.app_context():
            code = sending.send_idea(session.get_one(Call, call_id), WORDS, Extras(), form_key=key)
            session.commit()
            return code

    with ThreadPoolExecutor(4) as hands:
        codes = list(hands.map(click, range(4)))
    assert session.query(Idea).count() == 1
    assert session.query(Receipt).count() == 1
    assert sum(receipts.find(code) is not None for code in codes) == 1


@pytest.mark.parametrize("facts", [{"published": False}, {"answered_at": clock.now()}, {"closes_at": clock.now()}])
def test_a_call_that_is_not_open_takes_nothing(app, facts):
    with pytest.raises(sending.CallClosed):
        sending.send_idea(make_call(**facts), WORDS, Extras(), form_key=uuid.uuid4())


def test_somebody_is_no_newcomer_once_something_of_theirs_is_public(app):
    assert is_newcomer(None)
    assert is_newcomer(at_hand(make_idea(status=ContributionStatus.WAITING, with_receipt=True)))
    assert is_newcomer(at_hand(make_idea(status=ContributionStatus.REMOVED, with_receipt=True)))
    assert not is_newcomer(at_hand(make_idea(with_receipt=True)))


def test_the_confirmed_address_behind_the_receipt_tells_too_but_no_other(app):
    make_idea(contact=make_contact("a@example.org"))

    def waiting(contact: Contact) -> Receipt:
        return at_hand(make_idea(status=ContributionStatus.WAITING, contact=contact, with_receipt=True))

    assert not is_newcomer(waiting(make_contact("a@example.org")))
    assert is_newcomer(waiting(make_contact("a@example.org", confirmed=False)))
    assert is_newcomer(waiting(make_contact("b@example.org")))
