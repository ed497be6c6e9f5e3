"""Buttons as MSC4139 has them, and the answers that name them."""

import pytest

from amanat.gateway.flows.model import Option
from amanat.gateway.messages.prompts import MAX_ID, USED_PROMPT, Used, prompts, used_prompt


def test_an_answer_names_the_button_and_its_menu() -> None:
    (prompt,) = prompts([Option("ask_2", "Ask", "soon")], menu="main_menu", intro={})["prompts"]
    assert (prompt["type"], prompt["id.amanat.description"]) == ("preset", "soon")
    assert used_prompt({USED_PROMPT: {"id": prompt["id"]}}) == Used("main_menu", "ask_2")


@pytest.mark.parametrize(
    "used", [None, "a/b", {}, {"id": None}, {"id": "a"}, {"id": "a/b/c"}, {"id": "a/B"}, {"id": "\u00e9/b"}]
)
def test_other_answers_name_none(used: object) -> None:
    assert used_prompt({USED_PROMPT: used}) is None


def test_an_id_is_bounded() -> None:
    assert used_prompt({USED_PROMPT: {"id": "m/" + "o" * (MAX_ID - 2)}}) is not None
    assert used_prompt({USED_PROMPT: {"id": "m/" + "o" * (MAX_ID - 1)}}) is None
