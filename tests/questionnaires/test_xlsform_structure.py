"""Groups become pages, and logic is looked at as a whole (F4)."""

import pytest

from participation.questionnaires.definition import QuestionType, Repeat
from participation.questionnaires.xlsform.pages import MOST_ON_A_PAGE
from tests.questionnaires.sheets import definition_of, outline, read_sheets, told, warned

HEAD = "type | name | label | relevant | appearance | repeat_count | calculation"


def texts(beginning: str, number: int) -> str:
    return "\n".join(f"text | {beginning}{one} | Frage | | | |" for one in range(1, number + 1))


def group(name: str, content: str, *, kind: str = "group", relevant: str = "", looks: str = "", count: str = "") -> str:
    return (
        f"begin_{kind} | {name} | {name.upper()} | {relevant} | {looks} | {count} |\n{content}\nend_{kind} | | | | | |"
    )


def pages(*blocks: str):
    return definition_of("\n".join([HEAD, *blocks]))


def test_a_group_is_a_page_and_loose_questions_are_gathered():
    found = pages(texts("a", 2), group("g", texts("b", 2)), texts("c", 1))
    assert outline(found) == {"page_1": ["a1", "a2"], "g": ["b1", "b2"], "page_2": ["c1"]}
    assert [page.title for page in found.pages] == [{}, {"de": "G"}, {}]


def test_many_loose_questions_are_shared_out_evenly():
    sizes = [len(page.elements) for page in pages(texts("a", 18)).pages]
    assert sizes == [6, 6, 6]


def test_a_long_group_becomes_several_pages_under_the_same_heading_and_condition():
    first, second = pages("yes_no | q | Q | | | |", group("g", texts("a", 10), relevant="${q} = 'yes'")).pages[1:]
    assert (first.name, second.name, len(first.elements), len(second.elements)) == ("g", "g_1", 5, 5)
    assert first.title == second.title
    assert first.relevant == second.relevant == "${q} = 'yes'"


def test_a_long_group_that_asks_to_stay_together_does():
    assert len(pages(group("g", texts("a", MOST_ON_A_PAGE + 5), looks="field-list")).pages) == 1


def test_groups_in_a_short_group_are_headings_and_in_a_long_one_pages():
    inner = group("inner", texts("b", 2))
    assert outline(pages(group("g", f"{texts('a', 1)}\n{inner}"))) == {"g": ["a1", ("inner", ["b1", "b2"])]}
    assert list(outline(pages(group("g", f"{texts('a', 7)}\n{inner}")))) == ["g", "inner"]


def test_a_repeat_is_a_page_of_its_own_under_all_conditions_around_it():
    child = group("child", texts("b", 1), kind="repeat", relevant="${n} > 0", count="${n}")
    block = group("g", f"integer | n | N | | | |\n{child}\n{texts('c', 1)}", relevant="${q} = 'yes'")
    found = pages("yes_no | q | Q | | | |", block)
    assert outline(found) == {"page_1": ["q"], "g": ["n"], "child": ["b1"], "g_1": ["c1"]}
    child_page = found.pages[2]
    assert child_page.relevant == "(${q} = 'yes') and (${n} > 0)"
    assert child_page.repeat == Repeat(name="child", count="${n}")


def test_a_repeat_that_comes_a_fixed_number_of_times_may_come_so_often():
    assert pages(group("child", texts("b", 1), kind="repeat", count="30")).pages[0].repeat.most == 30
    assert told(read_sheets(f"{HEAD}\n{group('child', texts('b', 1), kind='repeat', count='1000')}"))[0][1:3] == (
        2,
        "F",
    )


def test_a_repeat_has_bounds_of_its_own():
    table = (
        "type | name | label | minimum | maximum\nbegin repeat | c | Kind | 0 | 6\ntext | a | A | |\nend repeat | | | |"
    )
    assert definition_of(table).pages[0].repeat == Repeat(name="c", least=0, most=6)


def test_a_repeat_within_a_repeat_is_refused():
    inner = group("tooth", texts("b", 1), kind="repeat")
    reading = read_sheets(f"{HEAD}\n{group('child', inner, kind='repeat')}")
    assert told(reading) == [("survey", 3, "A", "A repeat within a repeat is not supported.")]


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        ("begin_group | g | G | | | |\ntext | a | A | | | |", 2),
        ("text | a | A | | | |\nend_group | | | | | |", 3),
        ("begin_group | g | G | | | |\ntext | a | A | | | |\nend_repeat | | | | | |", 4),
    ],
)
def test_blocks_that_do_not_fit_together_are_refused(rows, row):
    assert told(read_sheets(f"{HEAD}\n{rows}"))[0][:3] == ("survey", row, "A")


def test_groups_nested_beyond_reason_are_refused_and_not_followed():
    depth = 2_000
    rows = [f"begin_group | g{one} | G | | | |" for one in range(depth)] + [texts("a", 1)]
    reading = read_sheets("\n".join([HEAD, *rows, *["end_group | | | | | |"] * depth]))
    assert told(reading)[0][3] == "Groups are nested more than 20 levels deep."


def test_empty_groups_leave_no_empty_pages():
    assert list(outline(pages(group("g", "geopoint | x | X | | | |"), texts("a", 1)))) == ["page_1"]


ROWS = """select_one yes_no | b | B | | {look} | |
select_one yes_no | c | C | | {look} | |"""


def test_a_table_list_is_a_matrix():
    (page,) = pages(group("g", ROWS.format(look=""), looks="table-list")).pages
    assert outline(pages(group("g", ROWS.format(look=""), looks="table-list"))) == {"g": [("g_table", ["b", "c"])]}
    assert page.elements[0].is_matrix


def test_a_row_of_labels_over_rows_of_boxes_is_a_matrix():
    header = "select_one yes_no | head | Wie oft? | | label | |"
    (page,) = pages(group("g", f"{header}\n{ROWS.format(look='list-nolabel')}\n{texts('d', 1)}")).pages
    matrix, after = page.elements
    assert (matrix.name, matrix.title, matrix.is_matrix, after.name) == ("head", {"de": "Wie oft?"}, True, "d1")


def test_rows_over_different_options_are_no_matrix():
    rows = "select_one yes_no | b | B | | | |\ntext | c | C | | | |"
    assert outline(pages(group("g", rows, looks="table-list"))) == {"g": ["b", "c"]}


def test_a_row_of_labels_alone_is_a_text():
    found = pages("select_one yes_no | head | Wie oft? | | label | |", texts("a", 1))
    assert found.questions["head"].type is QuestionType.INFORMATION


def test_a_group_may_be_called_like_a_question():
    assert outline(pages(group("g", f"{texts('a', 1)}\n{group('a1', texts('b', 1))}"))) == {
        "g": ["a1", ("a1_1", ["b1"])]
    }


# Logic


def test_an_expression_that_cannot_be_read_is_told_with_its_place():
    reading = read_sheets(f"{HEAD}\ntext | a | A | ${{b}} == 1 | | |")
    assert told(reading)[0][:3] == ("survey", 2, "D")
    assert told(reading)[0][3].startswith("Character 7 of this expression:")


def test_a_name_that_does_not_exist_is_refused_in_expressions_and_in_texts():
    reading = read_sheets(f"{HEAD}\ntext | a | Hallo ${{nobody}} | ${{nothing}} = 1 | | |")
    assert {(row, column, message) for _sheet, row, column, message in told(reading)} == {
        (2, "C", "There is no question called “nobody”."),
        (2, "D", "There is no question called “nothing”."),
    }


def test_a_text_without_quotation_marks_is_refused():
    reading = read_sheets(f"{HEAD}\ntext | b | B | | | |\ntext | a | A | ${{b}} = yes | | |")
    assert told(reading)[0][3].startswith("“yes” is neither a question nor a text.")


FILTERED = """
list_name | name | label | tone
colours   | red  | Rot   | warm
colours   | blue | Blau  | cold
"""


@pytest.mark.parametrize("written", ["tone=warm", "tone='warm'"])
def test_a_filter_may_compare_a_column_with_a_bare_value_of_it(written):
    table = f"type | name | label | choice_filter\nselect_one colours | a | A | {written}"
    assert definition_of(table, FILTERED).questions["a"].choice_filter == "tone='warm'"


def test_a_filter_by_a_column_that_is_not_there_is_refused():
    table = "type | name | label | choice_filter\nselect_one colours | a | A | mood='good'"
    assert told(read_sheets(table, FILTERED)) == [
        ("survey", 2, "D", "The choices of this question have no column called “mood”.")
    ]


def test_spreadsheets_make_true_and_false_of_conditions():
    reading = read_sheets(f"{HEAD}\ntext | a | A | TRUE | | |\ntext | b | B | FALSE | | |")
    assert reading.definition.questions["a"].relevant == "true()"
    assert "b" not in reading.definition.questions
    assert "Left out, because it is never shown." in warned(reading)


def test_values_and_texts_about_what_is_left_out_go_with_it():
    table = f"""{HEAD}
start     | start |                |  | | |
calculate | hour  |                |  | | | format-date-time(${{start}}, '%H')
note      | shown | Stunde ${{hour}} |  | | |
text      | a     | A              |  | | |"""
    reading = read_sheets(table)
    assert list(reading.definition.questions) == ["a"]
    assert sum("Left out, because it only works out or shows" in one for one in warned(reading)) == 2


def test_a_calculation_that_cannot_be_taken_but_is_needed_is_refused_with_its_reason():
    table = f"{HEAD}\ncalculate | dice | | | | | random()\ntext | a | A | ${{dice}} > 0.5 | | |"
    rows = [(row, column) for _sheet, row, column, _message in told(read_sheets(table))]
    assert rows == [(2, "G"), (3, "D")]


def test_a_calculation_that_cannot_be_taken_and_is_not_needed_is_left_out():
    reading = read_sheets(f"{HEAD}\ncalculate | dice | | | | | random()\ntext | a | A | | | |")
    assert list(reading.definition.questions) == ["a"]
    assert any("random()" in one for one in warned(reading))


def test_the_day_is_known_to_those_who_ask_for_it():
    table = f"{HEAD}\ntoday | today | | | | |\ntext | a | A | ${{today}} > '2026-01-01' | | |"
    assert definition_of(table).questions["today"].calculation == "today()"


def test_an_answer_that_is_worked_out_is_a_calculation():
    reading = read_sheets(f"{HEAD}\ninteger | a | A | | | |\ninteger | b | B | | | | ${{a}} * 2")
    assert reading.definition.questions["b"].type is QuestionType.CALCULATION
    assert "This answer is calculated. People neither see nor change it." in warned(reading)
