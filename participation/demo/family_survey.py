"""The demo's family survey: household, one page per child, care and school, wishes."""

from participation.i18n import LocalizedText
from participation.i18n import content_text as t
from participation.questionnaires.definition import (
    ChoiceStyle,
    Definition,
    Option,
    Page,
    Question,
    QuestionType,
    Repeat,
    Section,
)

Q = QuestionType


def options(*pairs: tuple[str, LocalizedText]) -> tuple[Option, ...]:
    """Options by name and label."""
    return tuple(Option(name=name, label=label) for name, label in pairs)


def definition(languages: tuple[str, ...]) -> Definition:
    """The whole questionnaire, with its texts in every language there is a translation for."""
    return Definition(languages=languages, pages=(household(), child(), care(), everyday(), wishes(), closing()))


def household() -> Page:
    """Who lives together, and where."""
    return Page(
        name="household",
        title=t("Ihre Familie"),
        hint=t("Mit Familie meinen wir alle, die bei Ihnen zusammen wohnen."),
        elements=(
            Question(name="area", type=Q.DISTRICT, label=t("In welchem Quartier wohnen Sie?"), layer="quartiere"),
            Question(
                name="adults",
                type=Q.WHOLE_NUMBER,
                label=t("Wie viele Erwachsene wohnen bei Ihnen?"),
                hint=t("Zählen Sie sich selbst mit."),
                is_required=True,
                least=1,
                most=12,
                unit=t("Personen"),
            ),
            Question(
                name="children",
                type=Q.WHOLE_NUMBER,
                label=t("Wie viele Kinder unter 18 Jahren wohnen bei Ihnen?"),
                is_required=True,
                least=0,
                most=12,
                unit=t("Kinder"),
            ),
            Question(
                name="moved_in",
                type=Q.YEAR,
                label=t("Seit welchem Jahr wohnen Sie in diesem Quartier?"),
                hint=t("Zum Beispiel 2019."),
                least=1930,
                constraint=". <= format-date(today(), '%Y')",
                constraint_message=t("Dieses Jahr liegt in der Zukunft. Bitte prüfen Sie die Zahl."),
            ),
            Question(
                name="home_languages",
                type=Q.MULTIPLE_CHOICE,
                label=t("Welche Sprachen sprechen Sie zu Hause?"),
                hint=t("Sie können mehrere Sprachen auswählen."),
                may_withhold=True,
                options=options(
                    ("german", t("Deutsch")),
                    ("turkish", t("Türkisch")),
                    ("arabic", t("Arabisch")),
                    ("ukrainian", t("Ukrainisch")),
                    ("russian", t("Russisch")),
                    ("romanian", t("Rumänisch")),
                    ("bulgarian", t("Bulgarisch")),
                    ("polish", t("Polnisch")),
                    ("kurdish", t("Kurdisch")),
                    ("other", t("Eine andere Sprache")),
                ),
            ),
        ),
    )


def child() -> Page:
    """One page per child, as often as the household counted."""
    return Page(
        name="child",
        title=t("Fragen zu Ihrem Kind"),
        hint=t("Diese Seite kommt für jedes Kind einmal. Bitte beginnen Sie mit dem ältesten Kind."),
        relevant="${children} > 0",
        repeat=Repeat(name="each_child", count="${children}", least=0, most=12),
        elements=(child_age(), *small_child(), *school_child()),
    )


def child_age() -> Question:
    """The age decides which of the other questions come."""
    return Question(
        name="child_age",
        type=Q.WHOLE_NUMBER,
        label=t("Wie alt ist das Kind?"),
        is_required=True,
        may_withhold=True,
        least=0,
        most=17,
        unit=t("Jahre"),
    )


def small_child() -> tuple[Question, ...]:
    """Questions about a child who does not go to school yet."""
    return (
        Question(
            name="child_care",
            type=Q.SINGLE_CHOICE,
            label=t("Wo wird das Kind tagsüber betreut?"),
            relevant="${child_age} < 6",
            options=options(
                ("home", t("Zu Hause")),
                ("day_care", t("In einer Kindertagesstätte (Kita)")),
                ("childminder", t("Bei einer Tagesmutter oder einem Tagesvater")),
                ("relatives", t("Bei Verwandten oder Bekannten")),
            ),
        ),
        Question(
            name="no_day_care_because",
            type=Q.SINGLE_CHOICE,
            label=t("Warum besucht das Kind keine Kita?"),
            relevant="${child_age} < 6 and ${child_care} != '' and ${child_care} != 'day_care'",
            options=options(
                ("no_place", t("Wir haben keinen Platz bekommen.")),
                ("too_far", t("Die Kita ist zu weit weg.")),
                ("too_young", t("Das Kind ist noch zu klein.")),
                ("do_not_want", t("Wir möchten das nicht.")),
                ("do_not_know_how", t("Wir wissen nicht, wie man sich anmeldet.")),
            ),
        ),
    )


def school_child() -> tuple[Question, ...]:
    """Questions about a child of school age."""
    return (
        Question(
            name="child_school",
            type=Q.SINGLE_CHOICE,
            label=t("Welche Schule besucht das Kind?"),
            relevant="${child_age} >= 6",
            style=ChoiceStyle.DROP_DOWN,
            options=options(
                ("primary", t("Grundschule")),
                ("secondary", t("Hauptschule, Realschule, Sekundarschule oder Gesamtschule")),
                ("grammar", t("Gymnasium")),
                ("special", t("Förderschule")),
                ("vocational", t("Berufskolleg oder Ausbildung")),
                ("none", t("Keine Schule")),
            ),
        ),
        Question(
            name="child_walks",
            type=Q.YES_NO,
            label=t("Kann das Kind im Quartier allein zur Schule oder zum Spielplatz gehen?"),
            relevant="${child_age} >= 6",
        ),
    )


def care() -> Page:
    """How satisfied families are with what there is."""
    satisfaction = options(
        ("very", t("sehr zufrieden")),
        ("rather", t("eher zufrieden")),
        ("less", t("eher unzufrieden")),
        ("not", t("sehr unzufrieden")),
    )
    rows = (
        ("care_hours", t("Öffnungszeiten der Kita oder der Nachmittagsbetreuung")),
        ("care_way", t("Weg zur Kita oder zur Schule")),
        ("care_meals", t("Mittagessen")),
        ("care_help", t("Hilfe beim Lernen")),
    )
    return Page(
        name="care",
        title=t("Betreuung und Schule"),
        relevant="${children} > 0",
        elements=(
            Section(
                name="care_satisfaction",
                title=t("Wie zufrieden sind Sie damit?"),
                is_matrix=True,
                elements=tuple(
                    Question(name=name, type=Q.SINGLE_CHOICE, label=label, options=satisfaction) for name, label in rows
                ),
            ),
            Question(
                name="care_costs",
                type=Q.DECIMAL_NUMBER,
                label=t("Wie viel bezahlen Sie im Monat für Betreuung und Mittagessen, für alle Kinder zusammen?"),
                may_withhold=True,
                least=0,
                most=3000,
                unit=t("Euro"),
            ),
        ),
    )


def everyday() -> Page:
    """Life in the Quartier."""
    places = (
        ("playground", t("Spielplatz")),
        ("park", t("Park oder Wald")),
        ("library", t("Bücherei")),
        ("youth_centre", t("Jugendzentrum")),
        ("sports_club", t("Sportverein")),
        ("parents_cafe", t("Elterncafé")),
    )
    return Page(
        name="everyday",
        title=t("Leben im Quartier"),
        elements=(
            Question(
                name="places_used",
                type=Q.MULTIPLE_CHOICE,
                label=t("Welche Orte besuchen Sie mindestens einmal im Monat?"),
                hint=t("Sie können mehrere Orte auswählen."),
                options=(
                    *options(*places),
                    Option(name="none", label=t("Keinen dieser Orte"), is_exclusive=True),
                ),
            ),
            Question(
                name="safe",
                type=Q.SCALE,
                label=t("Wie sicher fühlen Sie sich abends im Quartier?"),
                least=1,
                most=5,
                least_label=t("gar nicht sicher"),
                most_label=t("sehr sicher"),
                may_withhold=True,
            ),
            Question(
                name="health_worries",
                type=Q.YES_NO,
                label=t("Fehlt in Ihrem Quartier ein Arzt oder eine Ärztin für Kinder?"),
            ),
        ),
    )


def wishes() -> Page:
    """What would help."""
    return Page(
        name="wishes",
        title=t("Ihre Wünsche"),
        elements=(
            Question(
                name="wish_first",
                type=Q.MULTIPLE_CHOICE,
                label=t("Was soll die Stadt zuerst verbessern?"),
                hint=t("Bitte wählen Sie höchstens drei Antworten."),
                most=3,
                options=options(
                    ("day_care_places", t("Mehr Kita-Plätze")),
                    ("afternoon", t("Mehr Angebote am Nachmittag")),
                    ("traffic", t("Sichere Wege für Kinder")),
                    ("green", t("Schönere Spielplätze und mehr Grün")),
                    ("advice", t("Beratung in unserer Sprache")),
                    ("housing", t("Bezahlbare große Wohnungen")),
                    ("clean", t("Sauberere Straßen")),
                ),
            ),
            Question(
                name="wish_text",
                type=Q.LONG_TEXT,
                label=t("Was wünschen Sie sich noch für Ihre Familie?"),
                hint=t("Bitte schreiben Sie keine Namen, Adressen oder Telefonnummern. Jede Sprache ist willkommen."),
            ),
        ),
    )


def closing() -> Page:
    """Whether somebody would like to go on talking."""
    return Page(
        name="closing",
        title=t("Zum Schluss"),
        elements=(
            Question(
                name="how_heard",
                type=Q.SINGLE_CHOICE,
                label=t("Wie haben Sie von dieser Umfrage erfahren?"),
                options=options(
                    ("poster", t("Plakat in der Kita oder Schule")),
                    ("person", t("Jemand hat mir davon erzählt")),
                    ("internet", t("Internet")),
                    ("letter", t("Brief der Stadt")),
                ),
            ),
            Question(
                name="thanks",
                type=Q.INFORMATION,
                label=t("Vielen Dank. Auf der nächsten Seite können Sie alle Antworten noch einmal prüfen."),
            ),
        ),
    )
