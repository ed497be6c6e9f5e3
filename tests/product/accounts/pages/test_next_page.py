"""Where signing in may lead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amanat.product.accounts.pages.next_page import MAX_NEXT, own_path


@pytest.mark.parametrize(
    "path", ["/", "/_amanat/account/", "/_amanat/oauth2/authorize?state=a%2Fb&redirect_uri=https%3A%2F%2Fapp.example"]
)
def test_a_path_of_this_server_is_taken(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "elsewhere",
    [
        "",
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/path\\..\\evil",
        "/\t/evil.example",
        "\t//evil.example",
        " /_amanat/",
        "/a\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "data:text/html,hello",
        "_amanat/account/",
        "/é",
        "/" + "a" * MAX_NEXT,
    ],
)
def test_no_other_site_is(elsewhere: str) -> None:
    assert own_path(elsewhere) is None


@given(st.text(alphabet="/\\ab.:%?#@\t\n e", max_size=12))
def test_what_is_taken_has_one_slash_first_and_nothing_that_a_browser_rewrites(text: str) -> None:
    taken = own_path(text)
    assert taken is None or (taken == text and text[0] == "/" and text[1:2] != "/" and not set(text) & set("\\\t\n "))
