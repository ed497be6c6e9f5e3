"""Figures and what they are held against: one line of the table, its targets, its verdict. Pure."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

REFERENCE_SEND_US = 72.0
"""What a send cost the bare stack where the bounds were set: 66 to 78 µs."""

Verdict = Literal["aim", "must", "missed", ""]


class Line(Struct, frozen=True, kw_only=True):
    """One line of the table; `must` and `aim` hold one bound for each value of a figure."""

    key: str
    work: str
    unit: str
    must: tuple[float, ...] = ()
    aim: tuple[float, ...] = ()
    more_is_better: bool = False

    @property
    def is_paced(self) -> bool:
        """Whether the figure follows from how fast the machine is: times and rates do, memory and ratios do not."""
        return self.unit in ("µs", "ms", "s", "/s", "/min")


class Figure(Struct, frozen=True, kw_only=True):
    """What was measured: one value, or one per bound (p50 and p99); `note` says where the load was not the table's."""

    values: tuple[float, ...]
    note: str = ""


def percentile(samples: Sequence[float], share: float) -> float:
    """Return the smallest sample that at least that share of the samples does not exceed."""
    ordered = sorted(samples)
    rank = max(1, -(-int(share * 1_000_000) * len(ordered) // 1_000_000))
    return ordered[rank - 1]


def verdict(line: Line, figure: Figure) -> Verdict:
    """Say which bounds the figure keeps: all values must keep a bound."""
    if not line.must:
        return ""
    if _keeps(line, figure, line.aim):
        return "aim"
    return "must" if _keeps(line, figure, line.must) else "missed"


def at_pace(line: Line, pace: float) -> Line:
    """Set a line's bounds for a machine that takes `pace` times as long for the same work."""
    if not line.is_paced:
        return line
    times = 1 / pace if line.more_is_better else pace
    return replace(
        line, must=tuple(bound * times for bound in line.must), aim=tuple(bound * times for bound in line.aim)
    )


def _keeps(line: Line, figure: Figure, bounds: tuple[float, ...]) -> bool:
    pairs = zip(figure.values, bounds, strict=True)
    return all(value >= bound if line.more_is_better else value <= bound for value, bound in pairs)


def ratios(figure: Figure, other: Figure) -> tuple[float, ...]:
    """Divide value by value: what `figure` needs for each one of `other`."""
    return tuple(value / base for value, base in zip(figure.values, other.values, strict=True) if base)


def number(value: float) -> str:
    """Write three significant digits, without an exponent."""
    if value == 0:
        return "0"
    digits = 0
    while abs(value) * 10**digits < 100 and digits < 6:
        digits += 1
    text = f"{round(value, digits):,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def values(figure_values: Sequence[float]) -> str:
    """Write values as `1.9 / 4.8`."""
    return " / ".join(number(value) for value in figure_values)
