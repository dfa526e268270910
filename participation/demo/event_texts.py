"""What the demo's events say; German here, all other languages from the catalogue of content."""

from dataclasses import dataclass, field

from participation.events.models import Format, Mode, Offer
from participation.i18n import LocalizedText, content_text


@dataclass(frozen=True)
class Table:
    """A session with places of its own."""

    capacity: int | None = None
    title: LocalizedText = field(default_factory=LocalizedText)
    people: int = 0  # who have registered; those beyond the capacity wait


@dataclass(frozen=True)
class DemoEvent:
    """One event as the demo tells it; days count from today."""

    title: LocalizedText
    summary: LocalizedText
    text: LocalizedText
    days: int
    hour: float
    hours: float
    place: str
    area: str
    topics: tuple[int, ...] = ()
    mode: Mode = Mode.REGISTRATION
    format: Format = Format.ON_SITE
    spoken: tuple[str, ...] = ("de",)
    interpreted: tuple[str, ...] = ()
    interpretation: Offer = Offer.NO
    sign_language: Offer = Offer.NO
    child_care: Offer = Offer.NO
    tables: tuple[Table, ...] = (Table(),)
    weeks: int = 0  # how often it comes again
    report: LocalizedText = field(default_factory=LocalizedText)
    next_steps: LocalizedText = field(default_factory=LocalizedText)
    attended: int | None = None
    cancelled_because: LocalizedText = field(default_factory=LocalizedText)


def topics() -> list[LocalizedText]:
    """What events are about."""
    return [
        content_text("Zusammenleben"),
        content_text("Verkehr und Sicherheit"),
        content_text("Familie und Schule"),
        content_text("Grün und Spielplätze"),
    ]


def events() -> list[DemoEvent]:
    """The next weeks in the two pilot Quartiere, and what was before."""
    return [*_assemblies(), *_workshops(), *_regulars(), *_others()]


def _assemblies() -> list[DemoEvent]:
    return [
        DemoEvent(
            title=content_text("Quartiersversammlung in der Nordstadt"),
            summary=content_text("Was läuft gut, was nicht? Sprechen Sie mit Nachbarn und mit der Stadt."),
            text=content_text(
                "Wir stellen vor, was aus Ihren Ideen geworden ist. Danach sprechen wir an Tischen über Plätze, Lärm "
                "und Müll. Zum Schluss wählen wir gemeinsam aus, worum sich die Stadt zuerst kümmert. "
                "Für Essen und Getränke ist gesorgt."
            ),
            days=12,
            hour=18,
            hours=2,
            place="hall",
            area="north",
            topics=(0, 1),
            interpreted=("ar", "tr"),
            interpretation=Offer.YES,
            sign_language=Offer.ON_REQUEST,
            child_care=Offer.YES,
            tables=(Table(80, people=53),),
        ),
        DemoEvent(
            title=content_text("Quartiersversammlung im Kanalviertel"),
            summary=content_text("Der erste gemeinsame Abend: kennenlernen, zuhören, Themen sammeln."),
            text=content_text("Wir haben gesammelt, was den Menschen im Kanalviertel wichtig ist."),
            days=-16,
            hour=18,
            hours=2,
            place="school",
            area="canal",
            topics=(0,),
            interpreted=("ro", "bg"),
            interpretation=Offer.YES,
            child_care=Offer.YES,
            report=content_text(
                "Am wichtigsten waren den Menschen drei Dinge: mehr Licht am Kanal, ein Treffpunkt für Jugendliche "
                "und weniger Autos vor der Schule."
            ),
            next_steps=content_text(
                "Die Stadt prüft das Licht am Kanal bis zum Frühjahr. Zum Treffpunkt und zur Schule gibt es eigene "
                "Werkstätten. Die Termine stehen auf dieser Seite."
            ),
            attended=64,
        ),
    ]


def _workshops() -> list[DemoEvent]:
    return [
        DemoEvent(
            title=content_text("Werkstatt: der Spielplatz am Kanal"),
            summary=content_text("Kinder, Eltern und Großeltern planen den Spielplatz neu."),
            text=content_text(
                "Wir bauen ein Modell des Spielplatzes. Die Fachleute vom Stadtgrün sagen, was geht und was es kostet. "
                "Sie können sich für einen Tisch anmelden oder für beide."
            ),
            days=6,
            hour=15,
            hours=3,
            place="school",
            area="canal",
            topics=(2, 3),
            spoken=("de", "uk"),
            interpreted=("ro",),
            interpretation=Offer.ON_REQUEST,
            child_care=Offer.YES,
            tables=(
                Table(12, content_text("Tisch 1: Klettern, Schaukeln, Spielen"), people=15),
                Table(12, content_text("Tisch 2: Bäume, Schatten, Bänke"), people=7),
            ),
        ),
        DemoEvent(
            title=content_text("Runder Tisch: der Weg zur Schule"),
            summary=content_text("Eltern, Schule, Polizei und Stadt suchen Lösungen für den Verkehr vor der Schule."),
            text=content_text(
                "Die Plätze am Tisch sind für eingeladene Gruppen. Die Ergebnisse lesen Sie danach hier."
            ),
            days=20,
            hour=17,
            hours=1.5,
            place="school",
            area="canal",
            topics=(1, 2),
            mode=Mode.INVITATION,
            tables=(Table(16),),
        ),
    ]


def _regulars() -> list[DemoEvent]:
    return [
        DemoEvent(
            title=content_text("Eltern-Café in der Kita"),
            summary=content_text("Kaffee, Tee und Zeit für Fragen. Kommen Sie einfach vorbei."),
            text=content_text(
                "Jede Woche ist jemand von der Stadt da: für Fragen zu Kita-Plätzen, Schule, Geld und Wohnung. "
                "Ihre Kinder können mitkommen."
            ),
            days=4,
            hour=9.5,
            hours=1.5,
            place="kita",
            area="north",
            topics=(2,),
            mode=Mode.OPEN,
            spoken=("de", "ar", "tr"),
            weeks=6,
        ),
        DemoEvent(
            title=content_text("Online-Sprechstunde der Quartiersarbeit"),
            summary=content_text("Fragen Sie, was Sie wissen möchten. Mit dem Telefon oder mit Bild."),
            text=content_text("Den Zugang sehen Sie nach der Anmeldung. Sie müssen keinen Namen nennen."),
            days=9,
            hour=19,
            hours=1,
            place="",
            area="",
            format=Format.ONLINE,
            tables=(Table(40, people=9),),
        ),
    ]


def _others() -> list[DemoEvent]:
    return [
        DemoEvent(
            title=content_text("Spaziergang durch das Kanalviertel"),
            summary=content_text("Wir gehen zusammen durch das Quartier und schreiben auf, was fehlt."),
            text=content_text("Der Weg ist zwei Kilometer lang und hat keine Treppen. Bei Regen gehen wir auch."),
            days=3,
            hour=16,
            hours=1.5,
            place="lock",
            area="canal",
            topics=(1, 3),
            mode=Mode.OPEN,
            spoken=("de", "en", "uk"),
        ),
        DemoEvent(
            title=content_text("Wir planen das Nachbarschaftsfest"),
            summary=content_text("Wer macht mit beim Fest auf dem Bergmannsplatz?"),
            text=content_text("Wir suchen Menschen, die kochen, Musik machen oder Tische tragen."),
            days=15,
            hour=18,
            hours=1.5,
            place="hall",
            area="north",
            topics=(0,),
            tables=(Table(30, people=4),),
            cancelled_because=content_text("Der Saal wird an diesem Tag repariert. Wir suchen einen neuen Termin."),
        ),
    ]
