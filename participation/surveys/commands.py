"""Surveys on the command line."""

from flask.cli import AppGroup

surveys = AppGroup("surveys", help="Surveys: bring questionnaires in.")
