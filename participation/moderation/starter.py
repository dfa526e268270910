"""The rules the house begins with: in plain words, so that young people understand them too (M2)."""

from participation.i18n import LocalizedText, content_text
from participation.moderation.models import Rule, RuleKind

CHILD_ABUSE = "child-abuse"  # whoever reports this is not asked who they are (Art. 16 (2) c)


def rules() -> list[Rule]:
    """Fresh rules that are not saved yet, in their order."""
    made = [
        Rule(slug=slug, kind=kind, title=title, text=text, reference=reference, is_active=True)
        for kind, listed in ((RuleKind.HOUSE, [*_dealing(), *_writing()]), (RuleKind.LAW, [*_persons(), *_public()]))
        for slug, title, text, reference in listed
    ]
    for position, rule in enumerate(made, 1):
        rule.position = position
    return made


Row = tuple[str, LocalizedText, LocalizedText, str]


def _dealing() -> list[Row]:
    """How we deal with each other."""
    return [
        (
            "respect",
            content_text("Wir gehen freundlich miteinander um"),
            content_text(
                "Schreiben Sie so, wie Sie selbst angesprochen werden möchten. Kritik ist erlaubt. Beleidigen, "
                "verspotten oder bedrohen Sie niemanden."
            ),
            "",
        ),
        (
            "no-discrimination",
            content_text("Wir werten niemanden ab"),
            content_text(
                "Niemand wird schlechtgemacht, weil er oder sie aus einem anderen Land kommt, eine andere Hautfarbe "
                "oder Religion hat, alt oder jung ist, eine Behinderung hat, ein bestimmtes Geschlecht hat oder einen "
                "bestimmten Menschen liebt."
            ),
            "",
        ),
        (
            "personal-data",
            content_text("Wir verraten nichts über andere Menschen"),
            content_text(
                "Nennen Sie keine Namen, Adressen, Telefonnummern oder andere Angaben, an denen man einen Menschen "
                "erkennt. Seien Sie auch mit Angaben über sich selbst vorsichtig: Alle können sie lesen."
            ),
            "",
        ),
        (
            "own-pictures",
            content_text("Wir zeigen nur eigene Bilder und Texte"),
            content_text(
                "Senden Sie nur Bilder, die Sie selbst gemacht haben, und Texte, die Sie selbst geschrieben haben. "
                "Wenn man Menschen auf dem Bild erkennt, müssen sie damit einverstanden sein. Bei Kindern müssen auch "
                "die Eltern einverstanden sein."
            ),
            "",
        ),
        (
            "no-violence",
            content_text("Hier lesen auch Kinder mit"),
            content_text("Zeigen und beschreiben Sie keine grausame Gewalt und nichts Sexuelles."),
            "",
        ),
    ]


def _writing() -> list[Row]:
    """What belongs here and what does not."""
    return [
        (
            "on-topic",
            content_text("Wir bleiben beim Thema"),
            content_text("Schreiben Sie zu dem, worum es auf der Seite geht. Für anderes gibt es andere Seiten."),
            "",
        ),
        (
            "no-advertising",
            content_text("Wir machen keine Werbung"),
            content_text(
                "Werben Sie nicht für Waren, Geschäfte, Spenden oder die Wahl einer Partei. Links sind erlaubt, wenn "
                "sie zum Thema gehören."
            ),
            "",
        ),
        (
            "no-spam",
            content_text("Wir schicken nicht immer wieder das Gleiche"),
            content_text("Einmal reicht. Wenn es Ihre Idee schon gibt, können Sie sie unterstützen."),
            "",
        ),
        (
            "no-pretending",
            content_text("Wir geben uns nicht als jemand anderes aus"),
            content_text(
                "Schreiben Sie nicht im Namen eines anderen Menschen, eines Vereins oder der Stadt, wenn Sie das nicht "
                "dürfen. Ihren eigenen Namen müssen Sie nicht nennen."
            ),
            "",
        ),
    ]


def _persons() -> list[Row]:
    """What the law forbids against single people."""
    return [
        (
            "insult",
            content_text("Beleidigung"),
            content_text("Wer andere mit Worten oder Bildern herabwürdigt, macht sich strafbar."),
            "§ 185 StGB",
        ),
        (
            "defamation",
            content_text("Üble Nachrede und Verleumdung"),
            content_text("Niemand darf über andere Schlechtes behaupten, das nicht bewiesen oder sogar gelogen ist."),
            "§§ 186, 187 StGB",
        ),
        (
            "threat",
            content_text("Bedrohung"),
            content_text("Niemand darf anderen mit Gewalt oder einer anderen schweren Straftat drohen."),
            "§§ 126, 241 StGB",
        ),
        (
            "data-protection",
            content_text("Persönliche Daten anderer Menschen"),
            content_text(
                "Persönliche Angaben über andere darf man nur veröffentlichen, wenn diese einverstanden sind oder ein "
                "Gesetz es erlaubt. Wer damit jemanden in Gefahr bringt, macht sich strafbar."
            ),
            "Art. 6 DSGVO, § 126a StGB",
        ),
        (
            "image-rights",
            content_text("Recht am eigenen Bild"),
            content_text("Bilder von Menschen darf man in der Regel nur zeigen, wenn diese einverstanden sind."),
            "§§ 22, 33 KUG, § 201a StGB",
        ),
        (
            CHILD_ABUSE,
            content_text("Sexuelle Gewalt gegen Kinder"),
            content_text(
                "Sexuelle Handlungen mit Kindern und Bilder davon sind verboten. Wer so etwas meldet, muss nicht "
                "sagen, wer er oder sie ist."
            ),
            "§§ 176 bis 176e, 184b StGB",
        ),
    ]


def _public() -> list[Row]:
    """What the law forbids to protect everybody."""
    return [
        (
            "incitement",
            content_text("Volksverhetzung"),
            content_text(
                "Niemand darf zu Hass oder Gewalt gegen eine Gruppe von Menschen aufrufen oder die Verbrechen der "
                "Nationalsozialisten leugnen."
            ),
            "§ 130 StGB",
        ),
        (
            "forbidden-signs",
            content_text("Verbotene Zeichen"),
            content_text(
                "Zeichen verbotener Parteien und Vereine, zum Beispiel das Hakenkreuz, darf man nicht zeigen."
            ),
            "§ 86a StGB",
        ),
        (
            "call-to-crime",
            content_text("Aufruf zu Straftaten"),
            content_text("Niemand darf andere dazu auffordern, etwas Strafbares zu tun."),
            "§ 111 StGB",
        ),
        (
            "copyright",
            content_text("Urheberrecht"),
            content_text(
                "Bilder, Texte und Musik gehören denen, die sie gemacht haben. Wer sie ohne Erlaubnis veröffentlicht, "
                "verletzt ihr Recht."
            ),
            "§ 106 UrhG",
        ),
    ]
