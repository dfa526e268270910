"""Documents: told by their content, kept from strangers until they are public, never shown in place."""

import re

import pytest
from flask import current_app

from participation.db import session
from participation.media import documents
from participation.media.models import Document
from participation.media.views import file_name
from tests.accounts.makers import staff_client
from tests.media.makers import uploaded


def pdf(more: bytes = b"") -> bytes:
    """The beginning and the end of a PDF file."""
    return b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n" + more + b"\ntrailer <<>>\n%%EOF\n"


def make_document(*, is_public: bool = False, title: str = "Einladung") -> Document:
    document = documents.take(uploaded(pdf(), "Brief an Herrn Muster.pdf"), title, "de")
    if is_public:
        documents.publish(document)
    return document


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", documents.NotADocument),
        (b"MZ\x90 program", documents.NotADocument),
        (b"<html>%PDF-1.7 %%EOF", documents.NotADocument),
        (b"\n%PDF-1.7 %%EOF", documents.NotADocument),
        (pdf()[:30], documents.IncompleteDocument),
        (pdf() + b"x" * 5_000, documents.IncompleteDocument),
        (pdf(b"<</S /JavaScript /JS (app.alert(1))>>"), documents.ActiveDocument),
        (pdf(b"<</S /Launch /F (cmd.exe)>>"), documents.ActiveDocument),
        (pdf(b"<</EmbeddedFiles 3 0 R>>"), documents.ActiveDocument),
        (pdf(b"<</Encrypt 4 0 R>>"), documents.LockedDocument),
    ],
)
def test_v19_what_is_no_plain_pdf_is_refused(app, data, refusal):
    with pytest.raises(refusal):
        documents.take(uploaded(data, "invitation.pdf"), "Einladung", "de")
    assert session.query(Document).count() == 0


def test_v19_a_document_has_a_largest_size(app, monkeypatch):
    most = current_app.config["SETTINGS"].max_upload_bytes
    documents.take(uploaded(pdf(b" " * (most - len(pdf())))), "Groß", "de")
    with pytest.raises(documents.DocumentTooLarge, match="At most"):
        documents.take(uploaded(pdf(b" " * (most - len(pdf()) + 1))), "Zu groß", "de")


def test_a_document_is_for_staff_until_it_is_public(app, client):
    document = make_document()
    address = f"/media/documents/{document.id}.pdf"
    assert client.get(address).status_code == 404
    assert staff_client(app, "analyst").get(address).status_code == 404
    seen = staff_client(app, "editor").get(address)
    assert (seen.status_code, seen.headers["Cache-Control"]) == (200, "no-store")
    documents.publish(document)
    assert client.get(address).data == pdf()
    documents.unpublish(document)
    assert client.get(address).status_code == 404


def test_v19_v20_a_document_comes_as_a_file_under_its_title(client):
    document = make_document(is_public=True, title='Plan "Süd"\n../../etc/passwd')
    answer = client.get(f"/media/documents/{document.id}.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    kept = answer.headers["Content-Disposition"]
    assert kept.startswith("attachment;")
    assert "filename*=UTF-8''Plan%20S%C3%BCd%20" in kept
    assert re.search(r"Muster|/etc|\n", kept) is None  # D16: the name of the file was given by a person
    again = client.get(f"/media/documents/{document.id}.pdf", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Einladung", "Einladung"),
        ("..", "document"),
        ("\u202efdp.exe", "fdp.exe"),
        ("دعوة", "دعوة"),
        ("a" * 99, "a" * 80),
    ],
)
def test_v20_names_of_files_are_harmless(title, name):
    assert file_name(title) == name


def test_a_document_that_nobody_has_is_not_found(client):
    assert client.get("/media/documents/00000000-0000-0000-0000-000000000001.pdf").status_code == 404
    assert client.get("/media/documents/x.pdf").status_code == 404
