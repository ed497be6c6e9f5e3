"""Policies with a browser: read, compared, and chosen about."""

from pathlib import Path

import pytest

from tests.product.accounts.pages.browser import HOME, SIGN_IN, Browser
from tests.product.accounts.pages.people import ani_in
from tests.product.consent.conftest import Start
from tests.product.consent.folder import publish

PATH = f"{HOME}policies"
DAY_MS = 86_400_000


async def test_somebody_reads_compares_and_refuses(folder: Path, start_anew: Start) -> None:
    publish(folder, feature="suggestions")
    publish(folder, version=2, effective="2023-11-10", feature="suggestions")
    publish(folder, version=3, effective="2026-01-01", feature="suggestions")
    browser = await ani_in(await start_anew())
    assert PATH in (await browser.open(HOME)).links
    listed = await browser.open(PATH)
    assert "Version 2 Holds now Not chosen yet holds from 10 November 2023" in listed.text
    assert "Version 3 Will hold later holds from 1 January 2026" in listed.text
    page = await browser.open(f"{PATH}/suggestions/2")
    assert ("What stays." in page.text, "Version 2." in page.text) == (True, True)
    changed = await browser.open(f"{PATH}/suggestions/2/changes")
    assert "Stays Suggestions Stays What stays. Removed Version 1. New Version 2." in changed.text
    refused = await browser.send(page, {"choice": "refused"})
    assert "Saved. You refuse" in refused.text
    assert "Not chosen yet" not in (await browser.open(PATH)).text


async def test_the_buttons_are_alike_and_none_is_chosen_beforehand(folder: Path, start_anew: Start) -> None:
    publish(folder, feature="suggestions")
    browser = await ani_in(await start_anew())
    page = await browser.open(f"{PATH}/suggestions/1?lang=id")
    buttons = [named for tag, named in page.tags if tag == "button"]
    assert [button.pop("value") for button in buttons] == ["accepted", "postponed", "refused"]
    assert buttons == [buttons[0]] * 3
    assert "tetap bisa kamu pakai" in page.text


async def test_who_chose_later_is_asked_again_after_a_month(folder: Path, start_anew: Start) -> None:
    publish(folder, feature="suggestions")
    amanat = await start_anew()
    browser = await ani_in(amanat)
    await browser.send(await browser.open(f"{PATH}/suggestions/1"), {"choice": "postponed"})
    assert "You chose later" in (await browser.open(PATH)).text
    amanat.clock.pass_ms(25 * DAY_MS)
    await browser.open(PATH)
    amanat.clock.pass_ms(6 * DAY_MS)
    assert "Not chosen yet" in (await browser.open(PATH)).text


async def test_nothing_is_chosen_about_what_turns_nothing_on(folder: Path, start_anew: Start) -> None:
    publish(folder)
    browser = await ani_in(await start_anew())
    page = await browser.open(f"{PATH}/suggestions/1")
    assert "nothing to choose" in page.text
    csrf = (await browser.open(HOME)).csrf
    for choice in ("accepted", "maybe"):
        assert (await browser.post(page.url, {"csrf": csrf, "choice": choice})).status == 400


@pytest.mark.parametrize("path", ["/other/1", "/suggestions/2", "/suggestions/1/changes", "/suggestions/x"])
async def test_what_is_not_there_is_not_found(folder: Path, start_anew: Start, path: str) -> None:
    publish(folder)
    browser = await ani_in(await start_anew())
    assert (await browser.open(f"{PATH}{path}")).status == 404


async def test_a_policy_runs_no_script(folder: Path, start_anew: Start) -> None:
    publish(folder)
    (folder / "suggestions" / "1.en.md").write_text("# <b>Bold</b>\n\n<script>alert(1)</script>\n")
    browser = await ani_in(await start_anew())
    page = await browser.open(f"{PATH}/suggestions/1")
    assert "<script" not in page.body
    assert "<script>alert(1)</script>" in page.text


async def test_strangers_sign_in_first(folder: Path, start_anew: Start) -> None:
    browser = Browser(await start_anew())
    assert (await browser.open(PATH)).url.startswith(SIGN_IN)
