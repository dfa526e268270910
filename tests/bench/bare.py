"""What the house is compared with: a bare Flask page that renders a small template with one ORM SELECT."""

import os

from flask import Flask, render_template
from jinja2 import DictLoader
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ thing.title }}</title></head>
<body><h1>{{ thing.title }}</h1>{% for word in thing.text.split() %}<p>{{ word }}</p>{% endfor %}</body>
</html>"""


class Base(DeclarativeBase):
    """The common ground of one table."""


class Thing(Base):
    """The one thing that the page shows."""

    __tablename__ = "things"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    text: Mapped[str]


engine = create_engine(os.environ["BARE_DATABASE_URL"])
Base.metadata.create_all(engine)
with Session(engine) as first, first.begin():
    first.merge(Thing(id=1, title="A bare page", text="one two three four five"))

app = Flask(__name__)
app.jinja_loader = DictLoader({"page.html": PAGE})  # type: ignore[assignment]  # any loader will do


@app.get("/")
def page() -> str:
    """The whole application."""
    with Session(engine) as session:
        return render_template("page.html", thing=session.scalars(select(Thing).where(Thing.id == 1)).one())
