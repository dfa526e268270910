"""The page of one screen of questions. As long as it shows nothing of one person's own, it is rendered once for all."""

from datetime import timedelta

from flask import g, render_template, request
from flask import session as browser
from flask_wtf.csrf import generate_csrf

from participation.memory import remembered
from participation.permissions import person
from participation.questionnaires.screen import Screen
from participation.surveys.visits import Visit

LIFETIME = timedelta(seconds=30)  # what staff change elsewhere is seen half a minute later
# Private-use characters stand in the kept page where each person's own token and draft go; nobody can type them there.
TOKEN, DRAFT = "\ue000token\ue001", "\ue000draft\ue001"


def render_step(visit: Visit, screen: Screen) -> str:
    """The page of one screen."""
    g.page_has_form = True
    draft = visit.open_form().hex
    steps = visit.filling.steps
    number = steps.index(screen.step) + 1 if screen.step in steps else len(steps)
    facts = {
        "number": number,
        "count": max(len(steps), number),
        "can_add": visit.filling.can_add(screen.step),
        "can_remove": visit.filling.can_remove(screen.step),
        "is_trial": visit.survey.published_at is None,
        "is_correction": visit.is_correction,
        "was_at_end": visit.was_at_end,
    }

    def render(token: str, draft: str) -> str:
        return render_template(
            "surveys/step.html", survey=visit.survey, screen=screen, token=token, draft=draft, **facts
        )

    same = screen.same_for_all
    if same is None or is_own_page():
        return render(generate_csrf(), draft)
    key = ("step", visit.slug, str(visit.survey.title), same, *facts.values())
    page = remembered(key, lambda: render(TOKEN, DRAFT), LIFETIME)
    return page.replace(TOKEN, generate_csrf()).replace(DRAFT, draft)


def is_own_page() -> bool:
    """Whether something around the questions is for this person only: a message, a note, the staff's way around."""
    return person().is_staff or "_flashes" in browser or bool(request.args)
