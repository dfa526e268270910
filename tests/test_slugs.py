"""A title in any script becomes a short name for addresses."""

import pytest

from participation.slugs import slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Übergänge & Straßen", "uebergaenge-strassen"),
        ("Çocuklar için", "cocuklar-icin"),
        ("استبيان", "survey"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_title_becomes_a_short_name(title, slug):
    assert slug_of(title, "survey") == slug
