"""The demo's sports survey: how people move, what keeps them from it, what the city should build."""

from participation.demo.family_survey import options
from participation.i18n import content_text as t
from participation.questionnaires.definition import Definition, Option, Page, Question, QuestionType

Q = QuestionType


def definition(languages: tuple[str, ...]) -> Definition:
    """The whole questionnaire."""
    return Definition(languages=languages, pages=(you(), sport(), places(), ideas()))


def you() -> Page:
    """A few facts about the person, none of them required."""
    return Page(
        name="you",
        title=t("Über Sie"),
        elements=(
            Question(name="sport_area", type=Q.DISTRICT, label=t("Wo wohnen Sie?"), layer="stadtbezirke"),
            Question(
                name="age_group",
                type=Q.SINGLE_CHOICE,
                label=t("Wie alt sind Sie?"),
                may_withhold=True,
                options=options(
                    ("under_18", t("unter 18 Jahre")),
                    ("18_to_29", t("18 bis 29 Jahre")),
                    ("30_to_49", t("30 bis 49 Jahre")),
                    ("50_to_64", t("50 bis 64 Jahre")),
                    ("65_and_over", t("65 Jahre oder älter")),
                ),
            ),
        ),
    )


def sport() -> Page:
    """Whether and how people move."""
    return Page(
        name="sport",
        title=t("Bewegung und Sport"),
        elements=(
            Question(
                name="is_active",
                type=Q.YES_NO,
                label=t("Haben Sie in den letzten vier Wochen Sport gemacht oder sich viel bewegt?"),
                is_required=True,
            ),
            Question(
                name="hours",
                type=Q.DECIMAL_NUMBER,
                label=t("Wie viele Stunden in der Woche ungefähr?"),
                relevant="${is_active} = 'yes'",
                least=0,
                most=60,
                unit=t("Stunden"),
            ),
            Question(
                name="kinds",
                type=Q.MULTIPLE_CHOICE,
                label=t("Was machen Sie?"),
                relevant="${is_active} = 'yes'",
                options=options(
                    ("walking", t("Spazieren oder Wandern")),
                    ("cycling", t("Rad fahren")),
                    ("running", t("Laufen")),
                    ("football", t("Fußball")),
                    ("swimming", t("Schwimmen")),
                    ("gymnastics", t("Gymnastik oder Fitness")),
                    ("dancing", t("Tanzen")),
                    ("other_sport", t("Etwas anderes")),
                ),
            ),
            Question(
                name="obstacles",
                type=Q.MULTIPLE_CHOICE,
                label=t("Was hält Sie davon ab?"),
                relevant="${is_active} = 'no'",
                options=(
                    *options(
                        ("time", t("Ich habe keine Zeit.")),
                        ("money", t("Es ist zu teuer.")),
                        ("way", t("Es gibt nichts in meiner Nähe.")),
                        ("alone", t("Ich möchte nicht allein hingehen.")),
                        ("child_care", t("Niemand passt auf meine Kinder auf.")),
                    ),
                    Option(name="nothing", label=t("Nichts davon"), is_exclusive=True),
                ),
            ),
        ),
    )


def places() -> Page:
    """Halls, pitches and pools."""
    return Page(
        name="sport_places",
        title=t("Orte für Sport"),
        elements=(
            Question(
                name="rating",
                type=Q.SCALE,
                label=t("Wie gut sind die Sportplätze und Hallen in Ihrer Nähe?"),
                least=0,
                most=10,
                least_label=t("sehr schlecht"),
                most_label=t("sehr gut"),
                may_withhold=True,
            ),
            Question(
                name="in_club",
                type=Q.YES_NO,
                label=t("Sind Sie Mitglied in einem Sportverein?"),
                may_withhold=True,
            ),
        ),
    )


def ideas() -> Page:
    """What to build or offer."""
    return Page(
        name="sport_ideas",
        title=t("Ihre Ideen"),
        elements=(
            Question(
                name="build",
                type=Q.SINGLE_CHOICE,
                label=t("Was soll die Stadt als Nächstes bauen oder anbieten?"),
                options=options(
                    ("outdoor_gym", t("Sportgeräte im Park")),
                    ("pool", t("Ein Lernschwimmbecken")),
                    ("women", t("Sportkurse nur für Frauen")),
                    ("free_football", t("Einen offenen Fußballplatz")),
                    ("skate", t("Eine Skate-Anlage")),
                    ("seniors", t("Bewegung für ältere Menschen")),
                ),
            ),
            Question(
                name="sport_text",
                type=Q.LONG_TEXT,
                label=t("Möchten Sie uns noch etwas sagen?"),
                hint=t("Bitte schreiben Sie keine Namen, Adressen oder Telefonnummern. Jede Sprache ist willkommen."),
            ),
        ),
    )
