"""The accessibility statement, after the model of decision (EU) 2018/1523, with the ombuds office of NRW (B2, B6)."""

from participation.i18n import content_text
from participation.pages.starting.blocks import Block, filled, heading, items, lines, link

OMBUDS_MAIL = "ombudsstelle-barrierefreie-it@mags.nrw.de"
OMBUDS_SITE = "https://www.lbbp.nrw.de/ombudsstelle"


def accessibility(city: str, site: str) -> list[Block]:
    """The statement; the city completes it after its own test."""
    return [
        lines(
            filled(
                content_text(
                    "Die Stadt %(city)s will, dass alle Menschen diese Website benutzen können. Grundlage sind das "
                    "Behindertengleichstellungsgesetz Nordrhein-Westfalen (BGG NRW) und die "
                    "Barrierefreie-Informationstechnik-Verordnung Nordrhein-Westfalen (BITVNRW)."
                ),
                city=city,
            )
        ),
        lines(filled(content_text("Diese Erklärung gilt für die Website %(site)s."), site=site)),
        *_status(),
        *_help(),
        *_ombuds_office(),
    ]


def _status() -> list[Block]:
    return [
        heading(content_text("Stand der Vereinbarkeit mit den Anforderungen")),
        lines(
            content_text(
                "[Bitte nach der Prüfung eintragen: Diese Website ist vollständig, teilweise oder nicht mit den "
                "Anforderungen vereinbar.]"
            )
        ),
        heading(content_text("Nicht barrierefreie Inhalte")),
        lines(content_text("Diese Inhalte sind noch nicht barrierefrei:")),
        items(
            content_text("Ein Video in Deutscher Gebärdensprache fehlt noch. Wir helfen Ihnen gern persönlich."),
            content_text("[Weitere Inhalte, der Grund und wie man sie trotzdem bekommt]"),
        ),
        heading(content_text("Erstellung dieser Erklärung")),
        lines(
            content_text(
                "Diese Erklärung wurde am [Datum] erstellt. Sie beruht auf [einer Selbstbewertung oder der Prüfung "
                "durch eine andere Stelle]."
            )
        ),
    ]


def _help() -> list[Block]:
    return [
        heading(content_text("Rückmeldung und Kontakt")),
        lines(
            content_text(
                "Sie haben eine Barriere gefunden oder brauchen einen Inhalt in anderer Form? Bitte schreiben Sie uns. "
                "Sie müssen Ihren Namen nicht nennen. Wir antworten innerhalb von zwei Wochen."
            )
        ),
        link(content_text("Barriere melden"), "/report-a-barrier"),
        lines(content_text("Telefon: [Telefonnummer]"), content_text("E-Mail: [E-Mail-Adresse]")),
    ]


def _ombuds_office() -> list[Block]:
    return [
        heading(content_text("Ombudsverfahren")),
        lines(
            content_text(
                "Unsere Antwort hilft Ihnen nicht weiter, oder Sie haben keine bekommen? Dann können Sie sich an die "
                "Ombudsstelle wenden. Das Verfahren kostet nichts, und Sie brauchen dafür keine Anwältin und keinen "
                "Anwalt."
            )
        ),
        lines(
            content_text(
                "Ombudsstelle für barrierefreie Informationstechnik des Landes Nordrhein-Westfalen bei der oder dem "
                "Landesbeauftragten für Menschen mit Behinderung sowie für Patientinnen und Patienten in "
                "Nordrhein-Westfalen"
            )
        ),
        link(content_text("E-Mail an die Ombudsstelle schreiben"), f"mailto:{OMBUDS_MAIL}"),
        link(content_text("Zur Website der Ombudsstelle"), OMBUDS_SITE),
    ]


def sign_language(_city: str) -> list[Block]:
    """Beside the place for the video: what it tells, and where help is (B8)."""
    return [
        lines(
            content_text(
                "Das Video in Deutscher Gebärdensprache (DGS) soll zeigen, was es auf dieser Website gibt, wie Sie "
                "sich zurechtfinden und wie Sie eine Barriere melden."
            )
        ),
        heading(content_text("Hilfe in Gebärdensprache")),
        lines(
            content_text(
                "Sie können mit uns in Gebärdensprache sprechen. Wir bestellen und bezahlen die Dolmetscherin oder den "
                "Dolmetscher. Bitte schreiben Sie uns dafür eine E-Mail: [E-Mail-Adresse]"
            )
        ),
    ]
