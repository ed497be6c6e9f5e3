"""Which modules need a test file, and where it may stand."""

from pathlib import Path

from tools.filename_matching import check

LOGIC = "def moves_forward() -> bool: ...\n"


def problems(root: Path, *paths: str, excluded: str = "") -> list[str]:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(LOGIC)
    (root / "tools").mkdir()
    (root / "tools/untested_modules.txt").write_text(excluded)
    return check(root)


def test_a_module_with_logic_needs_its_test(tmp_path: Path) -> None:
    assert problems(tmp_path, "src/amanat/core/receipts.py") == [
        "src/amanat/core/receipts.py: no tests/core/test_receipts.py"
    ]


def test_a_test_at_the_mirrored_path_is_enough(tmp_path: Path) -> None:
    assert problems(tmp_path, "src/amanat/core/receipts.py", "tests/core/test_receipts.py") == []


def test_a_module_of_the_root_has_its_test_at_the_root(tmp_path: Path) -> None:
    assert problems(tmp_path, "src/amanat/config.py", "tests/test_config.py") == []


def test_a_handler_may_be_tested_through_the_client_api_and_the_reverse(tmp_path: Path) -> None:
    modules = ["src/amanat/handlers/send.py", "src/amanat/client_api/profiles.py"]
    assert problems(tmp_path, *modules, "tests/client_api/test_send.py", "tests/handlers/test_profiles.py") == []


def test_constants_values_and_packages_need_no_test(tmp_path: Path) -> None:
    (tmp_path / "src/amanat/core").mkdir(parents=True)
    (tmp_path / "src/amanat/core/limits.py").write_text(
        "MAX_EVENT_BYTES = 65_536\nclass Limit(Struct):\n    per_s: int\n"
    )
    assert problems(tmp_path, "src/amanat/core/__init__.py") == []


def test_an_excluded_module_is_left_alone_until_it_has_its_test(tmp_path: Path) -> None:
    excluded = "core/requester.py  # a value\ncore/receipts.py\n"
    modules = ["src/amanat/core/requester.py", "src/amanat/core/receipts.py", "tests/core/test_receipts.py"]
    assert problems(tmp_path, *modules, excluded=excluded) == [
        "tools/untested_modules.txt: core/receipts.py has its test, or is gone: drop it"
    ]
