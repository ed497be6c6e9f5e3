"""The table as Markdown: one row per line, the subjects side by side, and their ratios. Pure."""

from collections.abc import Mapping, Sequence

from bench.figures import Figure, Line, ratios, values, verdict

# What was measured: subject name -> line key -> figure.
Results = Mapping[str, Mapping[str, Figure]]
OURS = "amanat"  # Whose figures are held against the bounds and the others.
NOTHING = "–"


def markdown(lines: Sequence[Line], results: Results, *, titles: Mapping[str, str]) -> str:
    """Write the table; `titles` maps the names of the subjects to the titles of their columns, in order."""
    others = [name for name in titles if name != OURS] if OURS in titles else []
    head = ["work", *titles.values(), *(f"{titles[OURS]} : {titles[other]}" for other in others), "must", "aim", ""]
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
            ]
        )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


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
