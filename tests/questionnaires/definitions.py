"""Definitions of every shape, made by Hypothesis; what an import makes is among them."""

from dataclasses import replace

from hypothesis import strategies as st

from participation.i18n import LocalizedText
from participation.questionnaires.definition import (
    ChoiceStyle,
    Definition,
    Option,
    Page,
    Question,
    QuestionType,
    Repeat,
    Section,
)

LANGUAGES = ("de", "tr", "ar")
WORDS = ["Wie alt?", "=1+1", "@SUM(A1)", "-2 bis +2", "Ja & nein", "zwei\nZeilen", "نعم", "ğüş", "a_b_c", "100 %", "🙂"]
LOGIC = ["true()", "1 + 1 = 2", "today() > '2026-01-01'"]


def texts(*, required: bool = False) -> st.SearchStrategy[LocalizedText]:
    words = st.sampled_from(WORDS)
    anywhere = st.dictionaries(st.sampled_from(LANGUAGES), words, max_size=3).map(LocalizedText)
    return words.map(lambda one: LocalizedText(de=one)) if required else anywhere


def options() -> st.SearchStrategy[tuple[Option, ...]]:
    names = st.lists(st.sampled_from(["a", "1", "-99", "=x", "a&b", "x.y"]), min_size=1, max_size=3, unique=True)
    attributes = st.dictionaries(st.sampled_from(["tone", "Region"]), st.sampled_from(["warm", "1"]), max_size=2)
    kinds = st.tuples(texts(required=True), st.booleans(), attributes)
    return st.tuples(names, st.lists(kinds, min_size=3, max_size=3)).map(
        lambda both: tuple(
            Option(name=name, label=label, is_exclusive=alone, attributes=more)
            for name, (label, alone, more) in zip(both[0], both[1], strict=False)
        )
    )


@st.composite
def questions(draw: st.DrawFn, kinds: st.SearchStrategy[QuestionType] | None = None) -> Question:
    kind = draw(kinds or st.sampled_from(QuestionType))
    plain = Question(
        name="", type=kind, label=draw(texts(required=True)), hint=draw(texts()), relevant=draw(logic())
    )
    if kind is QuestionType.INFORMATION:
        return plain
    if kind is QuestionType.CALCULATION:
        return replace(plain, calculation=draw(st.sampled_from(LOGIC)))
    asked = replace(
        plain,
        is_required=draw(st.booleans()),
        may_withhold=draw(st.booleans()),
        is_sensitive=draw(st.booleans()),
        constraint=draw(logic()),
        constraint_message=draw(texts()),
        unit=draw(texts()),
        layer=draw(st.sampled_from(["", "quartier"])),
    )
    return _shaped(draw, asked)


def _shaped(draw: st.DrawFn, question: Question) -> Question:
    bounds = st.sampled_from([(None, None), (0.0, 10.0), (None, 2.5), (-3.0, None)])
    match question.type:
        case QuestionType.SINGLE_CHOICE:
            return replace(question, options=draw(options()), style=draw(st.sampled_from(ChoiceStyle)))
        case QuestionType.MULTIPLE_CHOICE:
            return replace(question, options=draw(options()), least=draw(st.sampled_from([None, 1.0])))
        case QuestionType.SCALE:
            least, most = draw(st.sampled_from([(1.0, 5.0), (0.0, 10.0), (0.0, 100.0)]))
            ends = {"least_label": draw(texts()), "most_label": draw(texts())}
            return replace(question, least=least, most=most, **ends)
        case QuestionType.WHOLE_NUMBER | QuestionType.DECIMAL_NUMBER:
            least, most = draw(bounds)
            return replace(question, least=least, most=most)
    return question


def logic() -> st.SearchStrategy[str]:
    return st.sampled_from(["", *LOGIC])


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """Pages with sections, tables and repeats; every name stands once, and German is everywhere."""
    counter = iter(range(1000))
    made = [draw(_page(counter, number)) for number in range(draw(st.integers(1, 3)))]
    first = Question(name="name", type=QuestionType.SHORT_TEXT, label=LocalizedText(de="Name", tr="Ad", ar="اسم"))
    opening = Page(name="opening", elements=(first,))
    return Definition(languages=LANGUAGES, pages=(opening, *made))


@st.composite
def _page(draw: st.DrawFn, counter, number: int) -> Page:
    elements: list[Question | Section] = [
        replace(question, name=f"q{next(counter)}") for question in draw(st.lists(questions(), min_size=1, max_size=4))
    ]
    if draw(st.booleans()):
        elements.append(draw(_section(counter)))
    name = f"page{number}"
    repeat = Repeat(name=draw(st.sampled_from([name, f"r{number}"])), count=draw(st.sampled_from(["", "3"])), most=7)
    return Page(
        name=name,
        title=draw(texts()),
        hint=draw(texts()),
        relevant=draw(logic()),
        repeat=draw(st.sampled_from([None, repeat])),
        elements=tuple(elements),
    )


@st.composite
def _section(draw: st.DrawFn, counter) -> Section:
    is_matrix = draw(st.booleans())
    same = draw(options())
    rows = draw(st.lists(questions(st.just(QuestionType.SINGLE_CHOICE)), min_size=1, max_size=3))
    elements = tuple(
        replace(row, name=f"q{next(counter)}", options=same if is_matrix else row.options) for row in rows
    )
    return Section(
        name=f"s{next(counter)}", title=draw(texts()), hint=draw(texts()), is_matrix=is_matrix, elements=elements
    )
