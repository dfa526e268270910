"""Writing OParl objects down: what changed is newly dated, what vanished is marked as deleted."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from participation import clock
from participation.councils.oparl_objects import Made, moment, names_of
from participation.councils.public_models import PublicObject
from participation.db import engine, session, table_of

TABLE = table_of(PublicObject)
WRITTEN_ANEW = ("root", "owner", "data", "digest", "modified_at", "deleted_at")


def _put_statement(dialect: Any) -> Any:
    statement = dialect.insert(TABLE)
    anew = {name: statement.excluded[name] for name in WRITTEN_ANEW}
    return statement.on_conflict_do_update(index_elements=["type", "ref"], set_=anew).returning(TABLE.c.created_at)


# An object that is there already keeps its place in the lists and its first date, also when two write it at once.
PUTTING = {"postgresql": _put_statement(postgresql), "sqlite": _put_statement(sqlite)}


def dated(made: Made, created: datetime, modified: datetime) -> Made:
    """An object as others embed it, with its dates (O2, O6)."""
    return {**made, "created": moment(created), "modified": moment(modified)}


class Writing:
    """All objects of one root, being made anew. First `put` each of them, then `finish`."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.now = clock.now().replace(microsecond=0)  # as exact as the interface tells it (O3)
        columns = [column for column in TABLE.columns if column.name != "root"]
        rows = select(*columns).where(TABLE.c.root == root).order_by(TABLE.c.id)
        # Locked, and read again afterwards by whoever waited: the second of two writers knows what the first one wrote.
        self.before = {(row.type, row.ref): row for row in session.execute(rows.with_for_update())}
        self.left = dict(self.before)
        self.has_changed = False

    def put(self, made: Made, *, owner: object = "") -> Made:
        """Keep an object, with a new date if anything about it is new; give it back as others embed it."""
        key = names_of(made)
        text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(text.encode()).hexdigest()
        row = self.left.pop(key, None)
        if row is not None and (row.digest, row.owner, row.deleted_at) == (digest, str(owner), None):
            return dated(made, row.created_at, row.modified_at)
        self.has_changed = True
        values = {
            "type": key[0],
            "ref": key[1],
            "root": self.root,
            "owner": str(owner),
            "data": text,
            "digest": digest,
            "created_at": self.now,
            "modified_at": self.now,
            "deleted_at": None,
        }
        created: datetime = session.execute(PUTTING[engine().dialect.name], values).scalar_one()
        return dated(made, created, self.now)

    def known(self, kind: str, ref: str) -> Made:
        """What was written about an object last time, if it was public then."""
        row = self.before.get((kind, ref))
        return json.loads(row.data) if row is not None and row.data else {}

    def finish(self) -> None:
        """What was not put again is deleted: it keeps its address and its first date, and says nothing else (O5)."""
        gone = [row.id for row in self.left.values() if row.deleted_at is None]
        if gone:
            self.has_changed = True
            empty = {"data": "", "digest": "", "modified_at": self.now, "deleted_at": self.now}
            session.execute(update(TABLE).where(TABLE.c.id.in_(gone)).values(empty))
