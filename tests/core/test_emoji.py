import pytest

from amanat.core.emoji import is_one_emoji

ONE = "👍 👍🏽 👍️ ❤ ❤️ ❤️‍🔥 👨‍👩‍👧‍👦 🧑🏿‍🚀 🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇮🇩 1️⃣ #️⃣ ✅ 😄 🎉 👀 🫡 ⁉️ ™️ ㊗️ 🅰️ 🈂️ ☪️ 🤷‍♀️".split()  # noqa: SIM905
NOT_ONE = [
    "",
    "a",
    "ok",
    "1",
    "👍👍",
    "👍 ",
    " 👍",
    "hello 👍",
    "🇮",
    "\u200d",
    "\ufe0f",
    "👍\u200d",
    "+1",
    "中",
    "é",
    "\ud800",
]


@pytest.mark.parametrize("text", ONE)
def test_an_emoji_is_one_however_many_code_points_it_has(text: str) -> None:
    assert is_one_emoji(text)


@pytest.mark.parametrize("text", NOT_ONE)
def test_words_digits_and_two_emoji_are_not_one(text: str) -> None:
    assert not is_one_emoji(text)
