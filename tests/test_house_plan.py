"""The house is built as its plan says: imports run downstairs, files are short, pages keep the strict rules."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from participation.settings import PROJECT

HOUSE = PROJECT / "participation"
FIRST_FLOOR = {"accounts", "districts", "receipts", "questionnaires", "contacts", "media", "places"}
LANDING = {"contributions"}  # a contribution has a receipt, a contact, a picture and areas
SECOND_FLOOR = {"surveys", "events", "pages", "ideas", "councils"}
THIRD_FLOOR = {"moderation", "search", "oparl", "post", "privacy", "demo"}
FLOORS = [FIRST_FLOOR, LANDING, SECOND_FLOOR, THIRD_FLOOR]
ROOMS = set().union(*FLOORS)
GROUND, ROOF, DOORS = 0, 5, 6
# Files beside the rooms that may know the roof: what starts the house, and what writes its migrations.
ABOVE_THE_ROOF = {f"participation.{door}" for door in ("worker", "serving", "preparing", "migrations.env")}
LONGEST_FILE, LONGEST_FUNCTION = 499, 60
# What search engines read is no code: no browser runs it, so the strict rules have nothing against it (F3).
DATA_FOR_SEARCH_ENGINES = '<script type="application/ld+json">{{ data|tojson }}</script>'
IN_LINE_CODE = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:", re.IGNORECASE)


def python_files() -> list[Path]:
    """All code of the house; migrations are written by a machine and never changed afterwards."""
    return [path for path in sorted(HOUSE.rglob("*.py")) if "versions" not in path.parts]


def all_files(*patterns: str) -> list[Path]:
    return [path for pattern in patterns for path in sorted(PROJECT.glob(pattern)) if "versions" not in path.parts]


def short(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


MODULES = {module_name(path): path for path in python_files()}


def floor(module: str) -> int:
    """How high up a module stands."""
    room = module.split(".")[1] if "." in module else ""
    if module in ABOVE_THE_ROOF or module == "wsgi":
        return DOORS
    if room == "app":
        return ROOF
    return next((n for n, rooms in enumerate(FLOORS, start=1) if room in rooms), GROUND)


def room_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in ROOMS else None


@cache
def imports_of(path: Path, *, at_import_time: bool = False) -> tuple[str, ...]:
    """The modules of the house that a file imports."""
    return tuple(_imports_of(path, at_import_time=at_import_time))


def _imports_of(path: Path, *, at_import_time: bool) -> Iterator[str]:
    tree = tree_of(path)
    found = tree.body if at_import_time else list(ast.walk(tree))
    for node in found:
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name in MODULES or name.name == "wsgi")
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            if node.module == "wsgi":
                yield "wsgi"
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                if inner in MODULES:
                    yield inner
                elif node.module in MODULES:
                    yield node.module


def test_imports_run_downstairs() -> None:
    climbing = [
        f"{here} imports {there}"
        for here, path in MODULES.items()
        for there in imports_of(path)
        if floor(there) > floor(here)
    ]
    assert climbing == []


def test_neighbours_on_a_floor_do_not_know_each_other() -> None:
    visits = [
        f"{here} imports {there}"
        for here, path in MODULES.items()
        for there in imports_of(path)
        if room_of(here) not in {None, room_of(there), *THIRD_FLOOR} and floor(there) == floor(here)
    ]
    assert visits == []


def test_no_module_needs_itself_to_be_imported() -> None:
    needs = {name: set(imports_of(path, at_import_time=True)) - {name} for name, path in MODULES.items()}
    while leaves := {name for name, others in needs.items() if not others & needs.keys()}:
        needs = {name: others for name, others in needs.items() if name not in leaves}
    assert sorted(needs) == [], "these import each other in a circle"


def test_no_file_is_long() -> None:
    written = all_files("tests/**/*.py", "templates/**/*.html", "static/css/*.css", "static/js/*.js", "docs/**/*.md")
    lengths = {short(path): len(path.read_text().splitlines()) for path in [*python_files(), *written]}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_long() -> None:
    lengths = {
        f"{name}.{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for name, path in MODULES.items()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_each_file_and_each_operation_says_what_it_is_for() -> None:
    silent = [name for name, path in MODULES.items() if not ast.get_docstring(tree_of(path))]
    silent += [
        f"{name}.{node.name}"
        for name, path in MODULES.items()
        if path.name in {"operations.py", "queries.py"}
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_each_room_says_in_one_sentence_what_it_is_for() -> None:
    for room in sorted(ROOMS):
        words = ast.get_docstring(tree_of(HOUSE / room / "__init__.py"))
        assert words, room
        assert (HOUSE / room / "feature.py").exists(), f"{room} offers nothing to the house"


def test_pages_hold_no_code_in_line_and_trust_no_text() -> None:
    syntax = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"])
    found = []
    for path in all_files("templates/**/*.html"):
        source = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
        if short(path) == "templates/events/show.html":
            source = source.replace(DATA_FOR_SEARCH_ENGINES, "", 1)
        trusting = [node.name for node in syntax.parse(source).find_all(nodes.Filter) if node.name == "safe"]
        found += [f"{short(path)}: {what}" for what in [*IN_LINE_CODE.findall(source), *trusting]]
        assert "autoescape false" not in source
    assert found == []


def test_every_exception_from_a_check_gives_its_reason() -> None:
    bare = re.compile(r"#\s*(?:noqa(?!: [A-Z]+\d+[, A-Z\d]*  ?\S)|type: ignore(?!\[))")
    unexplained = [
        f"{short(path)}:{number}"
        for path in python_files()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if bare.search(line)
    ]
    assert unexplained == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locked_dependencies_have_hashes_and_name_no_place(name: str) -> None:
    text = (PROJECT / name).read_text()
    pinned = re.findall(r"^([a-z0-9][a-z0-9._-]*)==", text, re.MULTILINE)
    assert len(pinned) > 20
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)
    assert [entry.split()[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []
    assert re.findall(r"https?:|file:|index-url|find-links|^/| @ ", text, re.MULTILINE) == []


def test_what_the_house_needs_is_locked() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    needed = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[\[<>=]", need)[0] for need in needed}
    locked = set(re.findall(r"^([a-z0-9-]+)==", (PROJECT / "requirements-dev.lock").read_text(), re.MULTILINE))
    assert names - locked == set()
