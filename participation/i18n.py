"""The reader's language: catalogues, dates and numbers, and texts that exist in several languages."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from babel import Locale, dates, lists, numbers
from babel.support import NullTranslations, Translations
from flask import Flask, Request, current_app, g, has_app_context
from markupsafe import Markup, escape

from participation.clock import BERLIN

SOURCE_LANGUAGE = "de"
CATALOGUES = Path(__file__).parent.parent / "translations"
# People choose these tags in their browser, we know the language under another one (L6).
ALIASES = {"kmr": "ku", "prs": "fa", "pes": "fa"}
ONLY_BY_CHOICE = {"de-simple"}
OWN_NAMES = {"de-simple": "Leichte Sprache", "ku": "Kurdî (Kurmancî)"}

T = TypeVar("T")


@dataclass(frozen=True)
class Language:
    """A language of the pages, under the tag that stands in addresses and in `lang`."""

    tag: str
    name: str
    direction: str
    locale: Locale

    @property
    def catalogue(self) -> str:
        """The folder of its messages: gettext writes de_SIMPLE where BCP 47 writes de-simple."""
        base, _, variant = self.tag.partition("-")
        return f"{base}_{variant.upper()}" if variant else base


@cache
def language(tag: str) -> Language:
    """All we know about a tag; Babel drops the variant of de-simple, so dates there are German ones."""
    locale = Locale.parse(tag.partition("-")[0])
    name = OWN_NAMES.get(tag) or (locale.get_display_name(locale) or tag)
    return Language(tag, name[0].upper() + name[1:], locale.text_direction, locale)


def languages() -> list[Language]:
    """The languages this city offers, in the order of its settings."""
    return [language(tag) for tag in current_app.config["LANGUAGES"]]


def current_language() -> Language:
    """The language we are speaking now: the page's, the mail's, or German."""
    try:
        return language(g.language)
    except (AttributeError, RuntimeError):  # nothing was said about the language yet, or nobody is listening
        return language(SOURCE_LANGUAGE)


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Speak another language for a while, as for a mail or an export."""
    before = g.get("language", SOURCE_LANGUAGE)
    g.language = tag
    try:
        yield
    finally:
        g.language = before


def negotiate(request: Request) -> str:
    """The first language the browser asks for that we offer; Leichte Sprache is never guessed (L6)."""
    offered = set(current_app.config["LANGUAGES"]) - ONLY_BY_CHOICE
    for wanted, quality in request.accept_languages:
        if not quality:  # "anything but this"
            continue
        base = wanted.lower().replace("_", "-").partition("-")[0]
        tag = ALIASES.get(base, base)
        if tag in offered:
            return tag
    return SOURCE_LANGUAGE


# --- Messages -------------------------------------------------------------------------------------------------------


@cache
def catalogue(tag: str, domain: str = "messages") -> NullTranslations:
    """The compiled messages of one language; an empty catalogue speaks the language of the code."""
    return Translations.load(CATALOGUES, [language(tag).catalogue], domain)


def gettext(message: str, **values: Any) -> str:
    """Say a sentence in the current language, with its named gaps filled."""
    said = str(catalogue(current_language().tag).ugettext(message))
    return said % values if values else said


def ngettext(singular: str, plural: str, n: int, **values: Any) -> str:
    """Say a counted sentence; %(n)s holds the number, written as the language writes numbers."""
    said = str(catalogue(current_language().tag).ungettext(singular, plural, n))
    return said % {"n": format_number(n), **values}


def _on_page(message: str, **values: Any) -> Markup:
    """The same for templates: the sentence is ours and may hold HTML, what fills its gaps is escaped."""
    said = Markup(catalogue(current_language().tag).ugettext(message))  # noqa: S704  (a catalogue of ours)
    return said % values if values else said


def _counted_on_page(singular: str, plural: str, n: int, **values: Any) -> Markup:
    """The same for counted sentences."""
    said = Markup(catalogue(current_language().tag).ungettext(singular, plural, n))  # noqa: S704  (as above)
    return said % {"n": format_number(n), **values}


class LazyText:
    """A sentence that is chosen at import time and said in the reader's language later."""

    def __init__(self, message: str, **values: Any) -> None:
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return gettext(self.message, **self.values)

    def __html__(self) -> Markup:
        return escape(str(self))

    def __mod__(self, values: Mapping[str, Any]) -> str:
        return str(self) % values

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash(self.message)


_ = gettext
_l = LazyText


# --- Texts in several languages ---------------------------------------------------------------------------------------


class Picked(NamedTuple, Generic[T]):
    """What was found for the reader, and in which language."""

    item: T
    language: str


class LocalizedItems(Mapping[str, T]):
    """One thing in several languages; it cannot be changed, only replaced."""

    def __init__(self, items: Mapping[str, T] | None = None, **more: T) -> None:
        self._items: dict[str, T] = {tag: item for tag, item in {**(items or {}), **more}.items() if item}

    def __getitem__(self, tag: str) -> T:
        return self._items[tag]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._items)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._items!r})"

    def pick(self, tag: str | None = None) -> Picked[T] | None:
        """The reader's language, then German, then whatever there is first (L5)."""
        for wanted in (tag or current_language().tag, SOURCE_LANGUAGE):
            if wanted in self._items:
                return Picked(self._items[wanted], wanted)
        first = next(iter(self._items), None)
        return Picked(self._items[first], first) if first else None


class LocalizedText(LocalizedItems[str]):
    """One text in several languages, as in LocalizedText(de="Umfrage", tr="Anket")."""

    def __str__(self) -> str:
        picked = self.pick()
        return picked.item if picked else ""

    def __html__(self) -> Markup:
        picked = self.pick()
        return Passage(picked.item, picked.language).__html__() if picked else Markup()


def content_text(german: str) -> LocalizedText:
    """A text that the house itself brings as content (starting pages, demo), in every language it was translated to.

    Its messages are German sentences in the catalogue `content`; what is not translated falls back like any content.
    """
    texts = {SOURCE_LANGUAGE: german}
    for tag in current_app.config["LANGUAGES"]:
        said = str(catalogue(tag, "content").ugettext(german))
        if said is not german:  # gettext gives the very same object back when it knows no translation
            texts[tag] = said
    return LocalizedText(texts)


@dataclass(frozen=True)
class Passage:
    """A piece of text with the language it is written in (L3)."""

    text: Any
    language: str

    def __str__(self) -> str:
        return str(self.text)

    def __html__(self) -> Markup:
        return self._within("span")

    def block(self) -> Markup:
        """The same for whole paragraphs."""
        return self._within("div")

    def _within(self, element: str) -> Markup:
        if self.language == current_language().tag:
            return escape(self.text)
        note_fallback()
        return self.marked(element)

    def marked(self, element: str = "span") -> Markup:
        """The text with its language, and no word about a missing translation."""
        marked = language(self.language)
        return Markup('<{0} lang="{1}" dir="{2}">{3}</{0}>').format(element, marked.tag, marked.direction, self.text)


def proper_name(name: LocalizedText) -> Markup:
    """A name as it stands on street signs: it keeps the mark of its language, and nobody misses a translation."""
    picked = name.pick()
    if picked is None or picked.language == current_language().tag:
        return escape(str(name))
    return Passage(picked.item, picked.language).marked()


def note_fallback() -> None:
    """Remember that this page shows a text in another language, so that it says so once."""
    if has_app_context():
        g.fallback_used = True


def has_fallback() -> bool:
    """Whether this page has shown such a text so far."""
    return bool(has_app_context() and g.get("fallback_used"))


# --- Dates and numbers: the calendar and the zone of Germany in every language (L10) ----------------------------------


def format_day(day: date, form: str = "long") -> str:
    """A day, as in 3. April 2026; of a moment the day it falls on in Germany."""
    if isinstance(day, datetime):
        day = day.astimezone(BERLIN).date()
    return dates.format_date(day, form, locale=current_language().locale)


def format_moment(moment: datetime) -> str:
    """A moment with its time of day in Germany; nobody here needs its seconds."""
    locale = current_language().locale
    day = dates.format_date(moment.astimezone(BERLIN).date(), "medium", locale=locale)
    time = dates.format_time(moment, "short", tzinfo=BERLIN, locale=locale)
    together = str(dates.get_datetime_format("medium", locale=locale))  # "{1}, {0}"
    return together.replace("'", "").replace("{0}", time).replace("{1}", day)


def format_number(number: float) -> str:
    """A number as the reader's language writes it."""
    return numbers.format_decimal(number, locale=current_language().locale)


def format_percent(share: float) -> str:
    """A share between 0 and 1 as whole per cent, with the sign where the language puts it."""
    return numbers.format_percent(share, locale=current_language().locale)


def format_list(items: list[str]) -> str:
    """Items joined as the language joins them: a, b und c."""
    return lists.format_list(items, locale=current_language().locale)


def init_app(app: Flask, tags: tuple[str, ...]) -> None:
    """Teach the templates to speak."""
    app.config["LANGUAGES"] = list(tags)
    app.jinja_env.filters.update(
        day=format_day,
        moment=format_moment,
        number=format_number,
        percent=format_percent,
        listed=format_list,
        proper_name=proper_name,
    )
    # Not Jinja's own extension: for each sentence it looks through the template's context, which takes much longer.
    app.jinja_env.globals.update(_=_on_page, ngettext=_counted_on_page)
    app.jinja_env.globals.update(language=current_language, languages=languages, language_of=language, Passage=Passage)
