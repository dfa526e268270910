"""Searching is work for the house, so nobody can ask for it without end (V8)."""

from pathlib import Path

from participation.db import Base, engine
from participation.limits import limiter
from tests.conftest import make_house


def test_v8_a_sender_may_search_sixty_times_a_minute(tmp_path: Path) -> None:
    house = make_house("sqlite://", tmp_path)
    house.config["RATELIMIT_ENABLED"] = True
    limiter.init_app(house)
    try:
        with house.app_context():
            Base.metadata.create_all(engine())
            client = house.test_client()
            statuses = [client.get("/de/search?q=x").status_code for _time in range(61)]
        assert statuses == [200] * 60 + [429]
    finally:
        limiter.reset()
        limiter.enabled = False
        house.extensions["engine"].dispose()
