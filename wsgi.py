"""The front door: what the production server, the worker and `flask --app wsgi` open."""

import os

from dotenv import load_dotenv

from participation.app import create_app
from participation.settings import PROJECT, Settings

load_dotenv(PROJECT / ".env")
os.environ.setdefault("SECRET_KEY_FILE", str(PROJECT / "var" / "secret-key"))  # `make run` makes one where none is set
app = create_app(Settings.from_environment())
