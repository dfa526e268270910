"""What the media room offers the house."""

from flask import Flask

from participation.feature import Feature
from participation.media import fields, operations, rules, uploads, views


def init_app(app: Flask) -> None:
    """Pictures have addresses without a language, and forms with a picture are read with patience."""
    app.request_class = uploads.PatientRequest
    app.register_blueprint(views.bp)
    fields.init_app(app)


feature = Feature(name="media", rules=rules, housekeeping=operations.throw_away_unkept, init_app=init_app)
