"""What becomes of each kind of row (F4)."""

import pytest

from participation.questionnaires.definition import ChoiceStyle, QuestionType
from tests.questionnaires.sheets import YES_NO, definition_of, question_of, read_sheets, told, warned

HEAD = "type | name | label | appearance"
COLOURS = """
list_name | name | label | tone | exclusive
colours   | red  | Rot   | warm |
colours   | blue | Blau  | cold |
colours   | none | Keine |      | yes
"""


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("text | a | A |", QuestionType.SHORT_TEXT),
        ("string | a | A |", QuestionType.SHORT_TEXT),
        ("text | a | A | multiline", QuestionType.LONG_TEXT),
        ("integer | a | A |", QuestionType.WHOLE_NUMBER),
        ("int | a | A |", QuestionType.WHOLE_NUMBER),
        ("decimal | a | A |", QuestionType.DECIMAL_NUMBER),
        ("date | a | A |", QuestionType.DATE),
        ("date | a | A | month-year", QuestionType.MONTH),
        ("date | a | A | year", QuestionType.YEAR),
        ("yes_no | a | A |", QuestionType.YES_NO),
        ("district | a | A |", QuestionType.DISTRICT),
        ("acknowledge | a | A |", QuestionType.CONSENT),
        ("trigger | a | A |", QuestionType.CONSENT),
        ("range | a | A |", QuestionType.SCALE),
        ("select_one yes_no | a | A |", QuestionType.SINGLE_CHOICE),
        ("select one from yes_no | a | A |", QuestionType.SINGLE_CHOICE),
        ("select1 yes_no | a | A |", QuestionType.SINGLE_CHOICE),
        ("Select_One yes_no | a | A |", QuestionType.SINGLE_CHOICE),
        ("select_multiple yes_no | a | A |", QuestionType.MULTIPLE_CHOICE),
        ("select all that apply from yes_no | a | A |", QuestionType.MULTIPLE_CHOICE),
    ],
)
def test_a_type_is_understood_in_many_spellings(row, kind):
    assert question_of(f"{HEAD}\n{row}").type is kind


@pytest.mark.parametrize(
    ("looks", "style"),
    [
        ("", ChoiceStyle.BUTTONS),
        ("likert", ChoiceStyle.BUTTONS),
        ("minimal", ChoiceStyle.DROP_DOWN),
        ("minimal autocomplete", ChoiceStyle.SEARCHABLE),
        ("search", ChoiceStyle.SEARCHABLE),
    ],
)
def test_the_appearance_decides_how_options_are_shown(looks, style):
    assert question_of(f"{HEAD}\nselect_one yes_no | a | A | {looks}").style is style


def test_a_text_is_information_also_when_it_is_a_read_only_field():
    table = "type | name | label | read_only\nnote | a | Text |\ntext | b | Text | true\ninteger | c | Zahl |"
    kinds = [question.type for question in definition_of(table).questions.values()]
    assert kinds == [QuestionType.INFORMATION, QuestionType.INFORMATION, QuestionType.WHOLE_NUMBER]


@pytest.mark.parametrize(
    ("parameters", "kind", "least", "most", "constraint"),
    [
        ("", QuestionType.SCALE, 1, 10, ""),
        ("end=5", QuestionType.SCALE, 1, 5, ""),
        ("start=0;end=10;step=1", QuestionType.SCALE, 0, 10, ""),
        ("start=0 end=100", QuestionType.WHOLE_NUMBER, 0, 100, ""),
        ("start=0, end=10, step=2", QuestionType.WHOLE_NUMBER, 0, 10, "(. - 0) mod 2 = 0"),
        ("start=1.5 end=5.5 step=0.5", QuestionType.DECIMAL_NUMBER, 1.5, 5.5, "(. - 1.5) mod 0.5 = 0"),
    ],
)
def test_a_range_is_a_scale_if_it_has_few_whole_steps(parameters, kind, least, most, constraint):
    question = question_of(f"type | name | label | parameters\nrange | a | A | {parameters}")
    assert (question.type, question.least, question.most, question.constraint) == (kind, least, most, constraint)


@pytest.mark.parametrize("parameters", ["start=5 end=1", "step=0", "start=one", "end=inf", "end=nan", "start=-1e99"])
def test_a_range_that_makes_no_sense_is_refused(parameters):
    reading = read_sheets(f"type | name | label | parameters\nrange | a | A | {parameters}")
    assert told(reading)[0][1:3] == (2, "D")


def test_our_own_columns_are_read():
    question = question_of(
        """
type    | name | label::de | unit::de | minimum | maximum | prefer_not_to_say | sensitive | hint::de
integer | a    | Miete     | Euro     | 0       | 5000    | yes               | yes       | Ungefähr
""",
        "",
    )
    assert (question.least, question.most, question.unit) == (0, 5000, {"de": "Euro"})
    assert (question.may_withhold, question.is_sensitive, question.hint) == (True, True, {"de": "Ungefähr"})


def test_a_scale_has_words_at_its_ends_and_a_district_its_layer():
    table = """
type     | name | label::de | least_label::de | most_label::de | layer
range    | a    | A         | gar nicht       | sehr           |
district | b    | B         |                 |                | sozialraum
"""
    scale, district = definition_of(table, "").questions.values()
    assert (scale.least_label, scale.most_label, district.layer) == ({"de": "gar nicht"}, {"de": "sehr"}, "sozialraum")


def test_options_keep_their_columns_and_whether_they_stand_alone():
    question = question_of(f"{HEAD}\nselect_multiple colours | a | A |", COLOURS)
    assert [option.attributes for option in question.options] == [{"tone": "warm"}, {"tone": "cold"}, {}]
    assert [option.is_exclusive for option in question.options] == [False, False, True]


@pytest.mark.parametrize(
    ("constraint", "least", "most"),
    [
        ("count-selected(.) <= 2", None, 2),
        ("count-selected(.)<3", None, 2),
        ("count-selected(.) >= 1 and count-selected(.) <= 2", 1, 2),
        ("count-selected(.) = 2", 2, 2),
        ("count-selected(.) <= ${b}", None, None),
    ],
)
def test_a_rule_for_how_many_is_known_beforehand(constraint, least, most):
    table = f"type | name | label | constraint\ninteger | b | B |\nselect_multiple colours | a | A | {constraint}"
    question = definition_of(table, COLOURS).questions["a"]
    assert (question.least, question.most) == (least, most)
    assert question.constraint == ("" if most else constraint)


def test_a_rule_with_a_sentence_of_its_own_keeps_it():
    table = "type | name | label | constraint | constraint_message"
    question = question_of(f"{table}\nselect_multiple colours | a | A | count-selected(.) <= 2 | Nur zwei!", COLOURS)
    assert (question.most, question.constraint_message) == (2, {"de": "Nur zwei!"})


def test_or_other_adds_an_option_and_a_question_for_the_words():
    choice, words = definition_of(f"{HEAD}\nselect_one yes_no or_other | a | A |").questions.values()
    assert [option.name for option in choice.options] == ["yes", "no", "other"]
    assert (words.name, words.type, words.relevant) == (
        "a_other",
        QuestionType.SHORT_TEXT,
        "selected(${a}, 'other')",
    )
    assert words.label["de"]


def test_or_other_with_a_filter_is_refused():
    table = "type | name | label | choice_filter\nselect_one colours or_other | a | A | tone='warm'"
    assert told(read_sheets(table, COLOURS))[0][2] == "D"


def test_external_choices_are_read_from_their_sheet():
    table = "type | name | label\nselect_one_external colours | a | A"
    assert len(question_of(table, external_choices=COLOURS).options) == 3


@pytest.mark.parametrize(
    ("cell", "is_required"), [("yes", True), ("TRUE", True), ("true()", True), ("no", False), ("", False)]
)
def test_required_is_yes_or_no(cell, is_required):
    assert question_of(f"type | name | label | required\ntext | a | A | {cell}").is_required is is_required


def test_required_that_depends_on_answers_is_refused():
    reading = read_sheets("type | name | label | required\ntext | a | A | ${b} = 1")
    assert told(reading)[0][1:3] == (2, "D")


@pytest.mark.parametrize(
    "kind",
    [
        "start",
        "end",
        "today",
        "deviceid",
        "phonenumber",
        "username",
        "email",
        "simserial",
        "audit",
        "start-geopoint",
        "background-audio",
    ],
)
def test_what_a_device_knows_is_never_taken(kind):
    reading = read_sheets(f"type | name | label\n{kind} | secret |\ntext | a | A")
    assert list(reading.definition.questions) == ["a"]
    assert "Left out: we do not record devices, people or times." in warned(reading)


@pytest.mark.parametrize(
    "kind",
    [
        *[
            "geopoint",
            "geotrace",
            "geoshape",
            "image",
            "audio",
            "video",
            "file",
            "barcode",
            "time",
            "dateTime",
            "hidden",
        ],
        "rank yes_no",
        "select_one_from_file places.csv",
        "select_multiple_from_file places.csv",
        "select_one ${child}",
        "osm building",
    ],
)
def test_what_cannot_be_asked_is_left_out_if_it_can_be_missed(kind):
    reading = read_sheets(f"type | name | label | required\n{kind} | x | X |\ntext | a | A |")
    assert list(reading.definition.questions) == ["a"]
    assert len([one for one in reading.warnings if one.row == 2]) == 1


@pytest.mark.parametrize("kind", ["geopoint", "image", "rank yes_no", "select_one_from_file places.csv", "time"])
def test_what_cannot_be_asked_but_is_required_is_a_reason_to_refuse(kind):
    reading = read_sheets(f"type | name | label | required\n{kind} | x | X | yes\ntext | a | A |")
    assert reading.definition is None
    assert told(reading)[0][:3] == ("survey", 2, "A")


def test_what_cannot_be_asked_but_steers_something_is_a_reason_to_refuse():
    reading = read_sheets("type | name | label | relevant\ngeopoint | x | X |\ntext | a | A | ${x} != ''")
    assert told(reading) == [("survey", 3, "D", "“x” (row 2) cannot be taken over, but it is needed here.")]


@pytest.mark.parametrize("kind", ["country", "begin loop", "select_one", "matrix"])
def test_an_unknown_type_is_refused(kind):
    assert told(read_sheets(f"type | name | label\n{kind} | x | X"))[0][:3] == ("survey", 2, "A")


def test_notes_of_the_author_and_rows_set_aside_are_passed_over():
    rows = ["| | | | later", "#text | b | B | |", "text | c | C | yes |", "text | a | A | |"]
    table = "\n".join(["type | name | label | disabled | notes", *rows])
    assert list(definition_of(table).questions) == ["a"]


@pytest.mark.parametrize("name", ["", "with blank", "1st", "a:b", "a/b", "x" * 101, "a${b}"])
def test_a_name_that_cannot_be_used_is_refused(name):
    assert told(read_sheets(f"type | name | label\ntext | {name} | A"))[0][:3] == ("survey", 2, "B")


def test_a_name_stands_once_even_in_different_groups():
    table = """
type        | name | label
begin_group | g    | G
text        | a    | A
end_group   |      |
begin_group | h    | H
text        | a    | A
end_group   |      |
"""
    sentence = "The name “a” is taken: it also stands in row 3. Each name may stand only once."
    assert told(read_sheets(table)) == [("survey", 6, "B", sentence)]


def test_a_question_without_any_words_is_refused():
    assert told(read_sheets("type | name | label::de\ntext | a | A\ntext | b |"))[0][:3] == ("survey", 3, "C")


def test_a_hint_can_stand_in_for_a_missing_label():
    question = question_of("type | name | label::de | hint::de\ntext | a | | Ihr Name")
    assert (question.label, question.hint) == ({"de": "Ihr Name"}, {})


@pytest.mark.parametrize(
    ("kind", "default", "kept"),
    [
        ("text", "http://city.example/", True),
        ("text", "ungefähr (geschätzt)", False),
        ("text", "concat('a', 'b')", True),
        ("date", "today()", True),
        ("date", "2026-02-30", False),
        ("integer", "12", True),
        ("integer", "zwölf", False),
        ("decimal", "1,5", False),
        ("select_one yes_no", "yes", True),
        ("select_one yes_no", "maybe", False),
        ("select_multiple yes_no", "yes no", True),
        ("district", "Mitte", False),
    ],
)
def test_an_answer_filled_in_beforehand_must_fit(kind, default, kept):
    question = question_of(f"type | name | label | default\n{kind} | a | A | {default}")
    assert question.default == (default if kept else "")


def test_mistakes_in_a_list_are_told_where_the_list_is_used():
    choices = """
list_name | name    | label
used      | yes     | Ja
used      | yes     | Auch ja
used      | no way  | Nein
used      |         | Namenlos
used      | ~       | Tilde
unused    | a       | A
unused    | a       | A
"""
    reading = read_sheets("type | name | label\nselect_one used | a | A", choices)
    assert [(sheet, row, column) for sheet, row, column, _message in told(reading)] == [
        ("choices", row, "B") for row in (3, 4, 5, 6)
    ]


@pytest.mark.parametrize("choices", [YES_NO, ""])
def test_a_list_that_is_not_there_is_refused(choices):
    reading = read_sheets("type | name | label\nselect_one colours | a | A", choices)
    assert told(reading) == [("survey", 2, "A", "There is no list of choices called “colours”.")]


def test_an_option_without_words_shows_its_name_and_staff_are_told():
    choices = "list_name | name | label::de | image\nc | sun | | sun.jpg"
    reading = read_sheets("type | name | label::de\nselect_one c | a | A", choices)
    assert reading.definition.questions["a"].options[0].label == {"de": "sun"}
    assert "This option has no label (pictures cannot be shown). Its name “sun” is shown." in warned(reading)


def test_all_mistakes_are_told_at_once_and_nothing_is_half_imported():
    table = "type | name | label\ntext | a | A\ncountry | b | B\ncalculate | c |\ntext | a | A"
    reading = read_sheets(table)
    assert reading.definition is None
    assert [row for _sheet, row, _column, _message in told(reading)] == [3, 4, 5]


def test_a_survey_that_asks_nothing_is_refused():
    assert told(read_sheets("type | name | label\nnote | a | A")) == [
        ("survey", 1, "", "There is no question in this file that people could answer.")
    ]


@pytest.mark.parametrize(
    ("rows", "choices", "sentence"),
    [
        ([f"text | q{one} | Q |" for one in range(1_001)], "", "The file has 1001 questions; 1000 are the most."),
        (
            [f"select_one c | q{one} | Q |" for one in range(21)],
            "list_name | name | label\n" + "\n".join(f"c | o{one} | O" for one in range(1_000)),
            "All questions together have 21000 options; 20000 are the most.",
        ),
        (
            ["yes_no | q | Q |", *[f"text | q{one} | Q | {' or '.join(['${q} = 1'] * 250)}" for one in range(80)]],
            "",
            "All expressions together have 239680 characters; 200000 are the most.",
        ),
        ([f"country | q{one} | Q |" for one in range(400)], "", "There are 101 more remarks that are not shown."),
    ],
)
def test_a_file_beyond_all_bounds_is_refused_in_one_sentence(rows, choices, sentence):
    reading = read_sheets("\n".join(["type | name | label | relevant", *rows]), choices)
    assert reading.definition is None
    assert sentence in [message for _sheet, _row, _column, message in told(reading)] + warned(reading)
