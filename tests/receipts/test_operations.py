"""Receipts are given out, recognised and taken back."""

import pytest
from sqlalchemy import select

from participation.db import session
from participation.receipts import operations
from participation.receipts.codes import grouped
from participation.receipts.models import Receipt


@pytest.mark.databases
def test_a_receipt_is_recognised_by_its_code_alone(app, stop_clock):
    stop_clock(2026, 4, 1, 23)  # in Germany the second has begun
    issued = operations.issue()
    assert operations.find(grouped(issued.code).lower()) == issued.receipt
    assert issued.receipt.issued_on.isoformat() == "2026-04-02"


def test_the_code_itself_is_nowhere_in_the_database(app):
    issued = operations.issue()
    row = session.execute(select(Receipt.__table__)).one()
    assert not any(issued.code in str(value) for value in row)


@pytest.mark.parametrize("typed", ["", "nonsense", "0" * 12, "💥" * 12, "A" * 10_000, "'; DROP TABLE receipts; --"])
def test_what_is_no_code_finds_nothing(app, typed):
    operations.issue()
    assert operations.find(typed) is None


def test_a_withdrawn_receipt_leads_nowhere(app):
    issued = operations.issue()
    operations.withdraw(issued.receipt)
    assert operations.find(issued.code) is None


def test_a_renewed_receipt_is_opened_by_the_new_code_only(app):
    issued = operations.issue()
    code = operations.renew(issued.receipt)
    session.flush()
    assert operations.find(code) == issued.receipt
    assert operations.find(issued.code) is None
