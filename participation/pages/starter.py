"""The standing pages of every public site, and what they say before staff have changed them."""

from collections.abc import Callable

from flask import current_app

from participation.i18n import LocalizedText, content_text
from participation.pages.starting import accessibility, easy, imprint, privacy
from participation.pages.starting.blocks import Block, page_text
from participation.settings import Settings


def slugs() -> list[str]:
    """The names of the standing pages, as they stand in addresses."""
    return list(_BLOCKS)


def title(slug: str) -> LocalizedText:
    """What a page is called at the start."""
    titles = {
        "contact": content_text("Kontakt"),
        "imprint": content_text("Impressum"),
        "privacy": content_text("Datenschutz"),
        "accessibility": content_text("Erklärung zur Barrierefreiheit"),
        "easy": content_text("Diese Seite in Leichter Sprache"),
        "sign-language": content_text("Gebärdensprache"),
        "house-rules": content_text("Hausregeln"),
    }
    return _in_easy_words(titles[slug]) if slug == "easy" else titles[slug]


def text(slug: str) -> LocalizedText:
    """What a page says at the start, with the marks of marks.py."""
    written = page_text(_BLOCKS[slug](current_app.config["SETTINGS"]))
    return _in_easy_words(written) if slug == "easy" else written


_BLOCKS: dict[str, Callable[[Settings], list[Block]]] = {
    "contact": lambda city: imprint.contact(city.city_name),
    "imprint": lambda city: imprint.imprint(city.city_name),
    "privacy": lambda city: privacy.privacy(city.city_name),
    "accessibility": lambda city: accessibility.accessibility(city.city_name, city.public_url),
    "easy": lambda city: easy.easy(city.city_name),
    "sign-language": lambda city: accessibility.sign_language(city.city_name),
    "house-rules": lambda city: imprint.house_rules(city.city_name),
}


def _in_easy_words(written: LocalizedText) -> LocalizedText:
    """The German text of this one page is Leichte Sprache already."""
    return LocalizedText({"de-simple": written["de"], **written})
