"""The districts desk: upload a file, look at what it would change, and say yes."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.districts import operations, queries, rules
from participation.districts.files import FileRefused
from participation.districts.forms import PropertiesForm, UploadForm
from participation.districts.models import ImportDraft, ImportKind
from participation.forms import render_form
from participation.i18n import _
from participation.limits import limit
from participation.permissions import require

bp = Blueprint("district_imports", __name__, url_prefix="/staff/districts")


@bp.route("/layers/<int:layer_id>/import", methods=["GET", "POST"])
@limit("60 per hour")
def upload(layer_id: int) -> ResponseReturnValue:
    person = require(rules.manage)
    layer = queries.layer_by_id(layer_id)
    form = UploadForm()
    form.offer_kinds()
    if form.validate_on_submit():
        kind = ImportKind(form.kind.data)
        options: dict[str, Any] = {"is_complete": form.is_complete.data} if kind is ImportKind.STREETS else {}
        try:
            draft = operations.start_import(layer, kind, form.file.data.read(), person.id, options)
        except FileRefused as error:
            form.refuse("file", error.message)
        else:
            return redirect(url_for("district_imports.preview", draft_id=draft.id))
    return render_form("districts/staff/upload.html", form, layer=layer)


@bp.route("/imports/<int:draft_id>", methods=["GET", "POST"])
def preview(draft_id: int) -> ResponseReturnValue:
    """What the file would change; for GeoJSON, staff choose here which properties hold name and code."""
    draft = _own_draft(draft_id)
    planned = operations.preview_import(draft)
    form = PropertiesForm(
        name_property=draft.options.get("name_property") or "", code_property=draft.options.get("code_property") or ""
    )
    form.offer(planned.reading.properties)
    if not planned.reading.properties:
        return render_template("districts/staff/preview.html", form=None, draft=draft, layer=draft.layer, plan=planned)
    if form.validate_on_submit():
        operations.choose_properties(draft, form.name_property.data or None, form.code_property.data or None)
        return redirect(url_for("district_imports.preview", draft_id=draft.id))
    return render_form("districts/staff/preview.html", form, draft=draft, layer=draft.layer, plan=planned)


@bp.route("/imports/<int:draft_id>/confirm", methods=["POST"])
def confirm(draft_id: int) -> ResponseReturnValue:
    draft = _own_draft(draft_id)
    layer_id = draft.layer_id
    operations.confirm_import(draft)
    flash(_("The file was imported."))
    return redirect(url_for("district_staff.layer", layer_id=layer_id))


@bp.route("/imports/<int:draft_id>/discard", methods=["POST"])
def discard(draft_id: int) -> ResponseReturnValue:
    draft = _own_draft(draft_id)
    layer_id = draft.layer_id
    operations.discard_import(draft)
    flash(_("The upload was deleted. Nothing was imported."))
    return redirect(url_for("district_staff.layer", layer_id=layer_id))


def _own_draft(draft_id: int) -> ImportDraft:
    person = require(rules.manage)
    return queries.import_draft(draft_id, person.id)
