"""Sessions of browsers: beginning, lasting, ending."""

from pathlib import Path
from urllib.parse import quote

from amanat.handlers.operator_acts import OPERATOR
from amanat.product.accounts.pages.browser_sessions import ANONYMOUS_MS, DAY_MS, IDLE_MS, MAX_SESSIONS
from amanat.product.accounts.pages.tables import IDLE_BROWSER_SESSIONS
from tests.product.accounts.pages.browser import HOME, PASSWORD, SIGN_IN, Browser
from tests.server import Server, start


async def _is_in(browser: Browser) -> bool:
    return (await browser.open(HOME)).url == HOME


async def _browser_of(server: Server, name: str) -> Browser:
    browser = Browser(server)
    assert (await browser.sign_in(name)).url == HOME
    return browser


async def test_a_session_lasts_while_it_is_used_and_ends_when_idle(amanat: Server) -> None:
    await amanat.user("ani")
    browser = await _browser_of(amanat, "ani")
    for _ in range(3):
        amanat.clock.pass_ms(IDLE_MS - 2 * DAY_MS)
        assert await _is_in(browser)
    amanat.clock.pass_ms(IDLE_MS)
    assert not await _is_in(browser)
    await amanat.amanat.account_pages.sessions.sweep()
    assert await _stored(amanat) == []


async def test_signing_in_changes_the_session_so_that_a_planted_one_is_worth_nothing(amanat: Server) -> None:
    await amanat.user("ani")
    browser, eve = Browser(amanat), Browser(amanat)
    page = await browser.open(PASSWORD)
    eve.cookies = dict(browser.cookies)
    await browser.send(page, {"user": "ani", "password": "ani's long password"})
    assert await _is_in(browser)
    assert not await _is_in(eve)


async def test_an_anonymous_session_ends_with_signing_in(amanat: Server) -> None:
    await amanat.user("ani")
    browser = Browser(amanat)
    page = await browser.open(PASSWORD)
    before = dict(browser.cookies)
    await browser.send(page, {"user": "ani", "password": "ani's long password"})
    browser.cookies = before
    again = await browser.send(page, {"user": "ani", "password": "ani's long password"})
    assert again.status == 403
    assert not await _is_in(browser)


async def test_an_anonymous_session_has_an_hour_and_leaves_nothing_behind(amanat: Server) -> None:
    await amanat.user("ani")
    browser = Browser(amanat)
    page = await browser.open(PASSWORD)
    assert await _stored(amanat) == []
    amanat.clock.pass_ms(ANONYMOUS_MS)
    late = await browser.send(page, {"user": "ani", "password": "ani's long password"})
    assert late.status == 403
    assert "open for too long" in late.text
    # The answer brings a new one, so that the next attempt goes well.
    assert (await browser.sign_in("ani")).url == HOME


async def test_who_begins_late_in_the_hour_is_given_a_new_one(amanat: Server) -> None:
    browser = Browser(amanat)
    await browser.open(PASSWORD)
    before = browser.cookies["amanat"]
    amanat.clock.pass_ms(ANONYMOUS_MS // 4)
    await browser.open(PASSWORD)
    assert browser.cookies["amanat"] == before
    amanat.clock.pass_ms(ANONYMOUS_MS // 2)
    await browser.open(PASSWORD)
    assert browser.cookies["amanat"] != before


async def test_nobody_makes_a_session_themselves(amanat: Server) -> None:
    browser = Browser(amanat)
    await browser.open(PASSWORD)
    held = browser.cookies["amanat"]
    for forged in ("a.", "a.AAAA", held[:-6] + "AAAAAA", "x" * 43, ""):
        browser.cookies = {"amanat": forged}
        await browser.open(PASSWORD)
        assert browser.cookies["amanat"] != forged


async def test_an_account_has_so_many_sessions_and_the_oldest_gives_way(amanat: Server) -> None:
    await amanat.user("ani")
    browsers = [await _browser_of(amanat, "ani") for _ in range(MAX_SESSIONS + 1)]
    assert not await _is_in(browsers[0])
    assert await _is_in(browsers[1])
    assert await _is_in(browsers[-1])
    assert len(await _stored(amanat)) == MAX_SESSIONS


async def test_signing_out_ends_this_session_at_once_and_no_other(amanat: Server) -> None:
    await amanat.user("ani")
    browser, other = await _browser_of(amanat, "ani"), await _browser_of(amanat, "ani")
    held = dict(browser.cookies)
    out = await browser.send(await browser.open(HOME))
    assert out.url == SIGN_IN
    browser.cookies = held
    assert not await _is_in(browser)
    assert await _is_in(other)


async def test_the_sessions_of_an_account_end_with_it(amanat: Server) -> None:
    ani = await amanat.user("ani")
    browser = await _browser_of(amanat, "ani")
    auth = {"type": "m.login.password", "user": ani.user_id, "password": "ani's long password"}
    assert (await ani.post("/account/deactivate", {"auth": auth})).status == 200
    assert not await _is_in(browser)
    await amanat.amanat.jobs.resume()
    await amanat.amanat.jobs.done("account_deactivation", ani.user_id)
    assert await _stored(amanat) == []


async def test_the_token_is_stored_nowhere(amanat: Server) -> None:
    await amanat.user("ani")
    browser = await _browser_of(amanat, "ani")
    token = browser.cookies["amanat"].encode()
    files = [file for file in amanat.amanat.folder.path.rglob("*") if file.is_file()]
    assert [file.name for file in files if token in file.read_bytes()] == []


async def test_a_session_survives_a_restart(tmp_path: Path, server_database: str | None) -> None:
    server = await start(tmp_path, database=server_database)
    await server.user("ani")
    browser, began = await _browser_of(server, "ani"), Browser(server)
    form = await began.open(PASSWORD)
    await server.amanat.close()
    browser.server = began.server = server = await start(tmp_path, database=server_database)
    server.clock.pass_ms(DAY_MS // 100)
    assert await _is_in(browser)
    assert (await began.send(form, {"user": "ani", "password": "ani's long password"})).url == HOME
    await server.amanat.close()


async def test_another_site_s_form_is_refused(amanat: Server) -> None:
    await amanat.user("ani")
    browser = await _browser_of(amanat, "ani")
    csrf = (await browser.open(HOME)).csrf
    sign_out = f"{HOME}sign-out"
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://evil.example"},
        {"origin": "https://localhost:8008.evil.example"},
        {"content-type": "text/plain"},
    ):
        assert (await browser.post(sign_out, {"csrf": csrf}, headers=headers)).status in (400, 403), headers
    for fields in ({}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": quote(csrf + "é")}):
        assert (await browser.post(sign_out, fields)).status == 403
    assert await _is_in(browser)


async def test_a_form_of_one_session_is_none_of_another(amanat: Server) -> None:
    await amanat.user("ani")
    await amanat.user("eve")
    browser, eve = await _browser_of(amanat, "ani"), await _browser_of(amanat, "eve")
    csrf = (await eve.open(HOME)).csrf
    assert (await browser.post(f"{HOME}sign-out", {"csrf": csrf})).status == 403
    assert await _is_in(browser)


async def _stored(server: Server) -> list[object]:
    return list(await server.amanat.store.all(IDLE_BROWSER_SESSIONS, since=2**53, max_rows=1000))


async def test_a_lock_signs_browsers_out_and_keeps_them_out(on_both: Server) -> None:
    ani = await on_both.user("ani")
    browser = await _browser_of(on_both, "ani")
    await on_both.amanat.moderation.set_locked(ani.user_id, True, by=OPERATOR)
    assert not await _is_in(browser)
    refused = await Browser(on_both).sign_in("ani")
    assert refused.status == 401
    assert "locked by the operator" in refused.text
    assert not await _is_in(browser)
    await on_both.amanat.moderation.set_locked(ani.user_id, False, by=OPERATOR)
    await _browser_of(on_both, "ani")


async def test_somebody_suspended_signs_in_and_keeps_their_name(amanat: Server) -> None:
    ani = await amanat.user("ani")
    await amanat.amanat.moderation.set_suspended(ani.user_id, True, by=OPERATOR)
    browser = await _browser_of(amanat, "ani")
    form = await browser.open(f"{HOME}profile")
    for typed in ({"handle": "other", "name": ""}, {"handle": "ani", "name": "Other"}):
        refused = await browser.send(form, typed)
        assert (refused.status, "suspended" in refused.text) == (403, True)


async def test_a_new_password_signs_browsers_out(amanat: Server) -> None:
    ani = await amanat.user("ani")
    browser = await _browser_of(amanat, "ani")
    auth = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": "ani"}}
    auth["password"] = "ani's long password"
    body = {"new_password": "another long password", "logout_devices": False}
    asked = await ani.post("/account/password", body)
    changed = await ani.post("/account/password", body | {"auth": auth | {"session": asked.json["session"]}})
    assert changed.status == 200
    assert not await _is_in(browser)
