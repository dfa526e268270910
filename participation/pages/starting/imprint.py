"""Imprint, contact and house rules; what stands in [brackets] only the city itself can know."""

from participation.i18n import content_text
from participation.pages.starting.blocks import Block, filled, heading, items, lines, link


def imprint(city: str) -> list[Block]:
    """Who runs this site (section 5 DDG, section 18 MStV)."""
    return [
        heading(content_text("Wer diese Website betreibt")),
        lines(
            filled(content_text("Stadt %(city)s"), city=city),
            content_text("[Straße und Hausnummer]"),
            content_text("[Postleitzahl und Ort]"),
        ),
        lines(content_text("Telefon: [Telefonnummer]"), content_text("E-Mail: [E-Mail-Adresse]")),
        lines(
            filled(
                content_text(
                    "Die Stadt %(city)s ist eine Körperschaft des öffentlichen Rechts. Sie wird vertreten durch: "
                    "[Name der Oberbürgermeisterin oder des Oberbürgermeisters]."
                ),
                city=city,
            )
        ),
        lines(content_text("Zuständige Aufsichtsbehörde: [Name der Bezirksregierung]")),
        lines(content_text("Umsatzsteuer-Identifikationsnummer: [Nummer, falls vorhanden]")),
        heading(content_text("Wer für den Inhalt verantwortlich ist")),
        lines(content_text("[Name und Anschrift der verantwortlichen Person]")),
        heading(content_text("Links auf andere Websites")),
        lines(content_text("Für den Inhalt anderer Websites sind deren Betreiberinnen und Betreiber verantwortlich.")),
        heading(content_text("Kontaktstelle für Behörden")),
        lines(
            content_text(
                "Behörden erreichen uns unter der E-Mail-Adresse [E-Mail-Adresse der Kontaktstelle]. "
                "Wir antworten auf Deutsch und auf Englisch."
            )
        ),
    ]


def contact(city: str) -> list[Block]:
    """How to reach a person."""
    return [
        lines(content_text("Sie haben eine Frage zu dieser Website oder brauchen Hilfe? Wir sind für Sie da.")),
        heading(content_text("So erreichen Sie uns")),
        lines(content_text("Telefon: [Telefonnummer]"), content_text("E-Mail: [E-Mail-Adresse]")),
        lines(
            filled(content_text("Stadt %(city)s"), city=city),
            content_text("[Name des Amtes]"),
            content_text("[Straße und Hausnummer]"),
            content_text("[Postleitzahl und Ort]"),
        ),
        lines(content_text("Öffnungszeiten: [Tage und Uhrzeiten]")),
        heading(content_text("In diesen Sprachen antworten wir")),
        lines(
            content_text(
                "Wir antworten auf Deutsch und auf Englisch. Für andere Sprachen holen wir eine Dolmetscherin oder "
                "einen Dolmetscher dazu. Das kostet Sie nichts."
            )
        ),
        heading(content_text("Für Behörden")),
        lines(
            content_text(
                "Kontaktstelle nach Artikel 11 des Gesetzes über digitale Dienste (DSA), auf Deutsch und Englisch: "
                "[E-Mail-Adresse]"
            )
        ),
        heading(content_text("Hilfe vor Ort")),
        lines(content_text("Im Quartiersbüro helfen wir Ihnen beim Ausfüllen: [Adresse und Öffnungszeiten]")),
        heading(content_text("Eine Seite funktioniert für Sie nicht?")),
        link(content_text("Barriere melden"), "/report-a-barrier"),
        link(content_text("Hausregeln"), "/pages/house-rules"),
    ]


def house_rules(_city: str) -> list[Block]:
    """What is welcome here and what is not (M2)."""
    return [
        lines(
            content_text("Hier reden Menschen mit, die verschieden sind und verschiedener Meinung sind. Das ist gut.")
        ),
        heading(content_text("Das wünschen wir uns")),
        items(
            content_text("Schreiben Sie so, wie Sie selbst angesprochen werden möchten."),
            content_text("Bleiben Sie bei der Sache. Kritik ist willkommen."),
            content_text("Schreiben Sie in der Sprache, die Ihnen am leichtesten fällt."),
        ),
        heading(content_text("Das ist nicht erlaubt")),
        items(
            content_text("Beleidigungen, Drohungen und Hetze gegen Menschen oder Gruppen"),
            content_text("Namen, Telefonnummern und Adressen anderer Menschen"),
            content_text("Werbung"),
            content_text("Alles, was das Gesetz verbietet"),
        ),
        heading(content_text("Wie wir damit umgehen")),
        lines(
            content_text(
                "Über Beiträge entscheiden immer Menschen, keine Software. Wenn wir einen Beitrag nicht zeigen, "
                "nennen wir den Grund. Sie können der Entscheidung widersprechen."
            )
        ),
        link(content_text("Alle Regeln, und wie wir entscheiden"), "/rules"),
    ]
