"""The way of somebody who sends an idea: one page to write, one page to check, and the receipt."""

from collections.abc import Iterator

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from werkzeug.datastructures import MultiDict

from participation.contributions.forms import page_language
from participation.contributions.personal import personal_data
from participation.contributions.similar import similar
from participation.db import session
from participation.districts.places import Places
from participation.forms import SWITCH, render_form
from participation.honesty import FIELDS as HONESTY
from participation.ideas import queries, rules, sending
from participation.ideas.models import Call, Category, Idea
from participation.ideas.sending import AlreadySent, CallClosed, Extras
from participation.ideas.sending_forms import IdeaForm, chosen_category
from participation.language_guess import guess
from participation.limits import limit
from participation.media.uploads import takes_pictures
from participation.permissions import allowed
from participation.questionnaires.extra_questions import ExtraQuestions
from participation.questionnaires.replies import PREFIX, SHOWN
from participation.receipts import pocket
from participation.rich_text import RichText

bp = Blueprint("idea_sending", __name__, url_prefix="/ideas")

MOST_SIMILAR = 3
AT, TO = "at", "to"
# What the check page says anew; everything else that was typed travels through it as it came.
NOT_CARRIED = {AT, TO, SWITCH, "csrf_token", "language", "form_key", "picture_id", "picture_remove"}
# What the two pages send beside the fields of the form.
BUTTONS = {AT, TO, SWITCH, SHOWN, "csrf_token", "picture", "picture_alt", "picture_id", "picture_remove"}


@bp.route("/new", methods=["GET", "POST"])
@limit("200 per hour")  # a whole school may share one address, and each idea knocks twice
@takes_pictures
def letter_box() -> ResponseReturnValue:
    """The letter box is always open."""
    return send_to(session.scalars(select(Call).where(Call.is_letter_box)).one())


@bp.route("/calls/<slug>/new", methods=["GET", "POST"])
@limit("200 per hour")
@takes_pictures
def new(slug: str) -> ResponseReturnValue:
    """An idea for a call."""
    return send_to(queries.call(slug))


def send_to(call: Call) -> ResponseReturnValue:
    """Show the form, check what was written, send it: the button tells."""
    if call.published_at is None or not allowed(rules.read_call, call):
        abort(404)
    if request.method == "GET" and not call.is_open:
        raise CallClosed
    attempt = Attempt(call)
    if request.method == "GET" or attempt.goes_back:
        return attempt.form_page()
    if attempt.only_switches_language:
        return attempt.check_page() if attempt.was_checked and attempt.is_valid() else attempt.form_page(told=False)
    if not attempt.is_valid():
        return attempt.form_page()
    if request.form.get(TO) == "send" and attempt.was_checked:
        return attempt.send()
    return attempt.check_page()


class Attempt:
    """One visit to one of the two pages, with all that was typed so far."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.typed: MultiDict[str, str] | None = request.form if request.method == "POST" else None
        self.form = IdeaForm(call)
        self.questions = ExtraQuestions(call.version, Places(), self.typed)
        if self.typed is not None and (self.questions.foreign_fields or any(self._unknown_fields())):
            abort(400)

    @property
    def was_checked(self) -> bool:
        """Whether this comes from the check page."""
        return request.form.get(AT) == "check"

    @property
    def goes_back(self) -> bool:
        return self.was_checked and request.form.get(TO) == "change" and not self.only_switches_language

    @property
    def only_switches_language(self) -> bool:
        return SWITCH in request.form

    def is_valid(self) -> bool:
        """Whether all of it can be sent; whoever has not been on the check page has not chosen a language yet."""
        if not self.form.language.data:
            self.form.language.data = self.guessed_language
        return bool(self.form.validate()) and not self.questions.errors and not self.questions.has_more_to_ask

    @property
    def guessed_language(self) -> str:
        """What the text seems to be written in, or else the language of the page."""
        offered = {choice.value for choice in self.form.language.choices}
        likely = guess(f"{self.form.title.data or ''}\n{self.form.text.data or ''}")
        return next((tag for tag in likely if tag in offered), page_language())

    @property
    def category(self) -> Category | None:
        return chosen_category(self.form)

    def form_page(self, *, told: bool = True) -> ResponseReturnValue:
        """The page to write on, with the mistakes unless only the language was switched."""
        if not told:
            self.questions.errors.clear()
        asks_more = told and self.questions.has_more_to_ask
        page, status = render_form(
            "ideas/new.html", self.form, call=self.call, questions=self.questions, asks_more=asks_more
        )
        return page, 422 if self.questions.errors else status

    def check_page(self) -> ResponseReturnValue:
        """Everything once more (A14), with what the person may want to think about."""
        g.page_has_form = True
        title, text = self.form.title.data, self.form.text.data
        return render_template(
            "ideas/check.html",
            call=self.call,
            form=self.form,
            questions=self.questions,
            category=self.category,
            spot=self.form.spot,
            found=personal_data(f"{title}\n{text}"),
            similar=similar_ideas(title, text),
            body=RichText.from_plain(text),
            kept=list(self._kept()),
        )

    def send(self) -> ResponseReturnValue:
        """Send it and show the receipt; a call that has closed meanwhile keeps what was typed on the page."""
        form = self.form
        extras = Extras(
            category=self.category,
            spot=form.spot,
            picture=form.picture.data,
            email=form.email.data or "",
            questions=self.questions,
        )
        try:
            code = sending.send_idea(self.call, form.words, extras, form_key=form.key, at_hand=pocket.current())
        except CallClosed as refused:
            form.form_errors.append(str(refused))
            return self.form_page()
        except AlreadySent:
            if pocket.kept_code() is None:
                raise
            return redirect(url_for("receipts.new"))
        pocket.keep(code)
        return redirect(url_for("receipts.new"))

    def _kept(self) -> Iterator[tuple[str, str]]:
        """What travels through the check page as it was typed."""
        assert self.typed is not None
        yield "form_key", self.form.key.hex
        if self.form.picture.data:
            yield "picture_id", self.form.picture.carried
        yield from ((name, value) for name, value in self.typed.items(multi=True) if name not in NOT_CARRIED)

    def _unknown_fields(self) -> Iterator[str]:
        """Fields that no page of ours sends (V6)."""
        assert self.typed is not None
        known = {field.name for field in self.form} | BUTTONS | set(HONESTY)
        return (name for name in self.typed if name not in known and not name.startswith(PREFIX))


def similar_ideas(title: str, text: str) -> list[Idea]:
    """What others have written already and this person may want to support instead (M11); joined ones lead on."""
    ids = similar(title, text, "idea", limit=MOST_SIMILAR)
    rows = session.scalars(select(Idea).where(Idea.id.in_(ids)).options(selectinload(Idea.merged_into)))
    found = {idea.id: idea.merged_into or idea for idea in rows}
    listed = {found[number].id: found[number] for number in ids if number in found}
    return [idea for idea in listed.values() if idea.listed_at is not None]
