"""Finding a feature is one glob: each module of `src/amanat` that holds logic has its test at the mirrored path.

A module of the client API and the handler beneath it may be tested by one story through the front door, so either test
file serves both. What has no test of its own stands in `tools/untested_modules.txt`, and that list may only shrink.
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXCLUDED = Path("tools/untested_modules.txt")

# Layers whose modules answer for each other: the test may stand in any of these folders.
SHARED_TESTS = ("client_api", "handlers")


def has_logic(source: str) -> bool:
    """A module with a function or a method; constants, plain values and error classes are data."""
    return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(ast.parse(source)))


def expected_tests(module: Path) -> list[Path]:
    """Where the test of `core/receipts.py` (a path below `src/amanat`) may stand."""
    name = f"test_{module.name}"
    folders = SHARED_TESTS if module.parent.as_posix() in SHARED_TESTS else (module.parent.as_posix(),)
    return [Path("tests", folder, name) for folder in folders]


def check(root: Path) -> list[str]:
    """Modules without a test, and exclusions that are no longer needed."""
    package = root / "src" / "amanat"
    untested = {
        module.as_posix(): expected_tests(module)
        for module in sorted(file.relative_to(package) for file in package.rglob("*.py") if file.name != "__init__.py")
        if has_logic((package / module).read_text())
        and not any((root / test).exists() for test in expected_tests(module))
    }
    excluded = _read_excluded(root / EXCLUDED)
    problems = [
        f"src/amanat/{module}: no {' or '.join(map(str, tests))}"
        for module, tests in untested.items()
        if module not in excluded
    ]
    problems += [
        f"{EXCLUDED}: {module} has its test, or is gone: drop it" for module in sorted(excluded - set(untested))
    ]
    return problems


def _read_excluded(path: Path) -> set[str]:
    """Lines of `core/requester.py  # reason`."""
    lines = path.read_text().splitlines() if path.exists() else []
    return {module for line in lines if (module := line.partition("#")[0].strip())}


def main() -> int:
    """Print the modules without a test; 1 when there is any."""
    problems = check(ROOT)
    print("\n".join(problems) or "filename matching: every module has its test")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
