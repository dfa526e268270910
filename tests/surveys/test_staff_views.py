"""The surveys desk: the way through, and each way to be turned away."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from participation.audit import AuditEntry
from participation.db import engine, session
from participation.surveys import operations, queries
from participation.surveys.models import Survey, SurveyState
from tests.accounts.makers import staff_client
from tests.surveys.makers import make_definition, make_response, make_responses, make_survey, page, question


@pytest.fixture
def editor(app) -> FlaskClient:
    return staff_client(app, "editor")


@pytest.fixture
def analyst(app) -> FlaskClient:
    return staff_client(app, "analyst")


def settings(survey: Survey, **changed: Any) -> dict[str, Any]:
    facts = {
        "title-de": survey.title["de"],
        "purpose-de": "Wozu",
        "legal_basis-de": "Gesetz",
        "person_in_charge": "Frau Beispiel",
        "retention_days": "365",
        "minimum_cell": "5",
    }
    return {**facts, **changed}


def test_a_survey_is_published_with_two_clicks(editor):
    survey = make_survey(published=False)
    shown = editor.get(f"/de/staff/surveys/{survey.id}").text
    (first,) = set(re.findall(r'href="([^"]+/publish)"', shown))
    confirm = editor.get(first).text
    (second,) = re.findall(r'action="([^"]+/publish)"', confirm)
    answer = editor.post(second, follow_redirects=True)
    assert "The survey is published." in answer.text
    assert session.get_one(Survey, survey.id).is_open


def test_the_list_tells_state_period_and_responses(analyst):
    survey = make_survey(closes_at=datetime(2099, 5, 1, 16, tzinfo=UTC))
    make_responses(survey, 3, {"colour": "red"})
    make_survey(published=False)
    shown = analyst.get("/de/staff/surveys").text
    assert "Open</span>" in shown
    assert "Draft</span>" in shown
    assert "01.05.2099, 18:00" in shown
    assert re.search(r'class="number">3<', shown)


def test_a_survey_without_its_duties_shows_what_is_missing_and_is_refused_d2(editor):
    survey = make_survey(published=False, person_in_charge="")
    assert "The person in charge is missing." in editor.get(f"/de/staff/surveys/{survey.id}/publish").text
    assert editor.post(f"/de/staff/surveys/{survey.id}/publish").status_code == 409
    assert session.get_one(Survey, survey.id).published_at is None


def test_what_is_said_about_a_survey_can_be_changed(editor):
    survey = make_survey()
    data = settings(survey, **{"title-tr": "Yeni", "introduction-de": "<p>Hallo <script>x</script></p>"})
    assert editor.post(f"/de/staff/surveys/{survey.id}/settings", data=data).status_code == 302
    changed = session.get_one(Survey, survey.id)
    assert changed.title["tr"] == "Yeni"
    assert changed.introduction["de"].html == "<p>Hallo </p>"


@pytest.mark.parametrize(
    "wrong",
    [
        {"minimum_cell": "2"},
        {"minimum_cell": ""},
        {"retention_days": "0"},
        {"retention_days": "99999999999999999999"},
        {"retention_days": "abc"},
        {"title-de": ""},
        {"person_in_charge": "x" * 201},
        {"retention_days": "366"},  # longer than people were told
    ],
)
def test_wrong_settings_come_back_and_change_nothing(editor, wrong: dict[str, str]):
    survey = make_survey()
    answer = editor.post(f"/de/staff/surveys/{survey.id}/settings", data=settings(survey, **wrong))
    assert answer.status_code == 422
    assert session.get_one(Survey, survey.id).purpose["de"] != "Wozu"


def test_what_publishing_needs_is_not_called_optional_and_saving_nothing_new_is_no_change(editor):
    survey = make_survey()
    address = f"/de/staff/surveys/{survey.id}/settings"
    assert "optional" not in editor.get(address).text
    editor.post(address, data=settings(survey))
    first = session.scalar(select(func.count()).where(AuditEntry.action == "survey.changed"))
    editor.post(address, data=settings(session.get_one(Survey, survey.id)))
    assert session.scalar(select(func.count()).where(AuditEntry.action == "survey.changed")) == first


def test_what_is_no_number_is_one_mistake_and_not_two(editor):
    survey = make_survey()
    data = settings(survey, retention_days="abc")
    shown = editor.post(f"/de/staff/surveys/{survey.id}/settings", data=data).text
    assert "whole number" in shown
    assert "from 1 to" not in shown
    assert "deleted? Please enter" in shown  # a question has its mark already


def test_opening_and_closing_dates_are_set(editor):
    survey = make_survey()
    data = {"opens_at": "01.03.2099 08:00", "closes_at": "31.03.2099 18:00"}
    editor.post(f"/de/staff/surveys/{survey.id}/schedule", data=data)
    changed = session.get_one(Survey, survey.id)
    assert changed.state is SurveyState.SCHEDULED
    assert changed.closes_at == datetime(2099, 3, 31, 16, tzinfo=UTC)


@pytest.mark.parametrize("closes_at", ["28.02.2099 18:00", "31.03.2099", "29.03.2099 02:30"])
def test_dates_in_the_wrong_order_or_that_never_are_come_back_l13(editor, closes_at: str):
    data = {"opens_at": "01.03.2099 08:00", "closes_at": closes_at}
    assert editor.post(f"/de/staff/surveys/{make_survey().id}/schedule", data=data).status_code == 422


def test_a_survey_is_closed_opened_again_and_a_draft_deleted(editor):
    survey, draft = make_survey(), make_survey(published=False)
    editor.post(f"/de/staff/surveys/{survey.id}/close")
    assert session.get_one(Survey, survey.id).state is SurveyState.CLOSED
    editor.post(f"/de/staff/surveys/{survey.id}/reopen")
    assert session.get_one(Survey, survey.id).state is SurveyState.OPEN
    assert "cannot be undone" in editor.get(f"/de/staff/surveys/{draft.id}/delete").text
    draft_id = draft.id
    editor.post(f"/de/staff/surveys/{draft_id}/delete")
    assert session.scalar(select(Survey.id).where(Survey.id == draft_id)) is None
    assert editor.get(f"/de/staff/surveys/{survey.id}/delete").status_code == 409


def test_the_poster_has_a_code_and_the_address_for_up_to_three_languages(editor):
    survey = make_survey()
    chosen = "tags=tr&tags=ar&tags=de&tags=pl&tags=xx&size=a5"
    shown = editor.get(f"/de/staff/surveys/{survey.id}/poster?{chosen}").text
    poster = shown[shown.index('class="poster a5"') :]
    assert poster.count("data:image/svg+xml") == 3
    assert f"/tr/surveys/{survey.slug}" in poster
    assert 'lang="ar" dir="rtl"' in poster
    assert "/pl/" not in poster[: poster.index("</div>\n</div>")]


def test_the_questions_can_be_taken_home_as_a_spreadsheet_f7(analyst):
    survey = make_survey()
    answer = analyst.get(f"/de/staff/surveys/{survey.id}/questionnaire.xlsx")
    assert answer.data.startswith(b"PK")
    assert f"{survey.slug}.xlsx" in answer.headers["Content-Disposition"]


def test_the_desk_of_editors_and_analysts_offers_what_they_may_do(editor, analyst):
    survey = make_survey()
    for client, offered in ((editor, True), (analyst, False)):
        assert ("Import a questionnaire" in client.get("/de/staff/surveys").text) is offered
        assert ("Close now" in client.get(f"/de/staff/surveys/{survey.id}").text) is offered


PAGES = ["questionnaire.xlsx", "settings", "schedule", "publish", "delete", "poster", "results", "export", "texts/idea"]
DOORS = ["", "/{id}", *(f"/{{id}}/{page}" for page in PAGES)]


@pytest.mark.parametrize("door", DOORS)
def test_visitors_and_moderators_are_turned_away_at_every_door_v18(app, client, door: str):
    address = "/de/staff/surveys" + door.format(id=make_survey(published=False).id)
    assert client.get(address).status_code == 401
    assert staff_client(app, "moderator").get(address).status_code == 403


@pytest.mark.parametrize("verb", ["settings", "schedule", "publish", "close", "reopen", "delete"])
def test_whoever_only_reads_results_changes_nothing_v18(analyst, verb: str):
    assert analyst.post(f"/de/staff/surveys/{make_survey().id}/{verb}").status_code == 403


@pytest.mark.parametrize("door", [one for one in DOORS if one])
def test_a_survey_that_is_not_there_is_not_found(editor, door: str):
    assert editor.get("/de/staff/surveys" + door.format(id=999)).status_code == 404


# --- Results --------------------------------------------------------------------------------------------------------


def results(client: FlaskClient, survey: Survey) -> str:
    return client.get(f"/de/staff/surveys/{survey.id}/results").text


def test_the_result_shows_bars_and_the_same_numbers_as_a_table_a19(analyst):
    survey = make_survey()
    make_responses(survey, 45, {"colour": "red"})
    make_responses(survey, 15, {"colour": "green"})
    operations.count_results(survey)
    shown = results(analyst, survey)
    section = shown[shown.index('id="question-colour"') :]
    assert "60 people answered." in section
    assert re.search(r"Red.*?45.*?75\s%", section, re.DOTALL)
    assert 'width="75"' in section
    assert 'aria-hidden="true"' in section
    assert "60 responses, as of" in shown


def test_hidden_numbers_are_points_with_a_note_and_are_nowhere_on_the_page_s1(analyst):
    survey = make_survey()
    make_responses(survey, 86, {"colour": "red"})
    make_responses(survey, 3, {"colour": "blue"})
    operations.count_results(survey)
    section = results(analyst, survey)
    section = section[section.index('id="question-colour"') :]
    assert section.count("•") >= 2
    assert "This number is hidden" in section
    assert "86" not in section


def test_shares_from_30_to_49_are_marked_as_uncertain_and_below_30_left_out_s3(analyst):
    uncertain, small = make_survey(), make_survey()
    make_responses(uncertain, 30, {"colour": "red"})
    make_responses(small, 29, {"colour": "red"})
    operations.count_results(uncertain)
    operations.count_results(small)
    assert "please read the shares with care" in results(analyst, uncertain)
    assert "Shares and means are shown from 30 answers on." in results(analyst, small)
    assert "<svg" not in results(analyst, small)


def test_looking_at_the_result_changes_nothing_until_somebody_counts_v10(analyst):
    survey = make_survey()
    make_responses(survey, 5, {"colour": "red"})
    assert "has not been counted yet" in results(analyst, survey)
    assert queries.result(survey) is None
    analyst.post(f"/de/staff/surveys/{survey.id}/results/count")
    assert "5 responses, as of" in results(analyst, survey)


def test_with_too_few_responses_there_is_no_result_s1(analyst):
    survey = make_survey()
    make_responses(survey, 4, {"colour": "red"})
    analyst.post(f"/de/staff/surveys/{survey.id}/results/count")
    assert "A result is shown from 5 responses on." in results(analyst, survey)


def test_the_result_page_needs_few_statements_whatever_is_stored(analyst):
    many = [question(f"q{number}", "single_choice", "a b") for number in range(30)]
    survey = make_survey(make_definition(page("first", *many)))
    make_responses(survey, 30, {f"q{number}": "a" for number in range(30)})
    operations.count_results(survey)
    address = f"/de/staff/surveys/{survey.id}/results"
    analyst.get(address)
    statements: list[str] = []

    def listener(*args: Any) -> None:
        statements.append(args[2])

    event.listen(engine(), "before_cursor_execute", listener)
    analyst.get(address)
    event.remove(engine(), "before_cursor_execute", listener)
    selects = [one for one in statements if not one.startswith("BEGIN")]
    assert len(selects) <= 8, selects


# --- Texts ----------------------------------------------------------------------------------------------------------


def text_survey(*texts: str) -> Survey:
    survey = make_survey(make_definition(page("first", question("idea", "long_text"), question("n", "whole_number"))))
    for text in texts:
        make_response(survey, {"idea": text})
    return survey


def opened(client: FlaskClient, survey: Survey) -> str:
    address = f"/de/staff/surveys/{survey.id}/texts/idea"
    client.post(address, data={"purpose": "Bericht für den Rat"})
    return address


def test_texts_are_read_for_a_reason_that_is_logged_d15(analyst):
    survey = text_survey("Mehr Bänke")
    before = analyst.get(f"/de/staff/surveys/{survey.id}/texts/idea")
    assert "Mehr Bänke" not in before.text
    assert analyst.post(f"/de/staff/surveys/{survey.id}/texts/idea", data={"purpose": " "}).status_code == 422
    assert "Mehr Bänke" in analyst.get(opened(analyst, survey)).text
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "survey.texts_read")).one()
    assert (entry.is_personal_data, entry.details) == (True, {"purpose": "Bericht für den Rat"})


@pytest.mark.parametrize("wanted", ["SPIELPLÄTZE", "spielplaetze", "plätze i", "größer", "groesser", "dont"])
def test_texts_are_found_however_they_are_spelled_l14(analyst, wanted: str):
    survey = text_survey("Größere Spielplätze im Park, don’t forget", "Mehr Bänke", "100 % sicher_wege")
    shown = analyst.get(opened(analyst, survey), query_string={"q": wanted}).text
    assert "forget" in shown
    assert "Bänke" not in shown


@pytest.mark.parametrize("wanted", ["%", "_", "\\", "'", "zzz"])
def test_signs_of_the_database_are_no_wildcards(analyst, wanted: str):
    survey = text_survey("Mehr Bänke", "Spielplatz")
    answer = analyst.get(opened(analyst, survey), query_string={"q": wanted})
    assert answer.status_code == 200


def test_texts_are_paged_and_shown_as_text_v1(analyst):
    survey = text_survey(*(f"<b>Text {number}" for number in range(30)))
    shown = analyst.get(opened(analyst, survey)).text
    assert shown.count("&lt;b&gt;Text") == 25
    assert "<b>Text" not in shown
    assert analyst.get(opened(analyst, survey) + "?page=2").text.count("&lt;b&gt;Text") == 5


def test_only_questions_for_text_have_such_a_list(analyst):
    survey = text_survey()
    for name in ["n", "nothing", "%00", "x" * 300]:
        assert analyst.get(f"/de/staff/surveys/{survey.id}/texts/{name}").status_code in {400, 404}
