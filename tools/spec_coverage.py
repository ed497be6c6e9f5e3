"""Write `docs/spec-coverage.md`: each operation of the Client-Server API, whether we serve it, where, and its test.

What exists is in `tools/spec_operations.tsv`, what we refuse on purpose in `tools/spec_refused.tsv`, and what we serve
is read from the routes that `amanat.client_api` declares.
"""

import csv
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from msgspec import Struct

import amanat.client_api
from amanat.edge.routes import declared
from tools.filename_matching import expected_tests
from tools.page import write_or_check

ROOT = Path(__file__).resolve().parent.parent
OPERATIONS = Path("tools/spec_operations.tsv")
REFUSED = Path("tools/spec_refused.tsv")
PAGE = Path("docs/spec-coverage.md")

HEAD = """\
# What we serve of the Client-Server API

Written by `make docs` from the routes that the code declares; do not edit. *served*: a route answers it.
*refused*: by design, with the reason. *absent*: not yet.
"""


class Operation(Struct, frozen=True, kw_only=True):
    """One operation of the specification."""

    method: str
    path: str
    operation_id: str
    deprecated: bool
    tag: str


class Served(Struct, frozen=True, kw_only=True):
    """One declared route: `module` is its path below `src/amanat`."""

    method: str
    path: str
    module: str
    function: str
    spec: str | None = None


def render(operations: Sequence[Operation], *, served: Sequence[Served], refused: dict[str, str], root: Path) -> str:
    """The page."""
    by_address = {(route.method, _address(route.path)): route for route in served}
    rows = [
        (operation, *_row(operation, by_address=by_address, refused=refused, root=root)) for operation in operations
    ]
    words = [word for _, word, _ in rows]
    counts = ", ".join(f"{words.count(word)} {word}" for word in ("served", "refused", "absent"))
    page = [HEAD, f"{len(rows)} operations: {counts}.\n"]
    for tag, section in groupby(sorted(rows, key=_tag), key=_tag):
        page += [f"## {tag}\n", "| operation | | status | where | test |", "|---|---|---|---|---|"]
        page += [line for _, _, line in section]
        page.append("")
    return "\n".join(page)


def misnamed(operations: Sequence[Operation], served: Sequence[Served]) -> list[str]:
    """Declarations that claim an operation of the specification but stand at none of its addresses."""
    known = {(operation.operation_id, operation.method, _address(operation.path)) for operation in operations}
    right = {
        (route.module, route.function, route.spec)
        for route in served
        if (route.spec, route.method, _address(route.path)) in known
    }
    claims = {(route.module, route.function, route.spec) for route in served if route.spec}
    return [
        f"src/amanat/{module}: {function} says it is {spec}, but stands at no path of that operation"
        for module, function, spec in sorted(claims - right)
    ]


def declared_routes() -> Iterator[Served]:
    """Every route that a class of `amanat.client_api` declares."""
    for found in pkgutil.walk_packages(amanat.client_api.__path__, "amanat.client_api."):
        module = importlib.import_module(found.name)
        for _, cls in inspect.getmembers(module, inspect.isclass):
            if cls.__module__ != found.name:
                continue
            for function, route in declared(cls):
                for path in route.paths:
                    yield Served(
                        method=route.method,
                        path=path,
                        module=found.name.removeprefix("amanat.").replace(".", "/") + ".py",
                        function=function,
                        spec=route.spec,
                    )


def read_operations(path: Path) -> list[Operation]:
    """The operations of the specification, in the order of the list."""
    return [
        Operation(
            method=row["method"],
            path=row["path"],
            operation_id=row["operation_id"],
            deprecated=row["deprecated"] == "yes",
            tag=row["tag"] or "Others",
        )
        for row in _read_table(path)
    ]


def read_refused(path: Path) -> dict[str, str]:
    """Why each refused operation is refused."""
    return {row["operation_id"]: row["reason"] for row in _read_table(path)}


def _read_table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _row(
    operation: Operation, *, by_address: dict[tuple[str, str], Served], refused: dict[str, str], root: Path
) -> tuple[str, str]:
    """The status word of an operation and its line of the table."""
    route = by_address.get((operation.method, _address(operation.path)))
    where = test = ""
    if operation.operation_id in refused:
        word, where = "refused", refused[operation.operation_id]
    elif route is None:
        word = "absent"
    else:
        word = "served"
        where = f"`{route.module}` {route.function}"
        test = next((f"`{path}`" for path in expected_tests(Path(route.module)) if (root / path).exists()), "")
    name = operation.operation_id + (" (deprecated)" if operation.deprecated else "")
    return word, f"| {name} | `{operation.method} {operation.path}` | {word} | {where} | {test} |"


def _tag(row: tuple[Operation, str, str]) -> str:
    return row[0].tag


def _address(path: str) -> str:
    """A path without the names of its parameters: ours need not be the specification's."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page; with --check, say whether the one on disk is what would be written."""
    operations, served = read_operations(ROOT / OPERATIONS), list(declared_routes())
    if problems := misnamed(operations, served):
        print("\n".join(problems))
        return 1
    page = render(operations, served=served, refused=read_refused(ROOT / REFUSED), root=ROOT)
    return write_or_check(PAGE, page, root=ROOT, about=__doc__, arguments=arguments)


if __name__ == "__main__":
    sys.exit(main())
