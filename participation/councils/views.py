"""Councils for everybody: what they are for, who sits there, by which rules they work, and when they meet."""

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from participation.councils import queries, rules, statutes
from participation.councils.models import Council, ProposedBy
from participation.councils.names import KINDS, ROLES, group_name
from participation.media import queries as pictures
from participation.paging import paginate
from participation.permissions import allowed

bp = Blueprint("councils", __name__, url_prefix="/councils")


@bp.get("")
def index() -> str:
    """All councils that work now, and those that were dissolved."""
    page = paginate(queries.public_councils())
    return render_template(
        "councils/index.html", page=page, next_meetings=queries.next_meetings(page.items), kinds=KINDS
    )


@bp.get("/<slug>")
def show(slug: str) -> str:
    """One council: who sits there, when it meets next, and how to take part."""
    council = _found(slug)
    return render_template(
        "councils/show.html",
        council=council,
        kinds=KINDS,
        roles=ROLES,
        group_name=group_name,
        groups=[] if council.is_dissolved else queries.public_groups(council),
        meetings=queries.coming_meetings(council),
        statute=statutes.in_force(statutes.published(council)),
        may_propose=council.proposals_from is ProposedBy.EVERYBODY and not council.is_dissolved,
    )


@bp.get("/<slug>/statutes", endpoint="statutes")
@bp.get("/<slug>/statutes/<int:number>", endpoint="statutes")
def read_statutes(slug: str, number: int | None = None) -> str:
    """The rules of procedure: the version in force, or another one."""
    council = _found(slug)
    versions = statutes.published(council)
    in_force = statutes.in_force(versions)
    if number is None:
        shown = in_force or next(iter(versions), None)
    else:
        shown = next((one for one in versions if one.number == number), None) or abort(404)
    return render_template("councils/statutes.html", council=council, versions=versions, shown=shown, in_force=in_force)


@bp.get("/<slug>/meetings")
def meetings(slug: str) -> str:
    """All meetings of one council, the newest first."""
    council = _found(slug)
    return render_template(
        "councils/meetings_of_council.html", council=council, page=paginate(queries.meetings_of(council))
    )


@bp.get("/members/<int:serial>")
def member(serial: int) -> str:
    """What somebody agreed to have shown, while a term of office lasts."""
    return render_template("councils/member.html", profile=queries.profile(serial), roles=ROLES, group_name=group_name)


@bp.get("/members/<int:serial>/portrait/<int:width>.webp")
def portrait(serial: int, width: int) -> ResponseReturnValue:
    """The picture of somebody in office; from the day on which it may no longer be seen, it is not here either."""
    picture = queries.profile(serial).picture
    if picture is None:
        abort(404)
    answer = Response(pictures.content(pictures.picture(picture.id, width), width), mimetype="image/webp")
    answer.headers["Content-Disposition"] = "inline"
    answer.cache_control.no_store = True
    return answer


def _found(slug: str) -> Council:
    """The council, if the reader may see it; a draft is not found by others than its office."""
    council = queries.council(slug)
    if not allowed(rules.read, council):
        abort(404)
    return council
