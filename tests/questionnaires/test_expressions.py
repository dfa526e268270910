from dataclasses import dataclass, field
from datetime import date
from math import isnan

import pytest

from participation.questionnaires.expressions import (
    ExpressionError,
    Value,
    columns,
    errors,
    evaluate,
    parse,
    references,
    text,
    to_json,
)
from participation.questionnaires.expressions.evaluator import MOST_STEPS
from participation.questionnaires.expressions.parser import DEEPEST, LONGEST


@dataclass
class AnswersAtHand:
    """A household with its children; the expression stands at the second child."""

    answers: dict[str, Value] = field(default_factory=dict)
    instances: dict[str, list[Value]] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    current: Value = ""
    position: int = 2
    today: date = date(2026, 5, 1)

    def value(self, name: str) -> Value:
        return self.values(name)[self.position - 1] if name in self.instances else self.answers.get(name, "")

    def values(self, name: str) -> list[Value]:
        return self.instances.get(name, [self.answers.get(name, "")])

    def count(self, name: str) -> int:
        return max(map(len, self.instances.values()))

    def choice_label(self, question_name: str, option_name: str) -> str:
        return f"{option_name} of {question_name}"

    def attribute(self, name: str) -> str | None:
        return self.columns.get(name)


def result(source: str, current: Value = "", **answers: Value) -> Value:
    return evaluate(parse(source), AnswersAtHand(answers, current=current))


def result_among(instances: dict[str, list[Value]], source: str) -> Value:
    return evaluate(parse(source), AnswersAtHand(instances=instances))


def complaint(source: str) -> tuple[str, int]:
    with pytest.raises(ExpressionError) as caught:
        parse(source)
    assert str(caught.value)
    return caught.value.message, caught.value.position


# Arithmetic and comparison


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("10 - 2 - 3", 5.0),
        ("7 div 2", 3.5),
        ("-7 mod 3", -1.0),
        ("- 2 * - 3", 6.0),
        ("1 < 2 = true()", True),
        ("false() and true() or true()", True),
        ("1 = 1 and 2 > 1", True),
        ("1 div 0", float("inf")),
        ("-1 div 0", float("-inf")),
    ],
)
def test_operators_bind_as_in_xpath(source, expected):
    assert result(source) == expected


def test_an_unanswered_question_is_no_number():
    assert isnan(result("${age} + 1"))
    assert result("${age} < 18") is False
    assert result("${age} >= 18") is False
    assert result("${age} = 0") is False
    assert result("${age} != 0") is True
    assert result("${age} = ''") is True


def test_a_number_equals_its_text():
    assert result("${age} = '18'", age=18.0) is True
    assert result("${age} = 18", age="18") is True
    assert result("'18' = '18.0'") is False


@pytest.mark.parametrize("written", ["1,5", "1e3", "+1", "٣", "1.2.3", "one"])
def test_only_plain_digits_make_a_number(written):
    assert isnan(result("number(${age})", age=written))


def test_any_text_is_true_and_an_empty_one_is_not():
    assert result("boolean('false')") is True
    assert result("boolean('')") is False
    assert result("boolean(0)") is False
    assert result("boolean-from-string('false')") is False
    assert result("true() = 'anything'") is True


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3.0, "3"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e-7, "0.0000001"),
        (1e21, "1000000000000000000000"),
        (-1.5e300, "-15" + "0" * 299),
        (float("nan"), "NaN"),
        (float("-inf"), "-Infinity"),
        (True, "true"),
        (date(2026, 5, 1), "2026-05-01"),
    ],
)
def test_numbers_are_written_out_in_full(value, expected):
    assert text(value) == expected


# Days


def test_days_are_counted():
    assert result("today() - ${born}", born=date(2026, 4, 1)) == 30.0
    assert result("${moved} - ${born}", moved="2026-03-01", born="2026-02-01") == 28.0
    assert result("today() + 7") == date(2026, 5, 8)
    assert result("7 + today()") == date(2026, 5, 8)
    assert result("today() - 1 - 1") == date(2026, 4, 29)
    assert result("(today() - ${born}) div 365", born=date(2025, 5, 1)) == 1.0


def test_days_compare_as_days_also_when_they_come_as_text():
    assert result(". <= today()", current="2026-05-01") is True
    assert result(". > today()", current=date(2026, 5, 2)) is True
    assert result("today() = '2026-05-01'") is True
    assert result("'2026-05-10' > '2026-05-09'") is True


def test_a_moment_counts_as_its_day():
    assert result(". <= now()", current="2026-05-01T23:59:00") is True


def test_a_day_that_does_not_exist_is_no_day():
    assert isnan(result("number('2026-02-30')"))
    assert result("date('soon')") == ""


def test_a_day_can_be_written_in_another_order():
    assert result("format-date(${born}, '%e.%n.%Y')", born=date(2014, 3, 9)) == "9.3.2014"
    assert result("format-date-time('2026-05-01T08:15:30.250', '%H:%M:%S.%3')") == "08:15:30.250"
    assert result("format-date('', '%Y')") == ""
    assert result("format-date(0, '%d/%m/%y')") == "01/01/70"


def test_a_number_of_days_makes_a_day():
    assert result("date(1)") == date(1970, 1, 2)
    assert result("decimal-date-time('1970-01-02')") == 1.0


# Choices


def test_chosen_options_are_told_apart_by_blanks():
    assert result("selected(${topics}, 'bike')", topics="bus bike") is True
    assert result("selected(${topics}, 'bi')", topics="bus bike") is False
    assert result("selected(${topics}, '')", topics="") is False
    assert result("count-selected(.)", current="bus bike") == 2.0
    assert result("selected-at(${topics}, 1)", topics="bus bike") == "bike"
    assert result("selected-at(${topics}, 2)", topics="bus bike") == ""


def test_bare_names_are_columns_of_the_choice():
    munich = AnswersAtHand({"country": "de"}, columns={"country": "de"})
    assert evaluate(parse("country = ${country}"), munich) is True
    assert evaluate(parse("region = ${country}"), munich) is False
    assert columns(parse("country = ${country} or ${a} = region")) == {"country", "region"}


def test_an_option_can_be_told_by_its_label():
    assert result("jr:choice-name(${vote}, '${vote}')", vote="yes") == "yes of vote"
    assert result("jr:choice-name(selected-at(${vote}, 0), '/data/group/vote')", vote="yes no") == "yes of vote"
    assert result("jr:choice-name(${vote}, '${vote}')") == ""


def test_a_checklist_counts_what_is_true():
    assert result("checklist(1, 2, ${a} = 'x', ${b} = 'x', ${c} = 'x')", a="x", b="x") is True
    assert result("checklist(-1, 1, true(), true())") is False
    assert result("weighted-checklist(5, -1, true(), 2, false(), 10, true(), 3)") is True


# Repeats


def test_one_question_in_a_sum_stands_for_all_instances():
    children = {"age": [3.0, "", 8.0], "name": ["Ada", "Bo", "Cem"]}
    assert result_among(children, "sum(${age})") == 11.0
    assert result_among(children, "min(${age})") == 3.0
    assert result_among(children, "max(${age})") == 8.0
    assert result_among(children, "count(${child})") == 3.0
    assert result_among(children, "count-non-empty(${age})") == 2.0
    assert result_among(children, "join(', ', ${name})") == "Ada, Bo, Cem"


def test_several_questions_in_a_maximum_are_those_of_the_same_instance():
    assert result_among({"mother": [30.0, 40.0], "father": [60.0, 35.0]}, "max(${mother}, ${father})") == 40.0


def test_an_instance_knows_its_number_and_those_of_others():
    children = {"name": ["Ada", "Bo"]}
    assert result_among(children, "position(..)") == 2.0
    assert result_among(children, "${name}") == "Bo"
    assert result_among(children, "indexed-repeat(${name}, ${child}, position(..) - 1)") == "Ada"
    assert result_among(children, "indexed-repeat(${name}, ${child}, 3)") == ""


# Texts


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("concat('a', 1, true())", "a1true"),
        ("contains('abc', 'bc')", True),
        ("starts-with('abc', 'ab')", True),
        ("ends-with('abc', 'bc')", True),
        ("substr('hello', 1, 3)", "el"),
        ("substr('hello', -2)", "lo"),
        ("substring('12345', 2, 3)", "234"),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("substring('12345', 0, 3)", "12"),
        ("substring-before('2026-05', '-')", "2026"),
        ("substring-after('2026-05', '-')", "05"),
        ("string-length('ñandú😀')", 6.0),
        ("normalize-space('  a   b ')", "a b"),
        ("translate('bar', 'abc', 'AB')", "BAr"),
        ("coalesce('', 'b', 'c')", "b"),
        ("if(1 > 2, 'a', 'b')", "b"),
    ],
)
def test_texts_are_put_together_and_taken_apart(source, expected):
    assert result(source) == expected


def test_a_calculation_with_once_keeps_its_first_value():
    assert result("once(today())") == date(2026, 5, 1)
    assert result("once(today())", current="2020-01-01") == "2020-01-01"


def test_a_pattern_must_fit_the_whole_text():
    assert result("regex(., '[0-9]{5}')", current="80331") is True
    assert result("regex(., '[0-9]{5}')", current="80331 Munich") is False
    assert result("regex(., '^[\\w-\\.]+@([\\w-]+\\.)+[\\w-]{2,}$')", current="a.b@example.org") is True


def test_no_pattern_and_no_text_can_keep_the_server_busy():
    assert result("regex(., '(a+)+b')", current="a" * 10_000) is False
    assert result("regex(., 'a*')", current="a" * 10_001) is False


# Numbers


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("round(2.5)", 3.0),
        ("round(-2.5)", -2.0),
        ("round(0.49999999999999994)", 0.0),
        ("round(1.005, 2)", 1.01),
        ("round(1234, -2)", 1200.0),
        ("int(-3.7)", -3.0),
        ("floor(-3.2)", -4.0),
        ("ceiling(3.2)", 4.0),
        ("abs(-3)", 3.0),
        ("pow(2, 10)", 1024.0),
        ("pow(10, 400)", float("inf")),
        ("sqrt(16)", 4.0),
    ],
)
def test_numbers_are_rounded_and_raised(source, expected):
    assert result(source) == expected


def test_what_has_no_result_is_no_number():
    assert all(isnan(result(source)) for source in ("sqrt(-1)", "pow(-8, 0.5)", "min('')", "int('x')", "5 mod 0"))


# Reading


@pytest.mark.parametrize(
    "source",
    ["/data/group/name", "../name", "../../name", "current()/../name", "current( )/../name", "./name", "${ name }"],
)
def test_a_path_is_known_by_its_last_step(source):
    assert references(parse(source)) == {"name"}


def test_all_questions_that_are_read_are_known():
    source = "if(${a} = 1, sum(${b}), indexed-repeat(${c}, ${d}, ${e})) + count(${f}) + jr:choice-name(${g}, '${h}')"
    assert references(parse(source)) == set("abcdefgh")


@pytest.mark.parametrize("source", ["‘6’", "’6’", "“6”", "„6“", "‚6‘", "'6'", '"6"'])
def test_quotation_marks_of_office_programs_are_understood(source):
    assert result(source) == "6"


def test_blanks_may_stand_anywhere_even_those_that_do_not_break():
    assert result("selected (\u00a0. , 'no' )\u200b", current="no") is True


def test_a_hyphen_within_a_name_belongs_to_it():
    assert references(parse("${role_project-alpha}-1")) == {"role_project-alpha"}
    assert result(". -1", current=3.0) == 2.0


def test_a_long_chain_is_not_a_deep_one():
    assert result(" or ".join(f"${{q{number}}} = 1" for number in range(250)), q249=1.0) is True


def test_a_tree_travels_as_short_json():
    source = "if(selected(., 'a') and ${b} + 1 > 2, count(${c}), -sum(${d}))"
    assert to_json(parse(source).root) == [
        "if",
        ["and", ["selected", ["."], "a"], [">", ["+", ["$", "b"], 1], 2]],
        ["count", "c"],
        ["negate", ["sum", ["$*", "d"]]],
    ]


def test_the_same_text_is_read_only_once():
    assert parse("${a} = 1") is parse("${a} = 1")


# Complaints


@pytest.mark.parametrize(
    ("source", "message", "position"),
    [
        (" ", errors.EMPTY, 1),
        ("${a} = ", errors.INCOMPLETE, 8),
        ("(1 + 2", errors.INCOMPLETE, 7),
        ("1 + 2)", errors.UNEXPECTED, 6),
        ("${a} == 1", errors.UNEXPECTED, 7),
        ("${a} && ${b}", errors.UNEXPECTED, 6),
        ("if(1; 2; 3)", errors.UNEXPECTED, 5),
        ("${a} = ٣", errors.UNEXPECTED, 8),
        ("concat('a',)", errors.UNEXPECTED, 12),
        ("${a} = 'yes", errors.UNCLOSED_TEXT, 8),
        ("1 = ${a", errors.UNCLOSED_NAME, 5),
        ("9" * 400, errors.BIG_NUMBER, 1),
        ("/data/child[1]/name", errors.PREDICATE, 12),
        ("..", errors.GROUP_PATH, 1),
        ("position(../..)", errors.OUTER_POSITION, 12),
        ("1 + wenn(1, 2, 3)", errors.UNKNOWN_FUNCTION, 5),
        ("if(1, 2)", errors.WRONG_COUNT, 1),
        ("not(true(), true())", errors.WRONG_COUNT, 1),
        ("count(1)", errors.NOT_A_NAME, 1),
        ("indexed-repeat(${a}, ${b}, 1, ${c}, 2)", errors.NESTED_REPEATS, 1),
        ("int(random() * 3)", errors.NOT_REPEATABLE, 5),
        ("pulldata('a', 'b', 'c', 'd')", errors.OTHER_DATA, 1),
        ("instance('list')/root/item[name = 'a']/label", errors.OTHER_DATA, 1),
        ("1 = 1 and regex(., '(?=a)b')", errors.PATTERN, 11),
        ("format-date(today(), '%d %b')", errors.DATE_PATTERN, 1),
        ("(" * (DEEPEST + 1) + "1", errors.TOO_DEEP, DEEPEST + 1),
        ("1 + 1 - 1" + " + 1 - 1" * DEEPEST, errors.TOO_DEEP, 1),
        ("1" + " " * LONGEST, errors.TOO_LONG, LONGEST + 1),
    ],
)
def test_whatever_is_wrong_is_told_with_its_place(source, message, position):
    assert complaint(source) == (message, position)


def test_a_complaint_names_what_it_is_about():
    with pytest.raises(ExpressionError, match=r"if\(\) takes 3 values in its brackets, but here are 2\."):
        parse("if(1, 2)")
    with pytest.raises(ExpressionError, match=r"missing \): \("):
        parse("regex(., '(')")


def test_a_pattern_that_only_an_answer_brings_is_refused_when_it_comes():
    with pytest.raises(ExpressionError) as caught:
        result("1 = 2 or regex('a', ${pattern})", pattern="(")
    assert (caught.value.message, caught.value.position) == (errors.PATTERN, 10)


def test_nobody_can_make_the_server_count_for_ever():
    with pytest.raises(ExpressionError) as caught:
        result_among({"age": [1.0] * MOST_STEPS}, "sum(${age})")
    assert caught.value.message == errors.TOO_MANY_STEPS


def test_the_deepest_expression_that_is_read_can_also_be_worked_out():
    assert result("if(false(), 1, " * (DEEPEST - 2) + "2" + ")" * (DEEPEST - 2)) == 2.0
    assert result("-(" * (DEEPEST // 2 - 1) + "2" + ")" * (DEEPEST // 2 - 1)) == -2.0
