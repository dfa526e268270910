"""The councils' desk: the papers that items deal with."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from participation.councils import meeting_queries, papers, rules
from participation.councils.agenda_views import found as found_item
from participation.councils.meeting_forms import KnownPaperForm, PaperForm
from participation.councils.meeting_models import Paper
from participation.councils.meeting_views import done
from participation.forms import render_form
from participation.i18n import _
from participation.limits import limit
from participation.media.uploads import takes_pictures
from participation.permissions import require

bp = Blueprint("paper_staff", __name__, url_prefix="/staff/papers")


@bp.route("/new/<int:item_id>", methods=["GET", "POST"])
@takes_pictures
@limit("60 per hour")
def add(item_id: int) -> ResponseReturnValue:
    """A new paper with its file."""
    item = found_item(item_id)
    form = PaperForm(item.meeting.council)
    if form.validate_on_submit() and _is_free(form, lambda: papers.add(item, **form.answers)):
        return done(item.meeting, _("The paper was added."))
    return render_form("councils/staff/paper_new.html", form, item=item)


@bp.route("/known/<int:item_id>", methods=["GET", "POST"])
def add_known(item_id: int) -> ResponseReturnValue:
    """A paper of this council that other items deal with already."""
    item = found_item(item_id)
    form = KnownPaperForm(list(meeting_queries.papers_to_choose(item)))
    if form.validate_on_submit():
        papers.consult(item, form.offered[form.paper.data], is_authoritative=form.is_authoritative.data)
        return done(item.meeting, _("The paper was added."))
    return render_form("councils/staff/paper_known.html", form, item=item)


@bp.route("/<int:paper_id>", methods=["GET", "POST"])
@takes_pictures
@limit("60 per hour")
def change(paper_id: int) -> ResponseReturnValue:
    """Other words about a paper, or another file."""
    paper = _found(paper_id)
    form = PaperForm(paper.council, paper)
    if form.validate_on_submit() and _is_free(form, lambda: papers.change(paper, **form.answers)):
        flash(_("Your changes were saved."), "success")
        return redirect(url_for("paper_staff.change", paper_id=paper.id))
    return render_form("councils/staff/paper.html", form, paper=paper)


@bp.post("/<int:paper_id>/put-away/<int:item_id>")
def put_away(paper_id: int, item_id: int) -> Response:
    """The item does not deal with it any more."""
    item, paper = found_item(item_id), _found(paper_id)
    if all(one.paper_id != paper.id for one in item.consultations):
        raise NoResultFound
    papers.put_away(item, paper)
    return done(item.meeting, _("The item does not deal with this paper any more."))


def _is_free(form: PaperForm, save: Callable[[], object]) -> bool:
    """Whether it could be saved; a reference that another paper has is told beside its field."""
    try:
        save()
    except papers.ReferenceTaken as refused:
        form.refuse("reference", refused.message)
        return False
    return True


def _found(paper_id: int) -> Paper:
    paper = meeting_queries.paper(paper_id)
    require(rules.manage, paper.council)
    return paper
