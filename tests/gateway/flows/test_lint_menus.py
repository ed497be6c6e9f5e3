"""Menus that would not fit, or could not be told apart, are refused."""

import pytest

from amanat.gateway.flows.loading import load
from amanat.gateway.office_files.problems import FilesRefused
from tests.gateway.flows.sample import changed

MANY = "".join(f"      more{number}: fees\n" for number in range(6))
MISTAKES = [
    (
        "texts/en.md",
        "- fees: Fees\n",
        "",
        "texts/en.md:1: The menu 'welcome' has no line for 'fees': add '- fees: ...' at its end.",
    ),
    (
        "texts/en.md",
        "- fees: Fees",
        "- fes: Fees",
        "texts/en.md:5: 'fes' is no option of this menu in flow.yaml. Did you mean 'fees'?",
    ),
    (
        "texts/id.md",
        "Kurang sopan",
        "Kurang sopan sekali orangnya",
        "texts/id.md:41: 'Kurang sopan sekali orangnya' has 28 characters; there is room for 20 here.",
    ),
    (
        "texts/id.md",
        "Biaya layanan",
        "Biaya layanan di kantor ini",
        "texts/id.md:5: 'Biaya layanan di kantor ini' has 27 characters; there is room for 24 here.",
    ),
    (
        "texts/id.md",
        "pilih hari",
        "h" * 73,
        f"texts/id.md:6: '{'h' * 73}' has 73 characters; there is room for 72 here.",
    ),
    (
        "texts/en.md",
        "Too slow",
        "not polite!",
        "texts/en.md:42: 'slow' and 'rude' read the same: nobody could choose between them by words.",
    ),
    (
        "texts/en.md",
        "Too slow",
        "2",
        "texts/en.md:42: The option 'slow' needs words, since numbers stand for places in the menu.",
    ),
    ("texts/en.md", "Too slow", "{nik}", "texts/en.md:42: The option 'slow' cannot hold a variable."),
    ("texts/en.md", "What about?\n", "", "texts/en.md:38: 'ask_kind' has options and no text above them."),
    (
        "texts/en.md",
        "What about?",
        "W" * 1025,
        "texts/en.md:38: A text above buttons has 1024 characters at most, and this has 1025.",
    ),
    (
        "flow.yaml",
        "      bye: goodbye\n",
        f"      bye: goodbye\n{MANY}",
        "flow.yaml:22: The menu of 'welcome' has 11 options, 10 at most: make two menus.",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "sentence"), MISTAKES)
def test_a_menu_that_will_not_do_is_told_with_its_place(file: str, old: str, new: str, sentence: str) -> None:
    with pytest.raises(FilesRefused) as refused:
        load(changed(file, old, new))
    assert sentence in map(str, refused.value.problems), refused.value
