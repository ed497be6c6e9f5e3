"""The ledger with a browser: who has read, and taking back what was allowed."""

from tests.product.accounts.pages.browser import HOME, SIGN_IN, Browser
from tests.product.ledger.partners import admit, allow
from tests.server import Server

PATH = f"{HOME}readers"
SCOPES = ("profile.basic", "account.age")


async def test_somebody_sees_who_read_what_and_takes_it_back(amanat: Server) -> None:
    ani, partner = await amanat.user("ani"), await admit(amanat, *SCOPES)
    await allow(ani, partner, *SCOPES)
    await partner.read(ani.user_id, "handle,member_since", "To print a <b>card</b>.")
    browser = Browser(amanat)
    await browser.sign_in("ani")
    assert PATH in (await browser.open(HOME)).links
    page = await browser.open(PATH)
    for scope in ("Your handle, name and picture.", "The month in which you joined."):
        assert scope in page.text
    assert "user name, month of joining" in page.text
    assert "To print a <b>card</b>." in page.text
    assert "15 November 2023, 05:13 (UTC+7)" in page.text
    revoked = await browser.send(page)
    assert "You allow nobody." in revoked.text
    assert (await partner.read(ani.user_id)).status == 403
    assert (await browser.send(page)).status == 404


async def test_old_reads_are_on_pages_of_their_own(amanat: Server) -> None:
    ani, partner = await amanat.user("ani"), await admit(amanat)
    await allow(ani, partner)
    for number in range(41):
        await partner.read(ani.user_id, purpose=f"Reason {number}.")
    browser = Browser(amanat, language="id")
    await browser.sign_in("ani")
    seen, page = [], await browser.open(PATH)
    for _ in range(3):
        seen.append((page.text.count("Reason"), "Reason 40." in page.text, "Reason 0." in page.text))
        older = [link for link in page.links if "before=" in link and "lang=" not in link]
        page = await browser.open(older[0]) if older else page
    assert seen == [(20, True, False), (20, False, False), (1, False, True)]
    assert PATH in page.links


async def test_each_sees_their_own_alone(amanat: Server) -> None:
    ani, partner = await amanat.user("ani"), await admit(amanat)
    await amanat.user("eve")
    await allow(ani, partner)
    await partner.read(ani.user_id)
    browser = Browser(amanat)
    await browser.sign_in("eve")
    page = await browser.open(PATH)
    assert "Nobody has read your data." in page.text
    csrf = (await browser.open(HOME)).csrf
    taken = await browser.post(f"{PATH}/revoke", {"csrf": csrf, "partner_id": partner.partner_id})
    assert taken.status == 404
    assert (await partner.read(ani.user_id)).status == 200


async def test_a_form_from_elsewhere_or_from_nobody_takes_nothing_back(amanat: Server) -> None:
    ani, partner = await amanat.user("ani"), await admit(amanat)
    await allow(ani, partner)
    browser = Browser(amanat)
    await browser.sign_in("ani")
    forged = {"csrf": "x", "partner_id": partner.partner_id}
    assert (await browser.post(f"{PATH}/revoke", forged)).status == 403
    assert (await partner.read(ani.user_id)).status == 200
    assert (await Browser(amanat).open(f"{PATH}/revoke")).url.startswith(SIGN_IN)
    assert (await browser.open(f"{PATH}/revoke")).url == PATH
    assert (await browser.open(f"{PATH}?before=x")).status == 400


async def test_a_bot_that_knows_ones_number_is_among_the_readers(amanat: Server) -> None:
    ani, bot = await amanat.user("ani"), await amanat.user("toko")
    await ani.put(f"/_amanat/v1/ledger/grants/{bot.user_id}", {"scopes": ["profile.phone"]})
    await bot.get(f"/_amanat/v1/ledger/people/{ani.user_id}", fields="phone", purpose="You shared it.")
    browser = Browser(amanat)
    await browser.sign_in("ani")
    page = await browser.open(PATH)
    assert bot.user_id in page.text
    assert "Your phone number, all of it." in page.text
    assert "phone number, all of it" in page.text
    assert "what was read, they know" in (await browser.send(page)).text
