"""Plausible answers, the same ones each time: a seeded die and a few leanings per question."""

import random
import uuid
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from participation.db import session, table_of
from participation.demo.wishes import SPORT, WISHES
from participation.questionnaires import operations as questionnaires
from participation.questionnaires.definition import Definition, Question, QuestionType
from participation.questionnaires.filling import Answers, Filling, Given
from participation.questionnaires.models import Answer, QuestionnaireVersion, Response, ResponseStatus
from participation.questionnaires.replies import scale_points

LANGUAGES = (
    ["de"] * 46
    + ["tr"] * 14
    + ["ar"] * 12
    + ["uk"] * 8
    + ["de-simple"] * 6
    + ["ro", "bg", "pl", "ru"] * 3
    + ["en", "ku"]
)
# How likely options are, where the even chance would look odd.
LEANINGS: dict[str, dict[str, int]] = {
    "home_languages": {"german": 60, "turkish": 25, "arabic": 20, "other": 8},
    "child_care": {"day_care": 60, "home": 25, "relatives": 10, "childminder": 5},
    "no_day_care_because": {"no_place": 45, "too_young": 30, "do_not_know_how": 15},
    "care_satisfaction": {},
    "places_used": {"playground": 60, "park": 55, "none": 4},
    "wish_first": {"day_care_places": 30, "traffic": 28, "green": 26, "housing": 22, "clean": 20},
    "is_active": {"yes": 68, "no": 32},
    "kinds": {"walking": 50, "cycling": 35, "football": 22},
    "build": {"pool": 32, "outdoor_gym": 24, "free_football": 16},
    "in_club": {"yes": 29, "no": 71},
}
NUMBERS = {"adults": (1, 2, 2, 2, 3), "children": (1, 1, 2, 2, 2, 3, 3, 4, 0), "hours": (1, 2, 2.5, 3, 4, 5, 7)}
ANSWERED = 0.93  # how often a question that is not required is answered at all


class Resident:
    """Somebody who fills in a questionnaire in their language, with a seeded die."""

    def __init__(self, die: random.Random, areas: dict[str, list[str]], language: str) -> None:
        self.die = die
        self.areas = areas
        self.language = language

    def fill_in(self, definition: Definition, today: date) -> Filling:
        """Go through the questionnaire as often as new questions come up."""
        given: Answers = {}
        decided: set[tuple[str, int]] = set()
        while True:
            filling = Filling(definition, given, today)
            open_questions = [
                (question, step.instance)
                for step in filling.steps
                for question in step.page.questions
                if question.is_asked
                and filling.is_shown(question, step.instance)
                and (question.name, step.instance) not in decided
            ]
            if not open_questions:
                return filling
            for question, instance in open_questions:
                decided.add((question.name, instance))
                if question.is_required or self.die.random() < ANSWERED:
                    given[question.name, instance] = self.answer(question)

    def answer(self, question: Question) -> Given:
        """One answer of the kind the question wants."""
        if question.may_withhold and self.die.random() < 0.06:
            return Given(is_withheld=True)
        return Given(tuple(self.values(question)))

    def values(self, question: Question) -> list[str]:
        """The values of an answer."""
        match question.type:
            case QuestionType.YES_NO:
                return self.chosen(question, ["yes", "no"])
            case QuestionType.SINGLE_CHOICE:
                return self.chosen(question, [option.name for option in question.options])
            case QuestionType.MULTIPLE_CHOICE:
                return self.several(question)
            case QuestionType.SCALE:
                points = scale_points(question)
                return [
                    str(min(points[-1], max(points[0], round(self.die.gauss(sum(points) / len(points) + 0.4, 1.3)))))
                ]
            case QuestionType.YEAR:
                return [str(2026 - min(70, int(self.die.expovariate(0.12))))]
            case QuestionType.DISTRICT:
                return [self.die.choice(self.areas[question.layer])]
            case QuestionType.LONG_TEXT:
                texts = SPORT if question.name.startswith("sport") else WISHES
                return [self.die.choice(texts.get(self.language, texts["de"]))]
        return [f"{self.number(question):g}"]

    def number(self, question: Question) -> float:
        """A number within the question's bounds."""
        if question.name in NUMBERS:
            return self.die.choice(NUMBERS[question.name])
        least, most = int(question.least or 0), int(question.most or 100)
        return (
            min(most, least + int(self.die.betavariate(1.3, 4) * (most - least)) // 5 * 5)
            if most > 50
            else self.die.randint(least, most)
        )

    def chosen(self, question: Question, names: list[str]) -> list[str]:
        """One option, by its leaning."""
        leaning = LEANINGS.get(question.name, {})
        return self.die.choices(names, [leaning.get(name, 10) for name in names])

    def several(self, question: Question) -> list[str]:
        """One to three options, or an exclusive one alone."""
        first = self.chosen(question, [option.name for option in question.options])[0]
        if question.options_by_name[first].is_exclusive:
            return [first]
        shared = [option.name for option in question.options if not option.is_exclusive]
        names = {first, *(self.chosen(question, shared)[0] for _turn in range(self.die.randint(0, 2)))}
        return [option.name for option in question.options if option.name in names]


def answer_survey(
    version: QuestionnaireVersion, areas: dict[str, list[str]], *, count: int, drafts: int, today: date, seed: int
) -> None:
    """Some hundred sent responses over the last weeks, and some that were begun and left."""
    die = random.Random(seed)  # noqa: S311  (the same city each time, nothing secret)
    pages = [page.name for page in version.definition.pages]
    rows: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = []
    for number in range(count + drafts):
        is_sent = number < count
        day = today - timedelta(days=min(27, int(die.expovariate(0.11))))
        response_id = uuid.UUID(int=die.getrandbits(128), version=4)
        language = die.choice(LANGUAGES)
        row = {
            "id": response_id,
            "version_id": version.id,
            "language": language,
            "status": ResponseStatus.SUBMITTED if is_sent else ResponseStatus.DRAFT,
            "reached": pages[-1] if is_sent else die.choice(pages[:-1]),
            "touched_on": day,
            "submitted_on": day if is_sent else None,
        }
        rows.append(row)
        if is_sent:
            filling = Resident(die, areas, language).fill_in(version.definition, today)
            answers += questionnaires.answer_rows(response_id, version.definition, filling.answers)
    session.execute(insert(table_of(Response)), rows)
    session.execute(insert(table_of(Answer)), answers)
