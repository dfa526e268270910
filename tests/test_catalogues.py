"""Every catalogue is complete, and its sentences keep what the code needs of them (L7, L8, L9, L16)."""

import ast
import io
import json
import re
from functools import cache
from gettext import c2py

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from participation.i18n import CATALOGUES, language
from participation.settings import LANGUAGES, PROJECT

COUNTS = [0, 1, 2, 3, 5, 11, 12, 14, 19, 20, 21, 22, 25, 100, 101, 102, 111, 1_000_000]
FORMS = {
    "de": 2,
    "de-simple": 2,
    "en": 2,
    "bg": 2,
    "ku": 2,
    "tr": 1,
    "fa": 1,
    "ro": 3,
    "ru": 3,
    "uk": 3,
    "pl": 3,
    "ar": 6,
}
ONE_FORM = {"tr", "fa"}  # gettext files of these have one form, though CLDR counts two
GAP = re.compile(r"%\(\w+\)[sd]|%[sd]")
TAG = re.compile(r"</?[a-z][^>]*>")

# The code speaks English and the content German: these two need no catalogue of their own.
NEEDED = [("messages", tag) for tag in LANGUAGES if tag != "en"] + [
    ("content", tag) for tag in LANGUAGES if tag != "de"
]
all_catalogues = pytest.mark.parametrize(("domain", "tag"), NEEDED)


@cache
def catalogue(domain: str, tag: str) -> Catalog:
    path = CATALOGUES / language(tag).catalogue / "LC_MESSAGES" / f"{domain}.po"
    if not path.is_file():
        pytest.fail(f"There is no {path.relative_to(PROJECT)}: make messages", pytrace=False)
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def messages(domain: str, tag: str) -> list[Message]:
    return [message for message in catalogue(domain, tag) if message.id]


def pairs(message: Message) -> list[tuple[str, str]]:
    """Each translated form with the original that it stands for: the plural, where there is one."""
    if not message.pluralizable:
        return [(message.id, message.string)]
    return [(message.id[1], form) for form in message.string]


@cache
def sentences_of_the_code(domain: str) -> set[str | tuple[str, ...]]:
    """What `make messages` would collect now."""
    folders, methods, keywords = [PROJECT / "participation"], [("**.py", "python")], {"content_text": (1,), "t": (1,)}
    if domain == "messages":
        folders, methods = (
            [*folders, PROJECT / "templates"],
            [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")],
        )
        keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "_l": (1,)}
    found = (
        row[2]
        for folder in folders
        for row in extract_from_dir(folder, method_map=methods, keywords=keywords, options_map={})
    )
    return {sentence if isinstance(sentence, str) else tuple(sentence) for sentence in found if sentence}


@all_catalogues
def test_every_sentence_of_the_code_is_there(domain, tag):
    known = {message.id if isinstance(message.id, str) else tuple(message.id) for message in messages(domain, tag)}
    # A sentence that also occurs counted is one entry, under its singular.
    known |= {sentence[0] for sentence in known if isinstance(sentence, tuple)}
    assert sorted(map(str, sentences_of_the_code(domain) - known)) == []


def test_no_sentence_hides_in_a_formatted_string_where_the_collector_does_not_look():
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in (PROJECT / "participation").rglob("*.py")
        for string in ast.walk(ast.parse(path.read_text()))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"_", "_l", "ngettext"}
    ]
    assert hidden == []


@all_catalogues
def test_every_sentence_is_translated_and_none_is_a_guess(domain, tag):
    empty = [message.id for message in messages(domain, tag) if not all(form.strip() for _id, form in pairs(message))]
    fuzzy = [message.id for message in messages(domain, tag) if message.fuzzy]
    assert (empty, fuzzy) == ([], [])


@all_catalogues
def test_every_gap_is_kept_in_every_form(domain, tag):
    """L16"""
    wrong = [
        (original, form)
        for message in messages(domain, tag)
        for original, form in pairs(message)
        if not same_gaps(original, form, is_counted=message.pluralizable)
    ]
    assert wrong == []


def same_gaps(original: str, form: str, *, is_counted: bool) -> bool:
    """The same gaps as often; a counted form may leave the number out, as Arabic does for one and two."""
    needed, given = set(GAP.findall(original)), set(GAP.findall(form))
    return given == needed or (is_counted and given == needed - {"%(n)s"})


@all_catalogues
def test_a_percent_sign_is_never_taken_for_a_gap(domain, tag):
    wrong = []
    for message in messages(domain, tag):
        for original, form in pairs(message):
            if GAP.search(original) and re.search(r"%(?!\(\w+\)[sd]|%)", form):
                wrong.append(form)
    assert wrong == []


@all_catalogues
def test_blanks_and_line_ends_at_the_edges_are_kept(domain, tag):
    wrong = [
        (original, form)
        for message in messages(domain, tag)
        for original, form in pairs(message)
        if edges(original) != edges(form)
    ]
    assert wrong == []


def edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


@all_catalogues
def test_html_and_web_addresses_are_kept(domain, tag):
    address = re.compile(r"https?://\w[^\s)]*|[\w.-]+@[\w.-]+\.\w+")
    wrong = [
        (original, form)
        for message in messages(domain, tag)
        for original, form in pairs(message)
        if sorted(TAG.findall(original)) != sorted(TAG.findall(form))
        or sorted(address.findall(original)) != sorted(address.findall(form))
    ]
    assert wrong == []


@all_catalogues
def test_no_translation_carries_marks_that_nobody_sees(domain, tag):
    unseen = re.compile(r"[\u202a-\u202e\u2066-\u2069\ufeff\u00ad\u200b]")
    assert [form for message in messages(domain, tag) for _id, form in pairs(message) if unseen.search(form)] == []


# --- Plural forms -----------------------------------------------------------------------------------------------------


def cldr_category(samples, tag: str, number: int) -> str:
    """The category of a whole number, from the sample numbers in the CLDR table."""
    table = json.loads((samples / "standards" / "cldr_plurals.json").read_text())["supplemental"]
    rules = table["plurals-type-cardinal"][tag.partition("-")[0]]
    for key, rule in rules.items():
        integers = re.search(r"@integer ([^@]*)", rule)
        for part in (integers[1] if integers else "").replace("…", "").split(","):
            low, _, high = part.strip().partition("~")
            if low.isdecimal() and int(low) <= number <= int(high or low):
                return key.rpartition("-")[2]
    return language(tag).locale.plural_form(number)  # the table lists samples only


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag != "en"])
def test_counted_sentences_have_as_many_forms_as_the_language_needs(tag):
    """L7"""
    made = catalogue("messages", tag)
    assert made.num_plurals == FORMS[tag]
    wrong = [m.id for m in messages("messages", tag) if m.pluralizable and len(m.string) != FORMS[tag]]
    assert wrong == []


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag != "en"])
def test_the_header_chooses_one_form_per_category_of_cldr(samples, tag):
    """L8, L9: numbers of one category share a form, numbers of two never do."""
    forms: dict[str, set[int]] = {}
    for number in COUNTS:
        form = plural_index(catalogue("messages", tag).plural_expr, number)
        assert form < FORMS[tag]
        forms.setdefault("other" if tag in ONE_FORM else cldr_category(samples, tag, number), set()).add(form)
    assert all(len(found) == 1 for found in forms.values()), forms
    assert len({next(iter(found)) for found in forms.values()}) == len(forms), forms


def plural_index(expression: str, number: int) -> int:
    """Which form a header chooses, as gettext itself reads it."""
    return int(c2py(expression)(number))


def test_arabic_says_eleven_and_a_hundred_by_the_header_of_its_own_file(samples):
    """L9"""
    made = catalogue("messages", "ar")
    file = io.BytesIO()
    write_mo(file, made)
    file.seek(0)
    read = Translations(file)
    for message in [message for message in messages("messages", "ar") if message.pluralizable]:
        by_category = {cldr_category(samples, "ar", number): read.ungettext(*message.id, number) for number in COUNTS}
        assert read.ungettext(*message.id, 11) == message.string[plural_index(made.plural_expr, 11)]
        assert read.ungettext(*message.id, 100) == message.string[plural_index(made.plural_expr, 100)]
        assert set(by_category) == {"zero", "one", "two", "few", "many", "other"}
