"""What the demo's council says; names and texts are invented, and the meetings are held in German."""

from dataclasses import dataclass, field
from datetime import timedelta

from participation.councils.minutes_models import Result, VoteKind
from participation.councils.models import ConsentPurpose, GroupKind
from participation.i18n import LocalizedText, content_text


@dataclass(frozen=True)
class Seat:
    """Who sits where, and what they agreed to have published."""

    given_name: str
    family_name: str
    group: GroupKind
    behalf: str = ""
    shows: tuple[ConsentPurpose, ...] = (ConsentPurpose.NAME,)
    about: LocalizedText = field(default_factory=LocalizedText)


@dataclass(frozen=True)
class Said:
    """What the minutes say under an item."""

    discussion: str
    result: Result = Result.DISCUSSED
    resolution: str = ""
    votes: tuple[int, int, int] = (0, 0, 0)  # for, against, abstained
    task: str = ""
    responsible: str = ""
    due_in: timedelta | None = None
    card: LocalizedText = field(default_factory=LocalizedText)

    @property
    def vote(self) -> VoteKind | None:
        return VoteKind.OPEN if any(self.votes) else None


@dataclass(frozen=True)
class Point:
    """One agenda item."""

    title: LocalizedText
    text: LocalizedText = field(default_factory=LocalizedText)
    brought_by: str = ""
    is_public: bool = True
    idea: str = ""  # the title of the demo's idea that it is about
    said: Said | None = None


GROUPS = ((GroupKind.RESIDENTS, 6, True), (GroupKind.INSTITUTIONS, 3, True), (GroupKind.PROVIDERS, 2, True),
          (GroupKind.ADMINISTRATION, 2, False))  # fmt: skip


def seats() -> list[Seat]:
    """Twelve of thirteen seats are filled; two members do not want their names published."""
    residents, institutions = GroupKind.RESIDENTS, GroupKind.INSTITUTIONS
    providers, administration = GroupKind.PROVIDERS, GroupKind.ADMINISTRATION
    about = content_text("Wohnt seit zwölf Jahren am Bergmannsplatz und hat zwei Kinder in der Grundschule.")
    both = (ConsentPurpose.NAME, ConsentPurpose.ABOUT)
    return [
        Seat("Elif", "Aksoy", residents, shows=both, about=about),
        Seat("Marek", "Zieliński", residents),
        Seat("Hanan", "Darwisch", residents),
        Seat("Jutta", "Brandt", residents, shows=()),
        Seat("Ionel", "Munteanu", residents),
        Seat("Petra", "Lohse", institutions, behalf="Grundschule am Kanal"),
        Seat("Gerd", "Niehues", institutions, behalf="Kirchengemeinde St. Barbara"),
        Seat("Svitlana", "Bondar", institutions, behalf="Stadtteilbibliothek"),
        Seat("Daniel", "Krause", providers, behalf="Jugendtreff Nord", shows=()),
        Seat("Miriam", "Feld", providers, behalf="Familienzentrum Regenbogen"),
        Seat("Tobias", "Ahlers", administration, behalf="Stabsstelle Quartiersarbeit"),
        Seat("Renate", "Voss", administration, behalf="Grünflächenamt"),
    ]


def name() -> LocalizedText:
    return content_text("Quartiersrat Nordstadt")


def introduction() -> LocalizedText:
    """What residents read first."""
    return content_text(
        "Im Quartiersrat sprechen Menschen aus der Nordstadt mit Einrichtungen, Trägern und der Verwaltung. "
        "Er trifft sich sechsmal im Jahr. Alle dürfen zuhören. Alle dürfen ein Thema vorschlagen."
    )


def statutes() -> LocalizedText:
    """The rules of procedure, in short paragraphs."""
    return content_text(
        "§ 1 Der Quartiersrat berät die Stadt in allen Fragen, die die Nordstadt betreffen.\n\n"
        "§ 2 Er hat 13 Mitglieder: sechs aus der Einwohnerschaft, drei aus Einrichtungen, zwei von Trägern und zwei "
        "aus der Verwaltung. Die Mitglieder aus der Verwaltung haben kein Stimmrecht.\n\n"
        "§ 3 Die Amtszeit dauert vier Jahre.\n\n"
        "§ 4 Die Einladung kommt mindestens 14 Tage vor der Sitzung. Die Sitzungen sind öffentlich.\n\n"
        "§ 5 Der Quartiersrat ist beschlussfähig, wenn mehr als die Hälfte der stimmberechtigten Mitglieder da ist.\n\n"
        "§ 6 Gegen die Niederschrift können Mitglieder innerhalb von 14 Tagen Einwendungen erheben."
    )


def first_meeting() -> list[Point]:
    """Four months ago: approved and published."""
    return [
        Point(
            content_text("Begrüßung und Feststellung der Beschlussfähigkeit"),
            said=Said(
                "Frau Aksoy begrüßt die Anwesenden und stellt fest, dass der Quartiersrat beschlussfähig ist.",
                Result.NOTED,
            ),
        ),
        Point(
            content_text("Mehr Licht am Bergmannsplatz"),
            content_text("Viele Menschen gehen abends nicht mehr über den Platz, weil zwei Laternen fehlen."),
            brought_by="Einwohnerinnen und Einwohner",
            idea="Вечірнє освітлення на Бергманнсплац",
            said=Said(
                "Eltern berichten, dass Kinder im Winter im Dunkeln nach Hause gehen. Das Tiefbauamt hält drei neue "
                "Leuchten für möglich.\n\n- Die Leuchten sollen sparsam sein.\n"
                "- Das Pflaster soll dabei ausgebessert werden.",
                Result.RESOLVED,
                "Der Quartiersrat bittet die Stadt, am Bergmannsplatz drei Leuchten aufzustellen.",
                (7, 0, 1),
                task="Angebot für drei Leuchten einholen",
                responsible="Tiefbauamt",
                due_in=timedelta(days=60),
                card=content_text("Drei neue Laternen am Bergmannsplatz: Der Quartiersrat bittet die Stadt darum."),
            ),
        ),
        Point(
            content_text("Sprachcafé in der Bibliothek"),
            brought_by="Stadtteilbibliothek",
            said=Said(
                "Frau Bondar stellt das Sprachcafé vor. Es soll jeden Dienstag stattfinden, mit Kinderbetreuung.",
                Result.RESOLVED,
                "Der Quartiersrat gibt 1.200 Euro aus dem Quartiersfonds für das Sprachcafé.",
                (8, 0, 0),
                card=content_text("Ein Sprachcafé in der Bibliothek, jeden Dienstag: Dafür gibt es 1.200 Euro."),
            ),
        ),
        Point(
            content_text("Unterstützung für eine Familie"),
            is_public=False,
            said=Said("Der Fall wird vertraulich besprochen.", Result.NOTED),
        ),
        Point(
            content_text("Verschiedenes"),
            said=Said(
                "Herr Zieliński bittet um eine Bank an der Haltestelle. Das Thema kommt wieder.", Result.POSTPONED
            ),
        ),
    ]


def second_meeting() -> list[Point]:
    """Six weeks ago: the minutes wait for objections."""
    return [
        Point(
            content_text("Genehmigung der letzten Niederschrift"),
            said=Said("Es gibt keine Einwendungen.", Result.NOTED),
        ),
        Point(
            content_text("Tempo 30 vor dem Jugendtreff"),
            brought_by="Jugendtreff Nord",
            said=Said(
                "Die Jugendlichen haben eine Woche lang Autos gezählt. Die Polizei unterstützt den Wunsch.",
                Result.RESOLVED,
                "Der Quartiersrat beantragt Tempo 30 in der Feldstraße.",
                (5, 2, 1),
            ),
        ),
        Point(
            content_text("Bericht aus dem Quartiersfonds"),
            said=Said("Von 10.000 Euro sind 4.300 Euro übrig.", Result.NOTED),
        ),
    ]


def next_meeting() -> list[Point]:
    """In three weeks: the agenda is public."""
    return [
        Point(content_text("Begrüßung")),
        Point(
            content_text("Sommerfest der Nachbarschaft"),
            content_text("Wer macht mit, wer kann einen Tag lang helfen, und was kostet es?"),
            brought_by="Familienzentrum Regenbogen",
        ),
        Point(
            content_text("Müll an der Haltestelle Feldweg"),
            brought_by="Einwohnerinnen und Einwohner",
            idea="Kosze na śmieci przy przystanku",
        ),
    ]


def summary() -> LocalizedText:
    """The first minutes in short."""
    return content_text(
        "Der Quartiersrat möchte drei neue Laternen am Bergmannsplatz. Das Sprachcafé in der Bibliothek bekommt Geld. "
        "Über eine Bank an der Haltestelle wird das nächste Mal gesprochen."
    )


def proposal() -> tuple[str, str]:
    """What a resident would like to talk about, in her own language."""
    return "Okul yolunda yaya geçidi", (
        "Çocuklarımız her sabah kalabalık bir caddeden geçiyor. Okulun önüne bir yaya geçidi istiyoruz. "
        "Lütfen bunu mecliste konuşun."
    )
