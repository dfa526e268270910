"""Street names and house numbers as people type them."""

import re
from typing import NamedTuple

from participation.reading import western
from participation.text_matching import fold

LONGEST = 200
HOUSE = re.compile(r"(.*?\D)\s*\b(\d{1,4})\s*[a-z]?(\s*(?:-|–|/|bis|\+)\s*\d{1,4}\s*[a-z]?)?", re.IGNORECASE)


class Typed(NamedTuple):
    """What somebody typed, as it may be meant: a street, perhaps with a house number."""

    key: str
    house: int | None


def key(name: str) -> str:
    """The common form of a street's name: Kaiser-Straße, Kaiserstr. and KAISER STRASSE are one street."""
    return fold(name).replace(" ", "")


def readings(typed: str) -> list[Typed]:
    """The possible meanings, the likelier one first: Platz 1 may be a name, or a house in the street called Platz."""
    if len(typed) > LONGEST:
        return []
    street = western(typed).partition(",")[0]  # what follows the comma is the postcode and the town
    found = [Typed(key(street), None)]
    if match := HOUSE.fullmatch(street.strip()):
        found.append(Typed(key(match[1]), int(match[2])))
    return [one for one in found if one.key]
