"""The districts room on the command line."""

import contextvars

import pytest
from sqlalchemy import func, select

from participation.db import session
from participation.districts.models import Area, Layer, Street
from tests.districts.makers import make_area, make_layer


@pytest.fixture
def run(app):
    def running(*words):
        session.commit()
        return contextvars.Context().run(app.test_cli_runner().invoke, args=["districts", *map(str, words)])

    return running


def test_a_layer_its_areas_and_streets_come_in_by_command(run, tmp_path):
    areas, streets = tmp_path / "areas.csv", tmp_path / "streets.csv"
    areas.write_text("code;name_de\n01;Mitte\n02;Nord\n")
    streets.write_text("street;area_code\nRosenweg;01\n")
    for words in (
        ("create-layer", "bezirke", "--name", "Bezirke", "--default"),
        ("import-areas", areas, "--layer", "bezirke"),
        ("import-streets", streets, "--layer", "bezirke"),
    ):
        result = run(*words)
        assert result.exit_code == 0, result.output
    assert session.scalar(select(Layer)).is_default
    assert session.scalar(select(func.count(Area.id))) == 2
    assert session.scalar(select(Street)).area.code == "01"


def test_a_file_with_mistakes_is_refused_wholly_and_each_mistake_told(run, tmp_path):
    make_layer("bezirke", "Bezirke")
    path = tmp_path / "areas.csv"
    path.write_text("code;name_de;residents\n01;Mitte;\n02;Nord;viele\n;Ost;\n")
    result = run("import-areas", path, "--layer", "bezirke")
    assert result.exit_code == 1
    assert "3" in result.output
    assert "residents" in result.output
    assert session.scalar(select(func.count(Area.id))) == 0


@pytest.mark.parametrize("content", [b"", b"\x00", b"{", b"PK\x03\x04"])
def test_a_file_that_cannot_be_read_is_refused_without_a_trace(run, tmp_path, content):
    make_layer("bezirke", "Bezirke")
    path = tmp_path / "file"
    path.write_bytes(content)
    for command in ("import-areas", "import-streets"):
        result = run(command, path, "--layer", "bezirke")
        assert (result.exit_code, "Traceback" in result.output) == (1, False)


def test_a_layer_nobody_knows_and_a_slug_that_is_taken_are_told(run, tmp_path):
    make_area("Mitte", make_layer("bezirke", "Bezirke"))
    path = tmp_path / "areas.csv"
    path.write_text("code;name_de\n01;Mitte\n")
    assert "nirgends" in run("import-areas", path, "--layer", "nirgends").output
    assert run("create-layer", "bezirke", "--name", "Noch einmal").exit_code == 1
    assert run("create-layer", "Böse Zeichen", "--name", "x").exit_code == 1
    assert session.scalar(select(func.count(Layer.id))) == 1
