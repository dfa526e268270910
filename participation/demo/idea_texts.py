"""What the demo's residents propose and say, in the languages they write in."""

from dataclasses import dataclass, field

from participation.contributions.models import ContributionStatus as Status
from participation.ideas.models import Answer, IdeaState


@dataclass(frozen=True)
class DemoIdea:
    """One idea with all that has happened to it."""

    language: str
    title: str
    text: str
    category: int  # its place among the call's categories
    area: str  # the code of a Quartier
    days_ago: int
    place: str = ""
    author: str = ""
    supports: int = 0
    status: Status = Status.PUBLISHED
    state: IdeaState = IdeaState.RECEIVED
    answer: Answer | None = None
    reason: str = ""  # in the language of the idea
    reason_de: str = ""
    responsible: str = ""
    german: tuple[str, str] | None = None  # staff's translation
    comments: tuple[tuple[str, str], ...] = field(default_factory=tuple)  # language and text


IDEAS = [
    DemoIdea(
        "ro",
        "Umbră la locul de joacă de pe Ahornstraße",
        "Vara nisipul este fierbinte și copiii nu se pot juca după prânz. "
        "Doi copaci sau o pânză mare ar ajuta. Ajutăm cu plăcere la udat.",
        0,
        "north",
        24,
        place="Ahornstraße",
        author="Mihaela",
        supports=41,
        state=IdeaState.IN_PROGRESS,
        answer=Answer.YES,
        reason="Mulțumim pentru idee. Plantăm trei arbori în martie și montăm până atunci o pânză de umbrire.",
        reason_de="Danke für die Idee. Wir pflanzen im März drei Bäume und hängen bis dahin ein Sonnensegel auf.",
        german=(
            "Schatten für den Spielplatz in der Ahornstraße",
            "Im Sommer ist der Sand heiß. Nachmittags kann niemand spielen. Zwei Bäume oder ein Segel würden helfen.",
        ),
        comments=(
            ("de", "Das wünschen wir uns auch schon lange. Danke!"),
            ("tr", "Çok iyi fikir, biz de yardım ederiz."),
        ),
    ),
    DemoIdea(
        "de",
        "Längeres Grün an der Ampel Hafenstraße",
        "Mit Kinderwagen oder Rollator schafft man es nicht bis zur anderen Seite.",
        1,
        "canal",
        21,
        place="Hafenstraße, Ecke Am Kanal",
        author="Renate K.",
        supports=67,
        state=IdeaState.DONE,
        answer=Answer.YES,
        reason="Die Ampel zeigt seit heute acht Sekunden länger Grün. Bitte sagen Sie uns, ob das reicht.",
    ),
    DemoIdea(
        "tr",
        "Kanal boyunca daha fazla bank",
        "Yaşlılar yolda dinlenecek yer bulamıyor. Okulun önünden köprüye kadar üç bank yeter.",
        2,
        "canal",
        19,
        place="Am Kanal",
        supports=29,
        state=IdeaState.ANSWERED,
        answer=Answer.PARTLY,
        reason="Bu yıl iki bank koyuyoruz. Üçüncüsü için kanal idaresinin izni gerekiyor; onu da sorduk.",
        reason_de="Wir stellen dieses Jahr zwei Bänke auf. Für die dritte fragen wir die Kanalverwaltung.",
        german=(
            "Mehr Bänke am Kanal",
            "Ältere Menschen finden keinen Platz zum Ausruhen. Drei Bänke von der Schule bis zur Brücke reichen.",
        ),
    ),
    DemoIdea(
        "ar",
        "ركن للأمهات في بيت الحي",
        "نحن بحاجة إلى مكان نلتقي فيه صباحاً مع أطفالنا الصغار، مع شخص يساعدنا على فهم رسائل المدارس والدوائر.",
        3,
        "north",
        15,
        author="أم سارة",
        supports=33,
        state=IdeaState.EXAMINATION,
        german=(
            "Eine Ecke für Mütter im Quartiershaus",
            "Wir möchten uns vormittags mit kleinen Kindern treffen, mit jemandem, der uns Briefe von Ämtern erklärt.",
        ),
        comments=(("de", "Dienstags ist der Raum frei. Ich kann beim Lesen der Briefe helfen."),),
    ),
    DemoIdea(
        "uk",
        "Вечірнє освітлення на Бергманнсплац",
        "Після п’ятої там темно, підлітки грають у м’яч навпомацки. Потрібні два ліхтарі.",
        1,
        "north",
        12,
        place="Bergmannsplatz",
        supports=18,
        state=IdeaState.EXAMINATION,
    ),
    DemoIdea(
        "de",
        "Trinkwasserbrunnen am Markt",
        "An heißen Tagen gibt es nirgends Wasser, ohne etwas zu kaufen.",
        2,
        "canal",
        34,
        supports=52,
        state=IdeaState.ANSWERED,
        answer=Answer.NOT_OURS,
        reason="Brunnen baut in unserer Stadt der Wasserverband. Wir haben Ihre Idee dorthin gegeben und bleiben dran.",
        responsible="Wasserverband Musterland, Telefon 0999 123456",
    ),
    DemoIdea(
        "de",
        "Hundewiese statt Parkplatz am Nordring",
        "Der halbe Parkplatz steht immer leer. Eine eingezäunte Wiese würde vielen helfen.",
        2,
        "north",
        40,
        place="Nordring",
        supports=11,
        state=IdeaState.ANSWERED,
        answer=Answer.NO,
        reason="Der Parkplatz wird bei Schichtwechsel im Krankenhaus ganz gebraucht. "
        "Eine Hundewiese gibt es ab Mai am Feldweg, zehn Minuten zu Fuß.",
        comments=(("de", "Schade, aber danke für die klare Antwort."),),
    ),
    DemoIdea(
        "pl",
        "Kosze na śmieci przy przystanku",
        "Przy przystanku Feldweg zawsze leżą śmieci, bo nie ma ani jednego kosza.",
        2,
        "north",
        9,
        place="Feldweg",
        supports=14,
    ),
    DemoIdea(
        "bg",
        "Помощ за записване в детска градина",
        "Не разбираме онлайн формуляра. Добре би било веднъж седмично някой да помага на български.",
        3,
        "north",
        8,
        supports=22,
        german=(
            "Hilfe bei der Anmeldung in der Kita",
            "Wir verstehen das Online-Formular nicht. Gut wäre, wenn einmal in der Woche jemand auf Bulgarisch hilft.",
        ),
    ),
    DemoIdea(
        "ku",
        "Kursa duçerxeyê ji bo jinan",
        "Gelek jin dixwazin fêrî duçerxeyê bibin. Qadeke girtî û mamosteyeke jin pêwîst e.",
        3,
        "canal",
        7,
        supports=16,
    ),
    DemoIdea(
        "ru",
        "Навес у входа в библиотеку",
        "Когда идёт дождь, дети ждут открытия под открытым небом.",
        0,
        "canal",
        6,
        supports=5,
    ),
    DemoIdea(
        "en",
        "A shed for sharing tools",
        "Not every household needs a drill. A small shed with a few tools and opening hours on Saturday would do.",
        3,
        "canal",
        5,
        supports=19,
    ),
    DemoIdea(
        "fa",
        "کلاس شنا برای مادران و دختران",
        "لطفاً یک ساعت در هفته استخر فقط برای زنان و دختران باز باشد.",
        3,
        "north",
        4,
        supports=12,
    ),
    DemoIdea(
        "de",
        "Offener Schulhof am Nachmittag",
        "Der Schulhof ist der einzige Platz ohne Autos. Bitte bis 18 Uhr offen lassen.",
        0,
        "north",
        3,
        supports=24,
        comments=(("ar", "فكرة رائعة، أطفالنا بحاجة إلى هذا المكان."), ("de", "Und bitte auch in den Ferien.")),
    ),
    DemoIdea(
        "de",
        "Schulhof nachmittags öffnen",
        "Unsere Kinder würden gern nach der Schule auf dem Schulhof spielen.",
        0,
        "north",
        1,
        status=Status.WAITING,
    ),
    DemoIdea(
        "ar",
        "ممر مشاة أمام الروضة",
        "السيارات تسير بسرعة أمام الروضة صباحاً. نرجو وضع ممر للمشاة.",
        1,
        "canal",
        1,
        place="Uferpromenade",
        status=Status.WAITING,
    ),
    DemoIdea(
        "de",
        "Nachbarschaftsfest im Sommer",
        "Ich kann Bierbänke besorgen. Ruft mich an: 0151 23456789, Werner aus der Hafenstraße 12.",
        3,
        "canal",
        0,
        author="Werner",
        status=Status.WAITING,
    ),
    DemoIdea(
        "tr",
        "Oyun parkına tuvalet",
        "Küçük çocuklarla parka gidince tuvalet bulamıyoruz.",
        0,
        "north",
        0,
        status=Status.WAITING,
    ),
]
