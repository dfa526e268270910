"""What staff do with layers and areas, and what the database itself refuses."""

from datetime import date

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from participation.audit import AuditEntry
from participation.db import session
from participation.districts import operations, queries
from participation.districts.models import Area, ImportDraft, ImportKind, Layer
from participation.i18n import LocalizedText
from tests.districts.makers import make_area, make_layer

pytestmark = pytest.mark.usefixtures("app")
NAME = LocalizedText(de="Mitte")


def test_the_first_layer_is_the_default_until_another_one_becomes_it():
    first = make_layer("a", "A")
    second = make_layer("b", "B")
    assert (first.is_default, second.is_default) == (True, False)
    operations.edit_layer(second, "b", LocalizedText(de="B"), is_default=True)
    session.expire_all()
    assert (first.is_default, second.is_default) == (False, True)


def test_two_layers_cannot_share_a_short_name():
    first, second = make_layer("a", "A"), make_layer("b", "B")
    with pytest.raises(operations.SlugTaken):
        operations.create_layer("a", LocalizedText(de="Noch einer"))
    with pytest.raises(operations.SlugTaken):
        operations.edit_layer(second, first.slug, second.name, is_default=False)


def test_the_code_of_an_area_is_its_own_in_its_layer_only():
    one, other = make_layer("a", "A"), make_layer("b", "B")
    operations.create_area(one, "01", NAME)
    operations.create_area(other, "01", NAME)
    with pytest.raises(operations.CodeTaken):
        operations.create_area(one, "01", NAME)


def test_an_area_cannot_end_before_it_begins():
    area = make_area()
    with pytest.raises(operations.EndBeforeBegin):
        operations.edit_area(area, NAME, valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 1))
    assert area.valid_from is None


def test_s7_areas_are_merged_within_their_layer_and_never_in_a_circle():
    one, two, three = make_area("Eins"), make_area("Zwei"), make_area("Drei")
    elsewhere = make_area("Fern", make_layer("b", "B"))
    operations.edit_area(one, one.name, merged_into_id=two.id)
    operations.edit_area(two, two.name, merged_into_id=three.id)
    for wrong in (one, three):
        with pytest.raises(operations.MergedInCircle):
            operations.edit_area(three, three.name, merged_into_id=wrong.id)
    with pytest.raises(operations.MergedElsewhere):
        operations.edit_area(three, three.name, merged_into_id=elsewhere.id)


def test_every_change_is_in_the_audit_log():
    area = operations.create_area(make_layer(), "01", NAME)
    operations.edit_area(area, NAME, residents=12)
    operations.edit_layer(area.layer, "bezirke", LocalizedText(de="Bezirke"), is_default=True)
    session.flush()
    told = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert told == ["layer.created", "area.created", "area.changed", "layer.changed"]


def test_d14_uploads_nobody_confirmed_are_gone_after_a_day(stop_clock):
    layer = make_layer()
    stop_clock(2026, 4, 1, 12)
    operations.start_import(layer, ImportKind.AREAS, b"code;name_de\n1;Mitte\n", owner_id=1)
    stop_clock(2026, 4, 2, 11)
    assert operations.forget_old_drafts() == {"import_drafts": 0}
    stop_clock(2026, 4, 2, 13)
    assert operations.forget_old_drafts() == {"import_drafts": 1}
    assert session.scalar(select(func.count(ImportDraft.id))) == 0


def test_a_second_upload_takes_the_place_of_the_first():
    layer = make_layer()
    for name in (b"Mitte", b"Nord"):
        operations.start_import(layer, ImportKind.AREAS, b"code;name_de\n1;" + name, owner_id=1)
    operations.start_import(layer, ImportKind.AREAS, b"code;name_de\n1;Ost", owner_id=2)
    assert session.scalar(select(func.count(ImportDraft.id))) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_from": date(2026, 1, 1), "valid_to": date(2026, 1, 1)},
        {"residents": -1},
        {"code": ""},
        {"code": "01"},
        {"merged_into_id": 4711},
        {"layer_id": 4711},
    ],
)
@pytest.mark.databases
def test_the_database_refuses_areas_that_cannot_be(wrong):
    layer = make_layer()
    make_area("Da", layer, code="01")
    values = {"layer_id": layer.id, "code": "02", "name": NAME, "sort_name": "mitte", **wrong}
    with pytest.raises(IntegrityError):
        session.execute(insert(Area).values(**values))


@pytest.mark.databases
def test_the_database_refuses_a_merging_across_layers():
    here, there = make_area("Hier", make_layer("a", "A")), make_area("Dort", make_layer("b", "B"))
    here.merged_into_id = there.id
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.databases
def test_the_database_refuses_a_second_default_layer():
    make_layer()
    with pytest.raises(IntegrityError):
        session.execute(insert(Layer).values(slug="b", name=NAME, is_default=True))


@pytest.mark.databases
def test_many_layers_need_not_be_the_default():
    for slug in "abc":
        make_layer(slug, slug)
    assert [layer.slug for layer in queries.layers()] == ["a", "b", "c"]
