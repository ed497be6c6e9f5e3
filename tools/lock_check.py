"""Lock files pin and hash everything, and name no registry: where packages come from is each machine's own setting."""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = Path("requirements")
PACKAGE_LOCK = Path("web/package-lock.json")
NPMRC = Path("web/.npmrc")

PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9][\w.-]*)==(?P<version>[\w.!+-]+)(?: ;[^\\\n]*)?\s*"
    r"(?P<hashes>(?:\\\n\s+--hash=sha256:[0-9a-f]{64}\s*)*)",
    re.M,
)
REGISTRY_OPTION = re.compile(r"^\s*(?:-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)\b", re.M)


def check(root: Path) -> list[str]:
    """Everything that is wrong with the lock files of a checkout."""
    project = tomllib.loads((root / "pyproject.toml").read_text())
    about = project["project"]
    declared = about["dependencies"] + about["optional-dependencies"]["demo"] + project["build-system"]["requires"]
    problems = [
        f"{path}: {problem}" for path in _locks(root) for problem in requirement_problems((root / path).read_text())
    ]
    problems += [
        f"requirements/run.txt: {p}" for p in missing_pins((root / "requirements/run.txt").read_text(), declared)
    ]
    problems += [f"{PACKAGE_LOCK}: {p}" for p in package_lock_problems((root / PACKAGE_LOCK).read_text())]
    if "omit-lockfile-registry-resolved=true" not in (root / NPMRC).read_text().split():
        problems.append(f"{NPMRC}: omit-lockfile-registry-resolved=true is missing")
    return problems


def requirement_problems(text: str) -> Iterator[str]:
    """A pip lock holds pins with hashes and nothing else: no address, no option about a registry."""
    if "://" in text:
        yield "holds an address"
    if REGISTRY_OPTION.search(text):
        yield "names a registry"
    left = PIN.sub("", text)
    for pin in PIN.finditer(text):
        if not pin["hashes"]:
            yield f"{pin['name']} has no hash"
    for line in left.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield f"not a pin with hashes: {line.strip()}"


def missing_pins(text: str, declared: list[str]) -> Iterator[str]:
    """What the project declares and the lock does not pin to a version that satisfies it."""
    pins = {canonicalize_name(pin["name"]): pin["version"] for pin in PIN.finditer(text)}
    for requirement in map(Requirement, declared):
        version = pins.get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            yield f"does not satisfy {requirement}; run `make locks`"


def package_lock_problems(text: str) -> Iterator[str]:
    """An npm lock holds versions and hashes; of addresses, only those where a package asks for funding."""
    for name, entry in json.loads(text)["packages"].items():
        if not name:
            continue
        if "integrity" not in entry:
            yield f"{name} has no hash"
        about_its_source = {key: value for key, value in entry.items() if key != "funding"}
        if "resolved" in entry or "://" in json.dumps(about_its_source):
            yield f"{name} names where it came from"


def _locks(root: Path) -> list[Path]:
    return sorted(path.relative_to(root) for path in (root / REQUIREMENTS).glob("*.txt"))


def main() -> int:
    """Print what is wrong with the lock files; 1 when there is anything."""
    problems = check(ROOT)
    print("\n".join(problems) or "lock check: everything is pinned and hashed, no registry is named")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
