"""The index is made anew from what the rooms have, in small steps, and knows nothing else afterwards."""

import pytest
from sqlalchemy import delete, select

from participation import text_index, text_search, text_words
from participation.councils import indexing
from participation.db import session
from participation.i18n import LocalizedText
from participation.pages import indexing as pages
from participation.search import reindexing
from participation.text_index import texts
from participation.text_search import Hit, Limits
from tests.councils.makers import make_item, make_meeting
from tests.districts.makers import make_area
from tests.ideas.makers import make_idea
from tests.search.makers import make_known_event, make_known_survey

pytestmark = pytest.mark.databases


def rows() -> set[tuple[object, ...]]:
    kept = texts.c.kind, texts.c.ref_id, texts.c.language, texts.c.title, texts.c.words, texts.c.happened_on
    return {tuple(row) for row in session.execute(select(*kept))}


def test_everything_public_is_found_again(app, monkeypatch):
    monkeypatch.setattr(reindexing, "AT_ONCE", 2)
    area = make_area("Nord")
    ideas = [make_idea(title=f"Spielplatz {number}", areas=[area]) for number in range(5)]
    event = make_known_event(title=LocalizedText(de="Spielplatzfest"))
    survey = make_known_survey(title=LocalizedText(de="Umfrage"))
    meeting = make_meeting()
    make_item(meeting, "Zebrastreifen")
    session.execute(delete(texts))
    area_id, idea_ids, event_id, survey_id = area.id, {idea.id for idea in ideas}, event.id, survey.id
    session.commit()
    done = reindexing.reindex()
    assert (done["idea"], done["event"], done["survey"], done["meeting"]) == (5, 1, 1, 1)
    assert done["page"] == len(pages.every())
    limits = Limits(["idea"], area=area_id)
    assert {hit.ref_id for hit in text_search.search("Spielplatz", limits).hits} == idea_ids
    assert text_search.search("Umfrage", Limits(["survey"])).hits == [Hit("survey", survey_id)]
    assert text_search.search("Speilplatzfest", Limits(["event"])).hits == [Hit("event", event_id)]
    assert text_words.counts(["zebrastreifen"]) == {"zebrastreifen": 1}


def test_what_is_indexed_day_by_day_is_what_a_new_index_holds(app):
    make_known_event(title=LocalizedText(de="Spielplatzfest"))
    make_known_survey()
    meeting = make_meeting()
    make_item(meeting, "Zebrastreifen")
    indexing.index_meeting(meeting)
    indexing.index_council(meeting.council)
    pages.index_if_never_done()
    before = rows()
    session.commit()
    reindexing.reindex()
    assert rows() == before


def test_what_is_not_public_any_more_is_forgotten(app):
    text_index.index("idea", 4711, "de", "Geheimnis", "")
    text_index.index("meeting", 4711, "de", "Geheimnis", "")
    session.commit()
    reindexing.reindex()
    assert text_search.search("Geheimnis", Limits(["idea", "meeting"])).hits == []


def test_the_command_tells_what_it_did(app):
    make_idea()
    session.commit()
    result = app.test_cli_runner().invoke(args=["search", "reindex"])
    assert result.exit_code == 0, result.output
    assert "idea: 1" in result.output
