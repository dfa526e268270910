"""Reading areas: from what offices have, and from what somebody hostile sends."""

import json
from datetime import date

import pytest

from participation.districts import area_files
from participation.districts.area_files import read
from participation.districts.files import FileRefused
from tests.districts.makers import feature, geojson

pytestmark = pytest.mark.usefixtures("app")
TABLE = (
    "code;name_de;name_tr;valid_from;valid_to;residents\n01;Mitte;Merkez;01.01.2020;;12345\n02;Größe;;;31.12.2030;\n"
)


def as_file(*features):
    return json.dumps(geojson(*features)).encode()


def told(found):
    return [(problem.row, problem.column, str(problem.message)) for problem in found.problems]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_is_read_in_the_separators_and_encodings_offices_use(separator, encoding):
    found = read(TABLE.replace(";", separator).encode(encoding))
    assert told(found) == []
    first, second = found.rows
    assert (first.code, dict(first.name), first.valid_from, first.residents) == (
        "01",
        {"de": "Mitte", "tr": "Merkez"},
        date(2020, 1, 1),
        12345,
    )
    assert (dict(second.name), second.valid_to, second.residents) == ({"de": "Größe"}, date(2030, 12, 31), None)
    assert len(found.notes) == (encoding in {"cp1252", "utf-16"})


def test_quoted_cells_and_line_ends_of_all_kinds_are_read():
    found = read(b'"code";"name"\r\n"01";"Mitte; Nord"\r\n\r\n"02";"S\xc3\xbcd ""alt"""\r\n')
    assert [str(row.name) for row in found.rows] == ["Mitte; Nord", 'Süd "alt"']
    assert [row.row for row in found.rows] == [2, 4]


def test_columns_nobody_asked_for_are_named():
    found = read(b"code;name_de;name_tlh;area_km2\n1;Mitte;x;4\n")
    assert "name_tlh, area_km2" in str(found.notes[0])


def test_each_mistake_is_told_with_row_column_and_reason():
    found = read(
        b"code;name_de;valid_from;residents\n;Mitte;;\n2;=HYPERLINK(1);;\n3;Nord;31.02.2026;1.234\n4;Ost;;-5\n4;West;;\n"
    )
    assert [(row, column) for row, column, _message in told(found)] == [
        (2, "code"),
        (3, "name_de"),
        (4, "valid_from"),
        (4, "residents"),
        (5, "residents"),
    ]


def test_a_code_that_stands_twice_is_told_with_both_rows():
    found = read(b"code;name_de\n1;Mitte\n2;Nord\n1;Ost\n")
    assert told(found) == [(4, "code", "The code 1 stands in row 2 already.")]


@pytest.mark.parametrize("payload", ["=1+1", "+1", "-2", "@SUM(A1)", "a\x07b", "Mit\u202ete", "x" * 121])
def test_v5_names_that_are_formulas_or_hold_hidden_characters_are_refused(payload):
    found = read(f"code;name_de\n1;{payload}\n".encode())
    assert len(found.problems) == 1
    assert read(as_file(feature(payload))).problems


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b"code;name_de\n",
        b"name_de\nMitte\n",
        b"code;code;name_de\n1;2;Mitte\n",
        b"code;name_de\n1;Mitte;zu;viel\n",
        b'code;name_de\n1;"Mitte\n',
        b"code;name_de\n1;Mit\x00te\n",
        b"PK\x03\x04rest of an xlsx file",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an xls file",
        b"\xff\xfe\x00",
        b"code;name_de\n1;\x81\x8d\x8f\n",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"code;" * 500 + b"\n",
        b"code;name_de\n1;" + b"x" * 200_000 + b"\n",
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_a_sentence(content):
    with pytest.raises(FileRefused) as refusal:
        read(content)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[]",
        b"[1, 2]",
        b'{"type": "FeatureCollection"}',
        b'{"type": "FeatureCollection", "features": {}}',
        b'{"type": "FeatureCollection", "features": []}',
        b'{"type": "Topology", "objects": {}}',
        b'{"type": "FeatureCollection", "features": [NaN]}',
        b'{"type": "FeatureCollection", "features": [-Infinity]}',
        b'{"type": "FeatureCollection", "features": [' + b"9" * 6000 + b"]}",
        b"[" * 200_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": null}]}',
        '{"type": "FeatureCollection", "features": "\ud800"}'.encode("utf-8", "surrogatepass"),
        b'\x00{"type": 1}',
    ],
)
def test_json_that_cannot_be_read_is_refused_with_a_sentence(content):
    with pytest.raises(FileRefused) as refusal:
        read(content)
    assert str(refusal.value).endswith(".")


def test_more_rows_than_any_city_has_are_refused():
    with pytest.raises(FileRefused, match="too many rows"):
        read(b"code;name_de\n" + b"".join(b"%d;Area\n" % n for n in range(100_000)))
    with pytest.raises(FileRefused, match="too many rows"):
        read(as_file(*[{}] * (area_files.MOST_AREAS + 1)))


def test_more_bytes_than_allowed_are_refused():
    with pytest.raises(FileRefused, match="too large"):
        read(b"code;name_de\n" + b" " * 10_500_000)


def test_names_of_a_geojson_file_are_read_in_all_languages_on_offer():
    found = read(as_file(feature("Mitte", code=7, **{"name:tr": "Merkez", "name_ar": "وسط", "name:tlh": "x"})))
    (row,) = found.rows
    assert (row.code, dict(row.name)) == ("7", {"de": "Mitte", "tr": "Merkez", "ar": "وسط"})


def test_the_usual_words_are_recognised_and_staff_may_choose_others():
    mitte = {**feature(), "properties": {"BEZEICHNUNG": "Mitte", "Nummer": 3.0, "kurz": "MI", "gid": 11}}
    found = read(as_file(mitte))
    assert (found.rows[0].code, str(found.rows[0].name)) == ("3", "Mitte")
    assert found.properties == ["BEZEICHNUNG", "Nummer", "kurz", "gid"]
    chosen = read(as_file(mitte), name_property="kurz", code_property="gid")
    assert (chosen.rows[0].code, str(chosen.rows[0].name)) == ("11", "MI")


def test_without_a_name_staff_are_asked_which_property_it_is():
    found = read(as_file({**feature(), "properties": {"foo": "Mitte"}}))
    assert found.properties == ["foo"]
    assert "choose the property" in told(found)[0][2]
    assert (
        str(read(as_file({**feature(), "properties": {"foo": "Mitte"}}), name_property="foo").rows[0].name) == "Mitte"
    )


def test_without_codes_the_names_serve_as_codes():
    found = read(as_file(feature("Am Großen Markt"), feature("Nord")))
    assert [row.code for row in found.rows] == ["am-grossen-markt", "nord"]
    assert len(found.notes) == 1


@pytest.mark.parametrize("value", [True, ["Mitte"], {"de": "Mitte"}, 1e400, "\x00", "x" * 200])
def test_properties_of_a_stranger_are_never_trusted(value):
    text = json.dumps(geojson({**feature(), "properties": {"name": value}})).replace("Infinity", "1e400")
    assert len(read(text.encode()).problems) == 1


@pytest.mark.parametrize("broken", [None, 1, "x", [], {}, {"type": "Feature", "properties": []}, {"type": "Point"}])
def test_a_feature_that_is_none_is_a_mistake_in_its_row(broken):
    found = read(as_file(feature("Mitte"), broken))
    assert [row for row, *_rest in told(found)] == [2]
