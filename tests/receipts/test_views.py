"""Coming back with a receipt."""

import pytest

from participation.db import session
from participation.limits import limiter
from participation.pages import operations as pages
from participation.receipts import codes, operations
from participation.receipts.views import qr_address

PATH = "/en/receipt"


def report_something() -> str:
    """Something a resident sent, and the code for it."""
    return pages.report_barrier("The buttons have no names.").code


def test_the_door_to_the_receipt_stands_open_without_a_cookie(client):
    page = client.get(PATH)
    assert page.status_code == 200
    assert '<label for="code"' in page.text


def test_whoever_has_the_code_sees_what_became_of_the_matter(client):
    code = report_something()
    answer = client.post(PATH, data={"code": codes.grouped(code).lower()})
    assert (answer.status_code, answer.location) == (302, "/en/receipt/matter")
    page = client.get(answer.location)
    assert "We have received your report and will answer." in page.text
    assert "The buttons have no names." in page.text


def test_the_matter_is_told_in_the_readers_language(client):
    client.post(PATH, data={"code": report_something()})
    page = client.get("/ar/receipt/matter")
    assert '<html lang="ar" dir="rtl">' in page.text


def test_neither_code_nor_matter_is_kept_by_a_cache(client):
    code = report_something()
    client.post(PATH, data={"code": code})
    page = client.get("/en/receipt/matter")
    assert page.headers["Cache-Control"] == "no-store"


def test_the_code_never_stands_in_an_address(client):
    code = report_something()
    answer = client.post(PATH, data={"code": code})
    assert code not in answer.location
    assert client.get(f"{PATH}?code={code}").text.count(code) == 0  # V21: nobody is tempted to make such links


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda code: "", "Please fill in this field."),
        (lambda code: code[:-1], "has 12 characters"),
        (lambda code: "O" + code[1:], "never occur in a receipt code: O"),
        (lambda code: ("2" if code[0] != "2" else "3") + code[1:], "One character seems wrong"),
        (lambda code: codes.new_code(), "We do not know this receipt."),
        (lambda code: "A" * 5_000, "This text is too long."),
    ],
)
def test_a_wrong_code_comes_back_with_a_helpful_sentence(client, spoil, sentence):
    answer = client.post(PATH, data={"code": spoil(report_something())})
    assert answer.status_code == 422
    assert sentence in answer.text


def test_what_was_typed_is_not_lost(client):
    answer = client.post(PATH, data={"code": "K7M2-9PH4"})
    assert 'value="K7M2-9PH4"' in answer.text


def test_guessing_is_limited(file_app, monkeypatch):
    monkeypatch.setattr(limiter, "enabled", False)  # put back after the test, whatever init_app makes of it
    file_app.config["RATELIMIT_ENABLED"] = True
    limiter.init_app(file_app)
    visitor = file_app.test_client()
    answers = [visitor.post(PATH, data={"code": "K7M2"}).status_code for _attempt in range(11)]
    assert answers == [422] * 10 + [429]
    assert visitor.get(PATH).status_code == 200


def test_a_fresh_code_is_shown_with_a_qr_code_until_the_person_is_finished(client):
    answer = client.post("/en/report-a-barrier", data={"text": "The text is too small."})
    assert answer.location == "/en/receipt/new"
    page = client.get(answer.location)
    assert 'src="data:image/svg+xml' in page.text
    assert "K" not in answer.location
    assert page.headers["Cache-Control"] == "no-store"
    assert client.get("/ar/receipt/new").status_code == 200  # still there after a change of language


def test_finished_means_that_nothing_stays_on_the_device(client):
    client.post("/en/report-a-barrier", data={"text": "The text is too small."})
    client.post("/en/receipt/forget")
    home = client.get("/en/")
    assert "This device has forgotten the receipt." in home.text
    assert client.get_cookie("session") is None
    for address in ("/en/receipt/new", "/en/receipt/matter"):
        assert client.get(address).location == PATH


def test_forgetting_leaves_the_receipt_itself_valid(client):
    code = report_something()
    client.post(PATH, data={"code": code})
    client.post("/en/receipt/forget")
    assert client.post(PATH, data={"code": code}).status_code == 302


def test_a_receipt_whose_matter_is_gone_says_so(client):
    code = operations.issue().code
    client.post(PATH, data={"code": code})
    assert "Nothing is stored under this receipt any more." in client.get("/en/receipt/matter").text


def test_a_withdrawn_receipt_at_hand_sends_the_person_back_to_the_door(client):
    issued = operations.issue()
    client.post(PATH, data={"code": issued.code})
    operations.withdraw(issued.receipt)
    session.commit()
    assert client.get("/en/receipt/matter").location == PATH


def test_the_qr_code_carries_the_code_where_no_server_sees_it(app):
    with app.test_request_context("/tr/"):
        app.preprocess_request()
        address = qr_address("K7M29PH4XW3A")
    assert address == "http://127.0.0.1:8000/tr/receipt#K7M2-9PH4-XW3A"


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_forgetting_needs_a_post(client, method):
    assert getattr(client, method)("/en/receipt/forget").status_code == 405
