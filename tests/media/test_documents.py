"""Documents: told by their content, kept from strangers until they are public, never shown in place."""

import re
import zlib

import pytest
from flask import current_app
from pikepdf import Array, Dictionary, Name

from participation.db import session
from participation.media import documents
from participation.media.models import Document
from participation.media.views import file_name
from tests.accounts.makers import staff_client
from tests.media.makers import locked_pdf_file, pdf_file, uploaded

PDF = pdf_file()


def unpacking_to(size: int) -> bytes:
    """A few bytes that tell where the objects are, and that become very many."""
    packed = zlib.compress(bytes(size), 9)
    facts = f"<</Type/XRef/Size 3/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length {len(packed)}>>".encode()
    return b"%PDF-1.7\n1 0 obj\n" + facts + b"stream\n" + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"


def filled(size: int) -> bytes:
    """A PDF file of this many bytes."""
    return PDF.replace(b"startxref", b" " * (size - len(PDF)) + b"startxref")


def make_document(*, is_public: bool = False, title: str = "Einladung") -> Document:
    document = documents.take(uploaded(PDF, "Brief an Herrn Muster.pdf"), title, "de")
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
        (PDF[:30], documents.IncompleteDocument),
        (PDF + b"x" * 5_000, documents.IncompleteDocument),
        (PDF.replace(b"startxref\n", b"startxref\n9"), documents.IncompleteDocument),
        (b"%PDF-1.7\n" + b"[" * 100_000 + b"\n%%EOF", documents.IncompleteDocument),
        (pdf_file(OpenAction=Dictionary(S=Name.JavaScript, JS="app.alert(1)")), documents.ActiveDocument),
        (pdf_file(AA=Dictionary(WC=Dictionary(S=Name.Launch, F="cmd.exe"))), documents.ActiveDocument),
        (pdf_file(Names=Dictionary(EmbeddedFiles=Dictionary(Names=Array([])))), documents.ActiveDocument),
        (pdf_file(AcroForm=Dictionary(Fields=Array([]), XFA="x")), documents.ActiveDocument),
        (pdf_file(X=Array([Array([Dictionary(Next=Dictionary(JS="x"))])])), documents.ActiveDocument),
        (locked_pdf_file("secret"), documents.LockedDocument),
        (locked_pdf_file(""), documents.LockedDocument),
        (unpacking_to(300_000_000), documents.IncompleteDocument),
    ],
)
def test_v19_what_is_no_plain_pdf_is_refused(app, data, refusal):
    with pytest.raises(refusal):
        documents.take(uploaded(data, "invitation.pdf"), "Einladung", "de")
    assert session.query(Document).count() == 0


def test_v19_a_document_has_a_largest_size(app, monkeypatch):
    most = current_app.config["SETTINGS"].max_upload_bytes
    documents.take(uploaded(filled(most)), "Groß", "de")
    with pytest.raises(documents.DocumentTooLarge, match="At most"):
        documents.take(uploaded(filled(most + 1)), "Zu groß", "de")


def test_a_document_is_for_staff_until_it_is_public(app, client):
    document = make_document()
    address = f"/media/documents/{document.id}.pdf"
    assert client.get(address).status_code == 404
    assert staff_client(app, "analyst").get(address).status_code == 404
    seen = staff_client(app, "editor").get(address)
    assert (seen.status_code, seen.headers["Cache-Control"]) == (200, "no-store")
    documents.publish(document)
    assert client.get(address).data == PDF
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
