"""Finding what may tell who or where somebody is: telephone numbers, e-mail addresses, street addresses, bank accounts.

It warns before something is sent and points it out to moderators; it never decides, so it may be wrong now and then.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from phonenumbers import Leniency, PhoneNumberMatcher
from sqlalchemy import select

from participation.db import session
from participation.districts import streets
from participation.districts.models import Street

LONGEST = 20_000  # the beginning of a text; nobody is allowed to send more
MOST = 20
MOST_NUMBERS = 40  # that are looked up as house numbers
MOST_WORDS_OF_A_STREET = 4

EMAIL = re.compile(
    r"[\w.+-]{1,64}\s?(?:@|\(\s?at\s?\)|\[\s?at\s?\])\s?[\w-]{1,63}"
    r"(?:\s?(?:\.|\(\s?(?:dot|punkt)\s?\)|\[\s?(?:dot|punkt)\s?\])\s?[\w-]{1,63}){1,4}",
    re.IGNORECASE,
)
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{1,4}){3,8}\b")
DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
# How streets are called. Roads in general, as in "at the cycle path 20 metres on", are no addresses.
STREETS = (
    "straße",
    "strasse",
    "str",
    "weg",
    "allee",
    "platz",
    "gasse",
    "ring",
    "ufer",
    "steig",
    "damm",
    "wall",
    "pfad",
    "chaussee",
    "promenade",
    "stieg",
    "kamp",
    "markt",
    "cadde",
    "caddesi",
    "sokak",
    "sokağı",
)
GENERAL = re.compile(
    r"(?:rad|fahrrad|fuß|fuss|geh|feld|wald|schul|wander|reit|verbindungs|um|aus|rück|heim|hin|unter|über)weg|"
    r"(?:spiel|park|sport|bolz|stell|arbeits|sitz|fußball|grill|lade|liege|schlaf|steh)platz|"
    r"(?:haupt|seiten|neben|einbahn|land|bundes|spiel|fahrrad|quer|anlieger)straße|(?:bürger|bahn|auf|ein)steig"
)
HOUSE = r"(?:(?:Nr|Nummer|Hausnummer|Haus|[Nn]o|№)\.?\s?)?(?P<number>\d{1,4}(?:\s?[a-z])?)\b(?!\s?[.:]\d)"
NO_HOUSE = (
    r"(?!\s?(?:%|€|°|x\b|mal\b|Uhr|Euro|Meter|m\b|km\b|cm\b|kmh|Jahre|Tage|Wochen|Monate|Minuten|Prozent|Stunden))"
)
NUMBER = re.compile(rf"(?<![\w.-])(?P<before>(?:[\w.-]{{2,40}},? ){{1,{MOST_WORDS_OF_A_STREET}}}){HOUSE}{NO_HOUSE}")
ELSEWHERE = re.compile(
    rf"\b(?P<street>(?:ul|ulica|ул|улица|вул|вулиця|strada|бул)\.?\s[\w-]{{2,40}}(?:\s[\w-]{{2,40}})?),?\s{HOUSE}",
    re.IGNORECASE,
)


class Found(NamedTuple):
    """What was found, and the passage as it stands in the text."""

    kind: str
    passage: str


def personal_data(text: str) -> list[Found]:
    """Passages that may be personal data, in the order of the text, each once."""
    text = text[:LONGEST]
    spans: list[tuple[int, int, str]] = []
    for kind, start, end in _spans(_with_western_digits(text)):
        if all(end <= begun or start >= ended for begun, ended, _kind in spans):
            spans.append((start, end, kind))
    found = (Found(kind, text[start:end].strip(" ,.")) for start, end, kind in sorted(spans))
    return list(dict.fromkeys(found))[:MOST]


def _spans(text: str) -> Iterator[tuple[str, int, int]]:
    """What is most certain comes first: an account number is no telephone number."""
    yield from (("email", *match.span()) for match in EMAIL.finditer(text))
    yield from (("iban", *match.span()) for match in IBAN.finditer(text) if _is_iban(match[0]))
    numbers = PhoneNumberMatcher(text, "DE", leniency=Leniency.VALID)
    yield from (("phone", match.start, match.end) for match in numbers if not DATE.fullmatch(match.raw_string))
    yield from (("address", match.start("street"), match.end("number")) for match in ELSEWHERE.finditer(text))
    before_numbers = list(islice(NUMBER.finditer(text), MOST_NUMBERS))
    for match in before_numbers:
        if (start := _start_of_street(match)) is not None:
            yield "address", start, match.end("number")
    yield from _known_streets(text, before_numbers)


def _is_iban(typed: str) -> bool:
    code = re.sub(r"[ -]", "", typed)
    moved = code[4:] + code[:4]
    return 15 <= len(code) <= 34 and int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


def _start_of_street(match: re.Match[str]) -> int | None:
    """Where the name begins, if the last word before the number tells that it is a street and not any street."""
    words = [(match.start("before") + word.start(), word[0]) for word in re.finditer(r"[\w.-]+", match["before"])]
    if len(words) > 1 and words[-1][1].lower().rstrip(".") in {"nr", "no", "nummer", "hausnummer", "haus"}:
        words.pop()
    start, last = words[-1]
    name = last.lower().rstrip(".")
    if not name.endswith(STREETS) or GENERAL.fullmatch(name):
        return None
    if name not in STREETS:
        return start
    # "Kölner Straße 5" is an address, "die Straße 5" is not.
    return words[-2][0] if len(words) > 1 and words[-2][1][0].isupper() else None


def _known_streets(text: str, before_numbers: Iterable[re.Match[str]]) -> Iterator[tuple[str, int, int]]:
    """Streets of the directory whose names do not tell that they are streets, as in "Ostwall 17" or "Im Winkel 3"."""
    candidates: dict[str, list[tuple[int, int]]] = {}
    for match in before_numbers:
        for word in re.finditer(r"\S+ ", match["before"]):
            start = match.start("before") + word.start()
            if key := streets.key(text[start : match.end("before")]):
                candidates.setdefault(key, []).append((start, match.end("number")))
    if candidates:
        for key in session.scalars(select(Street.key).where(Street.key.in_(candidates)).distinct()):
            yield from (("address", start, end) for start, end in candidates[key])


def _with_western_digits(text: str) -> str:
    """Digits of any script as 0-9; every character stays where it is."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in text)
