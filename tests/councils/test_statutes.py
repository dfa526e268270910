"""The rules of procedure, version by version."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from participation.councils import statutes
from participation.councils.statutes import NothingWritten, PublishedStays
from participation.db import session
from participation.i18n import LocalizedText
from participation.media.models import Document
from participation.rich_text import LocalizedRichText, RichText
from tests.councils.makers import make_council

pytestmark = pytest.mark.usefixtures("app")

TITLE = LocalizedText(de="Geschäftsordnung")
TEXT = LocalizedRichText(de=RichText.clean("<p>Die Sitzungen sind öffentlich.</p>"))


@pytest.fixture(autouse=True)
def november(stop_clock):
    stop_clock(2026, 11, 20, 12)


def make_document() -> Document:
    document = Document(title="Geschäftsordnung", language="de", size=3, content=b"PDF")
    session.add(document)
    session.flush()
    return document


def test_versions_are_counted_and_the_newest_valid_one_is_in_force():
    council = make_council()
    old, new, future = (
        statutes.draft(council, TITLE, TEXT, day) for day in (date(2020, 1, 1), date(2026, 11, 20), date(2027, 1, 1))
    )
    assert [one.number for one in (old, new, future)] == [1, 2, 3]
    assert statutes.in_force(statutes.published(council)) is None
    for one in (old, new, future):
        statutes.publish(one)
    published = statutes.published(council)
    assert published == [future, new, old]
    assert statutes.in_force(published) is new
    assert statutes.in_force(published, date(2026, 11, 19)) is old
    assert statutes.in_force(published, date(2019, 12, 31)) is None


@pytest.mark.databases
def test_a_published_version_never_changes_not_even_in_the_database():
    statute = statutes.draft(make_council(), TITLE, TEXT, date(2026, 1, 1))
    statutes.change(statute, TITLE, TEXT, date(2026, 2, 1))
    statutes.publish(statute)
    for change in (
        lambda: statutes.change(statute, TITLE, TEXT, date(2026, 3, 1)),
        lambda: statutes.publish(statute),
        lambda: statutes.delete_draft(statute),
    ):
        with pytest.raises(PublishedStays):
            change()
    session.commit()
    with pytest.raises(IntegrityError):
        session.execute(text("UPDATE statutes SET valid_from = '2030-01-01'"))
    session.rollback()


def test_empty_statutes_are_not_published():
    council = make_council()
    empty = statutes.draft(council, TITLE, LocalizedRichText(), date(2026, 1, 1))
    with pytest.raises(NothingWritten):
        statutes.publish(empty)
    document = make_document()
    statutes.change(empty, TITLE, LocalizedRichText(), date(2026, 1, 1), document)
    assert not document.is_public
    statutes.publish(empty)
    assert document.is_public


def test_a_draft_goes_with_its_document_and_a_replaced_one_too():
    statute = statutes.draft(make_council(), TITLE, TEXT, date(2026, 1, 1), make_document())
    before = statute.document_id
    statutes.change(statute, TITLE, TEXT, date(2026, 1, 1), make_document())
    assert session.get(Document, before) is None
    kept = statute.document_id
    statutes.delete_draft(statute)
    assert session.get(Document, kept) is None
