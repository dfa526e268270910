"""The home page, the standing pages, and the form for barriers."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import ColumnElement, exists
from werkzeug.wrappers import Response

from participation.feature import Matter
from participation.forms import render_form
from participation.i18n import LazyText, _, _l
from participation.limits import limit
from participation.marks import OWN_PATH
from participation.pages import operations, queries
from participation.pages.forms import BarrierForm
from participation.pages.models import BarrierReport, BarrierStatus
from participation.receipts import pocket
from participation.receipts.models import Receipt

bp = Blueprint("pages", __name__)

Answer = str | tuple[str, int] | Response

STATES: dict[BarrierStatus, LazyText] = {
    BarrierStatus.NEW: _l("We have received your report and will answer."),
    BarrierStatus.INTERIM: _l("We are working on it. You find an interim answer below."),
    BarrierStatus.ANSWERED: _l("We have answered your report."),
}


@bp.get("/")
def home() -> str:
    """What is going on now, in plain words, without an account."""
    easy = queries.shown("easy") if queries.speaks_easily() else None
    return render_template("pages/home.html", entries=queries.going_on(), doors=queries.doors(), easy=easy)


@bp.get("/pages/<slug>")
def page(slug: str) -> str:
    """One of the standing pages."""
    return render_template("pages/page.html", page=queries.shown(slug), speaks_easily=queries.speaks_easily())


@bp.route("/report-a-barrier", methods=["GET", "POST"])
@limit("10 per minute; 40 per hour")
def report_barrier() -> Answer:
    """Tell the city what does not work; the page somebody comes from is filled in."""
    form = BarrierForm(page=page_before())
    if form.validate_on_submit():
        issued = operations.report_barrier(**form.answers)
        pocket.keep(issued.code)
        return redirect(url_for("receipts.new"))
    return render_form("pages/report_barrier.html", form)


@bp.post("/report-a-barrier/withdraw")
def withdraw_report() -> Answer:
    """The receipt at hand opens the report, so it may also take it back."""
    receipt = pocket.current() or abort(404)
    report = queries.report_behind(receipt) or abort(404)
    operations.withdraw_report(report)
    pocket.forget()
    flash(_("Your report and your receipt were deleted."))
    return redirect(url_for("pages.home"))


def holds(receipt: Receipt) -> ColumnElement[bool]:
    """Whether a barrier was reported with it."""
    return exists().where(BarrierReport.receipt_id == receipt.id)


def matter(receipt: Receipt) -> Matter | None:
    """What became of a report, for the receipt page."""
    report = queries.report_behind(receipt)
    if report is None:
        return None
    title = _l("Your report of a barrier")
    return Matter(title, STATES[report.status], "pages/_barrier_report.html", {"report": report})


def page_before() -> str:
    """The page somebody comes from: named in the address, or told by the browser (B4)."""
    _scheme, _colon, came_from = (request.referrer or "").partition("://")
    host, _slash, rest = came_from.partition("/")
    told = "/" + rest.partition("?")[0].partition("#")[0] if host == request.host else ""
    return own_path(request.args.get("page", told))


def own_path(asked: str) -> str:
    """The page an address brings along, if it is one of ours (V22)."""
    return asked if len(asked) <= 300 and asked.isprintable() and OWN_PATH.fullmatch(asked) else ""
