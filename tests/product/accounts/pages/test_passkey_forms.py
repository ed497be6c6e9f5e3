"""What a browser answers about a passkey."""

import pytest

from tests.product.accounts.pages.browser import SIGN_IN, Browser
from tests.server import Server


@pytest.mark.parametrize("answer", ["", "null", "[]", "{", '"x"', "[" * 20_000, '{"id":"\\ud800"}'])
async def test_what_is_no_answer_is_refused_like_a_wrong_one(amanat: Server, answer: str) -> None:
    browser = Browser(amanat)
    page = await browser.open(f"{SIGN_IN}/passkey")
    assert (await browser.send(page, {"credential": answer})).status == 403
