"""Results and downloads, for those who evaluate a survey."""

from flask import Blueprint

bp = Blueprint("survey_results", __name__, url_prefix="/staff/surveys")
