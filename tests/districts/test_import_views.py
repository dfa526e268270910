"""Upload, preview, yes: by page."""

import io
import json

import pytest
from sqlalchemy import func, select

from participation.audit import AuditEntry
from participation.db import session
from participation.districts.models import Area, ImportDraft, Street
from tests.accounts.makers import staff_client
from tests.districts.makers import feature, geojson, make_area, make_layer, make_street

DESK = "/en/staff/districts"
TABLE = "code;name_de;name_tr;residents\n01;Mitte;Merkez;1200\n02;Süd;;\n".encode()


@pytest.fixture
def editor(app):
    return staff_client(app, "editor")


@pytest.fixture
def layer(app):
    return make_layer()


def upload(browser, layer, content, kind="areas", **more):
    data = {"kind": kind, "file": (io.BytesIO(content), "file.csv"), **more}
    return browser.post(f"{DESK}/layers/{layer.id}/import", data=data)


def areas():
    session.expire_all()
    return {area.code: area for area in session.scalars(select(Area))}


def test_nothing_is_imported_before_the_yes(editor, layer):
    make_area("Mitte", layer, code="01")
    preview = upload(editor, layer, TABLE).location
    page = editor.get(preview).text
    assert "Süd" in page
    assert "Import now" in page
    assert list(areas()) == ["01"]
    assert dict(areas()["01"].name) == {"de": "Mitte"}
    answer = editor.post(f"{preview}/confirm")
    assert answer.location == f"{DESK}/layers/{layer.id}"
    found = areas()
    assert dict(found["01"].name) == {"de": "Mitte", "tr": "Merkez"}
    assert (found["01"].residents, str(found["02"].name)) == (1200, "Süd")
    told = session.scalars(select(AuditEntry).where(AuditEntry.action == "areas.imported")).one()
    assert told.details == {"counts": {"new": 1, "changed": 1, "removed": 0}}


def test_the_same_file_again_changes_nothing(editor, layer):
    for _time in range(2):
        preview = upload(editor, layer, TABLE).location
        page = editor.get(preview).text
        editor.post(f"{preview}/confirm")
    assert "There is nothing to import" in page
    assert len(areas()) == 2


def test_what_a_file_leaves_empty_stays_as_it_is(editor, layer):
    editor.post(upload(editor, layer, TABLE).location + "/confirm")
    editor.post(upload(editor, layer, b"code;name_de;residents\n01;Zentrum;\n").location + "/confirm")
    assert (dict(areas()["01"].name), areas()["01"].residents) == ({"de": "Zentrum", "tr": "Merkez"}, 1200)


def test_one_wrong_row_keeps_the_whole_file_out(editor, layer):
    preview = upload(editor, layer, b"code;name_de;valid_from\n01;Mitte;\n02;Nord;32.01.2026\n03;;\n").location
    page = editor.get(preview)
    assert page.status_code == 200
    assert "2 mistakes in the file" in page.text
    assert "Import now" not in page.text
    answer = editor.post(f"{preview}/confirm")
    assert answer.status_code == 409
    assert areas() == {}
    assert session.scalar(select(func.count(ImportDraft.id))) == 1


def test_dates_are_checked_together_with_what_is_stored(editor, layer):
    editor.post(upload(editor, layer, b"code;name_de;valid_from\n01;Mitte;01.01.2026\n").location + "/confirm")
    page = editor.get(upload(editor, layer, b"code;valid_to\n01;31.12.2025\n").location).text
    assert "The last day must be after the first day." in page


def test_a_geojson_file_is_imported_with_its_outlines(editor, layer):
    content = json.dumps(geojson(feature("Mitte", code=1))).encode()
    editor.post(upload(editor, layer, content).location + "/confirm")
    assert areas()["1"].outline["type"] == "Polygon"
    assert "There is nothing to import" in editor.get(upload(editor, layer, content).location).text


def test_staff_choose_which_properties_hold_name_and_code(editor, layer):
    content = json.dumps(geojson({**feature(), "properties": {"wo": "Mitte", "gid": 9}})).encode()
    preview = upload(editor, layer, content).location
    assert "Import now" not in editor.get(preview).text
    assert editor.post(preview, data={"name_property": "nein", "code_property": ""}).status_code == 422
    assert editor.post(preview, data={"name_property": "wo", "code_property": "gid"}).location == preview
    assert "Import now" in editor.get(preview).text
    editor.post(f"{preview}/confirm")
    assert str(areas()["9"].name) == "Mitte"


def test_streets_are_imported_and_only_those_in_the_file_are_written_anew(editor, layer):
    mitte = make_area("Mitte", layer, code="01")
    nord = make_area("Nord", layer, code="02")
    make_street("Altweg", mitte)
    make_street("Rosenweg", mitte)
    content = b"street,area_code,from,to,parity\nRosenweg,01,1,49,\nRosenweg,02,50,98,even\nRosenweg,02,50,98,g\n"
    preview = upload(editor, layer, content, "streets").location
    assert "Rosenweg" in editor.get(preview).text
    editor.post(f"{preview}/confirm")
    rows = session.execute(select(Street.name, Street.area_id, Street.house_from).order_by(Street.name, Street.id))
    assert [tuple(row) for row in rows] == [
        ("Altweg", mitte.id, None),
        ("Rosenweg", mitte.id, 1),
        ("Rosenweg", nord.id, 50),
    ]
    assert "nothing to import" in editor.get(upload(editor, layer, content, "streets").location).text


def test_a_complete_directory_removes_what_it_does_not_name_from_this_layer_only(editor, layer):
    make_street("Altweg", make_area("Mitte", layer, code="01"))
    make_street("Altweg", make_area("Raum", make_layer("b", "B"), code="01"))
    preview = upload(editor, layer, b"street;area_code\nNeuweg;01\n", "streets", is_complete="y").location
    assert "Altweg" in editor.get(preview).text
    editor.post(f"{preview}/confirm")
    rows = session.execute(select(Street.name, Area.layer_id).join(Area).order_by(Street.name)).all()
    assert [row.name for row in rows] == ["Altweg", "Neuweg"]
    assert rows[0].layer_id != layer.id


def test_mistakes_in_the_street_file_are_told_by_row(editor, layer):
    make_area("Mitte", layer, code="01")
    content = b"street;area_code;from;to;parity\n;01\nA;99\nB;01;x;\nC;01;9;3\nD;01;1;9;manchmal\n"
    page = editor.get(upload(editor, layer, content, "streets").location).text
    assert "5 mistakes in the file" in page
    assert "There is no area with the code 99 in this layer." in page


def test_v18_an_upload_is_its_owners_alone(app, editor, layer):
    preview = upload(editor, layer, TABLE).location
    other = staff_client(app, "administrator")
    assert other.get(preview).status_code == 404
    assert other.post(preview).status_code == 404
    assert other.post(f"{preview}/confirm").status_code == 404
    assert other.post(f"{preview}/discard").status_code == 404
    assert areas() == {}


def test_v10_looking_confirms_nothing(editor, layer):
    preview = upload(editor, layer, TABLE).location
    assert editor.get(f"{preview}/confirm").status_code == 405
    assert areas() == {}


def test_an_upload_can_be_thrown_away_and_confirmed_only_once(editor, layer):
    preview = upload(editor, layer, TABLE).location
    editor.post(f"{preview}/discard")
    assert editor.get(preview).status_code == 404
    preview = upload(editor, layer, TABLE).location
    assert editor.post(f"{preview}/confirm").status_code == 302
    assert editor.post(f"{preview}/confirm").status_code == 404
    assert len(areas()) == 2


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": "areas"},
        {"kind": "areas", "file": "no file at all"},
        {"kind": "areas", "file": (io.BytesIO(b""), "")},
        {"kind": "nothing", "file": (io.BytesIO(TABLE), "a.csv")},
        {"kind": "areas", "file": (io.BytesIO(b""), "empty.csv")},
        {"kind": "areas", "file": (io.BytesIO(b"PK\x03\x04"), "a.csv")},
        {"kind": "areas", "file": (io.BytesIO(b"{"), "../../etc/passwd")},
        {"kind": "areas", "file": (io.BytesIO(b"[" * 100_000), "a.geojson")},
        {"kind": "streets", "file": (io.BytesIO(b'{"a": 1}'), "a.csv")},
        {"kind": "streets", "file": (io.BytesIO(b"street;area_code\n" + b"A;1\n" * 60_000), "a.csv")},
    ],
)
def test_what_cannot_be_read_comes_back_with_a_sentence_and_nothing_is_kept(editor, layer, data):
    data = {
        key: (io.BytesIO(one[0].getvalue()), one[1]) if isinstance(one, tuple) else one for key, one in data.items()
    }
    answer = editor.post(f"{DESK}/layers/{layer.id}/import", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "error-summary" in answer.text
    assert session.scalar(select(func.count(ImportDraft.id))) == 0


def raw_upload(browser, layer, content):
    """A large body by hand: the test client would leave a temporary file open."""
    head = '--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nareas\r\n--x\r\nContent-Disposition: form-data; '
    body = head.encode() + b'name="file"; filename="a.csv"\r\n\r\n' + content + b"\r\n--x--\r\n"
    return browser.post(f"{DESK}/layers/{layer.id}/import", data=body, content_type="multipart/form-data; boundary=x")


def test_a_body_beyond_the_limit_is_too_large(editor, layer):
    assert raw_upload(editor, layer, b"x" * 11_000_000).status_code == 413


def test_a_hundred_thousand_rows_are_refused_with_the_limit(editor, layer):
    answer = raw_upload(editor, layer, b"code;name_de\n" + b"1;Mitte\n" * 100_000)
    assert answer.status_code == 422
    assert "At most 5,000 can be imported" in answer.text


def test_v1_names_from_a_file_are_shown_harmless(editor, layer):
    page = editor.get(upload(editor, layer, b"code;name_de\n<b>1;<script>alert(1)</script>\n").location).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_every_line_of_the_collected_attacks_is_refused_or_harmless(editor, layer, samples):
    lines = (
        (samples / "attack" / "csv_injection_payloads.txt").read_text(encoding="utf-8", errors="replace").splitlines()
    )
    rows = [{**feature(line), "properties": {"name": line, "code": n}} for n, line in enumerate(lines) if line.strip()]
    answer = editor.get(upload(editor, layer, json.dumps(geojson(*rows)).encode()).location)
    assert answer.status_code == 200
    assert "mistakes in the file" in answer.text
