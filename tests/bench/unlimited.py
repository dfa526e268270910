"""The house as it is served, but without limits per sender: measured from one machine, everybody has one address."""

from participation.limits import limiter
from wsgi import app

limiter.enabled = False

__all__ = ["app"]
