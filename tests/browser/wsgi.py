"""The front door of the live server in browser tests: everything as in production, but for the limits on attempts."""

from dataclasses import replace

from participation.app import create_app
from participation.settings import Settings

app = create_app(replace(Settings.from_environment(), testing=True))


@app.before_request
def forget() -> None:
    """Tests empty the tables behind the server's back, so nothing of an earlier one may be remembered."""
    app.extensions["memory"].clear()
