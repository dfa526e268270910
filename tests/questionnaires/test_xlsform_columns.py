"""Headers as they are in the wild (F4)."""

import pytest

from participation.questionnaires.xlsform.columns import understood
from participation.questionnaires.xlsform.languages import tag_of
from participation.questionnaires.xlsform.markup import plain
from tests.questionnaires.sheets import definition_of, read_sheets, told, warned


@pytest.mark.parametrize(
    ("header", "field", "language"),
    [
        ("label::English (en)", "label", "English (en)"),
        ("label::English(en)", "label", "English(en)"),
        ("label:English", "label", "English"),
        ("label:: Swahili", "label", "Swahili"),
        ("label..English..en.", "label", "English (en)"),
        ("label..Français", "label", "Français"),
        (" LABEL :: Türkçe (tr) ", "label", "Türkçe (tr)"),
        ("caption", "label", ""),
        ("bind:relevant", "relevant", ""),
        ("bind::relevant", "relevant", ""),
        ("relevance", "relevant", ""),
        ("bind:jr:constraintMsg", "constraint_message", ""),
        ("constraint-msg", "constraint_message", ""),
        ("constraint_message::chinese", "constraint_message", "chinese"),
        ("Read only", "read_only", ""),
        ("readonly", "read_only", ""),
        ("list name", "list_name", ""),
        ("media::image", "image", ""),
        ("image::english", "image::english", ""),
        ("body::bodyAttribute", "body::bodyattribute", ""),
        ("repeat count", "repeat_count", ""),
        ("unit::Deutsch (de)", "unit", "Deutsch (de)"),
    ],
)
def test_a_header_is_understood_in_many_spellings(header, field, language):
    column = understood(0, header)
    assert (column.field, column.language_name) == (field, language)


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("English (en)", "en"),
        ("English(en)", "en"),
        ("Türkçe", "tr"),
        ("arabic", "ar"),
        ("arab", "ar"),
        ("العربية", "ar"),
        ("Français", "fr"),
        ("eng", "en"),
        ("ger", "de"),
        ("tur", "tr"),
        ("EN", "en"),
        ("pt-BR", "pt"),
        ("Russisch", "ru"),
        ("Українська", "uk"),
        ("Kurmanji", "ku"),
        ("kmr", "ku"),
        ("Dari (prs)", "fa"),
        ("de-informal", "de"),
        ("Deutsch (de-informal)", "de"),
        ("Leichte Sprache", "de-simple"),
        ("Leichte Sprache (de-simple)", "de-simple"),
        ("Tigirigna", None),
        ("xx", None),
        ("default", None),
        ("", None),
    ],
)
def test_a_language_is_known_by_code_or_by_name(written, tag):
    assert tag_of(written) == tag


def test_texts_without_a_language_belong_to_the_default_language():
    settings = "form_title | default_language\nSurvey | English (en)"
    found = definition_of("type | name | label\ntext | a | A", settings=settings)
    assert found.languages == ("en",)
    assert found.questions["a"].label == {"en": "A"}


def test_texts_without_a_language_belong_to_the_first_language_that_lacks_them():
    table = "type | name | label::English | label::French | hint | hint::French\ntext | a | A | B | tip | aide"
    question = definition_of(table).questions["a"]
    assert question.hint == {"en": "tip", "fr": "aide"}


def test_texts_without_any_hint_of_a_language_are_german_or_what_staff_chose():
    table = "type | name | label\ntext | a | A"
    assert read_sheets(table).definition.languages == ("de",)
    assert read_sheets(table, fallback="tr").definition.languages == ("tr",)
    assert warned(read_sheets(table))[0] == "These texts name no language. They are taken as Deutsch."


def test_a_questionnaire_without_german_has_its_first_language_as_source():
    table = "type | name | label::Türkçe (tr) | label::English (en)\ntext | a | Ad | Name"
    assert definition_of(table, "").source_language == "tr"


def test_two_columns_for_the_same_text_are_refused():
    reading = read_sheets("type | name | label::English (en) | label::eng\ntext | a | A | B", "")
    assert told(reading) == [
        ("survey", 1, "D", "Two columns hold the same: this one and column C. Please delete or rename one of them.")
    ]


def test_a_language_that_nobody_knows_is_refused_with_advice():
    reading = read_sheets("type | name | label::English | label::Tigirigna\ntext | a | A | B", "")
    assert told(reading)[0][2:] == (
        "D",
        "The language “Tigirigna” is not known. Please write its code in brackets, as in “English (en)”.",
    )


def test_an_empty_column_of_an_unknown_language_harms_nobody():
    assert definition_of("type | name | label::English | label::Tigirigna\ntext | a | A |", "").languages == ("en",)


def test_columns_that_mean_nothing_here_are_listed():
    reading = read_sheets("type | name | label::en | tutorial notes | image\ntext | a | A | see below | a.jpg", "")
    assert warned(reading) == ["These columns are not used here: tutorial notes, image."]


@pytest.mark.parametrize("missing", ["type", "name"])
def test_a_sheet_without_its_main_columns_is_refused(missing):
    table = "type | name | label\ntext | a | A".replace(missing, "what")
    assert told(read_sheets(table))[0][3] == f"This sheet has no column called “{missing}”."


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("**Wichtig:** bitte *alle* lesen", "Wichtig: bitte alle lesen"),
        ("## Überschrift¶Text", "Überschrift¶Text"),
        ('<span style="color:red">Rot</span> &amp; grün', "Rot & grün"),
        ("Zeile<br/>Zeile", "Zeile¶Zeile"),
        ("[Mehr](https://city.example/x)", "Mehr (https://city.example/x)"),
        ("Name: ______________ und ____", "Name: ______________ und ____"),
        ("${_first_name} und ${_last_name}", "${_first_name} und ${_last_name}"),
        ("2 * 3 * 4 < 5 und a > b", "2 * 3 * 4 < 5 und a > b"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "alert(1)"),
        ("a&#8238;b", "ab"),
    ],
)
def test_labels_lose_their_markup_and_keep_their_words(written, text):
    text = text.replace("¶", "\n")
    assert plain(written.replace("¶", "\n")) == text
    assert plain(text) == text
