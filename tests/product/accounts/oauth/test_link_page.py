"""The page on which somebody lets in a device that waits: what protects who was sent a stranger's link."""

from tests.product.accounts.oauth.app import App, decide
from tests.product.accounts.oauth.devices import ask_in, device_page
from tests.product.accounts.pages.browser import Browser
from tests.server import Server

LINK = "/_amanat/oauth2/link"


async def test_it_shows_the_app_the_place_and_the_time(amanat: Server) -> None:
    browser, _, begun = await ask_in(amanat)
    amanat.clock.pass_ms(180_000)
    page = await device_page(browser, begun)
    for word in ("Rindu", "example.org", "does not know this app", "192.0.2.0/24", "Asked within the last 4 min"):
        assert word in page.text
    assert begun["user_code"][:9] in page.text


async def test_opening_a_link_lets_nobody_in(amanat: Server) -> None:
    browser, app, begun = await ask_in(amanat)
    await device_page(browser, begun)
    assert (await app.poll(begun["device_code"])).json["error"] == "authorization_pending"


async def test_a_mailed_link_lets_nobody_in_without_what_the_device_itself_shows(amanat: Server) -> None:
    browser, app, begun = await ask_in(amanat)
    digits = begun["user_code"][-2:]
    assert digits not in begun["verification_uri_complete"].partition("user_code=")[2]
    # Nor does a link that says them too.
    page = await browser.open(f"{LINK}?user_code={begun['user_code']}")
    assert page.forms[0]["fields"]["digits"] == ""
    refused = await decide(browser, page)
    assert (refused.status, refused.problems) == (403, ["digits"])
    assert (await app.poll(begun["device_code"])).json["error"] == "authorization_pending"


async def test_a_relayed_code_is_given_up_after_three_wrong_pairs_of_digits(amanat: Server) -> None:
    """The victim reads the digits of their own new device, while the page is about the attacker's."""
    browser, app, begun = await ask_in(amanat)
    wrong = f"{(int(begun['user_code'][-2:]) + 1) % 100:02}"
    page = await device_page(browser, begun)
    for _ in range(3):
        page = await decide(browser, page, digits=wrong)
        assert page.status == 403
    assert page.forms == []
    assert (await app.poll(begun["device_code"])).json["error"] == "access_denied"


async def test_a_code_that_was_typed_needs_no_more_digits(amanat: Server) -> None:
    browser, app, begun = await ask_in(amanat)
    page = await browser.send(await browser.open(LINK), {"code": begun["user_code"].lower()})
    done = await decide(browser, page)
    assert "may sign in" in done.text
    assert (await app.poll(begun["device_code"])).status == 200


async def test_a_device_on_another_network_is_pointed_out(amanat: Server) -> None:
    browser, _, begun = await ask_in(amanat, address="198.51.100.9")
    page = await device_page(browser, begun)
    assert "198.51.100.0/24" in page.text
    assert "another network" in page.text


async def test_a_device_on_ones_own_network_is_not(amanat: Server) -> None:
    browser, _, begun = await ask_in(amanat)
    assert "another network" not in (await device_page(browser, begun)).text


async def test_who_guesses_codes_is_stopped(serving: Server) -> None:
    await serving.amanat.account_administration.create("ani", password="ani's long password")
    browser = Browser(serving)
    await browser.sign_in("ani")
    pages = [await browser.open(f"{LINK}?user_code=BCDF-GHJ{letter}") for letter in "BCDFGHJKLMNP"]
    assert pages[0].status == 404
    assert pages[-1].status == 429


async def test_a_device_that_was_shown_to_one_cannot_be_decided_on_by_another(amanat: Server) -> None:
    browser, app, begun = await ask_in(amanat)
    fields = (await device_page(browser, begun)).forms[0]["fields"]
    await amanat.user("eve")
    eve = Browser(amanat)
    await eve.sign_in("eve")
    hers = (await device_page(eve, begun)).forms[0]["fields"]
    taken = hers | {"seen": fields["seen"], "decision": "allow", "digits": begun["user_code"][-2:]}
    assert (await eve.post(f"{LINK}/decide", taken)).status == 404
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        assert (await browser.post(f"{LINK}/decide", fields, headers=headers)).status == 403
    assert (await app.poll(begun["device_code"])).json["error"] == "authorization_pending"


async def test_a_decision_is_made_once(amanat: Server) -> None:
    browser, _, begun = await ask_in(amanat)
    page = await device_page(browser, begun)
    await decide(browser, page, "deny")
    assert (await decide(browser, page, digits=begun["user_code"][-2:])).status == 404


async def test_two_apps_are_told_apart(amanat: Server) -> None:
    browser, _, begun = await ask_in(amanat)
    other = App(amanat)
    await other.register(client_name="Other")
    second = (await other.post("device", client_id=other.client_id, scope=other.scope)).json
    assert "Other" in (await device_page(browser, second)).text
    assert "Other" not in (await device_page(browser, begun)).text
