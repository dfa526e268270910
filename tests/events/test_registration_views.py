"""The registrations of one event: seen by those who organise it, entered, changed and cancelled for somebody."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event as watching
from sqlalchemy import func, select, update

from participation import clock
from participation.accounts.models import Role
from participation.audit import AuditEntry
from participation.db import engine, session, table_of
from participation.events import letters, on_behalf
from participation.events.models import EventSession, GroupRule
from participation.events.registration_models import (
    Booking,
    BookingStatus,
    Registration,
    RegistrationSource,
)
from participation.i18n import LocalizedText
from participation.mail import Mail
from participation.receipts import operations as receipts
from tests.accounts.makers import make_user, sign_in, staff_client
from tests.districts.makers import make_area
from tests.events.makers import make_contact, make_event, make_registration

Status = BookingStatus


@pytest.fixture
def editor(app) -> FlaskClient:
    return staff_client(app, "editor")


def desk(event) -> str:
    return f"/de/staff/events/{event.id}/registrations"


def look(client: FlaskClient, event, **filters: str) -> str:
    """The list with names."""
    answer = client.post(f"{desk(event)}/look", data=filters)
    assert answer.status_code == 302
    return client.get(answer.location).text


def actions() -> list[str]:
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


# --- Looking ----------------------------------------------------------------------------------------------------------


def test_names_are_shown_after_a_look_that_is_noted_once_d15(editor):
    event = make_event()
    make_registration(event, name="Ayşe Yılmaz")
    assert "Ayşe" not in editor.get(desk(event)).text
    assert "Ayşe Yılmaz" in look(editor, event)
    look(editor, event)
    noted = session.scalars(select(AuditEntry)).all()
    assert [(one.action, one.thing, one.is_personal_data) for one in noted] == [
        ("event.registrations_seen", f"event {event.id}", True)
    ]


def test_one_look_is_for_one_event(editor):
    one, other = make_event(), make_event()
    make_registration(other, name="Ayşe")
    look(editor, one)
    assert "Ayşe" not in editor.get(desk(other)).text


def test_whoever_signs_in_after_somebody_else_looks_anew(app):
    event = make_event()
    found = make_registration(event, name="Ayşe")
    client = app.test_client()
    sign_in(client, make_user("editor"))
    look(client, event)
    sign_in(client, make_user("editor"))
    assert client.get(f"{desk(event)}/{found.id}").location == desk(event)


@pytest.mark.parametrize("role", sorted({role.value for role in Role} - {"administrator", "editor"}))
def test_registrations_are_for_those_who_organise_the_event_v18(app, role):
    event = make_event(areas=[make_area()])
    found = make_registration(event)
    client = staff_client(app, role, area_id=make_area().id if role == "moderator" else None)
    for path in ("", f"/{found.id}", "/new", "/export", f"/{found.id}/change", "/receipt"):
        assert client.get(desk(event) + path).status_code == 403
    for room in ("needs", "message", "invitations", "invitations/print"):
        assert client.get(f"/de/staff/events/{event.id}/{room}").status_code == 403
    assert client.post(f"{desk(event)}/look").status_code == 403
    assert client.post(f"{desk(event)}/{found.id}/cancel").status_code == 403


def test_a_moderator_sees_the_registrations_of_the_own_area(app):
    area = make_area()
    event = make_event(areas=[area])
    make_registration(event, name="Ayşe")
    assert "Ayşe" in look(staff_client(app, "moderator", area_id=area.id), event)


def test_a_registration_of_another_event_is_not_found(editor):
    event, found = make_event(), make_registration(make_event())
    look(editor, event)
    assert editor.get(f"{desk(event)}/{found.id}").status_code == 404


def test_the_overview_counts_persons_in_each_part(editor):
    event = make_event(sessions=[EventSession(capacity=9, title=LocalizedText(de="Runde 1")), EventSession(capacity=5)])
    make_registration(event, persons=3)
    make_registration(event, persons=2, status=Status.OFFERED)
    make_registration(event, persons=4, status=Status.WAITING)
    page = editor.get(desk(event)).text
    row = re.search(r"Runde 1.*?</tr>", page, re.DOTALL)
    assert row
    numbers = re.findall(r'class="number"[^>]*>(\d+)<', row[0])
    assert numbers == ["9", "3", "0", "2", "4", "4", "0"]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({}, {"Ayşe", "Boris", "Caritas"}),
        ({"status": "all"}, {"Ayşe", "Boris", "Caritas", "Daria"}),
        ({"status": "waiting"}, {"Boris"}),
        ({"status": "cancelled"}, {"Daria"}),
        ({"need": "sign_language"}, {"Ayşe"}),
        ({"need": "interpreter"}, {"Boris"}),
        ({"language": "uk"}, {"Boris"}),
        ({"source": "telephone"}, {"Boris"}),
        ({"groups": "y"}, {"Caritas"}),
        ({"words": "ayse"}, {"Ayşe"}),
        ({"words": "0201 123456"}, {"Boris"}),
        ({"words": "+49 201"}, {"Boris"}),
        ({"words": "AYSE@example.org"}, {"Ayşe"}),
        ({"words": "nobody"}, set()),
        ({"words": "%", "status": "x", "session": "x", "need": "x"}, set()),
    ],
)
def test_v21_the_list_is_filtered_and_searched_with_no_words_in_an_address(editor, filters, names):
    event = make_event()
    agreed = {"needs_agreed_at": event.created_at}
    make_registration(event, name="Ayşe", contact=make_contact(), sign_language=True, **agreed)
    make_registration(
        event,
        name="Boris",
        status=Status.WAITING,
        phone="+49201123456",
        interpreter="uk",
        language="uk",
        source=RegistrationSource.TELEPHONE,
    )
    make_registration(event, name="Caritas", organisation="Caritas")
    make_registration(event, name="Daria", status=Status.CANCELLED)
    make_registration(make_event(), name="Emil")
    look(editor, event)
    page = editor.post(desk(event), data=filters, follow_redirects=True)
    assert "words=" not in page.text
    assert "words" not in page.request.args
    page = page.text
    assert {name for name in ("Ayşe", "Boris", "Caritas", "Daria", "Emil") if f"<bdi>{name}</bdi>" in page} == names


def test_a_long_list_comes_in_pages_of_fifty(editor):
    event = make_event()
    for number in range(53):
        make_registration(event, name=f"Person {number:03}")
    first = look(editor, event)
    assert first.count("<bdi>Person") == 50
    assert editor.get(f"{desk(event)}?page=2").text.count("<bdi>Person") == 3
    found = editor.post(desk(event), data={"words": "person", "status": "all"}).text
    assert found.count("<bdi>Person") == 50
    assert '<button class="button secondary" name="page" value="2">' in found
    rest = editor.post(desk(event), data={"words": "person", "status": "all", "page": "2"}).text
    assert rest.count("<bdi>Person") == 3
    assert '<input type="hidden" name="words" value="person">' in rest


def test_v21_words_in_an_address_are_not_looked_for(editor):
    event = make_event()
    make_registration(event, name="Ayşe")
    assert editor.post(desk(event), data={"words": "ayse", "status": "all"}).location == f"{desk(event)}?status=all"
    look(editor, event, words="nobody")
    page = editor.get(f"{desk(event)}?words=nobody")
    assert "<bdi>Ayşe</bdi>" in page.text
    assert "nobody" not in page.text.partition("<main")[2]


def test_the_same_address_is_a_mark_and_no_mistake(editor):
    event = make_event()
    first = make_registration(event, name="Ayşe", contact=make_contact("family@example.org"))
    make_registration(event, name="Mehmet", contact=make_contact("family@example.org"))
    make_registration(event, name="Boris", phone="+49201123456")
    assert look(editor, event).count("Same address as another one") == 2
    assert "Mehmet" in editor.get(f"{desk(event)}/{first.id}").text


def test_one_registration_shows_only_its_own_letters(editor):
    event, other = make_event(), make_event()
    found = make_registration(event, contact=make_contact(), with_receipt=True)
    elsewhere = make_registration(other, contact=make_contact(), with_receipt=True)
    letters.registered(found)
    letters.waiting(elsewhere)
    look(editor, event)
    page = editor.get(f"{desk(event)}/{found.id}").text
    assert page.count("Not sent yet") == 1
    assert session.query(Mail).count() == 2


def test_one_registration_with_everything(editor):
    event = make_event()
    found = make_registration(
        event,
        name="Ayşe",
        needs="Sitzplatz vorn <b>",
        needs_agreed_at=event.created_at,
        children=2,
        wheelchairs=1,
        phone="+49201123456",
    )
    look(editor, event)
    page = editor.get(f"{desk(event)}/{found.id}").text
    assert "Sitzplatz vorn &lt;b&gt;" in page
    assert "+49 201 123456" in page
    assert "2 children" in page


# --- For somebody -----------------------------------------------------------------------------------------------------


def fields(**more: object) -> dict[str, object]:
    told = {"source": "telephone", "language": "tr", "name": "Ayşe", "persons": "2", "phone": "0201 123456"}
    return {**told, **more}


def test_who_calls_is_registered_on_one_screen_and_gets_a_receipt_in_their_language(app):
    staff = make_user("editor")
    client = app.test_client()
    sign_in(client, staff)
    event = make_event(capacity=5)
    sent = client.post(f"{desk(event)}/new", data=fields())
    assert sent.location == f"{desk(event)}/receipt"
    found = session.query(Registration).one()
    assert (found.name, found.persons, found.phone, found.language) == ("Ayşe", 2, "+49201123456", "tr")
    assert (found.source, found.entered_by_id) == (RegistrationSource.TELEPHONE, staff.id)
    assert event.sessions[0].taken == 2
    page = client.get(sent.location).text
    assert '<div lang="tr" dir="ltr">' in page
    code = re.search(r'class="code"><bdi dir="ltr">([^<]+)', page)
    assert code
    assert receipts.find(code[1]) == found.receipt
    assert actions() == ["registration.entered"]


def test_a_receipt_is_gone_from_the_screen_when_the_next_one_is_begun(editor):
    event = make_event()
    editor.post(f"{desk(event)}/new", data=fields())
    editor.get(f"{desk(event)}/new")
    assert editor.get(f"{desk(event)}/receipt").status_code == 302


def test_where_all_is_taken_somebody_waits_only_if_they_want_to(editor):
    event = make_event(capacity=2)
    make_registration(event, name="Boris")
    answer = editor.post(f"{desk(event)}/new", data=fields())
    assert answer.status_code == 422
    assert "Ayşe" in answer.text
    assert session.query(Registration).count() == 1
    assert editor.post(f"{desk(event)}/new", data=fields(waits="y")).status_code == 302
    assert session.query(Booking).where(Booking.status == Status.WAITING).one().persons == 2


@pytest.mark.parametrize("wrong", [{"name": ""}, {"phone": ""}, {"persons": "0"}, {"source": "x"}, {"language": "xx"}])
def test_what_is_missing_is_told_and_nothing_is_kept(editor, wrong):
    assert editor.post(f"{desk(make_event())}/new", data=fields(**wrong)).status_code == 422
    assert session.query(Registration).count() == 0


def test_the_same_form_sent_twice_registers_once(editor):
    event = make_event()
    data = fields(form_key="0" * 31 + "1")
    editor.post(f"{desk(event)}/new", data=data)
    assert editor.post(f"{desk(event)}/new", data=data).status_code == 302
    assert session.query(Registration).count() == 1


def test_staff_change_and_cancel_for_whoever_calls(editor):
    event = make_event(capacity=5)
    found = make_registration(event, persons=3, phone="+49201123456", name="Ayşe")
    look(editor, event)
    data = {"name": "Ayşe", "persons": "2", "phone": "0201 123456"}
    assert editor.post(f"{desk(event)}/{found.id}/change", data=data).status_code == 302
    assert (found.persons, event.sessions[0].taken) == (2, 2)
    assert editor.get(f"{desk(event)}/{found.id}/cancel").status_code == 200
    editor.post(f"{desk(event)}/{found.id}/cancel")
    assert (found.bookings[0].status, event.sessions[0].taken) == (Status.CANCELLED, 0)
    assert actions()[1:] == ["registration.changed", "registration.cancelled"]


def test_more_people_than_places_is_told_on_the_form(editor):
    event = make_event(capacity=3)
    found = make_registration(event, persons=3, phone="+49201123456")
    look(editor, event)
    data = {"name": "Ayşe", "persons": "4", "phone": "0201 123456"}
    assert editor.post(f"{desk(event)}/{found.id}/change", data=data).status_code == 422
    assert found.persons == 3


@pytest.mark.databases
def test_somebody_who_waits_gets_a_place_by_hand_only_if_one_is_free(app):
    editor = staff_client(app, "editor")
    event = make_event(capacity=3, group_rule=GroupRule.STRICT_ORDER)
    make_registration(event, persons=2)
    group = make_registration(event, persons=2, status=Status.WAITING)
    single = make_registration(event, persons=1, status=Status.WAITING)
    look(editor, event)

    def give(one: Registration) -> int:
        return editor.post(f"{desk(event)}/{one.id}/place/{event.sessions[0].id}").status_code

    assert give(group) == 409
    assert give(single) == 302
    assert give(single) == 409
    assert (group.bookings[0].status, single.bookings[0].status) == (Status.WAITING, Status.CONFIRMED)
    assert event.sessions[0].taken == 3


def test_nobody_gets_a_place_at_an_event_that_was_cancelled(app):
    editor = staff_client(app, "editor")
    event = make_event(capacity=3)
    waiting = make_registration(event, status=Status.WAITING, contact=make_contact())
    look(editor, event)
    event.cancelled_at = clock.now()
    assert editor.post(f"{desk(event)}/{waiting.id}/place/{event.sessions[0].id}").status_code == 409
    assert (waiting.bookings[0].status, event.sessions[0].taken) == (Status.WAITING, 0)
    assert session.query(Mail).count() == 0


@pytest.mark.databases
def test_a_place_that_was_offered_while_staff_looked_at_it_is_taken_once(app):
    event = make_event(capacity=3)
    booking = make_registration(event, status=Status.WAITING, contact=make_contact()).bookings[0]
    session.commit()
    assert booking.status is Status.WAITING  # read by staff; meanwhile the worker comes, unseen by what was read
    offered = update(table_of(Booking)).values(status=Status.OFFERED, ends_at=clock.now() + timedelta(hours=1))
    session.connection().execute(offered)
    session.connection().execute(update(table_of(EventSession)).values(taken=1))
    on_behalf.give_place(booking)
    session.expire_all()
    assert (booking.status, event.sessions[0].taken) == (Status.CONFIRMED, 1)


def test_a_lost_receipt_is_replaced_and_the_old_one_ends(editor):
    event = make_event()
    found = make_registration(event, with_receipt=True, language="ar")
    before = found.receipt.code_hash
    look(editor, event)
    answer = editor.post(f"{desk(event)}/{found.id}/receipt")
    assert answer.location == f"{desk(event)}/receipt"
    assert 'lang="ar" dir="rtl"' in editor.get(answer.location).text
    assert found.receipt.code_hash != before


def test_all_data_go_at_once_when_a_person_wants_it(editor):
    event = make_event(capacity=1)
    found = make_registration(event, with_receipt=True, contact=make_contact())
    look(editor, event)
    assert editor.post(f"{desk(event)}/{found.id}/erase").location == desk(event)
    assert session.scalar(select(func.count()).select_from(Registration)) == 0
    assert event.sessions[0].taken == 0


def test_the_list_costs_the_same_for_few_and_for_many(editor):
    event = make_event()

    def statements() -> int:
        seen: list[str] = []
        listener = lambda *told: seen.append(told[2])  # noqa: E731
        watching.listen(engine(), "before_cursor_execute", listener)
        editor.get(desk(event))
        watching.remove(engine(), "before_cursor_execute", listener)
        return len(seen)

    make_registration(event, contact=make_contact())
    look(editor, event)
    few = statements()
    for _number in range(20):
        make_registration(event, contact=make_contact())
    assert statements() <= few


@pytest.mark.databases
@pytest.mark.parametrize("what", ["change", "cancel", "erase"])
def test_what_staff_do_for_somebody_works_on_both_databases(app, what):
    editor = staff_client(app, "editor")
    event = make_event(capacity=3)
    registration = make_registration(event, contact=make_contact(), persons=2, with_receipt=True)
    look(editor, event)
    form = {"name": "Ayşe", "persons": "1", "email": "ayse@example.org"}
    assert editor.post(f"{desk(event)}/{registration.id}/{what}", data=form).status_code == 302
    session.expire_all()
    assert event.sessions[0].taken == (1 if what == "change" else 0)
