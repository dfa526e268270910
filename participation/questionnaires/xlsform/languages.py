"""Names of languages as authors of spreadsheets write them, and the tags we know them under."""

import re
from functools import cache

from babel import Locale, localedata
from babel.core import get_global

from participation.i18n import ALIASES, language

IN_BRACKETS = re.compile(r"[(\[]\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*)\s*[)\]]\s*$")
CODE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{1,8})*")
SIMPLE_GERMAN = "de-simple"
OWN_NAMES = {
    "azərbaycan": "az",
    "български": "bg",
    "bosanski": "bs",
    "català": "ca",
    "čeština": "cs",
    "dansk": "da",
    "eesti": "et",
    "ελληνικά": "el",
    "español": "es",
    "فارسی": "fa",
    "hrvatski": "hr",
    "italiano": "it",
    "日本語": "ja",
    "ქართული": "ka",
    "한국어": "ko",
    "کوردی": "ckb",
    "latviešu": "lv",
    "lietuvių": "lt",
    "magyar": "hu",
    "македонски": "mk",
    "nederlands": "nl",
    "polski": "pl",
    "português": "pt",
    "پښتو": "ps",
    "română": "ro",
    "русский": "ru",
    "shqip": "sq",
    "slovenčina": "sk",
    "slovenščina": "sl",
    "soomaali": "so",
    "српски": "sr",
    "suomi": "fi",
    "svenska": "sv",
    "ไทย": "th",
    "ትግርኛ": "ti",
    "tiếng việt": "vi",
    "türkçe": "tr",
    "українська": "uk",
    "አማርኛ": "am",
    "עברית": "he",
    "العربية": "ar",
    "हिन्दी": "hi",
    "中文": "zh",
}
WRITTEN_DIFFERENTLY = {
    "arab": "ar",
    "dari": "fa",
    "farsi": "fa",
    "kurmanji": "ku",
    "kurmancî": "ku",
    "kurmanci": "ku",
    "kurdi": "ku",
    "kurdî": "ku",
    "kurdî (kurmancî)": "ku",
    "leichte sprache": SIMPLE_GERMAN,
    "de-easy": SIMPLE_GERMAN,
    "de-leicht": SIMPLE_GERMAN,
    "de-ls": SIMPLE_GERMAN,
    "fre": "fr",
    "ger": "de",
    "per": "fa",
    "rum": "ro",
    "alb": "sq",
    "chi": "zh",
    "dut": "nl",
    "gre": "el",
}


def tag_of(written: str) -> str | None:
    """The tag of a language given as code, as name, or as both (“Türkçe (tr)”); None when nobody knows it."""
    name = " ".join(written.split()).casefold()
    if name in WRITTEN_DIFFERENTLY:
        return WRITTEN_DIFFERENTLY[name]
    bracketed = IN_BRACKETS.search(name)
    if bracketed:
        return _known(bracketed[1])
    return (_known(name) if CODE.fullmatch(name) else None) or _names().get(name) or OWN_NAMES.get(name)


def column_name(tag: str) -> str:
    """What we write behind `label::` ourselves."""
    return f"{language(tag).name} ({tag})"


def _known(code: str) -> str | None:
    """A code as we use it: without region, de-simple alone with its variant (de-informal is German)."""
    code = code.lower().replace("_", "-")
    code = WRITTEN_DIFFERENTLY.get(code, code)
    if code == SIMPLE_GERMAN:
        return code
    base = code.partition("-")[0]
    base = ALIASES.get(base, base)
    if len(base) == 3 and base not in {"ckb", "zgh"}:
        base = WRITTEN_DIFFERENTLY.get(base, get_global("language_aliases").get(base, base))
    return base if localedata.exists(base) else None


@cache
def _names() -> dict[str, str]:
    """Names in English, German and French."""
    found: dict[str, str] = {}
    for speaker in ("fr", "de", "en"):
        for code, name in Locale(speaker).languages.items():
            if "_" not in code and localedata.exists(code):
                found[name.casefold()] = ALIASES.get(code, code)
    return found
