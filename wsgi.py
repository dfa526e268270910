"""The front door: what the production server, the worker and `flask --app wsgi` open."""

from dotenv import load_dotenv

from participation.app import create_app
from participation.settings import PROJECT, Settings

load_dotenv(PROJECT / ".env")
app = create_app(Settings.from_environment())
