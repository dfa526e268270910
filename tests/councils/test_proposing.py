"""Residents propose agenda items; moderators look first, then the council's office answers."""

import re
import uuid
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from participation import clock
from participation.contacts import operations as contacts
from participation.contributions import operations as contributions
from participation.contributions.models import Checking, ContributionStatus
from participation.contributions.operations import ChangedMeanwhile
from participation.contributions.sending import Words
from participation.councils import duties, people, proposal_forgetting, proposal_queries, proposals, proposing, scopes
from participation.councils.models import ConsentPurpose, Council, ProposedBy
from participation.councils.proposal_models import ItemProposal, ProposalOutcome
from participation.councils.proposals import NoReason, NotToAnswer, WrongMeeting
from participation.councils.proposing import AlreadyAnswered, NoProposals
from participation.db import session
from participation.feature import counted
from participation.i18n import LocalizedText
from participation.mail import Mail
from tests.accounts.makers import make_user, staff_client
from tests.contributions.makers import make_checking_rule, make_contact, make_translation
from tests.councils.makers import (
    come_back,
    make_council,
    make_item,
    make_meeting,
    make_membership,
    make_person,
    make_proposal,
)
from tests.districts.makers import make_area

Status = ContributionStatus
WORDS = Words(title="Mehr Licht", text="Am Weg ist es dunkel.", language="de", author_name="Ayşe")
TYPED = {"title": "Mehr Licht", "text": "Am Weg ist es abends dunkel.", "language": "de", "author_name": "Ayşe"}
SECRETARY = "council_secretary"


@pytest.fixture
def council(app) -> Council:
    return make_council()


def only() -> ItemProposal:
    return session.scalars(select(ItemProposal)).one()


def key_in(page: str) -> str:
    found = re.search(r'name="form_key"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def take(proposal: ItemProposal, **facts: object) -> None:
    meeting = facts.pop("meeting", None) or make_meeting(proposal.council, announced=False)
    proposals.take(proposal, meeting, title=LocalizedText(de="Licht"), text=LocalizedText(de="Es ist dunkel."), **facts)


# --- Sending ----------------------------------------------------------------------------------------------------------


def test_a_resident_proposes_something_without_an_account_and_gets_a_receipt(client, council):
    address = f"/de/proposals/new/{council.slug}"
    key = key_in(client.get(address).text)
    sent = client.post(address, data={**TYPED, "form_key": key, "email": "ayse@example.org"})
    assert sent.location == "/de/receipt/new"
    proposal = only()
    assert (proposal.council_id, proposal.title, proposal.status) == (council.id, "Mehr Licht", Status.WAITING)
    assert proposal.contact is not None
    assert not proposal.contact.is_written_to  # D9: only once the link was opened
    page = client.get("/de/receipt/matter").text
    assert "We have received your proposal." in page
    assert "Mehr Licht" in page


def test_nobody_reads_it_before_a_moderator(client, council):
    proposing.send(council, WORDS, form_key=uuid.uuid4())
    assert client.get(f"/de/proposals/{only().id}").status_code == 404
    assert "Mehr Licht" not in client.get(f"/de/proposals/of/{council.slug}").text
    contributions.show(only())
    assert "Mehr Licht" in client.get(f"/de/proposals/{only().id}").text
    assert "Mehr Licht" in client.get(f"/de/proposals/of/{council.slug}").text


@pytest.mark.databases
def test_two_clicks_make_one_proposal(council):
    key = uuid.uuid4()
    first = proposing.send(council, WORDS, form_key=key)
    second = proposing.send(council, WORDS, form_key=key)
    assert first != second  # the browser never saw the first code, so it gets another one
    assert only().form_key == key


def test_d1_duties_stand_before_the_first_field(client, council):
    before = client.get(f"/de/proposals/new/{council.slug}").text.partition('id="title"')[0]
    for said in ("Who is responsible?", "Stadt Musterstadt", "Arbeit des Quartiersrats", "/de/pages/privacy", "365"):
        assert said in before, said


def test_a10_a11_what_is_missing_is_told_and_nothing_typed_is_lost(client, council):
    answer = client.post(f"/de/proposals/new/{council.slug}", data={**TYPED, "title": ""})
    assert answer.status_code == 422
    assert 'href="#title"' in answer.text
    assert "Am Weg ist es abends dunkel." in answer.text


def test_the_page_tells_until_when_the_next_agenda_takes_something_up(client, council, stop_clock):
    stop_clock(2026, 4, 1, 12)
    until = clock.today() + timedelta(days=7)
    make_meeting(council, announced=False, proposals_until=until)
    assert "8. April 2026" in client.get(f"/de/proposals/new/{council.slug}").text
    stop_clock(2026, 4, 9, 12)
    assert "is not fixed yet" in client.get(f"/de/proposals/new/{council.slug}").text


@pytest.mark.parametrize(
    "facts",
    [
        {"proposals_from": ProposedBy.NOBODY},
        {"proposals_from": ProposedBy.MEMBERS},
        {"dissolved_on": clock.today()},
    ],
)
def test_what_a_council_does_not_take_is_not_sent(app, client, facts):
    council = make_council(**facts)
    address = f"/de/proposals/new/{council.slug}"
    assert client.get(address).status_code == 409
    refused = client.post(address, data=TYPED)
    assert refused.status_code == 409
    assert "Am Weg ist es abends dunkel." in refused.text  # whoever was writing meanwhile keeps the words
    with pytest.raises(NoProposals):
        proposing.send(council, WORDS, form_key=uuid.uuid4())
    assert session.scalars(select(ItemProposal)).all() == []


def test_a_draft_of_a_council_takes_nothing_and_shows_nothing(app, client):
    council = make_council(published=False)
    assert client.get(f"/de/proposals/new/{council.slug}").status_code == 404
    assert client.get(f"/de/proposals/of/{council.slug}").status_code == 404


def test_a_council_checked_afterwards_shows_proposals_at_once(council):
    make_checking_rule(Checking.AFTER, scope=f"council {council.id}")
    proposing.send(council, WORDS, form_key=uuid.uuid4())
    assert only().is_public


def test_moderators_of_the_area_have_it_and_can_filter_by_council(app):
    area = make_area()
    council = make_council(areas=[area])
    proposing.send(council, WORDS, form_key=uuid.uuid4())
    make_proposal()
    assert [one.id for one in only_areas(only_of(council))] == [area.id]
    (scope,) = (one for one in scopes.scopes() if one.name == f"council {council.id}")
    found = session.scalars(select(ItemProposal).where(scope.contains)).all()
    assert [one.council_id for one in found] == [council.id]


def only_of(council: Council) -> ItemProposal:
    return session.scalars(select(ItemProposal).where(ItemProposal.council_id == council.id)).one()


def only_areas(proposal: ItemProposal) -> list:
    return list(proposal.areas)


# --- With the receipt at hand -----------------------------------------------------------------------------------------


def own(client: FlaskClient, **facts: object) -> ItemProposal:
    proposal = make_proposal(**facts)
    come_back(client, proposal.receipt)
    return proposal


def test_its_author_words_it_anew_and_moderators_read_it_again(app, client):
    proposal = own(client)
    page = client.get("/de/proposals/mine/change").text
    assert proposal.title in page
    sent = client.post("/de/proposals/mine/change", data={**TYPED, "version": proposal.version, "title": "Mehr Lampen"})
    assert sent.location == "/de/receipt/matter"
    assert (proposal.title, proposal.status) == ("Mehr Lampen", Status.WAITING)


def test_when_somebody_else_was_faster_both_wordings_are_shown(app, client):
    proposal = own(client)
    answer = client.post("/de/proposals/mine/change", data={**TYPED, "version": 99, "text": "Meine neuen Worte."})
    assert answer.status_code == 422
    assert "Meine neuen Worte." in answer.text
    assert "Am Weg ist es abends dunkel." in answer.text
    assert proposal.text == "Am Weg ist es abends dunkel."


def test_what_is_answered_is_not_changed_any_more(app, client):
    proposal = own(client)
    proposals.decline(proposal, "Das entscheidet der Rat.")
    assert client.get("/de/proposals/mine/change").status_code == 409
    with pytest.raises(AlreadyAnswered):
        proposing.change(proposal, proposal.version, WORDS)
    page = client.get("/de/receipt/matter").text
    assert "Das entscheidet der Rat." in page
    assert "/de/proposals/mine/change" not in page


def test_taken_back_its_words_go_and_an_agenda_names_nobody_any_more(app, client):
    proposal = own(client)
    take(proposal, brought_by="Ayşe")
    item = proposal.item
    assert client.get("/de/proposals/mine/withdraw").status_code == 200
    assert client.post("/de/proposals/mine/withdraw").status_code == 302
    assert (proposal.status, proposal.text, proposal.author_name, proposal.receipt_id) == (
        Status.WITHDRAWN,
        "",
        "",
        None,
    )
    assert item is not None
    assert (str(item.title), item.brought_by) == ("Licht", "")


def test_an_address_is_given_and_taken_back(app, client):
    proposal = own(client)
    client.post("/de/proposals/mine/mail", data={"email": "ayse@example.org"})
    assert proposal.contact is not None
    assert "ayse@example.org" not in client.get("/de/proposals/mine/mail").text  # only enough to recognise it
    client.post("/de/proposals/mine/mail/stop")
    assert proposal.contact is None


def test_v18_without_its_receipt_nobody_changes_a_proposal(app, client):
    make_proposal()
    for page in ("change", "withdraw", "mail"):
        assert client.get(f"/de/proposals/mine/{page}").location == "/de/receipt"
    come_back(client, make_person().receipt)
    assert client.get("/de/proposals/mine/change").status_code == 404


# --- Members ----------------------------------------------------------------------------------------------------------


def test_a_member_proposes_with_their_own_receipt_and_finds_it_on_their_own_page(app, client):
    council = make_council(proposals_from=ProposedBy.MEMBERS)
    person = make_person("Ali Demir")
    make_membership(council, person)
    come_back(client, person.receipt)
    address = f"/de/proposals/new/{council.slug}"
    page = client.get(address).text
    assert 'name="email"' not in page
    sent = client.post(address, data={**TYPED, "form_key": key_in(page)})
    assert sent.location == "/de/own-seat"
    assert only().person_id == person.id
    assert "Mehr Licht" in client.get("/de/own-seat").text
    client.post(f"/de/own-seat/proposals/{only().id}/withdraw")
    assert only().status is Status.WITHDRAWN


def test_v18_a_member_takes_back_only_what_is_their_own(app, client):
    person = make_person()
    make_membership(make_council(), person)
    other = make_proposal()
    come_back(client, person.receipt)
    assert client.post(f"/de/own-seat/proposals/{other.id}/withdraw").status_code == 404
    assert other.is_public


def test_d3_a_member_who_withdraws_the_consent_to_the_name_is_not_named_beside_a_proposal(app):
    person = make_person("Ali Demir", shows=(ConsentPurpose.NAME,))
    proposal, other = make_proposal(person=person, author_name="Ali Demir"), make_proposal(author_name="Ali Demir")
    take(proposal, brought_by="Ali Demir")
    people.withdraw_consent(person, ConsentPurpose.NAME)
    assert proposal.item is not None
    assert (proposal.author_name, proposal.item.brought_by) == ("", "")
    assert other.author_name == "Ali Demir"


def test_whose_term_is_over_proposes_as_everybody(app):
    council = make_council(proposals_from=ProposedBy.MEMBERS)
    gone = make_person()
    make_membership(council, gone, ends_on=clock.today() - timedelta(days=1))
    assert not proposing.may_propose(council, gone)


# --- The office's answer ----------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_a_proposal_becomes_an_agenda_item_and_its_author_hears_of_it(app):
    proposal = make_proposal(contact=make_contact("ayse@example.org", language="tr"))
    meeting = make_meeting(proposal.council, announced=False)
    take(proposal, meeting=meeting, brought_by="Ayşe")
    item = proposal.item
    assert item is not None
    assert (item.meeting_id, str(item.title), item.brought_by, item.number) == (meeting.id, "Licht", "Ayşe", "1")
    assert proposal.outcome is ProposalOutcome.TAKEN
    letter = session.scalars(select(Mail)).one()
    assert (letter.wording, letter.language) == ("councils/proposal_taken", "tr")
    assert f"/tr/proposals/{proposal.id}" in letter.text


def test_declined_with_a_reason_that_everybody_reads(app, client):
    proposal = make_proposal(contact=make_contact())
    with pytest.raises(NoReason):
        proposals.decline(proposal, "  ")
    proposals.decline(proposal, "Dafür ist das Bauamt zuständig.")
    assert "Dafür ist das Bauamt zuständig." in client.get(f"/de/proposals/{proposal.id}").text
    assert "Dafür ist das Bauamt zuständig." in session.scalars(select(Mail)).one().text


def test_nobody_is_written_to_whose_address_is_not_confirmed_but_the_answer_comes_with_the_confirmation(app):
    contact = make_contact(confirmed=False)
    proposal = make_proposal(contact=contact)
    proposals.decline(proposal, "Nein.")
    assert session.scalars(select(Mail)).all() == []
    contact.confirmed_at = clock.now()
    proposals.news(contact)
    assert [one.wording for one in session.scalars(select(Mail))] == ["councils/proposal_declined"]


def test_only_what_is_public_and_not_answered_yet_is_answered(app):
    with pytest.raises(NotToAnswer):
        take(make_proposal(status=Status.WAITING))
    proposal = make_proposal()
    proposals.decline(proposal, "Nein.")
    with pytest.raises(NotToAnswer):
        take(proposal)


def test_two_secretaries_do_not_answer_over_each_other(app):
    proposal = make_proposal()
    with pytest.raises(ChangedMeanwhile):
        proposals.decline(proposal, "Nein.", version=proposal.version + 1)


@pytest.mark.parametrize("facts", [{"starts_at": clock.now() - timedelta(days=1)}, {"cancelled_at": clock.now()}])
def test_a_meeting_that_is_over_cancelled_or_of_another_council_takes_nothing(app, facts):
    proposal = make_proposal()
    for meeting in (make_meeting(proposal.council, **facts), make_meeting()):
        with pytest.raises(WrongMeeting):
            take(proposal, meeting=meeting)
    assert proposal.outcome is None


def test_the_office_takes_one_onto_an_agenda_with_what_was_translated(app):
    council = make_council()
    proposal = make_proposal(council, language="tr", title="Daha çok ışık", text="Yol karanlık.")
    make_translation(proposal, "de", "Der Weg ist dunkel.", title="Mehr Licht")
    meeting = make_meeting(council)
    make_item(meeting)
    office = staff_client(app, SECRETARY)
    assert proposal.title in office.get("/de/staff/proposals").text
    page = office.get(f"/de/staff/proposals/{proposal.id}/take").text
    for said in ("Daha çok ışık", "Mehr Licht", "Der Weg ist dunkel."):
        assert said in page, said
    data = {
        "meeting": meeting.id,
        "title-de": "Mehr Licht",
        "title-tr": "Daha çok ışık",
        "text-de": "Der Weg ist dunkel.",
        "is_public": "y",
        "version": proposal.version,
    }
    sent = office.post(f"/de/staff/proposals/{proposal.id}/take", data=data)
    assert sent.location == f"/de/staff/meetings/{meeting.id}"
    assert proposal.item is not None
    assert dict(proposal.item.title) == {"de": "Mehr Licht", "tr": "Daha çok ışık"}
    assert proposal.item.added_at is not None  # the agenda was public already
    assert proposal.title in office.get("/de/staff/proposals?show=answered").text


def test_a_refused_answer_of_the_office_keeps_what_was_typed(app):
    proposal = make_proposal()
    office = staff_client(app, SECRETARY)
    data = {"reason": "Lange überlegte Worte.", "version": proposal.version + 5}
    answer = office.post(f"/de/staff/proposals/{proposal.id}/decline", data=data)
    assert answer.status_code == 422
    assert "Lange überlegte Worte." in answer.text
    assert proposal.outcome is None


def test_v18_a_secretary_of_another_area_neither_sees_nor_answers_it(app):
    here, there = make_area(), make_area()
    proposal = make_proposal(make_council(areas=[here]))
    office = staff_client(app, SECRETARY, area_id=there.id)
    assert proposal.title not in office.get("/de/staff/proposals").text
    for page in ("", "/take", "/decline"):
        assert office.get(f"/de/staff/proposals/{proposal.id}{page}").status_code == 403
    assert session.scalars(proposal_queries.waiting(make_user(SECRETARY, area_id=there.id))).all() == []
    assert len(session.scalars(proposal_queries.waiting(make_user(SECRETARY, area_id=here.id))).all()) == 1


def test_what_waits_stands_on_the_page_of_today(app):
    proposal = make_proposal()
    make_meeting(proposal.council, starts_at=clock.now() + timedelta(days=20))
    with app.test_request_context("/de/"):
        titles = [str(one.title) for one in counted(duties.duties(make_user(SECRETARY)))]
        assert titles == [
            "Proposals for an agenda without an answer",
            f"Invite to the meeting: {proposal.council.name}",
        ]
        assert duties.duties(make_user("moderator")) == []


# --- Forgetting -------------------------------------------------------------------------------------------------------


@pytest.mark.databases
def test_d14_after_the_promised_time_address_and_receipt_of_a_proposal_go(app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    proposal = make_proposal(make_council(retention_days=30), contact=make_contact())
    proposals.decline(proposal, "Nein.")
    stop_clock(2026, 4, 30, 12)
    assert proposal_forgetting.forget()["proposal_receipts"] == 0
    stop_clock(2026, 5, 2, 12)
    told = proposal_forgetting.forget()
    assert (told["proposal_contacts"], told["proposal_receipts"]) == (1, 1)
    assert (proposal.contact_id, proposal.receipt_id, proposal.reason) == (None, None, "Nein.")


def test_d14_words_that_nobody_may_read_are_not_kept_for_ever(app, stop_clock):
    stop_clock(2026, 4, 1, 12)
    proposal = make_proposal(make_council(retention_days=30), status=Status.REFUSED)
    stop_clock(2026, 9, 1, 12)
    assert proposal_forgetting.forget()["proposal_texts"] == 0  # one can still object
    stop_clock(2026, 12, 1, 12)
    assert proposal_forgetting.forget()["proposal_texts"] == 1
    assert (proposal.text, proposal.author_name) == (contributions.FORGOTTEN, "")


def test_d9_stopping_the_letters_leaves_the_proposal(app):
    proposal = make_proposal(contact=make_contact())
    assert proposal.contact is not None
    contacts.stop(proposal.contact)
    session.expire_all()
    assert proposal.contact is None
    assert proposal.is_public
