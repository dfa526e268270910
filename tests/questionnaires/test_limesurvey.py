"""What becomes of LimeSurvey's questions, texts and expressions; hostile files end in a sentence (F6, V4)."""

from random import Random

import pytest

from participation.questionnaires.definition import ChoiceStyle, QuestionType, Section
from participation.questionnaires.files import read as read_any
from participation.questionnaires.limesurvey.logic import Meaning, NotSimple, calculated, translated
from participation.questionnaires.limesurvey.reading import DAMAGED_HERE, is_limesurvey, read
from participation.questionnaires.limesurvey.words import seen
from tests.questionnaires.limesurvey_files import read_tabs, structure, table, tabs
from tests.questionnaires.sheets import english, outline, told, warned

NAMES = {
    "Q1": Meaning("Q1", answers={"-oth-": "other"}),
    "1X2X3": Meaning("Q1"),
    "ok": Meaning("ok", answers={"Y": "yes", "N": "no"}),
    "M_a": Meaning("M", "a"),
}
CHOICE = "Q | L | q1 | 1 | Womit? | | de | Y | Y\nA | 0 | A1 | | Rad\nA | 0 | A2 | | Bus\n"


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("", ""),
        ("1", ""),
        ("0", "false()"),
        ('Q1.NAOK == "A1"', "${Q1} = 'A1'"),
        ("((1X2X3.NAOK == 'A1'))", "((${Q1} = 'A1'))"),
        ('Q1 != "-oth-"', "${Q1} != 'other'"),
        ('ok.NAOK == "Y" && Q1 lt 5', "${ok} = 'yes' and ${Q1} < 5"),
        ("!is_empty(Q1.NAOK) or is_empty(ok)", "not(${Q1} = '') or ${ok} = ''"),
        ('M_a.NAOK == "Y"', "selected(${M}, 'a')"),
        ('M_a != "Y" || is_empty(M_a)', "not(selected(${M}, 'a')) or not(selected(${M}, 'a'))"),
        ('5 <= Q1 AND (Q1 == "A1" OR Q1 == "A2")', "${Q1} >= 5 and (${Q1} = 'A1' or ${Q1} = 'A2')"),
    ],
)
def test_a_simple_condition_is_translated(written, ours):
    assert translated(written, NAMES) == ours


@pytest.mark.parametrize(
    "written",
    [
        "Q1",
        "unknown == 1",
        "M_a > 2",
        "regexMatch('/x/', Q1)",
        "Q1 = 'A1'",
        "Q1 ==",
        "(" * 500,
        "Q1.NAOK == 'x\\'",
        "; drop",
        "Q1 == 1" + " or Q1 == 1" * 900,
    ],
)
def test_a_condition_that_is_not_simple_is_never_guessed(written):
    with pytest.raises(NotSimple):
        translated(written, NAMES)


def test_an_equation_is_worked_out_in_our_language():
    assert calculated("{if(ok == 'Y', Q1 * 2, -1)}", NAMES) == "if(${ok} = 'yes', ${Q1} * 2, -1)"


def test_a_choice_with_other_gets_a_question_for_the_words():
    questions = read_tabs(CHOICE).definition.questions
    assert list(questions) == ["q1", "q1_other"]
    assert [option.name for option in questions["q1"].options] == ["A1", "A2", "other"]
    assert questions["q1"].is_required
    assert questions["q1_other"].relevant == "selected(${q1}, 'other')"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Q | S | q", QuestionType.SHORT_TEXT),
        ("Q | T | q", QuestionType.LONG_TEXT),
        ("Q | U | q", QuestionType.LONG_TEXT),
        ("Q | N | q", QuestionType.DECIMAL_NUMBER),
        ("Q | Y | q", QuestionType.YES_NO),
        ("Q | D | q", QuestionType.DATE),
        ("Q | 5 | q", QuestionType.SCALE),
        ("Q | G | q", QuestionType.SINGLE_CHOICE),
    ],
)
def test_each_simple_type_has_its_own_here(line, kind):
    (question,) = read_tabs(f"{line} | 1 | Frage?").definition.questions.values()
    assert (question.type, str(question.label)) == (kind, "Frage?")


def test_a_drop_down_stays_one():
    reading = read_tabs(CHOICE.replace("| L |", "| ! |"))
    assert reading.definition.questions["q1"].style is ChoiceStyle.DROP_DOWN


def test_several_choices_keep_the_bound_and_the_option_that_stands_alone():
    lines = "Q | M | q | 1 | Was? | | de | Y | N | | 2 | b\nSQ | 0 | a | | A\nSQ | 0 | b | | B"
    (question,) = read_tabs(lines, "max_answers", "exclude_all_others").definition.questions.values()
    assert question.type is QuestionType.MULTIPLE_CHOICE
    assert question.most == 2
    assert [option.is_exclusive for option in question.options] == [False, True]


def test_choices_with_comments_get_a_text_for_each():
    questions = read_tabs("Q | P | q | 1 | Was?\nSQ | 0 | a | | A\nSQ | 0 | b | | B").definition.questions
    assert list(questions) == ["q", "q_a_comment", "q_b_comment"]
    assert questions["q_b_comment"].relevant == "selected(${q}, 'b')"


@pytest.mark.parametrize(("kind", "options"), [("A", 5), ("B", 10), ("C", 3), ("E", 3), ("F", 2), ("H", 2)])
def test_a_table_becomes_a_matrix(kind, options):
    answers = "\nA | 0 | 1 | | Ja\nA | 0 | 2 | | Nein" if kind in "FH" else ""
    reading = read_tabs(f"Q | {kind} | q | 1 | Wie?\nSQ | 0 | a | 1 | Wege\nSQ | 0 | b | 1 | Licht{answers}")
    ((section,),) = [page.elements for page in reading.definition.pages]
    assert isinstance(section, Section)
    assert section.is_matrix
    assert [(one.name, len(one.options)) for one in section.elements] == [("q_a", options), ("q_b", options)]


def test_several_short_texts_stand_together():
    reading = read_tabs("Q | Q | q | 1 | Wer?\nSQ | 0 | a | 1 | Vorname\nSQ | 0 | b | 1 | Nachname")
    assert outline(reading.definition) == {"G1": [("q", ["q_a", "q_b"])]}


def test_a_ranking_takes_every_option_once():
    reading = read_tabs("Q | R | q | 1 | Was zuerst? | | de | Y\nA | 0 | a | | A\nA | 0 | b | | B")
    questions = reading.definition.questions
    assert [one.constraint for one in questions.values()] == ["", ". != ${q_1}"]
    assert all(one.is_required for one in questions.values())


def test_what_does_not_exist_here_is_left_out_and_told_by_line_and_code():
    reading = read_tabs("Q | S | a | 1 | A\nQ | : | b | 1 | B\nQ | I | c | 1 | C")
    assert list(reading.definition.questions) == ["a"]
    assert [(one.sheet, one.row) for one in reading.warnings] == [("b", 5), ("c", 6)]


def test_what_does_not_exist_here_but_is_required_or_needed_refuses_the_file():
    required = read_tabs("Q | S | a | 1 | A\nQ | : | b | 1 | B | | de | Y")
    needed = read_tabs('Q | ; | b | 1 | B\nQ | S | a | b == "1" | A')
    assert [(one.sheet, one.row) for one in required.refusals] == [("b", 5)]
    assert [one[0] for one in told(needed)] == ["a"]
    assert required.definition is needed.definition is None


def test_a_condition_that_cannot_be_translated_refuses_the_file_by_name():
    ((code, row, _column, message),) = told(read_tabs("Q | S | a | strtotime(x) > 5 | A"))
    assert (code, row) == ("a", 4)
    assert message == "This LimeSurvey expression cannot be taken over: strtotime(x) > 5"


def test_settings_that_would_matter_are_told():
    reading = read_tabs("Q | S | a | 1 | A | | de | N | N | | /x/", "validation")
    assert warned(reading) == ["This is not used here: validation."]


def test_texts_are_plain_and_insert_earlier_answers():
    reading = read_tabs(
        "Q | S | a | 1 | <p>Name<script>alert({1})</script></p>\n"
        "Q | S | b | 1 | Hallo {a.shown}, {TOKEN:X} | <b>Tipp</b>"
    )
    first, second = reading.definition.questions.values()
    assert (str(first.label), str(second.label)) == ("Name", "Hallo ${a}, {TOKEN:X}")
    assert str(second.hint) == "Tipp"
    assert warned(reading) == ["This LimeSurvey expression cannot be taken over: {TOKEN:X}"]


def test_a_script_that_is_not_closed_hides_what_follows():
    assert seen("Vor <STYLE>x</style> und <script>alert(1)") == "Vor  und "


def test_two_kinds_of_german_are_one_and_an_unknown_language_is_refused():
    lines = "Q | S | a | 1 | Sie? | | de\nG | G0 | Los | 1 | | | {0}\nQ | S | a | 1 | Du? | | {0}"
    informal = read_tabs(lines.format("de-informal"))
    assert informal.definition.languages == ("de",)
    assert dict(informal.definition.questions["a"].label) == {"de": "Sie?"}
    assert warned(informal) == ["This is not used here: de-informal."]
    assert read_tabs(lines.format("xx-unknown")).refusals


def test_codes_become_names_that_are_fit_and_unique():
    reading = read_tabs("Q | S | 1a | 1 | A\nQ | S | a b | 1 | B\nQ | S | a_b | 1 | C\nQ | S | a_b | 1 | D")
    assert list(reading.definition.questions) == ["q1a", "a_b", "a_b_2", "a_b_3"]


def test_the_old_tables_and_the_new_ones_say_the_same():
    group = {"gid": "1", "group_order": "1"}
    asked = {"qid": "2", "gid": "1", "sid": "9", "type": "L", "title": "q", "parent_qid": "0", "mandatory": "Y"}
    answer = {"qid": "2", "code": "A1", "sortorder": "1", "scale_id": "0"}
    more = {**asked, "qid": "3", "type": "S", "title": "r", "question_order": "2", "relevance": '9X1X2.NAOK == "A1"'}
    survey = table("surveys", {"language": "de", "additional_languages": "tr"})
    old = structure(
        survey,
        table("groups", *({**group, "group_name": f"G {tag}", "language": tag} for tag in ("de", "tr"))),
        table(
            "questions",
            *({**one, "question": f"Q {tag}", "language": tag} for one in (asked, more) for tag in ("de", "tr")),
        ),
        table("answers", *({**answer, "answer": f"A {tag}", "language": tag} for tag in ("de", "tr"))),
    )
    new = structure(
        survey,
        table("groups", group),
        table("group_l10ns", *({"gid": "1", "group_name": f"G {tag}", "language": tag} for tag in ("de", "tr"))),
        table("questions", asked, more),
        table(
            "question_l10ns",
            *({"qid": qid, "question": f"Q {tag}", "language": tag} for qid in "23" for tag in ("de", "tr")),
        ),
        table("answers", {**answer, "aid": "7"}),
        table("answer_l10ns", *({"aid": "7", "answer": f"A {tag}", "language": tag} for tag in ("de", "tr"))),
    )
    assert read(old).definition == read(new).definition
    question, follow_up = read(new).definition.questions.values()
    assert dict(question.options[0].label) == {"de": "A de", "tr": "A tr"}
    assert follow_up.relevant == "${q} = 'A1'"


@pytest.mark.parametrize(
    "data",
    [
        structure(before='<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'),
        structure(before='<!DOCTYPE x SYSTEM "file:///etc/passwd">'),
        structure(kind="Group"),
        structure("<a>" * 50 + "</a>" * 50),
        structure("<not closed"),
        structure(table("groups", {"gid": "1"})).replace(b"UTF-8", b"no-such"),
        b"class\ttype/scale\tname\n\xff\xfe",
        tabs("Q | S | a | 1 | A", start=[["S", "", "language", "", " ".join(f"a{n}" for n in range(60))]]),
    ],
)
def test_a_hostile_or_broken_file_is_refused_as_a_whole(data):
    assert is_limesurvey(data)
    (problem,) = read(data).problems
    assert problem.message.message == DAMAGED_HERE.message


def test_very_many_options_and_very_long_texts_are_refused_by_size():
    many = read_tabs(CHOICE + "\n".join(f"A | 0 | x{number} | | X" for number in range(10_001)))
    assert "10000 are the most" in english(many.refusals[0].message)
    assert [one.row for one in read_tabs("Q | S | a | 1 | " + "x" * 40_000).refusals] == [4]
    assert "larger than 0 MB" in english(read(tabs("Q | S | a"), most_bytes=10).refusals[0].message)


@pytest.mark.parametrize("seed", range(20))
def test_broken_bytes_never_break_the_house(seed):
    random = Random(seed)
    whole = tabs(CHOICE + "Q | F | m | q1 == 'A1' | Wie?\nSQ | 0 | a | 1 | W\nA | 0 | 1 | | Ja")
    broken = bytearray(whole)
    for _one in range(random.choice([1, 5, 30])):
        broken[random.randrange(90, len(broken))] = random.choice(b"\t\n\"'|{}()$<>0aQ\x00\xff")
    reading = read_any(bytes(broken))
    assert reading.definition is not None or reading.refusals
