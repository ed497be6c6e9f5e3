"""Write `docs/config.md` from the fields of `Config`: their types, defaults and docstrings."""

import ast
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import fields

from amanat.config import PREFIX, Config
from tools.page import write_or_check

ROOT = Path(__file__).resolve().parent.parent
PAGE = Path("docs/config.md")
SOURCE = ROOT / "src" / "amanat" / "config.py"

HEAD = """\
# Configuration

Written by `make docs` from `src/amanat/config.py`; do not edit.

Nothing needs to be configured: without any of this, `amanat serve` answers on http://127.0.0.1:8008 and keeps all its
data in `./data`. Settings come from a TOML file, named with `--config`:

```toml
server_name = "chat.example.org"
public_url = "https://chat.example.org"
data = "/var/lib/amanat"
trusted_proxies = ["127.0.0.1/32"]
```

A variable of the environment overrides the file, and a flag of the command line overrides both; lists are separated by
commas in a variable. An unknown setting is an error that names the nearest known one, in a file as in the environment.
`amanat lab` and `amanat demo` read neither.

| setting | variable | it is | default | meaning |
|---|---|---|---|---|
"""


def render() -> str:
    """The whole page."""
    meanings = docstrings(SOURCE.read_text())
    return HEAD + "".join(
        f"| `{field.name}` | `{PREFIX}{field.name.upper()}` | {_kind(field.type)} | {_default(field.default)} "
        f"| {meanings[field.name]} |\n"
        for field in fields(Config)
    )


def docstrings(source: str) -> dict[str, str]:
    """Return what stands under each field of the class Config."""
    (config,) = (node for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and node.name == "Config")
    found = {}
    for field, below in zip(config.body, config.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            assert isinstance(below, ast.Expr), f"{field.target.id} has no docstring"
            assert isinstance(below.value, ast.Constant), f"{field.target.id} has no docstring"
            found[field.target.id] = " ".join(str(below.value.value).split())
    return found


def _kind(kind: Any) -> str:
    if kind is bool:
        return "true or false"
    if kind is int:
        return "a number"
    if kind == tuple[str, ...]:
        return "a list"
    return "text"


def _default(value: Any) -> str:
    if value in (None, (), ""):
        return "not set"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return ", ".join(f"`{part}`" for part in value)
    return f"{value:,}" if isinstance(value, int) else f"`{value}`"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page; with --check, say whether the one on disk is what would be written."""
    return write_or_check(PAGE, render(), root=ROOT, about=__doc__, arguments=arguments)


if __name__ == "__main__":
    sys.exit(main())
