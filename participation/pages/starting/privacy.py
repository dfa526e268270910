"""The privacy notice (Art. 13 GDPR): what is kept, why, for how long, and what people can demand."""

from participation.i18n import content_text
from participation.pages.starting.blocks import Block, filled, heading, items, lines, link


def privacy(city: str) -> list[Block]:
    """The whole notice."""
    return [
        *_who_is_responsible(city),
        *_what_reading_leaves(),
        *_what_you_send(),
        *_on_which_ground(),
        *_your_rights(),
    ]


def _who_is_responsible(city: str) -> list[Block]:
    return [
        lines(
            content_text(
                "Sie können diese Website benutzen, ohne zu sagen, wer Sie sind. Hier steht, welche Daten wir trotzdem "
                "verarbeiten, warum und wie lange."
            )
        ),
        heading(content_text("Wer verantwortlich ist")),
        lines(
            filled(content_text("Stadt %(city)s"), city=city),
            content_text("[Straße und Hausnummer]"),
            content_text("[Postleitzahl und Ort]"),
            content_text("E-Mail: [E-Mail-Adresse]"),
        ),
        heading(content_text("Datenschutzbeauftragte oder Datenschutzbeauftragter")),
        lines(
            content_text("[Name oder Funktion]"),
            content_text("Telefon: [Telefonnummer]"),
            content_text("E-Mail: [E-Mail-Adresse]"),
        ),
    ]


def _what_reading_leaves() -> list[Block]:
    return [
        heading(content_text("Wenn Sie nur lesen")),
        lines(
            content_text(
                "Ihr Gerät sendet seine Internetadresse (IP-Adresse), sonst könnte es keine Antwort bekommen. Wir "
                "speichern diese Adresse nicht. Solange Sie nur lesen, setzen wir keine Cookies. Wir laden nichts von "
                "anderen Websites und werten nicht aus, was Sie lesen."
            )
        ),
        heading(content_text("Wenn Sie ein Formular öffnen")),
        lines(
            content_text(
                "Dann setzen wir ein Cookie. Es schützt Ihr Formular vor Missbrauch und merkt sich, wo Sie gerade "
                "sind. Es wird gelöscht, wenn Sie den Browser schließen. Eine Einwilligung ist dafür nicht nötig "
                "(§ 25 Absatz 2 TDDDG)."
            )
        ),
        lines(
            content_text(
                "Gegen automatische Angriffe zählen wir, wie oft ein Formular von derselben Adresse abgeschickt wird. "
                "Dafür rechnen wir die Adresse in eine Zeichenfolge um, die nur einen Tag lang gilt."
            )
        ),
    ]


def _what_you_send() -> list[Block]:
    return [
        heading(content_text("Wenn Sie bei einer Umfrage mitmachen")),
        lines(
            content_text(
                "Die Teilnahme ist freiwillig. Wir speichern Ihre Antworten, die Sprache und den Tag. Wir speichern "
                "nicht Ihren Namen, nicht die Uhrzeit und nichts über Ihr Gerät. Aus Ihrer Straße machen wir nur den "
                "Stadtteil. Wofür eine Umfrage ist und wann die Antworten gelöscht werden, steht bei jeder Umfrage."
            )
        ),
        lines(
            content_text(
                "Was Sie begonnen und nicht abgeschickt haben, löschen wir nach einiger Zeit von selbst. In "
                "Ergebnissen zeigen wir keine Zahlen über kleine Gruppen."
            )
        ),
        *_what_you_write_for_others(),
        heading(content_text("Ihre Vorgangsnummer")),
        lines(
            content_text(
                "Zu allem, was Sie uns senden, bekommen Sie eine Vorgangsnummer. Nur damit können Sie sehen, ändern "
                "oder zurückziehen, was Sie gesendet haben. Wir speichern sie nur verschlüsselt und können sie nicht "
                "nachschlagen. Wer die Nummer kennt, sieht den Vorgang: Geben Sie sie nicht weiter."
            )
        ),
        heading(content_text("Wenn Sie eine Barriere melden")),
        lines(
            content_text(
                "Wir speichern Ihre Meldung, die Seite, die Sprache und den Tag. Ihre Kontaktdaten speichern wir nur, "
                "wenn Sie sie angeben. Ein Jahr nach unserer Antwort löschen wir alles."
            )
        ),
    ]


def _what_you_write_for_others() -> list[Block]:
    return [
        heading(content_text("Wenn Sie eine Idee oder einen Kommentar schreiben")),
        lines(
            content_text(
                "Ihr Text, Ihr Bild und der Ort stehen öffentlich auf dieser Website, Ihr Name nur, wenn Sie ihn "
                "hineinschreiben. Aus Bildern entfernen wir versteckte Angaben wie den Aufnahmeort. Mit Ihrer "
                "Vorgangsnummer können Sie alles ändern oder zurückziehen."
            )
        ),
        lines(
            content_text(
                "Wenn Sie uns Ihre E-Mail-Adresse geben, schreiben wir Ihnen, was aus der Sache wird. Wir benutzen die "
                "Adresse erst, wenn Sie sie über einen Link bestätigt haben, und nur dafür. Ohne Bestätigung löschen "
                "wir sie nach 7 Tagen. Sie können diese Einwilligung jederzeit widerrufen, in jeder E-Mail."
            )
        ),
        lines(
            content_text(
                "Wenn Sie eine Idee unterstützen, merkt sich Ihr Browser eine Zufallszahl, damit jeder nur einmal "
                "zählt. Wir speichern nicht, wer Sie sind."
            )
        ),
        lines(
            content_text(
                "Wenn wir einen Text ganz oder teilweise nicht zeigen, bewahren wir den Text und die Gründe so lange "
                "auf, wie Sie oder andere widersprechen können: sechs Monate und die Zeit, bis darüber entschieden ist."
            )
        ),
    ]


def _on_which_ground() -> list[Block]:
    return [
        heading(content_text("Rechtsgrundlage")),
        lines(
            content_text(
                "Wir verarbeiten diese Daten, um unsere Aufgaben als Stadt zu erfüllen (Artikel 6 Absatz 1 Buchstabe e "
                "DSGVO in Verbindung mit § 3 DSG NRW). Wenn wir Ihre Einwilligung brauchen, fragen wir vorher "
                "(Artikel 6 Absatz 1 Buchstabe a DSGVO). Sie können sie jederzeit widerrufen."
            )
        ),
        heading(content_text("Wer die Daten bekommt")),
        lines(
            content_text(
                "Ihre Daten sehen nur die Beschäftigten der Stadt, die sie für ihre Arbeit brauchen. Die Server "
                "betreibt in unserem Auftrag: [Name und Anschrift]. In Länder außerhalb der Europäischen Union geben "
                "wir keine Daten."
            )
        ),
    ]


def _your_rights() -> list[Block]:
    return [
        heading(content_text("Ihre Rechte")),
        lines(content_text("Sie haben das Recht auf:")),
        items(
            content_text("Auskunft darüber, was wir über Sie gespeichert haben (Artikel 15 DSGVO)"),
            content_text("Berichtigung falscher Daten (Artikel 16 DSGVO)"),
            content_text("Löschung (Artikel 17 DSGVO)"),
            content_text("Einschränkung der Verarbeitung (Artikel 18 DSGVO)"),
            content_text("Widerspruch gegen die Verarbeitung (Artikel 21 DSGVO)"),
        ),
        lines(
            content_text(
                "Weil wir nicht wissen, wer was gesendet hat, brauchen wir dafür meistens Ihre Vorgangsnummer. Mit ihr "
                "können Sie Ihre Daten auch selbst ansehen und löschen."
            )
        ),
        link(content_text("Zur Seite für die Vorgangsnummer"), "/receipt"),
        heading(content_text("Beschwerde")),
        lines(
            content_text(
                "Sie können sich bei der Aufsichtsbehörde beschweren: Landesbeauftragte für Datenschutz und "
                "Informationsfreiheit Nordrhein-Westfalen, Postfach 20 04 44, 40102 Düsseldorf."
            )
        ),
        link(content_text("Zur Website der Aufsichtsbehörde"), "https://www.ldi.nrw.de"),
    ]
