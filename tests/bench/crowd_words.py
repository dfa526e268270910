"""Words of a crowd: what people in twelve languages ask for, as a few patterns with many words."""

import random
from itertools import accumulate


def _words(text: str) -> list[str]:
    return text.split()


FIRST = _words(
    "Birken Linden Eichen Ahorn Kastanien Garten Wiesen Kirch Schul Markt Bahnhof Mühlen Brunnen Berg Tal Feld Wald "
    "Garten Post Rhein Hafen Schloss Burg Rosen Tulpen Lerchen Amsel Finken Goethe Schiller Mozart Beethoven "
    "Bismarck Kant Hegel Luther Heine Lessing Dürer Humboldt"
)
SECOND = _words("straße weg allee platz gasse ring ufer steig winkel pfad damm wall")
PARTS = _words(
    "Spielplatz Fahrrad Radweg Bürgersteig Beleuchtung Laterne Baum Bank Brunnen Schule Park Müll Bus Ampel "
    "Haltestelle Kreuzung Zebrastreifen Wiese Tunnel Brücke Treppe Rampe Geländer Markt Bücherei Turnhalle Schwimmbad "
    "Kindergarten Jugend Senioren Nachbarschaft Werkstatt Garten Toilette Trinkwasser Schatten Dach Fassade Parkplatz "
    "Lieferwagen Tempo Lärm Luft Wasser Regen Hitze Winter Sommer Abend Nacht Eltern Kinder Hunde Katzen Vögel "
    "Bienen Blumen Kunst Musik Tanz Theater Sport Fußball"
)
# Each language: patterns, then things, then reasons. {t} is a thing, {p} a place, {r} a reason.
GERMAN = (
    [
        "Wir brauchen {t} an der Ecke {p}.",
        "{t} fehlt hier seit Jahren, besonders in der {p}.",
        "Bitte prüfen Sie, ob {t} in der {p} möglich ist, {r}.",
        "Am besten kommt {t} neben {t}, {r}.",
        "Zwischen {p} und {p} gibt es keine sichere Verbindung, {r}.",
    ],
    [
        "einen Spielplatz",
        "eine Bank",
        "mehr Bäume",
        "einen Radweg",
        "eine Ampel",
        "bessere Beleuchtung",
        "einen Zebrastreifen",
        "einen Mülleimer",
        "eine Toilette",
        "einen Trinkbrunnen",
        "Schatten",
        "Tempo 30",
        "eine Rampe",
        "einen Bücherschrank",
    ],
    [
        "weil die Kinder dort zur Schule gehen",
        "denn abends ist es zu dunkel",
        "weil ältere Menschen eine Pause brauchen",
        "damit alle sicher über die Straße kommen",
        "weil es im Sommer viel zu heiß wird",
    ],
)
TURKISH = (
    [
        "{p} köşesinde {t} istiyoruz.",
        "{p} için {t} çok gerekli, {r}.",
        "Lütfen {p} boyunca {t} yapılabilir mi diye bakın.",
    ],
    [
        "oyun parkı",
        "daha fazla ağaç",
        "bisiklet yolu",
        "trafik lambası",
        "oturma bankı",
        "çöp kutusu",
        "aydınlatma",
        "çeşme",
    ],
    ["çünkü çocuklar okula buradan gidiyor", "çünkü akşamları çok karanlık", "yaşlılar dinlenmek istiyor"],
)
ARABIC = (
    ["نحتاج إلى {t} عند زاوية {p}.", "أقترح {t} في {p}، {r}.", "يرجى النظر في إمكانية إنشاء {t} بالقرب من {p}."],
    [
        "ملعب للأطفال",
        "أشجار أكثر",
        "طريق للدراجات",
        "إشارة مرور",
        "مقعد للجلوس",
        "سلة مهملات",
        "إنارة أفضل",
        "نافورة ماء",
    ],
    ["لأن الأطفال يذهبون إلى المدرسة من هنا", "لأن المكان مظلم في المساء", "لأن كبار السن يحتاجون إلى الراحة"],
)
UKRAINIAN = (
    [
        "Нам потрібен {t} на розі {p}.",
        "Пропоную зробити {t} біля {p}, {r}.",
        "Будь ласка, перевірте, чи можливий {t} уздовж {p}.",
    ],
    [
        "дитячий майданчик",
        "сквер із деревами",
        "велосипедний шлях",
        "світлофор",
        "смітник",
        "ліхтар",
        "фонтан із водою",
    ],
    ["бо діти ходять тут до школи", "бо ввечері надто темно", "бо літнім людям треба відпочити"],
)
RUSSIAN = (
    [
        "Нам нужен {t} на углу {p}.",
        "Предлагаю сделать {t} возле {p}, {r}.",
        "Пожалуйста, проверьте, возможен ли {t} вдоль {p}.",
    ],
    [
        "детский городок",
        "сквер с деревьями",
        "велосипедный маршрут",
        "светофор",
        "мусорный бак",
        "фонарь",
        "питьевой фонтан",
    ],
    ["потому что дети ходят здесь в школу", "потому что вечером слишком темно", "пожилым людям нужен отдых"],
)
ROMANIAN = (
    [
        "Avem nevoie de {t} la colțul cu {p}.",
        "Propun {t} lângă {p}, {r}.",
        "Vă rog să verificați dacă se poate face {t} pe {p}.",
    ],
    [
        "un loc de joacă",
        "mai mulți copaci",
        "o pistă de biciclete",
        "un semafor",
        "o bancă",
        "un coș de gunoi",
        "o cișmea",
    ],
    ["pentru că elevii merg la școală pe aici", "pentru că seara este prea întuneric", "bătrânii au nevoie de odihnă"],
)
BULGARIAN = (
    [
        "Имаме нужда от {t} на ъгъла с {p}.",
        "Предлагам {t} до {p}, {r}.",
        "Моля, проверете дали е възможно да има {t} по {p}.",
    ],
    ["детска площадка", "повече дървета", "велосипедна алея", "светофар", "пейка", "кошче за боклук", "чешма с вода"],
    ["защото децата минават оттук за училище", "защото вечер е твърде тъмно", "защото възрастните трябва да почиват"],
)
POLISH = (
    [
        "Potrzebujemy {t} na rogu {p}.",
        "Proponuję {t} obok {p}, {r}.",
        "Proszę sprawdzić, czy {t} jest możliwe wzdłuż {p}.",
    ],
    [
        "placu zabaw",
        "więcej drzew",
        "ścieżki rowerowej",
        "sygnalizacji świetlnej",
        "ławki",
        "kosza na śmieci",
        "źródełka z wodą",
    ],
    ["bo dzieci chodzą tędy do szkoły", "bo wieczorem jest za ciemno", "bo starsi ludzie muszą odpocząć"],
)
PERSIAN = (
    [
        "ما در گوشهٔ {p} به {t} نیاز داریم.",
        "پیشنهاد من {t} در نزدیکی {p} است، {r}.",
        "لطفاً بررسی کنید آیا {t} در {p} ممکن است.",
    ],
    ["زمین بازی", "درختان بیشتر", "مسیر دوچرخه", "چراغ راهنمایی", "نیمکت", "سطل زباله", "روشنایی بهتر", "آبخوری"],
    ["چون بچه‌ها از اینجا به مدرسه می‌روند", "چون شب‌ها خیلی تاریک است", "چون سالمندان به استراحت نیاز دارند"],
)
KURMANJI = (
    [
        "Li quncikê {p} ji me re {t} pêwîst e.",
        "Ez pêşniyar dikim ku {t} nêzîkî {p} hebe, {r}.",
        "Ji kerema xwe binêrin ka {t} li {p} dibe.",
    ],
    ["parka zarokan", "bêtir dar", "rêya bisiklêtan", "lembeyên trafîkê", "kursiyek", "qutiya çopê", "ronahiya baştir"],
    [
        "ji ber ku zarok ji vir diçin dibistanê",
        "ji ber ku êvaran pir tarî ye",
        "ji ber ku kalûpîr divê bêhna xwe vedin",
    ],
)
ENGLISH = (
    [
        "We need {t} at the corner of {p}.",
        "I suggest {t} next to {p}, {r}.",
        "Please check whether {t} is possible along {p}.",
    ],
    [
        "a playground",
        "more trees",
        "a cycle lane",
        "traffic lights",
        "a bench",
        "a litter bin",
        "better lighting",
        "a drinking fountain",
    ],
    [
        "because children walk to school here",
        "because it is too dark in the evening",
        "because older people need a rest",
    ],
)
EASY = (
    ["Wir möchten {t}. Der Ort ist: {p}.", "Hier fehlt {t}. Das ist schlecht.", "Die Stadt soll {t} bauen. Hier: {p}."],
    GERMAN[1],
    ["Das ist wichtig"],
)
LANGUAGES = {
    "de": (60, GERMAN),
    "tr": (8, TURKISH),
    "ar": (6, ARABIC),
    "uk": (5, UKRAINIAN),
    "ru": (4, RUSSIAN),
    "pl": (4, POLISH),
    "ro": (3, ROMANIAN),
    "en": (3, ENGLISH),
    "bg": (2, BULGARIAN),
    "fa": (2, PERSIAN),
    "ku": (2, KURMANJI),
    "de-simple": (1, EASY),
}
TAGS = list(LANGUAGES)
WEIGHTS = list(accumulate(weight for weight, _words in LANGUAGES.values()))
PLACES = [first + second for second in SECOND for first in FIRST]
PLACES += [f"{first}-{last}-{second.capitalize()}" for first in FIRST[-14:] for last in FIRST[:20] for second in SECOND]
# Few words are on everybody's lips, and most are rare.
HOW_OFTEN = list(accumulate(1 / (rank + 5) for rank in range(len(PLACES))))


def language(die: random.Random) -> str:
    """Most people write German."""
    return die.choices(TAGS, cum_weights=WEIGHTS)[0]


def place(die: random.Random) -> str:
    """A street, some far more often than others."""
    return die.choices(PLACES, cum_weights=HOW_OFTEN)[0]


def words(tag: str, die: random.Random) -> tuple[str, str]:
    """A title, and three to six sentences; every other German one holds a long word that is rare."""
    patterns, things, reasons = LANGUAGES[tag][1]

    def sentence() -> str:
        return die.choice(patterns).format(t=die.choice(things), p=place(die), r=die.choice(reasons))

    said = [sentence() for _number in range(die.randint(3, 6))]
    if tag == "de" and die.random() < 0.5:
        said.append(f"Stichwort: {die.choice(PARTS)}{die.choice(PARTS).lower()}{die.choice(PARTS).lower()}.")
    return f"{die.choice(things)}, {place(die)}".capitalize(), " ".join(said)
