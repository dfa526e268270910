"""Short names for addresses, as in /de/councils/nordstadt: made of a title in any script, and given once."""

import re
import unicodedata
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from participation.db import session

LONGEST = 60
TRANSCRIBED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def slug_of(title: str, otherwise: str) -> str:
    """The short name that a title asks for; a title without any letter of ours gets the other one."""
    transcribed = unicodedata.normalize("NFKD", title.lower().translate(TRANSCRIBED))
    plain = re.sub(r"[^a-z0-9]+", "-", transcribed.encode("ascii", "ignore").decode()).strip("-")
    return plain[:LONGEST].strip("-") or otherwise


def free_slug(column: InstrumentedAttribute[str], wished: str, reserved: Collection[str] = ()) -> str:
    """The wished short name, with a number behind it if another row of this column has it already."""
    taken = slugs_like(column, wished) | set(reserved)
    number, slug = 1, wished
    while slug in taken:
        number += 1
        slug = f"{wished}-{number}"
    return slug


def slugs_like(column: InstrumentedAttribute[str], beginning: str) -> set[str]:
    """Short names that begin so; these are letters, digits and hyphens, so no wildcard is among them."""
    return set(session.scalars(select(column).where(column.like(f"{beginning}%"))))
