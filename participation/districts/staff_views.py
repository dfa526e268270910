"""The districts desk: layers and areas."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.districts import operations, queries, rules
from participation.districts.forms import AreaForm, LayerForm, NewAreaForm
from participation.forms import render_form
from participation.i18n import _
from participation.paging import paginate
from participation.permissions import require

bp = Blueprint("district_staff", __name__, url_prefix="/staff/districts")


@bp.route("")
def index() -> ResponseReturnValue:
    require(rules.manage)
    return render_template("districts/staff/index.html", overview=queries.overview())


@bp.route("/layers/new", methods=["GET", "POST"])
def new_layer() -> ResponseReturnValue:
    require(rules.manage)
    form = LayerForm()
    if form.validate_on_submit():
        try:
            layer = operations.create_layer(**form.answers)
        except operations.SlugTaken as error:
            form.refuse("slug", error.message)
        else:
            flash(_("The layer was created."))
            return redirect(url_for("district_staff.layer", layer_id=layer.id))
    return render_form("districts/staff/layer_form.html", form, layer=None)


@bp.route("/layers/<int:layer_id>")
def layer(layer_id: int) -> ResponseReturnValue:
    require(rules.manage)
    found = queries.layer_by_id(layer_id)
    page = paginate(queries.every_area(found))
    return render_template("districts/staff/layer.html", layer=found, page=page, streets=queries.street_count(found))


@bp.route("/layers/<int:layer_id>/edit", methods=["GET", "POST"])
def edit_layer(layer_id: int) -> ResponseReturnValue:
    require(rules.manage)
    found = queries.layer_by_id(layer_id)
    form = LayerForm(obj=found)
    if form.validate_on_submit():
        try:
            operations.edit_layer(found, **form.answers)
        except operations.SlugTaken as error:
            form.refuse("slug", error.message)
        else:
            flash(_("Your changes were saved."))
            return redirect(url_for("district_staff.layer", layer_id=found.id))
    return render_form("districts/staff/layer_form.html", form, layer=found)


@bp.route("/layers/<int:layer_id>/areas/new", methods=["GET", "POST"])
def new_area(layer_id: int) -> ResponseReturnValue:
    require(rules.manage)
    found = queries.layer_by_id(layer_id)
    form = NewAreaForm()
    form.offer_neighbours(found, None)
    if form.validate_on_submit():
        try:
            operations.create_area(found, **form.answers)
        except operations.CodeTaken as error:
            form.refuse("code", error.message)
        else:
            flash(_("The area was created."))
            return redirect(url_for("district_staff.layer", layer_id=found.id))
    return render_form("districts/staff/area_form.html", form, layer=found, area=None)


@bp.route("/areas/<int:area_id>", methods=["GET", "POST"])
def edit_area(area_id: int) -> ResponseReturnValue:
    found = queries.area(area_id)
    require(rules.edit_area, found)
    form = AreaForm(obj=found)
    form.offer_neighbours(found.layer, found)
    if form.validate_on_submit():
        try:
            operations.edit_area(found, **form.answers)
        except operations.MergedInCircle as error:
            form.refuse("merged_into_id", error.message)
        else:
            flash(_("Your changes were saved."))
            return redirect(url_for("district_staff.edit_area", area_id=found.id))
    return render_form("districts/staff/area_form.html", form, layer=found.layer, area=found)
