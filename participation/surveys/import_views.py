"""Bringing a questionnaire in from a spreadsheet, by page."""

from flask import Blueprint

bp = Blueprint("survey_import", __name__, url_prefix="/staff/surveys/import")
