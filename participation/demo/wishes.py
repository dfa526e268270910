"""What the demo's residents write in their own words, in their own languages."""

WISHES = [
    "Ein Spielplatz mit Schatten und einer Toilette wäre toll.",
    "Mehr Plätze in der Kita. Wir warten seit einem Jahr.",
    "Die Ampel an der Hafenstraße ist für Kinder viel zu kurz grün.",
    "Bitte mehr Bänke am Kanal, damit auch Oma mitkommen kann.",
    "Ein Treffpunkt für Eltern, in dem man nichts kaufen muss.",
    "Der Schulhof sollte am Nachmittag offen sein.",
    "Schwimmkurse für Kinder, die nicht so teuer sind.",
    "Ich wünsche mir, dass jemand die Briefe vom Amt erklärt.",
    "Parkın akşamları aydınlatılmasını istiyoruz.",
    "Çocuklar için öğleden sonra ödev yardımı olsun.",
    "Kreş kaydı için Türkçe yardım olsa çok iyi olur.",
    "نتمنى حديقة آمنة للأطفال قريبة من البيت.",
    "نحتاج إلى دورات لغة في وقت تكون فيه الأطفال في الروضة.",
    "Хотілося б більше гуртків для підлітків поруч із домом.",
    "Потрібен лікар, який розмовляє українською або російською.",
    "Aș vrea un loc de joacă unde copiii mici sunt separați de cei mari.",
    "Искаме по-чисти улици около училището.",
    "Przydałoby się więcej ławek i koszy na śmieci w parku.",
    "Em dixwazin ku li taxê cihekî ji bo jinan hebe.",
    "A repair café where children can learn something would be great.",
]

SPORT = [
    "Die Halle ist abends immer belegt. Gibt es freie Zeiten für Familien?",
    "Ein offener Platz zum Fußballspielen ohne Verein.",
    "Wasser zum Trinken an der Laufstrecke.",
    "Bewegungskurse für Ältere am Vormittag, gern draußen.",
    "Die Umkleiden im Bad sind seit zwei Jahren kaputt.",
    "Kadınlar için ayrı yüzme saati olmasını isterim.",
    "أتمنى وجود مكان لكرة القدم مجاني ومفتوح للجميع.",
    "Було б добре мати тренажери просто неба біля озера.",
    "Mai multe trasee sigure pentru biciclete, vă rog.",
    "Please light the path along the canal, then I would run in winter too.",
]
