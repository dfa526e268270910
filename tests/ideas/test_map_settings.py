"""Map tiles come from nowhere, or from the one server that the city has named (D13, V11)."""

import json

import pytest

from participation.headers import CONTENT_SECURITY_POLICY, rules_of
from participation.settings import PROJECT, Settings, SettingsError
from tests.conftest import SECRET

TILES = "https://tiles.stadt.example/{z}/{x}/{y}.png"


def test_without_a_server_for_tiles_pictures_come_from_this_house_alone():
    assert Settings(secret_key=SECRET).tile_host == ""
    assert rules_of("")["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


def test_the_server_that_the_city_names_may_be_asked_for_pictures_and_for_nothing_else():
    host = Settings(secret_key=SECRET, tile_url=TILES).tile_host
    assert host == "https://tiles.stadt.example"
    changed = set(rules_of(host)["Content-Security-Policy"].split("; ")) - set(CONTENT_SECURITY_POLICY.split("; "))
    assert changed == {"img-src 'self' data: https://tiles.stadt.example"}


@pytest.mark.parametrize(
    "url",
    [
        "tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example/",
        "https://tiles.example; script-src *//{z}/{x}/{y}",
        "javascript:{z}{x}{y}",
        "https://*/{z}/{x}/{y}.png",
        "https://a b/{z}/{x}/{y}.png",
    ],
)
def test_an_address_of_tiles_that_is_none_stops_the_start(url):
    with pytest.raises(SettingsError, match="TILE_URL"):
        Settings(secret_key=SECRET, tile_url=url)


def test_what_is_fetched_for_browsers_is_pinned_by_its_hash_and_names_no_place():
    """V26"""
    wanted = json.loads((PROJECT / "package.json").read_text())["dependencies"]
    assert all(version[0].isdecimal() for version in wanted.values())
    lock = (PROJECT / "package-lock.json").read_text()
    assert "resolved" not in lock
    assert "://" not in lock
    packages = {name: one for name, one in json.loads(lock)["packages"].items() if name}
    assert set(packages) == {f"node_modules/{name}" for name in wanted}
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
