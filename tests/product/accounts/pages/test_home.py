"""The account page, and where it leads."""

import pytest

from amanat.product.accounts.pages.places import Place
from tests.product.accounts.pages.browser import HOME, SIGN_IN, Browser
from tests.product.accounts.pages.people import ani_in
from tests.server import Server

PAGES = ("profile", "devices", "number", "pin", "passkeys", "recovery", "browsers", "deactivate")


async def test_every_page_is_there_in_both_languages_and_leads_back(amanat: Server) -> None:
    browser = await ani_in(amanat)
    home = await browser.open(HOME)
    for page in PAGES:
        assert f"{HOME}{page}" in home.links
        for language in ("id", "en"):
            shown = await browser.open(f"{HOME}{page}?lang={language}")
            assert shown.status == 200
            assert ("html", {"lang": language}) in shown.tags
            assert HOME in shown.links


@pytest.mark.parametrize(
    ("action", "page"),
    [
        ("org.matrix.profile", "profile"),
        ("org.matrix.devices_list", "devices"),
        ("org.matrix.sessions_list", "devices"),
        ("org.matrix.account_deactivate", "deactivate"),
        ("org.example.unknown", ""),
    ],
)
async def test_an_app_leads_to_what_its_user_wants_to_do(amanat: Server, action: str, page: str) -> None:
    shown = await (await ani_in(amanat)).open(f"{HOME}?action={action}")
    assert (shown.status, shown.url.partition("?")[0]) == (200, f"{HOME}{page}")


async def test_an_app_leads_through_signing_in(amanat: Server) -> None:
    await amanat.user("budi")
    browser = Browser(amanat)
    page = await browser.open(f"{HOME}?action=org.matrix.device_view&device_id=A%2FB")
    assert page.url.startswith(SIGN_IN)
    page = await browser.open(page.url.replace(SIGN_IN, f"{SIGN_IN}/password"))
    page = await browser.send(page, {"user": "budi", "password": "budi's long password"})
    assert page.url == f"{HOME}devices/one?device_id=A%2FB"
    assert page.status == 404


async def test_another_feature_adds_its_page(amanat: Server) -> None:
    place = Place(path="/_amanat/account/consent", title="profile.title", about="profile.about")
    amanat.amanat.account_pages.places.append(place)
    assert "/_amanat/account/consent" in (await (await ani_in(amanat)).open(HOME)).links
