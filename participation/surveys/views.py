"""Surveys as residents see them: one screen at a time, nothing lost, and a receipt at the end."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Answer

from participation import clock
from participation.feature import mentions
from participation.forms import SWITCH
from participation.i18n import _
from participation.limits import limit
from participation.paging import paginate
from participation.permissions import allowed, has_session, require
from participation.questionnaires import replies
from participation.questionnaires.filling import Filling, Step
from participation.questionnaires.models import ResponseStatus
from participation.questionnaires.screen import ProofScreen, Screen
from participation.questionnaires.wording import shown_value, words
from participation.receipts import pocket
from participation.surveys import answering, queries, rules
from participation.surveys.step_pages import render_step
from participation.surveys.visits import Visit

bp = Blueprint("surveys", __name__, url_prefix="/surveys")


@bp.get("/")
def index() -> str:
    """What can be answered now."""
    return render_template("surveys/index.html", page=paginate(queries.open_surveys()))


@bp.get("/<slug>")
def show(slug: str) -> str:
    """What the survey is for and what happens with the answers, before the first question (D1)."""
    visit = Visit(slug, in_full=True)
    if not allowed(rules.read, visit.survey):
        abort(404)
    return render_template(
        "surveys/show.html",
        survey=visit.survey,
        can_answer=allowed(rules.answer, visit.survey),
        has_begun=has_session() and visit.response is not None,
        mentions=mentions("survey", visit.survey.id),
    )


@bp.get("/<slug>/answer")
def answer(slug: str) -> Answer:
    """On to the screen where the person left off."""
    visit = enter(slug)
    return redirect(step_url(visit, visit.current_step()))


@bp.route("/<slug>/answer/<page>/<int:instance>", methods=["GET", "POST"])
def step(slug: str, page: str, instance: int) -> ResponseReturnValue:
    """One screen of questions."""
    visit = enter(slug)
    if request.method == "POST" and not owns_draft(visit):
        flash(_("These answers were already sent, or this device has let go of them."))
        return redirect(url_for("surveys.show", slug=slug))
    here = visit.open_step(page, instance)
    if here is None:
        return redirect(step_url(visit, visit.current_step()))
    if request.method == "GET":
        visit.open_form()
        return render_step(visit, Screen(here, visit.filling, visit.places))
    if SWITCH in request.form:
        return render_step(visit, Screen(here, visit.filling, visit.places, request.form))
    return save_step(visit, here)


def save_step(visit: Visit, here: Step) -> ResponseReturnValue:
    """Keep what was sent and go where the person wants to go; mistakes only stop the way forward."""
    if any(replies.foreign_fields(here, request.form)):
        abort(400)
    sent = replies.read(here, visit.filling, request.form, visit.places)
    names = {question.name for question in here.page.questions}
    elsewhere = {key: given for key, given in visit.before.items() if not (key[0] in names and key[1] == here.instance)}
    after = visit.filled({**elsewhere, **sent.answers}, here.key)
    replies.judge(here, after, request.form, sent)
    goes_on = request.form.get("to") not in {"back", "later", "remove"}
    if sent.errors and goes_on:
        return render_step(visit, Screen(here, after, visit.places, request.form, sent.errors)), 422
    for name in sent.errors:  # what cannot be read is not kept
        after.answers.pop((name, here.instance), None)
    answering.save(visit, here, after)
    visit.filling = after
    if sent.unseen and goes_on:
        return redirect(step_url(visit, here, more=1))
    return go(visit, here)


def go(visit: Visit, here: Step) -> Answer:
    """The next address, by the button that was pressed."""
    match request.form.get("to"):
        case "back":
            before = visit.filling.before(here) if here in visit.filling.steps else None
            return redirect(step_url(visit, before) if before else url_for("surveys.show", slug=visit.survey.slug))
        case "later" if not visit.is_correction:
            return pause(visit)
        case "review":
            return redirect(url_for("surveys.review", slug=visit.survey.slug))
        case "add" if visit.filling.can_add(here):
            return redirect(step_url(visit, Step(here.page, here.instance + 1)))
        case "remove" if visit.filling.can_remove(here):
            visit.filling = answering.remove_instance(visit.open_form(), here, visit.filling)
            return redirect(step_url(visit, Step(here.page, max(here.instance - 1, 1))))
    following = visit.filling.after(here) if here in visit.filling.steps else None
    return redirect(step_url(visit, following) if following else url_for("surveys.review", slug=visit.survey.slug))


def pause(visit: Visit) -> Answer:
    """Hand out the code for another day or device."""
    visit.forget_response()  # it may have begun a moment ago
    assert visit.response
    code = answering.give_receipt(visit.response) or pocket.kept_code() or answering.renew_receipt(visit.response)
    pocket.keep(code, is_draft=True)
    return redirect(url_for("receipts.new"))


@bp.route("/<slug>/review", methods=["GET", "POST"])
@limit("300 per hour")  # a whole Kita may share one address
def review(slug: str) -> ResponseReturnValue:
    """Everything once more before it is sent (A14)."""
    visit = enter(slug)
    if visit.response is None:  # sent a moment ago, as after a double click, or never begun
        return redirect(url_for("receipts.new") if pocket.kept_code() else url_for("surveys.show", slug=slug))
    missing = answering.open_questions(visit.filling)
    if request.method == "POST" and SWITCH not in request.form and not missing:
        return send(visit)
    page = render_template(
        "surveys/review.html",
        survey=visit.survey,
        visit=visit,
        missing=missing,
        step_url=step_url,
        shown=shown,
        words=words,
    )
    return page, 422 if request.method == "POST" and SWITCH not in request.form else 200


def send(visit: Visit) -> Answer:
    """Send it, let go of it on this device, and show the receipt."""
    assert visit.response
    code = answering.send(visit.survey, visit.response, visit.filling)
    visit.leave()
    if code is None and not pocket.kept_code():
        return redirect(url_for("surveys.sent", slug=visit.survey.slug))
    if code:
        pocket.keep(code)
    return redirect(url_for("receipts.new"))


@bp.get("/<slug>/sent")
def sent(slug: str) -> str:
    """Thanks to somebody who has a receipt already."""
    visit = Visit(slug)
    require(rules.read, visit.survey)
    return render_template("surveys/sent.html", survey=visit.survey)


@bp.post("/<slug>/discard")
def discard(slug: str) -> Answer:
    """Delete what was begun on this device and not sent."""
    visit = Visit(slug)
    require(rules.read, visit.survey)
    if visit.response is not None and visit.response.status is ResponseStatus.DRAFT:
        answering.withdraw(visit.response)
    visit.leave()
    flash(_("Your answers on this device were deleted."))
    return redirect(url_for("surveys.show", slug=slug))


@bp.post("/resume")
def resume() -> Answer:
    """With the receipt: go on with a draft, or correct what was sent."""
    found, response = by_receipt()
    visit = enter(found.survey.slug)
    visit.adopt(response.id)
    if response.status is ResponseStatus.SUBMITTED:
        return redirect(url_for("surveys.review", slug=visit.survey.slug))
    return redirect(step_url(visit, visit.current_step()))


@bp.route("/withdraw", methods=["GET", "POST"])
def withdraw() -> ResponseReturnValue:
    """With the receipt: take the whole response back (A14, Art. 7)."""
    visit, response = by_receipt()
    if request.method == "GET":
        return render_template("surveys/withdraw.html", survey=visit.survey)
    answering.withdraw(response)
    visit.leave()
    pocket.forget()
    flash(_("Your answers and your receipt were deleted."))
    return redirect(url_for("surveys.show", slug=visit.survey.slug))


@bp.get("/<slug>/preview")
def preview(slug: str) -> str:
    """All screens one below the other, for staff who proofread a language; nothing can be sent."""
    visit = Visit(slug)
    require(rules.manage)
    version = queries.draft_version(visit.survey) or visit.version
    empty = Filling(version.definition, {}, clock.today())
    pages = version.definition.pages
    screens = [ProofScreen(Step(page, 1 if page.repeat else 0), empty, visit.places) for page in pages]
    return render_template("surveys/preview.html", survey=visit.survey, screens=screens)


def enter(slug: str) -> Visit:
    """Into the questions of an open survey; what is closed says so, and what is not published is not there."""
    visit = Visit(slug)
    if visit.survey.published_at is None and not allowed(rules.answer, visit.survey):
        abort(404)
    if not allowed(rules.answer, visit.survey):
        raise answering.SurveyNotOpen
    return visit


def step_url(visit: Visit, step: Step, **more: Any) -> str:
    """The address of a screen."""
    return url_for("surveys.step", slug=visit.survey.slug, page=step.page.name, instance=step.instance, **more)


def owns_draft(visit: Visit) -> bool:
    """Whether the form that was sent belongs to the response this browser holds."""
    return visit.response_id is not None and request.form.get("draft") == visit.response_id.hex


def by_receipt() -> tuple[Visit, Any]:
    """The visit and the response behind the receipt this browser has shown."""
    receipt = pocket.current() or abort(404)
    found = answering.response_of(receipt) or abort(404)
    return Visit(found[0].slug), found[1]


def shown(visit: Visit, step: Step, question: Any) -> str | None:
    """An answer in words for the review; None when there is none."""
    given = visit.filling.answers.get((question.name, step.instance))
    return shown_value(question, given, visit.places.areas(question.layer)) if given else None
