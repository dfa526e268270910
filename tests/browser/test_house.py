"""Every page keeps the rules of the house in a real browser, in three languages that stand for all."""

import pytest

LANGUAGES = ["de", "ar", "de-simple"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_breaks_no_rule_of_accessibility(app, open_page, axe, scrolls_sideways, language):
    page = open_page(width=320, language=language)
    page.goto(f"/{language}/")
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert axe(page) == []
    assert not scrolls_sideways(page)


def test_a_visitor_who_only_reads_gets_no_cookie(app, page):
    page.goto("/")
    assert page.context.cookies() == []
