"""Measure everything, one figure after the other (`make bench`). Nothing fails: what falls short is told."""

import sys

from tests.bench import councils, cpu, events, ideas, load, post, results, statements, weight
from tests.bench.figures import show, show_headings
from tests.bench.house import demo_house, temporary_folder

PARTS = ("cpu", "statements", "weight", "results", "ideas", "events", "councils", "load", "post")


def main(wanted: list[str]) -> None:
    """All parts, or those that are named: python -m tests.bench cpu weight"""
    parts = wanted or PARTS
    show_headings()
    with temporary_folder() as folder, demo_house(folder) as house:
        measures = {
            "cpu": lambda: cpu.figures(house, folder),
            "statements": lambda: statements.figures(house),
            "weight": lambda: weight.figures(house),
            "results": lambda: results.figures(folder),
            "ideas": lambda: ideas.figures(folder),
            "events": lambda: events.figures(folder),
            "councils": lambda: councils.figures(folder),
            "load": lambda: load.figures(folder),
            "post": lambda: post.figures(folder),
        }
        for part in parts:
            for figure in measures[part]():
                show(figure)


if __name__ == "__main__":
    main(sys.argv[1:])
