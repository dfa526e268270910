"""Districts on the command line."""

from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from participation.db import session
from participation.districts import operations, queries
from participation.districts.importing import HasProblems, Plan
from participation.districts.models import ImportKind, Layer
from participation.errors import Refused
from participation.i18n import LocalizedText, _

districts = AppGroup("districts", help="Districts: layers, areas and the street directory.")
file = click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
layer_option = click.option("--layer", "slug", required=True, help="The short name of the layer.")


@districts.command("create-layer")
@click.argument("slug")
@click.option("--name", required=True, help="The German name.")
@click.option("--default", "is_default", is_flag=True, help="Surveys use this layer unless they name another one.")
def create_layer(slug: str, name: str, *, is_default: bool) -> None:
    """Create a layer, as in: create-layer stadtbezirke --name Stadtbezirke."""
    with session.begin():
        try:
            operations.create_layer(slug, LocalizedText(de=name), is_default=is_default)
        except Refused as error:
            raise click.ClickException(str(error)) from error
    click.echo(_("The layer was created."))


@districts.command("import-areas")
@file
@layer_option
@click.option("--name-property", help="The GeoJSON property that holds the name.")
@click.option("--code-property", help="The GeoJSON property that holds the code.")
def import_areas(path: Path, slug: str, name_property: str | None, code_property: str | None) -> None:
    """Import the areas of a layer from GeoJSON or CSV."""
    _import(path, slug, ImportKind.AREAS, name_property=name_property, code_property=code_property)


@districts.command("import-streets")
@file
@layer_option
@click.option("--complete", "is_complete", is_flag=True, help="Remove streets that are not in the file.")
def import_streets(path: Path, slug: str, *, is_complete: bool) -> None:
    """Import the street directory of a layer from CSV."""
    _import(path, slug, ImportKind.STREETS, is_complete=is_complete)


def _import(path: Path, slug: str, kind: ImportKind, **options: Any) -> None:
    with session.begin():
        layer = _layer(slug)
        try:
            planned = operations.import_file(layer, kind, path.read_bytes(), **options)
        except HasProblems as error:
            raise click.ClickException(_told(error)) from error
        except Refused as error:
            raise click.ClickException(str(error)) from error
    for note in planned.reading.notes:
        click.echo(note)
    click.echo(_summary(planned))


def _layer(slug: str) -> Layer:
    known = {layer.slug: layer for layer in queries.layers()}
    if slug not in known:
        raise click.ClickException(_("There is no layer with the short name %(slug)s.", slug=slug))
    return known[slug]


def _told(error: HasProblems) -> str:
    lines = [
        _("Row %(row)s, %(column)s: %(what)s", row=one.row, column=one.column or "-", what=str(one.message))
        for one in error.problems
    ]
    return "\n".join([str(error), *lines])


def _summary(planned: Plan) -> str:
    return _(
        "New: %(new)s. Changed: %(changed)s. Removed: %(removed)s. Unchanged: %(unchanged)s.",
        unchanged=planned.unchanged,
        **planned.counts,
    )
