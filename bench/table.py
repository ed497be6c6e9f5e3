"""The table as Markdown: one row per line, the subjects side by side, and their ratios. Pure."""

from collections.abc import Mapping, Sequence

from bench.figures import REFERENCE_SEND_US, Figure, Line, at_pace, number, ratios, values, verdict

# What was measured: subject name -> line key -> figure.
Results = Mapping[str, Mapping[str, Figure]]
OURS = "amanat"  # Whose figures are held against the bounds and the others.
PACE = ("bare", "send_cpu")  # Whose figure says how fast the machine is.
NOTHING = "–"


def markdown(lines: Sequence[Line], results: Results, *, titles: Mapping[str, str]) -> str:
    """Write the table; `titles` maps the names of the subjects to the titles of their columns, in order."""
    others = [name for name in titles if name != OURS] if OURS in titles else []
    pace = _pace(results)
    here = [] if pace is None else [f"must × {number(pace)}", ""]
    ratio_heads = [f"{titles[OURS]} : {titles[other]}" for other in others]
    head = ["work", *titles.values(), *ratio_heads, "must", "aim", "", *here]
    rows = [head, ["---"] * len(head)]
    for line in lines:
        figures = {name: results.get(name, {}).get(line.key) for name in titles}
        mine = figures.get(OURS)
        rows.append(
            [
                line.work,
                *(_cell(line, figure) for figure in figures.values()),
                *(_ratio(mine, figures[other]) for other in others),
                _bound(line, line.must),
                _bound(line, line.aim),
                verdict(line, mine) if mine else "",
                *([] if pace is None else _here(at_pace(line, pace), mine)),
            ]
        )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _pace(results: Results) -> float | None:
    """How many times as long this machine takes as the one that the bounds were set on."""
    subject, key = PACE
    figure = results.get(subject, {}).get(key)
    return None if figure is None else figure.values[0] / REFERENCE_SEND_US


def _here(line: Line, mine: Figure | None) -> list[str]:
    return [_bound(line, line.must), verdict(line, mine) if mine else ""]


def _cell(line: Line, figure: Figure | None) -> str:
    if figure is None:
        return NOTHING
    text = " ".join(filter(None, [values(figure.values), line.unit]))
    return f"{text} ({figure.note})" if figure.note else text


def _bound(line: Line, bounds: tuple[float, ...]) -> str:
    if not bounds:
        return NOTHING
    return " ".join(filter(None, ["≥" if line.more_is_better else "≤", values(bounds), line.unit]))


def _ratio(mine: Figure | None, other: Figure | None) -> str:
    if mine is None or other is None or len(mine.values) != len(other.values):
        return NOTHING
    return values(ratios(mine, other))
