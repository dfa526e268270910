"""What stands behind a link in our letters: one's own matter, at hand with one button and without an account (D8)."""

from collections.abc import Callable
from typing import Any

from flask import redirect, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from participation.contacts import own_links
from participation.contacts.forms import ButtonForm
from participation.contacts.operations import LinkNotValid
from participation.contacts.own_links import Matter
from participation.forms import render_form


def keep(letter: str, token: str, then: str) -> ResponseReturnValue:
    """Take the token out of the address (V21). This changes nothing: mail programmes open links by themselves."""
    cookie[letter] = token
    return redirect(url_for(then))


def open_matter(
    letter: str, behind: Callable[[str], Matter | None], template: str, take_to_hand: Callable[[Any], None], then: str
) -> ResponseReturnValue:
    """A page with one button; whoever presses it has the matter's receipt at hand, and the address is right."""
    matter = behind(cookie.get(letter, ""))
    if matter is None or matter.receipt is None:
        raise LinkNotValid
    form = ButtonForm()
    if not form.validate_on_submit():
        return render_form(template, form, matter=matter)
    own_links.opened(matter.contact)
    cookie.pop(letter, None)
    take_to_hand(matter.receipt)
    return redirect(url_for(then))
