"""PDF files from pages: tagged (PDF/UA), with fonts inside, and without a request to anybody.

Why WeasyPrint: docs/decisions/0015-posters-by-weasyprint.md.
"""

from functools import cache
from pathlib import Path
from typing import Any

import structlog

from participation.errors import Refused
from participation.i18n import _l

VARIANT = "pdf/ua-1"

log = structlog.get_logger()


class NoPdf(Refused):
    message = _l("This server cannot make PDF files at the moment. Please print the page: it shows the same.")


@cache
def printer() -> Any:
    """WeasyPrint, or nothing where the libraries are missing that it writes letters with; the house starts without."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        log.warning("no PDF files", reason=str(error).partition("\n")[0])
        return None
    return weasyprint


def laid_out(html: str, styles: Path) -> Any:
    """The page on sheets of paper, as WeasyPrint's document. Raises NoPdf.

    Nothing is fetched from anywhere: pictures lie in the page, styles come from our own file (V22).
    """
    weasyprint = printer()
    if weasyprint is None:
        raise NoPdf
    inside = weasyprint.URLFetcher(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)
    sheet = weasyprint.CSS(string=styles.read_text(), url_fetcher=inside)
    return weasyprint.HTML(string=html, url_fetcher=inside).render(stylesheets=[sheet], pdf_variant=VARIANT)


def written(html: str, styles: Path) -> bytes:
    """The page as a PDF file; its language and title are those of the page. Raises NoPdf."""
    made: bytes = laid_out(html, styles).write_pdf(pdf_variant=VARIANT)
    return made
