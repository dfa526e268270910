"""The surveys desk of the city's staff."""

from flask import Blueprint

bp = Blueprint("survey_staff", __name__, url_prefix="/staff/surveys")
