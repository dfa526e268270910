"""What the author of an idea or a comment does with the receipt at hand: change it, take it back, get mail or none."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.contacts import operations as contacts
from participation.contributions import operations as contributions
from participation.contributions.models import Contribution
from participation.contributions.operations import ChangedMeanwhile, NotChangeable
from participation.contributions.sending import Words
from participation.db import session
from participation.errors import Refused
from participation.forms import render_form
from participation.i18n import _
from participation.ideas import matters, processing, sending
from participation.ideas.models import Idea
from participation.ideas.sending import Extras
from participation.ideas.sending_forms import ChangeForm, ContactForm, NotSolvedForm, chosen_category
from participation.limits import limit
from participation.mail import masked
from participation.media.uploads import takes_pictures
from participation.receipts import pocket

bp = Blueprint("own_contributions", __name__, url_prefix="/mine")


def own() -> Contribution:
    """The idea or comment that belongs to the receipt at hand."""
    return pocket.own(matters.of_receipt)


def own_idea() -> Idea:
    """The same, where only an idea will do."""
    found = own()
    return found if isinstance(found, Idea) else abort(404)


def back() -> ResponseReturnValue:
    """To the page of the receipt."""
    return redirect(url_for("receipts.matter"))


@bp.route("/change", methods=["GET", "POST"])
@limit("60 per hour")
@takes_pictures
def change() -> ResponseReturnValue:
    """Word it anew; when somebody else was faster, both wordings are shown and nothing is lost."""
    found = own()
    if not found.is_changeable:
        raise NotChangeable
    form = ChangeForm(found)
    if not form.validate_on_submit():
        return render_form("ideas/change.html", form, contribution=found, newer=None)
    try:
        sending.change(found, form.version_seen, _words(form, found), _extras(form))
    except ChangedMeanwhile as error:
        session.rollback()
        return changed_meanwhile(form, error)
    flash(_("Your change is saved. Somebody from the city reads your text now."))
    return back()


def changed_meanwhile(form: ChangeForm, error: Refused) -> ResponseReturnValue:
    """The same form with what was typed, below the wording that came in between."""
    newer = own()
    form.form_errors.append(str(error))
    form.version.data = str(newer.version)
    return render_form("ideas/change.html", form, contribution=newer, newer=newer)


def _words(form: ChangeForm, found: Contribution) -> Words:
    title = form.title.data if "title" in form else found.title
    return Words(title=title, text=form.text.data, language=form.language.data, author_name=form.author_name.data or "")


def _extras(form: ChangeForm) -> Extras:
    if "place" not in form:
        return Extras()
    return Extras(category=chosen_category(form), spot=form.spot, picture=form.picture.data)


@bp.route("/withdraw", methods=["GET", "POST"])
@limit("30 per hour")
def withdraw() -> ResponseReturnValue:
    """Take it back, after being asked once more."""
    found = own()
    if request.method == "GET":
        return render_template("ideas/withdraw.html", contribution=found)
    sending.take_back(found)
    pocket.forget()
    flash(_("Your text and your receipt were deleted."))
    return redirect(url_for("ideas.index"))


@bp.route("/mail", methods=["GET", "POST"])
@limit("10 per hour")
def contact() -> ResponseReturnValue:
    """Give an address, or another one."""
    found = own()
    form = ContactForm()
    if not form.validate_on_submit() or not form.email.data:
        address = masked(found.contact.email) if found.contact else ""
        return render_form("ideas/contact.html", form, contact=found.contact, address=address)
    contributions.write_to(found, contacts.give(form.email.data))
    flash(_("We have sent you a mail with a link. Please open it within 48 hours."))
    return back()


@bp.post("/mail/stop")
@limit("30 per hour")
def stop_mail() -> ResponseReturnValue:
    """No mail any more."""
    contributions.write_to(own(), None)
    flash(_("We do not write to you any more. Your address was deleted."))
    return back()


@bp.post("/solved")
@limit("30 per hour")
def solved() -> ResponseReturnValue:
    """Yes, it is solved."""
    processing.confirm_solved(own_idea())
    flash(_("Thank you for telling us."))
    return back()


@bp.route("/not-solved", methods=["GET", "POST"])
@limit("30 per hour")
def not_solved() -> ResponseReturnValue:
    """No, and what is missing."""
    idea = own_idea()
    form = NotSolvedForm()
    if not form.validate_on_submit():
        return render_form("ideas/not_solved.html", form, idea=idea)
    processing.not_solved(idea, form.text.data)
    flash(_("Thank you for telling us. The office looks at it again."))
    return back()
