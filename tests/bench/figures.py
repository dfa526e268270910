"""One line per figure: name, value, unit, limit, and whether it is ok or falls short."""

from dataclasses import dataclass

HEADINGS = ("figure", "value", "unit", "limit", "")


@dataclass(frozen=True)
class Figure:
    """Something that was measured. A figure without a limit is only told."""

    name: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def verdict(self) -> str:
        if self.limit is None:
            return ""
        return "ok" if self.value <= self.limit else "short"


def show(figure: Figure) -> None:
    """Print it at once: some figures take their time."""
    limit = "" if figure.limit is None else _plain(figure.limit)
    print(_columns(figure.name, _plain(figure.value), figure.unit, limit, figure.verdict), flush=True)


def show_headings() -> None:
    """The line above all figures."""
    print(_columns(*HEADINGS), flush=True)


def note(text: str) -> None:
    """Why some figures are missing."""
    print(f"- {text}", flush=True)


def _columns(name: str, value: str, unit: str, limit: str, verdict: str) -> str:
    return f"{name:<66}{value:>12} {unit:<12}{limit:>8} {verdict}".rstrip()


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:,.2f}"
