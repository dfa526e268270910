"""The moderators' queue: what waits, the oldest first, and the same decision for several at once."""

from collections.abc import Collection, Iterable

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation import clock
from participation.accounts.models import User
from participation.forms import render_form
from participation.i18n import _, languages, ngettext
from participation.moderation import claims, marks, operations, queries, rules, statements
from participation.moderation.forms import BulkForm, FilterForm
from participation.moderation.models import Action
from participation.moderation.queries import MOST_COUNTED, MOST_LOOKED_INTO, Filters
from participation.permissions import require

bp = Blueprint("moderation", __name__, url_prefix="/staff/moderation")

BULK_ACTIONS = (Action.PUBLISH, Action.REFUSE)
TRIES = 5  # how often colleagues may be faster before the queue is shown instead


@bp.get("")
def queue() -> ResponseReturnValue:
    """What waits, the oldest first."""
    staff = require(rules.visit)
    return _queue_page(staff, BulkForm(formdata=None))


@bp.post("")
def decide_many() -> ResponseReturnValue:
    """The same decision for all that were ticked; each gets its own line of history."""
    staff = require(rules.visit)
    form = BulkForm()
    action = pressed(BULK_ACTIONS)
    if not form.validate_on_submit() or action is None or form.misses(action):
        return _queue_page(staff, form)
    versions = form.versions
    done = operations.decide_many(
        [(one, versions[one.id]) for one in queries.chosen(list(versions)) if rules.moderate(staff, one)],
        staff,
        action,
        rule=form.chosen_rule,
        facts=form.facts.data or "",
        facts_language=form.facts_language.data,
    )
    flash(ngettext("%(n)s contribution was decided.", "%(n)s contributions were decided.", done.decided), "success")
    for contribution, reason in done.left_out:
        title = str(statements.named(contribution))
        flash(_("Left out: “%(title)s”. %(reason)s", title=title, reason=str(reason)), "error")
    return back_to_queue()


@bp.post("/next")
def open_next() -> Response:
    """Open what has waited longest and no colleague has open."""
    return go_on(require(rules.visit))


def go_on(staff: User) -> Response:
    """On to the next one, or back to the queue when nothing is left; the filters stay."""
    filters, passed = asked_filters(), list[int]()
    for _try in range(TRIES):
        number = queries.oldest_free(staff, filters, passed)
        if number is None:
            flash(_("Nothing else waits here at the moment."))
            break
        if claims.take(number, staff):
            return redirect(url_for("moderation.item", contribution_id=number, **filters.in_address))
        passed.append(number)  # a colleague was faster
    return back_to_queue()


def back_to_queue() -> Response:
    """The queue with the filters that the address carries."""
    return redirect(url_for("moderation.queue", **asked_filters().in_address))


def asked_filters() -> Filters:
    """What the address asks for; nonsense filters nothing."""
    asked = {name: request.args.get(name, "").strip()[:100] for name in Filters.__dataclass_fields__}
    for name, known in _known().items():
        asked[name] = asked[name] if asked[name] in known else ""
    area = asked.pop("area")
    is_number = area.isascii() and area.isdecimal() and len(area) < 10
    return Filters(area=int(area) if is_number else None, **asked)


def _known() -> dict[str, Collection[str]]:
    return {
        "kind": queries.kinds(),
        "language": [one.tag for one in languages()],
        "hint": marks.labels(),
        "public": ("yes", "no"),
    }


def pressed(possible: Iterable[Action]) -> Action | None:
    """The decision whose button was pressed."""
    asked = request.form.get("action", "")
    return next((one for one in possible if one.value == asked), None)


def _queue_page(staff: User, form: BulkForm) -> ResponseReturnValue:
    filters = asked_filters()
    page = queries.queue(staff, filters)
    return render_form(
        "moderation/queue.html",
        form,
        page=page,
        filters=filters,
        filter_form=FilterForm(staff, filters),
        open_claims=queries.open_claims(page.items),
        is_more=page.total > MOST_COUNTED,
        most=MOST_COUNTED,
        most_looked_into=MOST_LOOKED_INTO,
        marks=marks,
        late_before=clock.now() - queries.promise(),
    )
