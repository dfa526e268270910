"""Open forms ask robots to show themselves, and lose nobody's words."""

from datetime import timedelta

import pytest
from flask import render_template_string
from wtforms import StringField

from participation import clock, honesty
from participation.forms import required
from participation.honesty import EMPTY, OPENED, HonestForm
from tests.ideas.makers import make_idea


class LetterForm(HonestForm):
    text = StringField("Text", [required()])


@pytest.fixture(autouse=True)
def watchful(app, monkeypatch):
    monkeypatch.setitem(app.config, "HONESTY_ENABLED", True)


@pytest.mark.parametrize(
    "path",
    ["/de/ideas/calls/{call}/new", "/de/contributions/{idea}/comments", "/de/notices/new?contribution={idea}"],
)
def test_v8_each_open_form_has_one_trap_and_tells_when_it_was_opened(client, path):
    idea = make_idea()
    page = client.get(path.format(call=idea.call.slug, idea=idea.id)).text
    assert page.count(f'name="{OPENED}"') == 1
    assert page.count(f'name="{EMPTY}"') == 1


@pytest.fixture
def visit(app):
    """Send the form with these fields; what comes back is whether it is accepted, its mistakes and its page."""

    def send(**fields: str):
        with app.test_request_context("/de/", method="POST", data=fields):
            form = LetterForm()
            accepted = form.validate_on_submit()
            page = render_template_string(
                '{% from "macros/forms.html" import form_page, field %}'
                '{% call form_page(form, submit="Send") %}{{ field(form.text) }}{% endcall %}',
                form=form,
            )
            return accepted, [str(error) for error in form.form_errors], page

    return send


@pytest.fixture
def opened(app, stop_clock):
    """The moment of opening as the page carries it; half a minute later the form is sent."""
    stop_clock(2026, 4, 1, 12)
    with app.test_request_context("/de/"):
        signed = honesty._opened()
    stop_clock(2026, 4, 1, 12, 0, 30)
    return signed


def test_v8_whoever_takes_a_moment_is_let_through(visit, opened):
    assert visit(text="Hallo", opened=opened)[:2] == (True, [])


def test_v8_whoever_is_too_fast_presses_once_more_and_keeps_every_word(visit, opened, stop_clock):
    stop_clock(2026, 4, 1, 12, 0, 2)
    accepted, told, page = visit(text="Hallo", opened=opened)
    assert not accepted
    assert told == [str(honesty.TOO_FAST)]
    assert 'value="Hallo"' in page
    assert f'value="{opened}"' in page
    stop_clock(2026, 4, 1, 12, 0, 4)
    assert visit(text="Hallo", opened=opened)[0]


@pytest.mark.parametrize(
    "forged", ["", "form", "form.abc.def", "\x00", "ü" * 50, "form.aaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaa"]
)
def test_v8_a_moment_that_we_did_not_sign_is_none_and_the_next_try_brings_a_real_one(visit, opened, forged):
    accepted, told, page = visit(text="Hallo", opened=forged)
    assert (accepted, told) == (False, [str(honesty.TOO_FAST)])
    assert 'name="opened" value="form.' in page


def test_a_form_that_was_open_for_days_is_fine(visit, opened, monkeypatch):
    later = clock.now() + timedelta(days=20)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert visit(text="Hallo", opened=opened)[0]


def test_a_moment_in_the_future_is_no_head_start(visit, opened, stop_clock):
    stop_clock(2026, 4, 1, 11)
    assert not visit(text="Hallo", opened=opened)[0]


def test_v8_whoever_fills_the_trap_is_told_how_to_get_out(visit, opened):
    accepted, told, page = visit(text="Hallo", opened=opened, website="http://spam.example")
    assert (accepted, told) == (False, [str(honesty.NOT_EMPTY)])
    assert 'value="http://spam.example"' in page
    assert "visually-hidden" not in page


def test_what_was_typed_into_the_trap_is_escaped(visit, opened):
    assert "<script" not in visit(text="Hallo", opened=opened, website='"><script>alert(1)</script>')[2]


def test_other_mistakes_are_told_first(visit):
    assert visit(text="")[:2] == (False, [])


def test_the_trap_is_out_of_the_way_of_people_and_their_helpers(visit, opened):
    page = visit(text="", opened=opened)[2]
    trap = page[page.index('<div class="visually-hidden">') : page.index('name="opened"')]
    assert f'<label for="{EMPTY}">' in trap
    assert 'autocomplete="off"' in trap
    assert 'tabindex="-1"' in trap
    assert page.count(f'name="{OPENED}"') == 1
