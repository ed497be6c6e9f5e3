"""The cookies."""

from amanat.product.accounts.pages.cookies import Cookie
from tests.edge.asking import Client, asking


def _asking(cookies: str):
    return asking("GET", "/", {"cookie": cookies}, incoming=Client([]).incoming)


def test_over_https_a_cookie_is_bound_to_the_host() -> None:
    written = Cookie("amanat", True).write("token", max_age_s=60).decode()
    assert written == "__Host-amanat=token; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure"


def test_a_cookie_is_found_by_its_whole_name() -> None:
    cookie = Cookie("amanat", False)
    assert cookie.read(_asking("x=1; amanat=token; amanat=later")) == "token"
    assert cookie.read(_asking("xamanat=1; __Host-amanat=2")) is None
    assert Cookie("amanat", True).read(_asking("amanat=planted")) is None
    assert cookie.clear().startswith(b"amanat=; Path=/; Max-Age=0;")
