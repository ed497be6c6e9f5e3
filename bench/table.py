"""The table as Markdown: one row per line, the subjects side by side, and their ratios. Pure."""

from collections.abc import Mapping, Sequence

from bench.figures import Figure, Line, ratios, values, verdict

# What was measured: subject name -> line key -> figure.
Results = Mapping[str, Mapping[str, Figure]]
NOTHING = "–"


def markdown(lines: Sequence[Line], results: Results, titles: Mapping[str, str]) -> str:
    """Write the table; `titles` maps subject names to column titles, in order, the last of them being Amanat's."""
    names = list(titles)
    ours, others = names[-1], names[:-1]
    head = ["work", *titles.values(), *(f"{titles[ours]} : {titles[other]}" for other in others), "must", "aim", ""]
    rows = [head, ["---"] * len(head)]
    for line in lines:
        mine = results.get(ours, {}).get(line.key)
        theirs = [results.get(other, {}).get(line.key) for other in others]
        rows.append(
            [
                line.work,
                *(_cell(line, figure) for figure in [*theirs, mine]),
                *(_ratio(mine, figure) for figure in theirs),
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
