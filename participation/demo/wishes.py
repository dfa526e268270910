"""What the demo's residents write in their own words, by the language they write in."""

WISHES = {
    "de": [
        "Ein Spielplatz mit Schatten und einer Toilette wäre toll.",
        "Mehr Plätze in der Kita. Wir warten seit einem Jahr.",
        "Die Ampel an der Hafenstraße ist für Kinder viel zu kurz grün.",
        "Bitte mehr Bänke am Kanal, damit auch Oma mitkommen kann.",
        "Ein Treffpunkt für Eltern, in dem man nichts kaufen muss.",
        "Der Schulhof sollte am Nachmittag offen sein.",
        "Schwimmkurse für Kinder, die nicht so teuer sind.",
        "Ich wünsche mir, dass jemand die Briefe vom Amt erklärt.",
    ],
    "tr": [
        "Parkın akşamları aydınlatılmasını istiyoruz.",
        "Çocuklar için öğleden sonra ödev yardımı olsun.",
        "Kreş kaydı için Türkçe yardım olsa çok iyi olur.",
    ],
    "ar": [
        "نتمنى حديقة آمنة للأطفال قريبة من البيت.",
        "نحتاج إلى دورات لغة في وقت تكون فيه الأطفال في الروضة.",
    ],
    "uk": [
        "Хотілося б більше гуртків для підлітків поруч із домом.",
        "Потрібен лікар, який розмовляє українською або російською.",
    ],
    "ro": ["Aș vrea un loc de joacă unde copiii mici sunt separați de cei mari."],
    "bg": ["Искаме по-чисти улици около училището."],
    "pl": ["Przydałoby się więcej ławek i koszy na śmieci w parku."],
    "ku": ["Em dixwazin ku li taxê cihekî ji bo jinan hebe."],
    "en": ["A repair café where children can learn something would be great."],
    "ru": ["Хотелось бы больше кружков для детей рядом с домом."],
}

SPORT = {
    "de": [
        "Die Halle ist abends immer belegt. Gibt es freie Zeiten für Familien?",
        "Ein offener Platz zum Fußballspielen ohne Verein.",
        "Wasser zum Trinken an der Laufstrecke.",
        "Bewegungskurse für Ältere am Vormittag, gern draußen.",
        "Die Umkleiden im Bad sind seit zwei Jahren kaputt.",
    ],
    "tr": ["Kadınlar için ayrı yüzme saati olmasını isterim."],
    "ar": ["أتمنى وجود مكان لكرة القدم مجاني ومفتوح للجميع."],
    "uk": ["Було б добре мати тренажери просто неба біля озера."],
    "ro": ["Mai multe trasee sigure pentru biciclete, vă rog."],
    "en": ["Please light the path along the canal, then I would run in winter too."],
    "ru": ["Нужна бесплатная площадка с тренажёрами во дворе."],
    "pl": ["Brakuje oświetlonej ścieżki do biegania."],
    "bg": ["Искаме безплатно игрище за баскетбол в квартала."],
}
