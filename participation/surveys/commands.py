"""Surveys on the command line."""

from pathlib import Path

import click
from flask.cli import AppGroup

from participation.db import session
from participation.errors import Refused
from participation.i18n import LocalizedText
from participation.questionnaires.xlsform.languages import tag_of
from participation.questionnaires.xlsform.problems import Problem
from participation.surveys import importing

surveys = AppGroup("surveys", help="Surveys: bring questionnaires in.")


@surveys.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--slug", default="", help="Short name for the address, such as families-2026.")
@click.option("--title", default="", help="German title; without it the title of the file is taken.")
@click.option("--language", default="de", show_default=True, help="Language of texts that name none.")
def import_file(file: Path, slug: str, title: str, language: str) -> None:
    """Make a draft survey of an XLSForm (.xlsx or .xls) or of a LimeSurvey structure (.lss, .txt or .tsv)."""
    tag = tag_of(language)
    if tag is None:
        raise click.ClickException(f"The language “{language}” is not known.")
    reading = importing.read_file(file.read_bytes(), tag)
    for problem in reading.problems:
        click.echo(_line(problem), err=True)
    if reading.definition is None:
        raise click.ClickException("Nothing was imported.")
    name = LocalizedText({**reading.title, "de": title or reading.title.get("de") or str(reading.title) or file.stem})
    try:
        with session.begin():
            survey = importing.make_survey(reading.definition, name, slug)
            told = f"Survey {survey.id} “{survey.slug}”"
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    pages, questions = len(reading.definition.pages), len(reading.definition.questions)
    click.echo(f"{told}: {pages} pages, {questions} questions, not published yet.")


def _line(problem: Problem) -> str:
    """One problem as compilers tell it: where, how bad, what."""
    place = ":".join(filter(None, [problem.sheet, f"{problem.column}{problem.row}" if problem.row else ""]))
    kind = "error" if problem.is_refusal else "warning"
    return f"{place or 'file'}: {kind}: {problem.message}"
