"""Minutes of an archive: approved, sealed and published long ago, as the operations would have left them."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from sqlalchemy import func, select

from participation import text_words
from participation.councils import content, minutes_pdf, publishing, sealing
from participation.councils.minutes_models import Minutes, MinutesEntry, MinutesStatus, Result
from participation.councils.models import Council
from participation.councils.public_models import PublicObject
from participation.db import session, table_of
from participation.text_index import IndexedText, folded, text_areas
from tests.bench.archive import AREAS, ITEMS_EACH, Archive, forget_numbers, vote_of
from tests.bench.bulk import pour

PAGES_WANTED = 20


def write_minutes(archive: Archive) -> None:
    """Rows for all meetings that are over. The house itself approves those of the first council; the minutes of the
    others are copies of these, as thousands of approvals would take longer than all that is measured.
    """
    over = [n for n in range(1, archive.meetings + 1) if archive.is_over(n)]
    first = [n for n in over if archive.council_of(n) == 1]
    pour(table_of(Minutes), ({"id": n, "meeting_id": n, "created_at": archive.starts_at(n)} for n in first))
    pour(table_of(MinutesEntry), _entries(archive, over[: len(first)]))
    forget_numbers()
    _publish(first)
    pour(table_of(Minutes), _copies(archive, over[len(first) :], _kept(first)))
    pour(table_of(MinutesEntry), _entries(archive, over[len(first) :]))
    pour(table_of(IndexedText), _found_by(archive))
    pour(text_areas, _areas(archive))
    text_words.recount()


def write_objects(archive: Archive) -> None:
    """What other machines read: the house writes the first council down, and the others are copies of that."""
    publishing.refresh_whole(session.get_one(Council, 1))
    publishing.refresh_house()
    session.commit()
    table = table_of(PublicObject)
    names = [column.name for column in table.columns if column.name != "id"]
    rows = session.execute(select(table).where(table.c.root != "house").order_by(table.c.id)).all()
    session.commit()
    known = [{name: getattr(row, name) for name in names} for row in rows]
    last = session.scalar(select(func.max(PublicObject.id))) or 0
    session.commit()
    pour(table, _copied(known, archive.councils, last))


def _copied(known: list[dict[str, Any]], councils: int, last: int) -> Iterator[dict[str, Any]]:
    number = last
    for council in range(2, councils + 1):
        for row in known:
            number += 1
            refs = {"ref": f"{council}.{row['ref']}", "root": f"{row['root']} {council}", "owner": str(council)}
            yield {**row, "id": number, **refs}


def _kept(first: list[int]) -> list[Any]:
    table = table_of(Minutes)
    names = ("content", "digest", "seal", "public_content", "public_digest", "public_seal")
    rows = session.execute(select(*(table.c[name] for name in names)).where(table.c.id.in_(first)).order_by(table.c.id))
    kept = [dict(zip(names, row, strict=True)) for row in rows]
    session.commit()
    return kept


def _copies(archive: Archive, meetings: list[int], kept: list[Any]) -> Iterator[dict[str, Any]]:
    for meeting in meetings:
        approved_at = archive.starts_at(meeting)
        yield {
            "id": meeting,
            "meeting_id": meeting,
            "status": MinutesStatus.PUBLISHED,
            "created_at": approved_at,
            "circulated_at": approved_at,
            "approved_at": approved_at,
            "published_at": approved_at,
            **kept[meeting % len(kept)],
        }


def _entries(archive: Archive, meetings: list[int]) -> Iterator[dict[str, Any]]:
    for meeting in meetings:
        for item in range((meeting - 1) * ITEMS_EACH + 1, meeting * ITEMS_EACH + 1):
            yield {"id": item, "minutes_id": meeting, "item_id": item, **words_of(archive, item)}


def words_of(archive: Archive, item: int) -> dict[str, Any]:
    """What the minutes say under an item."""
    title = archive.title(item)
    said = f"Die Anwesenden sprechen über {title}. Frau Weber berichtet vom letzten Rundgang. " * 4
    if archive.resolution_of(item) is None:
        return {"discussion": said, "result": Result.DISCUSSED, "resolution": ""}
    return {"discussion": said, "result": Result.RESOLVED, "resolution": f"Die Stadt prüft: {title}.", **vote_of(item)}


def _publish(meetings: list[int]) -> None:
    """Each with the content, the hash and the seal that belong to it."""
    for number in meetings:
        with session.no_autoflush:  # what is approved can be written only once
            _approve(session.get_one(Minutes, number))
        if number % 100 == 0:
            session.commit()
            session.expunge_all()
    session.commit()
    session.expunge_all()


def _approve(minutes: Minutes) -> None:
    minutes.circulated_at = minutes.approved_at = minutes.published_at = minutes.meeting.ends_at
    minutes.content = content.full(minutes)
    minutes.digest = content.digest(minutes.content)
    minutes.seal = sealing.seal(minutes)
    minutes.public_content = content.public_now(minutes)
    minutes.public_digest = content.digest(minutes.public_content)
    minutes.public_seal = sealing.public_seal(minutes)
    minutes.status = MinutesStatus.PUBLISHED


def _found_by(archive: Archive) -> Iterator[dict[str, Any]]:
    """Agendas and minutes as the search desk knows them."""
    for meeting in range(1, archive.meetings + 1):
        items = range((meeting - 1) * ITEMS_EACH + 1, meeting * ITEMS_EACH + 1)
        titles = " ".join(archive.title(item) for item in items)
        about = {"ref_id": meeting, "language": "mul", "happened_on": archive.starts_at(meeting).date()}
        name = folded(f"Quartiersrat {archive.council_of(meeting)}")
        yield {"kind": "meeting", **about, "title": name, "words": f"{name} {folded(titles)}"}
        if archive.is_over(meeting):
            said = " ".join(words_of(archive, item)["discussion"] for item in items)
            yield {"kind": "minutes", **about, "title": name, "words": f"{name} {folded(titles + said)}"}
    for item in range(1, archive.items + 1):
        if archive.resolution_of(item):
            day = archive.starts_at((item - 1) // ITEMS_EACH + 1).date()
            title = folded(archive.title(item))
            yield {"kind": "resolution", "ref_id": item, "language": "mul", "happened_on": day, "title": title,
                   "words": f"{title} die stadt prueft {title}"}  # fmt: skip


def _areas(archive: Archive) -> Iterator[dict[str, Any]]:
    for meeting in range(1, archive.meetings + 1):
        area = archive.council_of(meeting) % AREAS + 1
        for kind in ("meeting", "minutes"):
            yield {"kind": kind, "ref_id": meeting, "area_id": area}
        for item in range((meeting - 1) * ITEMS_EACH + 1, meeting * ITEMS_EACH + 1):
            if archive.resolution_of(item):
                yield {"kind": "resolution", "ref_id": item, "area_id": area}


def long_minutes() -> tuple[int, Callable[[], bytes]]:
    """One set of minutes that fills twenty pages, and how its file is written; tells how many pages it has."""
    minutes = session.get_one(Minutes, 5)
    found = minutes.public_content
    assert found is not None
    longer = 1
    while True:
        minutes.public_content = {**found, "items": [_longer(item, longer) for item in found["items"]]}
        pages = _pages(minutes_pdf.pdf(minutes))
        if pages >= PAGES_WANTED:
            return pages, lambda: minutes_pdf.pdf(minutes)
        longer += max(1, longer * (PAGES_WANTED - pages) // max(pages, 1))


def _pages(file: bytes) -> int:
    with pikepdf.open(io.BytesIO(file)) as opened:
        return len(opened.pages)


def _longer(item: dict[str, Any], times: int) -> dict[str, Any]:
    return {**item, "discussion": "\n\n".join([item["discussion"]] * times) if item.get("discussion") else ""}
