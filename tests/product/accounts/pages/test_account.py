"""The account page, and the pages it leads to."""

import pytest

from tests.product.accounts.pages.browser import HOME, SIGN_IN, Browser
from tests.product.accounts.pages.people import NUMBER, last_code, prove, sign_up
from tests.server import Server

HOUR_MS = 3_600_000
PAGES = ("profile", "devices", "number", "pin", "passkeys", "recovery", "browsers", "deactivate")


async def _ani(server: Server) -> Browser:
    browser = Browser(server)
    await sign_up(browser, "ani", name="Ani")
    return browser


async def test_every_page_is_there_in_both_languages_and_leads_back(amanat: Server) -> None:
    browser = await _ani(amanat)
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
    shown = await (await _ani(amanat)).open(f"{HOME}?action={action}")
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


async def test_a_device_is_signed_out_at_once(amanat: Server) -> None:
    budi = await amanat.user("budi")
    browser = Browser(amanat)
    await browser.sign_in("budi")
    listed = await browser.open(f"{HOME}?action=org.matrix.devices_list")
    assert "This app is not known" in listed.text
    one = await browser.open(f"{HOME}?action=org.matrix.device_delete&device_id={budi.device_id}")
    assert budi.device_id in one.text
    after = await browser.send(one)
    assert "It is signed out" in after.text
    refused = await budi.get("/account/whoami")
    assert (refused.status, refused.errcode) == (401, "M_UNKNOWN_TOKEN")


async def test_nobody_signs_out_another_s_device(amanat: Server) -> None:
    budi = await amanat.user("budi")
    browser = await _ani(amanat)
    assert (await browser.open(f"{HOME}devices/one?device_id={budi.device_id}")).status == 404
    csrf = (await browser.open(HOME)).csrf
    await browser.post(f"{HOME}devices/one", {"csrf": csrf, "device_id": budi.device_id})
    assert (await budi.get("/account/whoami")).status == 200


async def test_handle_and_name_are_changed(amanat: Server) -> None:
    await amanat.user("budi")
    browser = await _ani(amanat)
    page = await browser.open(f"{HOME}profile")
    assert page.forms[0]["fields"]["handle"] == "ani"
    taken = await browser.send(page, {"handle": "budi"})
    assert (taken.status, taken.problems) == (400, ["handle"])
    assert (await browser.send(page, {"handle": "Ani Sari"})).problems == ["handle"]
    saved = await browser.send(page, {"handle": "ani.sari", "name": ""})
    assert "Saved." in saved.text
    assert saved.forms[0]["fields"] | {"csrf": ""} == {"csrf": "", "handle": "ani.sari", "name": ""}


async def test_what_cannot_be_undone_asks_who_is_there_after_a_while(amanat: Server) -> None:
    browser = await _ani(amanat)
    amanat.clock.pass_ms(HOUR_MS)
    for path in ("pin", "passkeys", "recovery", "deactivate", "number/change"):
        asked = await browser.open(f"{HOME}{path}")
        assert (asked.url.partition("?")[0], "again=1" in asked.url) == (SIGN_IN, True)
    assert "show once more that it is you" in asked.text
    page = await browser.send(asked, {"number": NUMBER})
    assert (await browser.send(page, {"code": last_code(amanat)})).url == f"{HOME}number/change"


async def test_an_old_session_ends_no_account_by_a_form_it_kept(amanat: Server) -> None:
    browser = await _ani(amanat)
    form = await browser.open(f"{HOME}deactivate")
    amanat.clock.pass_ms(HOUR_MS)
    assert (await browser.send(form, {"understood": "1"})).url.startswith(SIGN_IN)
    assert "@ani" in (await browser.open(HOME)).text


async def test_a_person_ends_their_account(amanat: Server) -> None:
    browser, other = await _ani(amanat), Browser(amanat)
    amanat.clock.pass_ms(HOUR_MS)
    await prove(other)
    page = await other.open(f"{HOME}deactivate")
    assert (await other.send(page, {"erase": "1"})).problems == ["understood"]
    gone = await other.send(page, {"understood": "1", "erase": "1"})
    assert "The account is closed" in gone.text
    for left in (browser, other):
        assert (await left.open(HOME)).url != HOME
    (account,) = await amanat.amanat.accounts.page()
    assert (account.erased, account.handle) == (1, None)


async def test_other_browsers_are_signed_out(amanat: Server) -> None:
    browser = await _ani(amanat)
    amanat.clock.pass_ms(HOUR_MS)
    other = Browser(amanat, user_agent="Mozilla/5.0 (Windows NT 10.0) Chrome/140")
    await prove(other)
    page = await browser.open(f"{HOME}browsers")
    assert "Chrome, Windows" in page.text
    assert "Firefox, Android" in page.text
    assert "All other browsers are signed out." in (await browser.send(page)).text
    assert (await browser.open(HOME)).url == HOME
    assert (await other.open(HOME)).url != HOME


async def test_a_pin_is_set_changed_and_removed(amanat: Server) -> None:
    browser = await _ani(amanat)
    page = await browser.open(f"{HOME}pin")
    assert (await browser.send(page, {"pin": "123456", "repeated": "123456"})).problems == ["pin"]
    assert (await browser.send(page, {"pin": "739154", "repeated": "739155"})).problems == ["repeated"]
    page = await browser.send(page, {"pin": "739154", "repeated": "739154"})
    assert "A PIN guards your account." in page.text
    assert "739154" not in page.body
    page = await browser.send(page, form=1)
    assert "A PIN guards your account." not in page.text


async def test_a_recovery_code_is_shown_once_and_opens_the_account(amanat: Server) -> None:
    browser = await _ani(amanat)
    shown = await browser.send(await browser.open(f"{HOME}recovery"))
    (key,) = [word for word in shown.text.split() if word.count("-") == 6]
    assert key not in (await browser.open(f"{HOME}recovery")).body
    lost = Browser(amanat)
    page = await lost.open(f"{SIGN_IN}/recovery")
    assert (await lost.send(page, {"key": "0000-0000"})).problems == ["key"]
    assert "@ani" in (await lost.send(page, {"key": key.lower()})).text


async def test_an_address_for_notices_is_confirmed_by_its_code(amanat: Server) -> None:
    browser = await _ani(amanat)
    page = await browser.open(f"{HOME}recovery")
    assert (await browser.send(page, {"email": "nowhere"}, form=1)).problems == ["email"]
    asked = await browser.send(page, {"email": "ani@example.org"}, form=1)
    assert (await browser.send(asked, {"code": "x"})).problems == ["code"]
    inbox = amanat.amanat.inbox
    assert inbox is not None
    digits = [word.strip(".") for word in inbox.texts("ani@example.org")[0].text.split()]
    (code,) = {word for word in digits if word.isdigit() and len(word) == 6}
    done = await browser.send(asked, {"code": code})
    assert "a•••@e•••.org" in done.text
    assert "ani@example.org" not in done.body


async def test_a_number_is_seen_masked_changed_by_a_code_and_found_only_if_wished(amanat: Server) -> None:
    browser = await _ani(amanat)
    page = await browser.open(f"{HOME}number")
    assert "+62 ••• ••90" in page.text
    assert "findable" not in page.forms[0]["fields"]
    switched = await browser.send(page, {"findable": "1"})
    assert switched.forms[0]["fields"]["findable"] == "1"
    switched.forms[0]["fields"].pop("findable")
    assert "findable" not in (await browser.send(switched)).forms[0]["fields"]

    change = await browser.open(f"{HOME}number/change")
    code = await browser.send(change, {"number": "0813 3456 7891"})
    assert "+62 ••• ••91" in (await browser.send(code, {"code": last_code(amanat, "+6281334567891")})).text


async def test_a_number_of_another_account_is_not_taken_and_a_code_for_it_signs_nobody_in(amanat: Server) -> None:
    await _ani(amanat)
    other = Browser(amanat)
    await sign_up(other, "budi", number="0813 3456 7890", e164="+6281334567890")
    code = await other.send(await other.open(f"{HOME}number/change"), {"number": NUMBER})
    thief = Browser(amanat)
    page = await thief.send(await thief.open(SIGN_IN), {"number": "0814 3456 7890"})
    assert (await thief.send(page, {"code": last_code(amanat)})).problems == ["code"]
    taken = await other.send(code, {"code": last_code(amanat)})
    assert (taken.status, taken.problems) == (400, ["code"])


async def test_another_feature_adds_its_page(amanat: Server) -> None:
    from amanat.product.accounts.pages.places import Place

    place = Place(path="/_amanat/account/consent", title="profile.title", about="profile.about")
    amanat.amanat.account_pages.places.append(place)
    assert "/_amanat/account/consent" in (await (await _ani(amanat)).open(HOME)).links
