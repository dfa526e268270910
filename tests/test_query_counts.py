"""A page costs as many SQL statements on its first day as after years: the count never grows with what is stored."""

import re
from datetime import timedelta

import pytest
from babel.localedata import locale_identifiers
from flask import Flask
from flask.testing import FlaskClient

from participation import audit, clock, mail
from participation.accounts.models import Role
from participation.councils import following
from participation.councils.meeting_models import AgendaLink, Meeting
from participation.councils.models import ConsentPurpose, Council, CouncilPerson, Group, GroupKind
from participation.councils.proposal_models import ItemProposal, ProposalOutcome
from participation.councils.resolution_models import CommitteeAnswer, Resolution, ResolutionState
from participation.db import session
from participation.districts.models import Area
from participation.events.models import Event, EventLanguage, EventLink, EventSession
from participation.i18n import LocalizedText
from participation.ideas.models import Call, Idea
from participation.privacy.models import RetentionRun
from participation.questionnaires.definition import Definition
from participation.surveys import operations
from tests.accounts.makers import make_user, sign_in
from tests.contributions.makers import make_comment, make_translation
from tests.councils.makers import make_council, make_meeting, make_membership, make_person, make_proposal, make_statute
from tests.councils.resolution_makers import make_followed_resolution, make_hand_over, make_task
from tests.districts.makers import make_area, make_layer, make_street
from tests.events.makers import make_event, make_phone_call, make_place, make_registration, make_series, make_topic
from tests.ideas.makers import make_call, make_category, make_idea, make_merge
from tests.moderation.fair_makers import make_notice, make_objection
from tests.pages.makers import make_report
from tests.statements import counted_statements
from tests.surveys.makers import make_definition, make_response, make_survey, page, question

EVERY_LANGUAGE = sorted(tag for tag in locale_identifiers() if len(tag) == 2)
FEW, MANY = 6, 30  # fewer answers than five are not shown at all
MOST_FOR_RESIDENTS = 8
# These two show what other rooms have to do with a thing, and ask each of them once.
MOST_AT_CROSSROADS = {"/de/ideas/{idea}": 9, "/de/resolutions/{resolution}": 9}
MOST_FOR_STAFF = 10  # two of them tell who is signed in
MOST_FOR_TODAY = 16  # each room is asked what waits for the person
MOST_AT_STAFFS_CROSSROADS = {"/de/staff/moderation": 11}  # each room is asked to what its contributions belong

RESIDENT_PAGES = [
    "/de/",
    "/de/surveys/",
    "/de/surveys/{slug}",
    "/de/surveys/{slug}/answer",
    "/de/surveys/{slug}/answer/page_0/0",
    "/de/districts",
    "/de/districts/{layer}",
    "/de/districts/find",
    "/de/pages/imprint",
    "/de/pages/accessibility",
    "/de/report-a-barrier",
    "/de/receipt",
    "/de/ideas/",
    "/de/ideas/map",
    "/de/ideas/map.json",
    "/de/ideas/map/outlines.json",
    "/de/ideas/calls/{call}",
    "/de/ideas/{idea}",
    "/de/ideas/{idea}/support",
    "/de/contributions/{idea}/comments",
    "/de/notices/new?contribution={idea}",
    "/de/rules",
    "/de/transparency",
    "/de/events/",
    "/de/events/?past=1",
    "/de/events/month/{year}/{month}",
    "/de/events/{event}",
    "/de/councils",
    "/de/councils/{council}",
    "/de/councils/{council}/statutes",
    "/de/councils/{council}/meetings",
    "/de/councils/members/{member}",
    "/de/proposals/of/{council}",
    "/de/proposals/new/{council}",
    "/de/proposals/{proposal}",
    "/de/resolutions/",
    "/de/resolutions/?year=2026&state=in_progress&overdue=1",
    "/de/resolutions/tasks",
    "/de/resolutions/register.csv",
    "/de/resolutions/{resolution}",
]
STAFF_PAGES = [
    "/de/staff",
    "/de/staff/phone-calls",
    "/de/account",
    "/de/account/staff",
    "/de/account/staff/{user}",
    "/de/account/audit",
    "/de/staff/surveys",
    "/de/staff/surveys/{survey}",
    "/de/staff/surveys/{survey}/settings",
    "/de/staff/surveys/{survey}/results",
    "/de/staff/surveys/{survey}/texts/wish",
    "/de/staff/surveys/{survey}/export",
    "/de/staff/surveys/import",
    "/de/surveys/{slug}/preview",
    "/de/staff/districts",
    "/de/staff/districts/layers/{layer_id}",
    "/de/staff/pages",
    "/de/staff/pages/imprint",
    "/de/staff/barrier-reports",
    "/de/staff/barrier-reports/{report}",
    "/de/staff/housekeeping",
    "/de/staff/ideas",
    "/de/staff/ideas?show=all",
    "/de/staff/ideas/{idea}",
    "/de/staff/calls",
    "/de/staff/offices",
    "/de/staff/translations",
    "/de/staff/translations?show=doubts",
    "/de/staff/contributions/{idea}/translations",
    "/de/staff/contributions/{idea}/translations/de",
    "/de/staff/contributions/{idea}/comment",
    "/de/staff/mail",
    "/de/staff/wordings",
    "/de/staff/wordings/contacts/confirm",
    "/de/staff/moderation",
    "/de/staff/moderation?language=tr&words=Schaukel",
    "/de/staff/moderation/{idea}",
    "/de/staff/moderation/{idea}/history",
    "/de/staff/moderation/policy",
    "/de/staff/moderation/word-lists",
    "/de/staff/notices",
    "/de/staff/notices/{notice}",
    "/de/staff/notices/danger/{idea}",
    "/de/staff/objections",
    "/de/staff/objections/{objection}",
    "/de/staff/events/waiting?show=report",
    "/de/staff/events/{event}/series",
    "/de/staff/events/{event}/cancel",
    "/de/staff/events/{event}/report",
    "/de/staff/rules",
    "/de/staff/rules/respect",
    "/de/staff/councils",
    "/de/staff/councils/{council_id}",
    "/de/staff/councils/{council_id}/settings",
    "/de/staff/councils/{council_id}/groups",
    "/de/staff/councils/{council_id}/statutes",
    "/de/staff/resolutions",
    "/de/staff/resolutions/{resolution}",
    "/de/staff/resolutions/{resolution}/step",
    "/de/staff/resolution-cards",
    "/de/staff/tasks?show=all",
    "/de/staff/tasks/1/plan",
    "/de/staff/hand-overs",
    "/de/staff/hand-overs/1",
    "/de/staff/hand-overs/new/{resolution}",
    "/de/staff/proposals",
    "/de/staff/proposals?show=answered",
    "/de/staff/proposals/{proposal}",
    "/de/staff/invitations/{meeting}",
    "/de/staff/council-people",
    "/de/staff/council-people/of/{council_id}",
    "/de/staff/council-people/{member}",
]


class City:
    """A city that grows; `gaps` name its youngest things, for addresses."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.layer = make_layer("quartiere", is_default=True)
        self.size = 0
        self.idea: Idea | None = None
        self.event: Event | None = None
        self.council: Council | None = None
        self.resolution: Resolution | None = None
        self.member: CouncilPerson | None = None
        self.meeting: Meeting | None = None
        self.proposal: ItemProposal | None = None
        self.gaps: dict[str, object] = {}

    def grow(self, size: int) -> None:
        """So many things of each kind from here on."""
        for number in range(self.size, size):
            make_area(f"Quartier {number}", make_layer(f"layer-{number}", f"Ebene {number}"))
            area = make_area(f"Viertel {number}", self.layer)
            make_street(f"Straße {number}", area)
            audit.record("survey.changed", thing=f"survey {number}")
            session.add(RetentionRun(ran_on=clock.today(), room="surveys", counts={"drafts": number}))
            report = make_report(f"Report {number}")
            mail.queue(f"resident{number}@example.org", "contacts/confirm", "de", link="x")
            user = make_user(Role.EDITOR, Role.ANALYST)
            sign_in(self.app.test_client(), user)
            make_survey()
            call = make_call()
            make_category(call)
            self.grow_ideas(call, number)
            self.grow_events(number)
            self.grow_councils(area)
            notice, objection = make_notice(reason="respect")[0], make_objection()
        survey = make_survey(long_questionnaire(size))
        for number in range(size):
            make_response(survey, {"colour_0": "red", "wish": f"Wunsch {number}", "area": str(area.id)})
        operations.count_results(survey)
        session.commit()
        self.size = size
        self.gaps = {
            "slug": survey.slug,
            "survey": survey.id,
            "layer": self.layer.slug,
            "layer_id": self.layer.id,
            "user": user.id,
            "report": report.id,
            "notice": notice.id,
            "objection": objection.id,
            "call": call.slug,
            "idea": self.idea.id if self.idea else 0,
            "event": self.event.id if self.event else 0,
            "council": self.council.slug if self.council else "",
            "council_id": self.council.id if self.council else 0,
            "resolution": self.resolution.id if self.resolution else 0,
            "meeting": self.meeting.id if self.meeting else 0,
            "proposal": self.proposal.id if self.proposal else 0,
            "member": self.member.serial if self.member else 0,
            "year": clock.today().year,
            "month": clock.today().month,
        }

    def grow_ideas(self, call: Call, number: int) -> None:
        """An idea with all that can be on it; the first one gets more and more of it."""
        idea = make_idea(call, language="tr", areas=[make_area(f"Hof {number}", self.layer)])
        self.idea = self.idea or idea
        for one in {idea, self.idea}:
            make_comment(one, language="ar")
            make_merge(make_idea(call, language="ru"), one)
        make_translation(idea, "de", doubts=1)

    def grow_events(self, number: int) -> None:
        """Another date of a series, another event of the past; the first one gets more and more that belongs to it."""
        soon = {"topics": [make_topic(f"Thema {number}")], "starts_at": clock.now() + timedelta(hours=number + 1)}
        self.event = self.event or make_event(series=make_series(), series_on=clock.today())
        self.event.languages.append(EventLanguage(language=EVERY_LANGUAGE[number]))
        self.event.sessions.append(EventSession(position=number + 1, capacity=9))
        self.event.links.append(EventLink(title=LocalizedText(de="Mehr"), address="/ideas/", position=number))
        days = timedelta(days=number + 1)
        make_event(series=self.event.series, series_on=clock.today() + days, place=make_place(), **soon)
        make_event(starts_at=clock.now() - days)
        make_phone_call(make_registration(self.event, phone="+49201123456"))

    def grow_councils(self, area: Area) -> None:
        """Another council; the first one gets more and more of everything, and its first member more and more terms."""
        everything = (*ConsentPurpose,)
        council = make_council(areas=[area])
        self.council = self.council or council
        self.member = self.member or make_person(shows=everything, email="first@example.org")
        make_membership(council, self.member)
        make_membership(self.council, make_person(shows=everything, about=LocalizedText(de="Hallo")))
        make_membership(self.council, ends_on=clock.today() - timedelta(days=1))
        make_membership(self.council, starts_on=clock.today() + timedelta(days=1))
        self.council.groups.append(Group(kind=GroupKind.OTHERS, seats=1, position=9))
        make_statute(self.council)
        meeting = make_meeting(self.council)
        self.meeting = self.meeting or meeting
        for outcome in (None, ProposalOutcome.DECLINED):
            decided_at = clock.now() if outcome else None
            proposal = make_proposal(self.council, outcome=outcome, reason="Nein", decided_at=decided_at)
            self.proposal = self.proposal or proposal
        self.grow_register(self.council)

    def grow_register(self, council: Council) -> None:
        """Another resolution of the council; the first one gets more and more that belongs to it."""
        made = make_followed_resolution(council)
        self.resolution = self.resolution or made
        make_task(self.resolution.item)
        hand_over = make_hand_over(self.resolution, f"Ausschuss {made.id}")
        hand_over.answer, hand_over.answer_text, hand_over.answered_on = CommitteeAnswer.NOTED, "Ja", clock.today()
        following.step(self.resolution, ResolutionState.IN_PROGRESS, "Bestellt")
        following.write_card(self.resolution, EVERY_LANGUAGE[made.id], "Licht", "Es gibt Licht.")
        for kind, thing in (("idea", self.idea), ("event", self.event)):
            made.item.links.append(AgendaLink(kind=kind, ref_id=thing.id if thing else 0))

    def counts(self, client: FlaskClient, addresses: list[str]) -> dict[str, int]:
        """How many statements each page takes when nothing is remembered from earlier requests."""
        counts = {}
        for address in addresses:
            self.app.extensions["memory"].clear()
            session.commit()
            with counted_statements(self.app) as seen:
                answer = client.get(address.format(**self.gaps))
            assert answer.status_code in {200, 302}, (address, answer.status_code)
            counts[address] = len(seen)
        return counts


def long_questionnaire(pages: int) -> Definition:
    """A questionnaire with so many pages and questions."""
    first = page("page_0", question("area", "district"), question("colour_0", "single_choice", "red green"))
    more = (page(f"page_{number}", question(f"colour_{number}")) for number in range(1, pages))
    return make_definition(first, *more, page("last", question("wish", "long_text")))


@pytest.fixture
def city(app: Flask) -> City:
    return City(app)


def beyond(counts: dict[str, int], most: int) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count > most}


def test_what_residents_read_takes_few_statements_however_much_is_stored(city, client):
    city.grow(FEW)
    before = city.counts(client, RESIDENT_PAGES)
    city.grow(MANY)
    after = city.counts(client, RESIDENT_PAGES)
    assert {name: most for name, most in MOST_AT_CROSSROADS.items() if after[name] > most} == {}
    assert beyond({name: after[name] for name in after.keys() - MOST_AT_CROSSROADS}, MOST_FOR_RESIDENTS) == {}
    assert after == before


def test_what_staff_read_takes_few_statements_however_much_is_stored(app, city, client):
    sign_in(client, make_user(*Role))
    before, after = [], []
    for size, counts in ((FEW, before), (MANY, after)):
        city.grow(size)
        client.post(f"/de/staff/surveys/{city.gaps['survey']}/texts/wish", data={"purpose": "Bericht"})
        counts.append(city.counts(client, STAFF_PAGES))
    crossroads = {"/de/staff": MOST_FOR_TODAY, **MOST_AT_STAFFS_CROSSROADS}
    assert {name: most for name, most in crossroads.items() if after[0][name] > most} == {}
    assert beyond({name: after[0][name] for name in after[0].keys() - crossroads}, MOST_FOR_STAFF) == {}
    assert after == before


def test_no_step_from_the_first_question_to_the_withdrawal_takes_more_than_eight_statements(app, city):
    city.grow(FEW)
    few = walk(city)
    city.grow(MANY)
    many = walk(city)
    assert beyond(many, MOST_FOR_RESIDENTS) == {}
    assert many == few


def walk(city: City) -> dict[str, int]:
    """Somebody answers every page, sends, comes back with the receipt and takes it back; the most of each kind."""
    counts: dict[str, int] = {}
    client = city.app.test_client()

    def ask(name: str, path: str, fields: dict[str, object] | None = None) -> str:
        city.app.extensions["memory"].clear()
        session.commit()
        with counted_statements(city.app) as seen:
            answer = client.get(path) if fields is None else client.post(path, data=fields)
        assert answer.status_code in {200, 302}, (path, answer.status_code)
        counts[name] = max(counts.get(name, 0), len(seen))
        return answer.location if answer.status_code == 302 else answer.text

    survey = f"/de/surveys/{city.gaps['slug']}"
    at = ask("begin", f"{survey}/answer")
    number = 0
    while not at.endswith("/review"):
        html = ask("page", at)
        shown = re.findall(r'"shown" value="(\w+)"', html)
        values = {"wish": "Mehr Bäume", "area": ""}
        answers = {f"q.{name}": values.get(name, "red") for name in shown}
        draft = re.search(r'name="draft" value="(\w+)"', html)[1]
        at = ask("save", at, {"draft": draft, "shown": shown, **answers})
        number += 1
    assert number == city.size + 1
    ask("look back", f"{survey}/answer/page_1/0")
    ask("introduction", survey)
    ask("review", at)
    ask("send", at, {})
    ask("receipt", "/de/receipt/new")
    ask("matter", "/de/receipt/matter")
    ask("correct", "/de/surveys/resume", {})
    ask("review what was sent", f"{survey}/review")
    ask("ask before withdrawing", "/de/surveys/withdraw")
    ask("withdraw", "/de/surveys/withdraw", {})
    return counts
