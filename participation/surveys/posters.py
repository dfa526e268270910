"""A poster for a survey: its address as a QR code, with a sentence in each chosen language."""

from collections.abc import Sequence
from dataclasses import dataclass

import segno
from flask import current_app, url_for

from participation.i18n import Language, Picked, _, language, speaking
from participation.surveys.models import Survey

MOST_LANGUAGES = 3
SIZES = ("a4", "a5")


@dataclass(frozen=True)
class Panel:
    """One language on the poster. The title may have fallen back to German, so it brings its own language."""

    language: Language
    title: Picked[str] | None
    sentence: str
    description: str
    address: str
    picture: str


def panels(survey: Survey, tags: Sequence[str]) -> list[Panel]:
    """What stands side by side, each in its own language."""
    return [_panel(survey, tag) for tag in tags[:MOST_LANGUAGES]]


def address(survey: Survey, tag: str) -> str:
    """Where the survey begins in a language, as it stands on paper."""
    public_url: str = current_app.config["SETTINGS"].public_url
    return public_url + url_for("surveys.show", slug=survey.slug, lang=tag)


def _panel(survey: Survey, tag: str) -> Panel:
    here = address(survey, tag)
    with speaking(tag):
        sentence = _("Take part: scan the code with your phone, or open the address.")
        description = _("QR code with the address of the survey")
    picture = segno.make(here, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff")
    return Panel(language(tag), survey.title.pick(tag), sentence, description, here, picture)
