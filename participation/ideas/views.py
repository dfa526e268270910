"""Reading ideas: the calls, the list, one idea with all that became of it, and supporting it."""

import secrets

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request
from flask import session as cookie
from flask.typing import ResponseReturnValue

from participation import mail
from participation.contributions import queries as contributions
from participation.contributions.models import ContributionStatus
from participation.feature import mentions
from participation.forms import render_form
from participation.i18n import _, current_language
from participation.ideas import queries, rules, supporting
from participation.ideas.filters import ORDERS, Filters
from participation.ideas.models import Idea
from participation.ideas.support_forms import SupportForm
from participation.ideas.wordings import ANSWERS, PHASES, STATES
from participation.limits import limit
from participation.paging import paginate
from participation.permissions import allowed, has_session

bp = Blueprint("ideas", __name__, url_prefix="/ideas")

SUPPORTER = "supporter"  # in the cookie: a random number, good for nothing but counting this browser once
COMMENTS_AT_ONCE = 10
NOTICES = {ContributionStatus.REMOVED, ContributionStatus.WITHDRAWN}  # what leaves a neutral line where it stood


def asked_filters() -> Filters:
    """What the reader has chosen, as the address tells."""
    return Filters.from_address(request.args, current_app.config["LANGUAGES"])


@bp.get("/")
def index() -> str:
    """What takes ideas now, and all ideas."""
    filters = asked_filters()
    calls = queries.calls()
    return render_template(
        "ideas/index.html",
        calls=calls.open,
        earlier=calls.earlier,
        categories=queries.categories(calls.open),
        **listing(filters),
    )


@bp.get("/calls/<slug>")
def call(slug: str) -> str:
    """What a call asks for, by which rules and until when, and what has come of it."""
    found = queries.call(slug)
    if not allowed(rules.read_call, found):
        abort(404)
    filters = Filters.of_call(found.id, asked_filters())
    return render_template(
        "ideas/call.html", call=found, phases=PHASES, categories=found.categories, **listing(filters)
    )


def listing(filters: Filters) -> dict[str, object]:
    """A list of ideas with its filters, as templates/ideas/_filters.html and _card.html show it."""
    page = queries.page_of(filters)
    return {
        "filters": filters,
        "page": page,
        "titles": contributions.translations([idea.id for idea in page.items], current_language().tag),
        "areas": queries.areas(),
        "orders": ORDERS,
        "states": STATES,
    }


@bp.get("/<int:idea_id>")
def show(idea_id: int) -> ResponseReturnValue:
    """One idea: its author's words first, then what the city says, and what others say."""
    idea = queries.idea(idea_id)
    if not idea.is_public and (idea.status in NOTICES or not allowed(rules.read, idea)):
        return gone(idea)
    target = supporting.root_of(idea)
    way = queries.way_of(idea)
    said_to = [idea.id, *(one.id for one in way.merged)]
    comments = paginate(contributions.comments_on(said_to), size=COMMENTS_AT_ONCE, most=1_000)
    return render_template(
        "ideas/show.html",
        idea=idea,
        target=target if target is not idea else None,
        way=way,
        comments=comments,
        translations=contributions.translations([idea.id, *(comment.id for comment in comments.items)]),
        support=support_of_this_browser(target),
        address=mail.absolute(idea.url),
        answers=ANSWERS,
        states=STATES,
        mentions=mentions("idea", idea.id),
    )


def gone(idea: Idea) -> ResponseReturnValue:
    """Where a public idea stood there is a neutral line; what never was public, or is hidden, is not there (M10)."""
    if idea.published_at is None or idea.status not in NOTICES:
        abort(404)
    return render_template("ideas/gone.html", idea=idea), 410


@bp.route("/<int:idea_id>/support", methods=["GET", "POST"])
@limit("30 per minute; 300 per hour")  # a whole school may share one address
def support(idea_id: int) -> ResponseReturnValue:
    """One press for a browser that has our cookie, and else a page of its own: reading alone sets none (D12)."""
    idea = supportable(idea_id)
    form = SupportForm()
    if not form.validate_on_submit():
        return render_form("ideas/support.html", form, idea=idea, support=support_of_this_browser(idea))
    number = cookie.setdefault(SUPPORTER, secrets.token_hex(16))
    supporting.support(idea, supporting.kept_name(number), form.email.data or "")
    flash(_("Thank you. Your support was counted."))
    if form.email.data:
        flash(_("We have sent you a mail with a link. Please open it within 48 hours."))
    return redirect(idea.url)


@bp.post("/<int:idea_id>/support/withdraw")
@limit("30 per minute; 300 per hour")
def withdraw_support(idea_id: int) -> ResponseReturnValue:
    """Take it back, with the address that was given."""
    idea = supportable(idea_id)
    if number := carried_number():
        supporting.withdraw_support(idea, supporting.kept_name(number))
    flash(_("You do not support this idea any more."))
    return redirect(idea.url)


def supportable(idea_id: int) -> Idea:
    """The idea that a support counts for: itself, or the one it was merged into."""
    idea = supporting.root_of(queries.idea(idea_id))
    if not allowed(rules.support, idea):
        abort(404)
    return idea


def carried_number() -> str | None:
    """The random number of this browser, if it has one."""
    number = cookie.get(SUPPORTER) if has_session() else None
    return number if isinstance(number, str) else None


def support_of_this_browser(idea: Idea) -> object | None:
    """The support that was given from here."""
    number = carried_number()
    return supporting.support_of(idea, supporting.kept_name(number)) if number else None
