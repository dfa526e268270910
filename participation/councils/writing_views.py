"""Writing the minutes during the meeting: one page with every item, which several people can write at once.

Each item is a form of its own that works without scripts. The script sends the same form by itself every few seconds
and asks for JSON: then the answer is the new version, or what somebody else has written meanwhile.
"""

from typing import Any

from babel import dates
from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from participation import clock
from participation.accounts import signing_in
from participation.accounts.models import User
from participation.clock import BERLIN
from participation.councils import promising, rules, writing
from participation.councils.attending import NotDuringTheMeeting, NotInOffice, Roll, roll, votes_to_decide
from participation.councils.doubts import doubts
from participation.councils.meeting_models import Meeting
from participation.councils.minutes_models import Minutes, MinutesEntry
from participation.councils.resolution_models import Task
from participation.councils.voting import FewerThanNamed, MayNotVote, TooManyVotes
from participation.councils.writing_forms import EntryForm, FrameForm, NewItemForm
from participation.db import session
from participation.errors import Refused
from participation.forms import Form, render_form
from participation.i18n import _, current_language, format_number
from participation.permissions import require
from participation.reading import Unreadable, whole_number

bp = Blueprint("minutes_staff", __name__, url_prefix="/staff/minutes")

# Where a refusal is shown in the form of an item; any other one is a page of its own.
AT = {
    writing.WordsMissing: "resolution",
    TooManyVotes: "votes_for",
    FewerThanNamed: "recused",
    MayNotVote: "vote",
    NotDuringTheMeeting: "voted_at",
    NotInOffice: "task_member",
}
AT_FRAME = {
    writing.ClosedBeforeOpening: "closed_at",
    NotDuringTheMeeting: "opened_at",
    NotInOffice: "chair",
}


# --- The page ---------------------------------------------------------------------------------------------------------


@bp.get("/write/<int:meeting_id>")
def write(meeting_id: int) -> str:
    """Every item of the agenda with what was said and decided."""
    meeting = find_meeting(meeting_id)
    minutes = writing.in_work(meeting)
    if minutes is None:
        has_approved = writing.has_minutes(meeting)
        return render_template("councils/staff/write_begin.html", meeting=meeting, has_approved=has_approved)
    here, written = roll(meeting), writing.entries(minutes)
    return render_template(
        "councils/staff/write.html",
        meeting=meeting,
        minutes=minutes,
        frame=FrameForm(minutes, here.memberships, formdata=None),
        sections=[(one, EntryForm(one, here.memberships, formdata=None)) for one in written],
        tasks=promising.tasks_of(minutes),
        new_item=NewItemForm(formdata=None),
        missing=writing.items_without_entry(minutes, written),
        presence=_presence(meeting, here),
        doubts=doubts(minutes, here, written),
    )


@bp.post("/begin/<int:meeting_id>")
def begin(meeting_id: int) -> Response:
    """A draft with a place for each item; on a draft, a place for the items that came later."""
    meeting = find_meeting(meeting_id)
    writing.begin(meeting)
    return redirect(url_for("minutes_staff.write", meeting_id=meeting.id))


@bp.route("/items/<int:meeting_id>", methods=["GET", "POST"])
def add_item(meeting_id: int) -> ResponseReturnValue:
    """The meeting puts one more item on its agenda."""
    meeting = find_meeting(meeting_id)
    minutes = writing.begin(meeting) if request.method == "POST" else writing.in_work(meeting)
    form = NewItemForm()
    if minutes is not None and form.validate_on_submit():
        entry = writing.add_item(minutes, form.title.data, is_public=not form.is_confidential.data)
        return _back(entry)
    return render_form("councils/staff/write_item.html", form, meeting=meeting)


@bp.get("/token.json")
def token() -> Response:
    """A token for sending, for a page that was open while somebody signed in anew."""
    require(rules.visit)
    answer = make_response({"token": generate_csrf()})
    answer.cache_control.no_store = True
    return answer


# --- Saving -----------------------------------------------------------------------------------------------------------


@bp.route("/entries/<int:entry_id>", methods=["GET", "POST"])
def entry(entry_id: int) -> ResponseReturnValue:
    """One item: saved by a button, or by the script while somebody types."""
    found = session.get_one(MinutesEntry, entry_id)
    _allow(found.minutes.meeting)
    form = EntryForm(found, writing.chairs(found.minutes.meeting))
    if not form.validate_on_submit():
        return _look_again("entry", form, found)
    try:
        writing.save_entry(found, typed_version(), **form.said)
        task = promising.add_task(found, **form.task) if form.task else None
    except writing.ChangedMeanwhile:
        return _conflict("entry", form, found)
    except Refused as refused:
        return _refuse(form, refused, AT) or _look_again("entry", form, found)
    return _saved(found, found.minutes.meeting, task) if _is_script() else _back(found)


@bp.route("/frame/<int:minutes_id>", methods=["GET", "POST"])
def frame(minutes_id: int) -> ResponseReturnValue:
    """Beginning and end, chair and guests."""
    minutes = session.get_one(Minutes, minutes_id)
    _allow(minutes.meeting)
    form = FrameForm(minutes, writing.chairs(minutes.meeting))
    if not form.validate_on_submit():
        return _look_again("frame", form, minutes)
    try:
        writing.save_frame(minutes, typed_version(), **form.said)
    except writing.ChangedMeanwhile:
        return _conflict("frame", form, minutes)
    except Refused as refused:
        return _refuse(form, refused, AT_FRAME) or _look_again("frame", form, minutes)
    if _is_script():
        return _saved(minutes, minutes.meeting)
    flash(_("Your changes were saved."))
    return redirect(url_for("minutes_staff.write", meeting_id=minutes.meeting_id))


def _refuse(form: Form, refused: Refused, where: dict[Any, str]) -> ResponseReturnValue | None:
    """A mistake at its field; what belongs to no field is answered at once."""
    if type(refused) in where:
        form.refuse(where[type(refused)], refused.message)
        return None
    if _is_script():
        return {"says": str(refused), "is_locked": isinstance(refused, writing.Locked)}, 409
    raise refused


def _look_again(kind: str, form: Form, thing: Any) -> ResponseReturnValue:
    """The same form once more with its mistakes, and everything that was typed."""
    if _is_script() and request.method == "POST":
        errors = {field.name: " ".join(str(one) for one in field.errors) for field in form if field.errors}
        return {"says": _("Not saved yet. Please look at what is marked."), "errors": errors}, 422
    return render_form(f"councils/staff/write_{kind}.html", form, thing=thing, **_around(thing))


def _conflict(kind: str, form: Form, thing: Any) -> ResponseReturnValue:
    """Both texts, so that a person decides; nothing was overwritten."""
    theirs = _theirs(kind, thing)
    by = session.get(User, thing.saved_by_id) if getattr(thing, "saved_by_id", None) else None
    if _is_script():
        told = {name: field._value() if hasattr(field, "_value") else field.data for name, field in theirs.items()}
        says = str(writing.ChangedMeanwhile.message)
        told_by = _("Saved by %(name)s", name=by.name) if by else ""
        return {"says": says, "by": told_by, "version": thing.version, "theirs": told}, 409
    pairs = [(form[one.short_name], one) for one in theirs.values() if one.short_name in form]
    differing = [(mine, other) for mine, other in pairs if _shown(mine) != _shown(other)]
    page = render_template(
        "councils/staff/write_conflict.html",
        form=form,
        kind=kind,
        thing=thing,
        by=by,
        differing=differing,
        shown=_shown,
        **_around(thing),
    )
    return page, 409


def _theirs(kind: str, thing: Any) -> dict[str, Any]:
    """The fields as somebody else has saved them, under the names of the form."""
    members = writing.chairs(thing.minutes.meeting if kind == "entry" else thing.meeting)
    form = EntryForm(thing, members, formdata=None) if kind == "entry" else FrameForm(thing, members, formdata=None)
    return {field.name: field for field in form if not field.short_name.startswith(("task_", "csrf"))}


def _shown(field: Any) -> str:
    """What a person sees in a field."""
    if field.type == "SelectField":
        return next((str(label) for value, label in field.choices if value == field.data), "")
    return str(field._value()).replace("\r\n", "\n").rstrip()


def _saved(thing: Any, meeting: Meeting, task: Task | None = None) -> ResponseReturnValue:
    time = dates.format_time(clock.now(), "short", tzinfo=BERLIN, locale=current_language().locale)
    told = {"text": task.text, "url": url_for("minutes_staff.task", task_id=task.id)} if task else None
    return {
        "task": told,
        "seconds": signing_in.seconds_left(),
        "version": thing.version,
        "says": _("Saved at %(time)s.", time=time),
        "presence": _presence(meeting, roll(meeting)),
    }


# --- What all of them share -------------------------------------------------------------------------------------------


def find_meeting(meeting_id: int) -> Meeting:
    require(rules.visit)
    meeting = session.get_one(Meeting, meeting_id, options=[joinedload(Meeting.council)])
    require(rules.manage, meeting.council)
    return meeting


def _allow(meeting: Meeting) -> None:
    require(rules.visit)
    require(rules.manage, meeting.council)


def _around(thing: Any) -> dict[str, Any]:
    minutes = thing.minutes if isinstance(thing, MinutesEntry) else thing
    return {"minutes": minutes, "meeting": minutes.meeting, "tasks": promising.tasks_of(minutes)}


def _back(entry: MinutesEntry) -> Response:
    flash(_("Your changes were saved."))
    where = url_for("minutes_staff.write", meeting_id=entry.minutes.meeting_id, _anchor=f"entry-{entry.id}")
    return redirect(where)


def _is_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def typed_version() -> int:
    """What the writer was looking at; nonsense is no version, and then both texts are shown."""
    try:
        return whole_number(request.form.get("version", ""))
    except Unreadable:
        return 0


def _presence(meeting: Meeting, here: Roll) -> str:
    """Whether the council can decide now, as the attendance says."""
    there, needed = len(here.voters_at_the_end()), votes_to_decide(meeting, here)
    numbers = {"there": format_number(there), "needed": format_number(needed)}
    if there >= needed:
        return _("Present with a vote: %(there)s. Needed: %(needed)s. The council can decide.", **numbers)
    return _("Present with a vote: %(there)s. Needed: %(needed)s. The council cannot decide.", **numbers)
