"""What a lock file may not hold."""

import json

import pytest

from tools.lock_check import missing_pins, package_lock_problems, requirement_problems

HASH = "--hash=sha256:" + "0" * 64
PINNED = f"# made by make locks\nargon2-cffi==25.1.0 \\\n    {HASH} \\\n    {HASH}\n    # via amanat (pyproject.toml)\n"


def test_pins_with_hashes_are_fine() -> None:
    assert list(requirement_problems(PINNED)) == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("--index-url https://packages.example/simple\n", "holds an address"),
        ("--find-links wheels\n", "names a registry"),
        ("--extra-index-url=internal\n", "names a registry"),
        ("httpx==0.28.1\n", "httpx has no hash"),
        ("httpx>=0.28\n", "not a pin with hashes: httpx>=0.28"),
        ("-e .\n", "not a pin with hashes: -e ."),
    ],
)
def test_anything_else_is_refused(line: str, problem: str) -> None:
    assert problem in list(requirement_problems(PINNED + line))


def test_a_pin_with_a_marker_needs_its_hash_too() -> None:
    assert list(requirement_problems(f'tomli==2.4.0 ; python_version < "3.12" \\\n    {HASH}\n')) == []
    assert list(requirement_problems('tomli==2.4.0 ; python_version < "3.12"\n')) == ["tomli has no hash"]


def test_a_lock_that_fell_behind_the_project_is_refused() -> None:
    assert list(missing_pins(PINNED, ["Argon2_CFFI>=25.1"])) == []
    assert list(missing_pins(PINNED, ["argon2-cffi>=26"])) == ["does not satisfy argon2-cffi>=26; run `make locks`"]
    assert list(missing_pins(PINNED, ["msgspec"])) == ["does not satisfy msgspec; run `make locks`"]


def package_lock(**entry: object) -> str:
    return json.dumps({"packages": {"": {"name": "amanat-web"}, "node_modules/events": {"version": "3.3.0"} | entry}})


def test_a_package_says_its_hash_and_not_its_source() -> None:
    assert list(package_lock_problems(package_lock(integrity="sha512-x"))) == []
    assert list(package_lock_problems(package_lock())) == ["node_modules/events has no hash"]
    resolved = package_lock(integrity="sha512-x", resolved="https://packages.example/events.tgz")
    assert list(package_lock_problems(resolved)) == ["node_modules/events names where it came from"]


def test_a_package_may_ask_for_funding() -> None:
    assert (
        list(package_lock_problems(package_lock(integrity="sha512-x", funding={"url": "https://fund.example"}))) == []
    )
