"""The browser shows and hides questions as the server would: both work out the same, whatever the expression."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import isnan
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from participation.questionnaires.expressions import Expression, Value, evaluate, nodes, parse, to_json
from participation.questionnaires.expressions.evaluator import OPERATORS
from participation.questionnaires.expressions.functions import DATE_PARTS, FUNCTIONS

pytestmark = pytest.mark.browser

MODULE = Path(__file__).parents[2] / "static/js/expressions.js"
WORK_OUT_ALL = """async (cases) => {
    const { evaluate } = await import("/expressions.js");
    return cases.map(([tree, answers]) => evaluate(tree, {
        ...answers,
        value: (name) => answers.instances[name][answers.position - 1],
        values: (name) => answers.instances[name],
        count: (name) => answers.instances[name].length,
        choiceLabel: (question, option) => `${option} of ${question}`,
        attribute: (name) => answers.columns[name],
    }));
}"""

NAMES = ["age", "topics", "born", "moved", "street"]
PATTERNS = ["[0-9]{5}", "^a+b?$", "a|b", r"\d{5}(-\d{4})?", r"[\w-\.]+@([\w-]+\.)+[\w-]{2,}", "(?:ab)*", r"\p{L}+", "."]
WORDS = ["", " ", "a", "b", "a b", " ab  a ", "yes", "12345", "12345-6789", "x.y@example.org", "äß😀", "true", "NaN"]
MOMENTS = ["2026-05-01", "2024-02-29", "2023-02-29", "0000-01-01", "9999-12-31", "2026-05-01T08:15", "2026-13-01"]


@dataclass
class AnswersAtHand:
    instances: dict[str, list[Value]]
    columns: dict[str, str]
    current: Value
    position: int
    today: date

    def value(self, name: str) -> Value:
        return self.instances[name][self.position - 1]

    def values(self, name: str) -> list[Value]:
        return self.instances[name]

    def count(self, name: str) -> int:
        return len(self.instances[name])

    def choice_label(self, question_name: str, option_name: str) -> str:
        return f"{option_name} of {question_name}"

    def attribute(self, name: str) -> str | None:
        return self.columns.get(name)

    def as_json(self) -> dict[str, Any]:
        instances = {name: [for_browser(value) for value in values] for name, values in self.instances.items()}
        return vars(self) | {
            "instances": instances,
            "current": for_browser(self.current),
            "today": self.today.isoformat(),
        }


def for_browser(value: Value) -> str | float | bool:
    return value.isoformat() if isinstance(value, date) else value


def is_same(here: Value, there: Any) -> bool:
    """NaN equals NaN, minus zero equals zero, and a day is its ISO text; everything else must be equal to the bit."""
    here = for_browser(here)
    if isinstance(here, bool) or isinstance(there, bool) or isinstance(here, str):
        return type(here) is type(there) and here == there
    return isinstance(there, int | float) and (here == float(there) or (isnan(here) and isnan(there)))


texts = st.one_of(st.sampled_from(WORDS), st.sampled_from(MOMENTS), st.text(max_size=6))
numbers = st.one_of(
    st.integers(-5, 60).map(float),
    st.sampled_from([0.5, -0.5, 1.5, 2.5, -2.5, 1.005, 1e-7, 1e15, 1e21, -1e300, 20_000.0, 19_999.5]),
    st.floats(allow_nan=False, allow_infinity=False),
)
days = st.one_of(st.dates(), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
values = st.one_of(texts, numbers, st.booleans(), days)
scopes = st.builds(
    AnswersAtHand,
    instances=st.fixed_dictionaries({name: st.lists(values, min_size=3, max_size=3) for name in NAMES}),
    columns=st.dictionaries(st.sampled_from(NAMES), texts),
    current=values,
    position=st.integers(1, 3),
    today=days,
)
names = st.sampled_from(NAMES)
leaves = st.one_of(
    st.builds(nodes.Literal, st.one_of(texts, numbers)),
    st.builds(nodes.Answer, names),
    st.builds(nodes.Column, names),
    st.builds(nodes.Count, names),
    st.just(nodes.Current()),
    st.just(nodes.Today()),
    st.just(nodes.Position()),
)


def calls(parts: st.SearchStrategy[nodes.Node]) -> st.SearchStrategy[nodes.Node]:
    return st.sampled_from(sorted(FUNCTIONS)).flatmap(lambda name: call(name, parts))


def call(name: str, parts: st.SearchStrategy[nodes.Node]) -> st.SearchStrategy[nodes.Node]:
    function = FUNCTIONS[name]
    if name == "regex":
        arguments = st.tuples(parts, st.sampled_from(PATTERNS).map(nodes.Literal))
    elif function.check:
        pattern = st.lists(st.sampled_from([*DATE_PARTS, ".", "x"]), max_size=4).map("".join)
        arguments = st.tuples(parts, pattern.map(nodes.Literal))
    else:
        most = min(function.most, function.least + 3)
        part = st.one_of(parts, st.builds(nodes.Answers, names)) if function.gathers == 0 else parts
        arguments = st.lists(part, min_size=function.least, max_size=most).map(tuple)
    return st.builds(nodes.Call, st.just(name), arguments)


def larger(parts: st.SearchStrategy[nodes.Node]) -> st.SearchStrategy[nodes.Node]:
    return st.one_of(
        calls(parts),
        calls(parts),
        st.builds(
            nodes.Operation,
            st.sampled_from(["and", "or", *OPERATORS]),
            st.lists(parts, min_size=2, max_size=3).map(tuple),
        ),
        st.builds(nodes.If, parts, parts, parts),
        st.builds(nodes.Negation, parts),
        st.builds(nodes.Indexed, names, names, parts),
        st.builds(nodes.Label, parts, names),
    )


trees = st.recursive(leaves, larger, max_leaves=8)
cases = st.tuples(trees.map(lambda tree: Expression("", tree)), scopes)


# The failing case of a batch is named in the message, and searching for a smaller batch would take minutes.
batches = settings(deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.route("**/*", lambda route: route.fulfill(body="<!doctype html><title>Empty</title>"))
    page.route("**/expressions.js", lambda route: route.fulfill(path=MODULE, content_type="text/javascript"))
    page.goto("http://expressions.test/")
    yield page
    page.close()


def assert_agreement(page: Page, batch: list[tuple[Expression, AnswersAtHand]]) -> None:
    found = page.evaluate(WORK_OUT_ALL, [[to_json(expression.root), scope.as_json()] for expression, scope in batch])
    for (expression, scope), there in zip(batch, found, strict=True):
        here = evaluate(expression, scope)
        assert is_same(here, there), (
            f"{to_json(expression.root)} is {here!r} here and {there!r} in the browser: {scope}"
        )


# Values that are easily taken for something else; the more of them a function takes, the fewer are tried.
ODD_VALUES: list[Value] = [
    "",
    "ab",
    "b a",
    2.0,
    date(2026, 5, 1),
    True,
    -0.5,
    float("nan"),
    1.5,
    "2026-05-01",
    " 7 ",
    "true",
    0.0,
    False,
    float("inf"),
    -1.0,
    20_574.0,
    "2024-02-30",
    "2026-05-01T08:15:30.250Z",
    "cab😀a",
    "1,5",
    1e21,
    -2.5,
    0.1,
    3.0,
    float("-inf"),
    date(1, 1, 1),
    "a",
]
DATE_PATTERNS = ["%Y-%m-%d", "%e.%n.%y, %h:%M", "%H:%M:%S.%3", "on", ""]
MOST_VALUES = {3: 9, 4: 6, 5: 4}  # per argument
ARITIES = {name: {function.least, min(function.least + 1, function.most)} for name, function in FUNCTIONS.items()}


def odd_values(name: str, arity: int) -> Iterator[tuple[Value, ...]]:
    if name == "regex":
        return product(ODD_VALUES + WORDS, PATTERNS)
    if name in FUNCTIONS and FUNCTIONS[name].check:
        return product(ODD_VALUES + MOMENTS, DATE_PATTERNS)
    return product(ODD_VALUES[: MOST_VALUES.get(arity)], repeat=arity)


def node(name: str, arguments: tuple[nodes.Node, ...]) -> nodes.Node:
    return nodes.Operation(name, arguments) if name in ["and", "or", *OPERATORS] else nodes.Call(name, arguments)


@pytest.mark.parametrize("name", sorted(["and", "or", *OPERATORS, *FUNCTIONS]))
def test_browser_and_server_agree_on_odd_values(page, name):
    batch = []
    for arity in ARITIES.get(name, {2}):
        expression = Expression("", node(name, tuple(nodes.Answer(NAMES[place]) for place in range(arity))))
        for values in odd_values(name, arity):
            instances = {question: [value] for question, value in zip(NAMES, values, strict=False)}
            batch.append((expression, AnswersAtHand(instances, {}, "", 1, date(2026, 5, 1))))
    assert_agreement(page, batch)


@settings(batches, max_examples=8)
@given(batch=st.lists(cases, min_size=40, max_size=40))
def test_browser_and_server_agree_on_any_expression(page, batch):
    assert_agreement(page, batch)


@settings(batches, max_examples=5)
@given(batch=st.lists(st.tuples(numbers, numbers), min_size=50, max_size=50))
def test_browser_and_server_round_and_write_numbers_alike(page, batch):
    scopes = [
        AnswersAtHand({"age": [number], "topics": [places]}, {}, "", 1, date(2026, 5, 1)) for number, places in batch
    ]
    sources = ["string(${age})", "round(${age})", "round(${age}, ${topics} mod 7)", "pow(${age}, ${topics})"]
    assert_agreement(page, [(parse(source), scope) for source in sources for scope in scopes])


SOURCES = [
    "not(selected(., 'yes') and selected(., 'no'))",
    "count-selected(.) > 1 and (selected(., 'a') or selected(., 'b'))",
    "if(${age} >= 18, concat(${topics}, ' ', .), '')",
    "(today() - ${born}) div 365.25",
    "format-date(today() + 14, '%d.%m.%Y')",
    ". >= today() and . <= today() + 30",
    "sum(${age}) = 0 or max(${age}) > 5",
    "join(', ', ${topics})",
    "indexed-repeat(${topics}, ${age}, position(..) - 1)",
    "jr:choice-name(selected-at(${topics}, 0), '${topics}')",
    r"regex(${topics}, '^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,4}$')",
    "moved = ${moved}",
    "once(${age} + 1)",
    "${age} mod 2 = 0 and string(${age} * 1.1) != ''",
]


@settings(batches, max_examples=5)
@given(batch=st.lists(st.tuples(st.sampled_from(SOURCES).map(parse), scopes), min_size=30, max_size=30))
def test_browser_and_server_agree_on_what_people_write(page, batch):
    assert_agreement(page, batch)
