"""Sizes a reader can hold: how long a module and a function may be, and how many parameters a function takes.

What is over and has a reason stands in `tools/size_exceptions.txt`. That list may only shrink: an entry says the size
that is excused, and an entry that is larger than what the code needs by now is an error too.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

ROOT = Path(__file__).resolve().parent.parent
EXCEPTIONS = Path("tools/size_exceptions.txt")
CHECKED = ("src", "tools", "bench")

MODULE_LINES = 600
FUNCTION_LINES = 80
CORE_FUNCTION_LINES = 60
PARAMETERS = 5
POSITIONAL = 2

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Excess(Struct, frozen=True, kw_only=True):
    """One thing that is larger than its limit."""

    place: str
    measure: str
    size: int
    limit: int

    @property
    def key(self) -> tuple[str, str]:
        return self.place, self.measure

    def __str__(self) -> str:
        return f"{self.place}: {self.size} {self.measure}, the limit is {self.limit}"


def measure_module(path: str, source: str) -> Iterator[Excess]:
    """Everything in one module that is over a limit."""
    yield from _over(path, lines=(source.count("\n"), MODULE_LINES))
    longest = CORE_FUNCTION_LINES if path.startswith("src/amanat/core/") else FUNCTION_LINES
    for name, function, is_method in _functions(ast.parse(source), prefix=""):
        assert function.end_lineno is not None
        total, positional = _parameters(function, is_method=is_method)
        yield from _over(
            f"{path}:{name}",
            lines=(function.end_lineno - function.lineno + 1, longest),
            parameters=(total, PARAMETERS),
            positional=(positional if _is_called_from_afar(name) else 0, POSITIONAL),
        )


def check(root: Path) -> list[str]:
    """What stands over a limit without an exception, and exceptions that are no longer needed."""
    excused = _read_exceptions(root / EXCEPTIONS)
    found = {excess.key: excess for excess in _measure_tree(root)}
    problems = [str(excess) for key, excess in found.items() if excess.size > excused.get(key, 0)]
    for (place, measure), size in excused.items():
        excess = found.get((place, measure))
        if excess is None:
            problems.append(f"{EXCEPTIONS}: {place} is within the limit for {measure} now: drop its entry")
        elif excess.size < size:
            problems.append(f"{EXCEPTIONS}: {place} has {excess.size} {measure} now: lower its entry from {size}")
    return problems


def _over(place: str, **sizes: tuple[int, int]) -> Iterator[Excess]:
    for measure, (size, limit) in sizes.items():
        if size > limit:
            yield Excess(place=place, measure=measure, size=size, limit=limit)


def _measure_tree(root: Path) -> Iterator[Excess]:
    for top in CHECKED:
        for file in sorted((root / top).rglob("*.py")):
            yield from measure_module(file.relative_to(root).as_posix(), file.read_text())


def _functions(node: ast.AST, *, prefix: str) -> Iterator[tuple[str, Function, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield prefix + child.name, child, isinstance(node, ast.ClassDef)
            yield from _functions(child, prefix=f"{prefix}{child.name}.<locals>.")
        else:
            yield from _functions(child, prefix=f"{prefix}{child.name}." if isinstance(child, ast.ClassDef) else prefix)


def _parameters(function: Function, *, is_method: bool) -> tuple[int, int]:
    """How many parameters in all, and how many of them by position, `self` and `*args` not counted."""
    arguments = function.args
    is_static = any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in function.decorator_list)
    positional = len(arguments.posonlyargs) + len(arguments.args) - (is_method and not is_static)
    return positional + len(arguments.kwonlyargs), positional


def _is_called_from_afar(name: str) -> bool:
    """Calls from another file must read well there; the shape of `__exit__` or an ASGI `__call__` is not our choice."""
    return not any(part.startswith(("_", "<locals>")) and part != "__init__" for part in name.split("."))


def _read_exceptions(path: Path) -> dict[tuple[str, str], int]:
    """Lines of `place measure size  # reason`."""
    entries = {}
    for line in path.read_text().splitlines() if path.exists() else []:
        if words := line.partition("#")[0].split():
            place, measure, size = words
            entries[place, measure] = int(size)
    return entries


def main() -> int:
    """Print what is too large; 1 when there is any."""
    problems = check(ROOT)
    print("\n".join(problems) or "size check: everything is within its limits")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
