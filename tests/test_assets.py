"""Style sheets and scripts travel compressed, and are compressed anew when they change."""

import os
from pathlib import Path

import pytest

from participation import assets

CSS = "main { margin-inline: auto }\n" * 50


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_the_style_sheet_travels_compressed(client, encoding):
    plain = client.get("/static/css/site.css", headers={"Accept-Encoding": "identity"})
    packed = client.get("/static/css/site.css", headers={"Accept-Encoding": encoding})
    assert packed.headers["Content-Encoding"] == encoding
    assert len(packed.data) < 10 * 1024 < len(plain.data)


def test_a_changed_file_is_compressed_anew(tmp_path):
    path = tmp_path / "css" / "site.css"
    path.parent.mkdir()
    path.write_text(CSS)
    assets.compress(tmp_path)
    before = Path(f"{path}.br").read_bytes()
    path.write_text(CSS + "p { margin: 0 }")
    os.utime(path, (1, 1))
    assets.compress(tmp_path)
    assert Path(f"{path}.br").read_bytes() != before
    assert sorted(one.name for one in path.parent.iterdir()) == ["site.css", "site.css.br", "site.css.gz"]


def test_a_folder_that_may_not_be_written_to_is_served_as_it_is(tmp_path, monkeypatch):
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "site.css").write_text(CSS)

    def refuse(_path: Path, _data: bytes) -> int:
        raise PermissionError

    monkeypatch.setattr(Path, "write_bytes", refuse)
    assets.compress(tmp_path)
    assert [one.name for one in (tmp_path / "css").iterdir()] == ["site.css"]
