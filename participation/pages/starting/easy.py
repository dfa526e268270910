"""The page in Leichte Sprache: what is here, how to move around, and where help is (B7, B9). One statement a line."""

from participation.i18n import content_text
from participation.pages.starting.blocks import Block, filled, heading, items, lines, link


def easy(city: str) -> list[Block]:
    """The whole page."""
    return [*_what_is_here(city), *_how_to_take_part(), *_how_to_move_around(), *_who_can_use_it()]


def _what_is_here(city: str) -> list[Block]:
    return [
        heading(content_text("Das finden Sie hier")),
        lines(
            filled(content_text("Diese Seite ist von der Stadt %(city)s."), city=city),
            content_text("Hier können Sie der Stadt Ihre Meinung sagen."),
            content_text("Die Stadt stellt Ihnen Fragen."),
            content_text("Viele Fragen zusammen heißen: Umfrage."),
            content_text("Ihre Antworten helfen der Stadt."),
            content_text("Die Stadt kann dann besser planen."),
            content_text("Sie können auch selbst eine Idee schreiben."),
            content_text("Zum Beispiel: Hier fehlt eine Bank."),
            content_text("Andere können Ihre Idee lesen."),
            content_text("Die Stadt antwortet auf jede Idee."),
        ),
    ]


def _how_to_take_part() -> list[Block]:
    return [
        heading(content_text("So machen Sie mit")),
        lines(
            content_text("Sie müssen sich nicht anmelden."),
            content_text("Sie müssen Ihren Namen nicht sagen."),
            content_text("Suchen Sie auf der Start-Seite eine Umfrage aus."),
            content_text("Dann beantworten Sie die Fragen."),
            content_text("Sie können eine Pause machen."),
            content_text("Am Ende bekommen Sie einen Code."),
            content_text("Der Code besteht aus Buchstaben und Zahlen."),
            content_text("Schreiben Sie den Code auf."),
            content_text("Mit dem Code können Sie später Ihre Antworten ansehen."),
            content_text("Sie können Ihre Antworten auch ändern oder löschen."),
        ),
    ]


def _how_to_move_around() -> list[Block]:
    return [
        heading(content_text("So finden Sie sich zurecht")),
        items(
            content_text(
                "Oben auf jeder Seite steht der Name der Stadt. Klicken Sie darauf. Dann sind Sie wieder am Anfang."
            ),
            content_text("Oben können Sie auch die Sprache wählen."),
            content_text("In der Mitte steht das Wichtigste."),
            content_text("Unten auf jeder Seite finden Sie Hilfe."),
        ),
    ]


def _who_can_use_it() -> list[Block]:
    return [
        heading(content_text("Alle sollen diese Seite benutzen können")),
        lines(
            content_text("Das Fach-Wort dafür ist: barriere-frei."),
            content_text("Eine Barriere ist ein Hindernis."),
            content_text("Zum Beispiel: Eine Schrift ist zu klein."),
            content_text("Diese Seite soll keine Hindernisse haben."),
            content_text("Wir prüfen das jedes Jahr."),
            content_text("Sie haben ein Hindernis gefunden?"),
            content_text("Dann sagen Sie es uns bitte."),
            content_text("Wir antworten Ihnen in 2 Wochen."),
        ),
        link(content_text("Ein Hindernis melden"), "/report-a-barrier"),
        lines(
            content_text("Unsere Antwort hilft Ihnen nicht?"),
            content_text("Dann hilft Ihnen die Ombuds-Stelle vom Land Nordrhein-Westfalen."),
            content_text("Die Ombuds-Stelle hilft bei Streit."),
            content_text("Das kostet kein Geld."),
        ),
        link(content_text("Mehr über die Ombuds-Stelle"), "/pages/accessibility"),
        heading(content_text("Mehr in Leichter Sprache")),
        lines(
            content_text("Wählen Sie oben die Sprache: Leichte Sprache."),
            content_text("Dann sehen Sie alle Seiten in Leichter Sprache."),
            content_text("Auch die Umfragen gibt es in Leichter Sprache."),
        ),
    ]
