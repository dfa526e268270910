"""The field for an e-mail address: strict, and nothing typed is lost."""

import pytest
from flask import render_template_string
from werkzeug.datastructures import MultiDict

from participation.contacts.forms import ContactField
from participation.forms import Form
from tests.test_hostile import hostile_words

FIELD = '{% from "macros/forms.html" import field %}{{ field(form.email, autocomplete="email") }}'


class Letter(Form):
    email = ContactField("E-mail")


def typed(app, words: str) -> Letter:
    with app.test_request_context("/", method="POST"):
        form = Letter(MultiDict({"email": words}))
        form.is_right = form.validate()
        form.html = render_template_string(FIELD, form=form)
        return form


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("", ""),
        ("   ", ""),
        (" Olena.Ш@Example.ORG ".replace("Ш", "S"), "olena.s@example.org"),
        ("a+b@bücher.example", "a+b@xn--bcher-kva.example"),
        ("a@straße.example", "a@xn--strae-oqa.example"),
        ("a@почта.рф", "a@xn--80a1acny.xn--p1ai"),
        ("a@مثال.example", "a@xn--mgbh0fb.example"),
        ("a@EXAMPLE.org", "a@example.org"),
    ],
)
def test_an_address_is_kept_as_mail_servers_know_it(app, words, address):
    form = typed(app, words)
    assert form.is_right
    assert form.email.data == address


@pytest.mark.parametrize(
    "words",
    [
        "olena",
        "@example.org",
        "olena@",
        "olena@example",
        "a b@example.org",
        "a@exa mple.org",
        "a@-example.org",
        "a@127.0.0.1",
        "a@[127.0.0.1]",
        "a@b@example.org",
        "Olena <a@example.org>",
        "a@example.org, b@example.org",
        "a@example.org\nBcc: b@example.org",
        "a@exa\u202emple.org",
        "a..b@example.org",
        "олена@example.org",
        "a" * 65 + "@example.org",
        "a@" + "b" * 64 + ".org",
        "a@" + "b." * 130 + "org",
    ],
)
def test_what_is_no_address_comes_back_as_it_was_typed(app, words):
    """A10, A11, V1"""
    form = typed(app, words)
    assert not form.is_right
    assert "Please enter an e-mail address" in form.html
    assert words.strip().partition("\n")[0].partition("<")[0] in form.html


def test_the_field_says_what_the_address_is_used_for_and_helps_to_fill_it_in(app):
    """D3, A17"""
    html = typed(app, "").html
    assert 'type="email"' in html
    assert 'autocomplete="email"' in html
    assert "We use this address only to write to you about this matter." in html


def test_hostile_words_are_no_addresses_or_harmless_ones(app, samples):
    """V1"""
    for words in hostile_words(samples):
        form = typed(app, words)
        if form.is_right and form.email.data:
            assert form.email.data.isascii()
            assert not set(form.email.data) & set(' \r\n\t<>"(),:;[]\\')
