"""The house as several server processes serve it in a test: started by tests/events/test_parallel.py."""

import os
from pathlib import Path

from tests.conftest import make_house

app = make_house(os.environ["BUSY_DATABASE_URL"], Path(os.environ["BUSY_FOLDER"]))
