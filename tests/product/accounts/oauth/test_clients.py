"""Apps register, within bounds, and are forgotten when nobody uses them."""

import pytest

from amanat.product.accounts.oauth import clients
from amanat.product.accounts.oauth.clients import UNUSED_MS
from tests.product.accounts.oauth.app import METADATA, App, let_in
from tests.server import Server


async def test_the_same_metadata_gives_the_same_client(amanat: Server) -> None:
    app = App(amanat)
    first, second = await app.register(), await app.register()
    assert (first.status, second.status) == (201, 201)
    assert first.json == second.json
    assert first.json == METADATA | {"client_id": app.client_id}
    assert (await app.register(client_name="Other")).json["client_id"] != first.json["client_id"]


async def test_a_refusal_has_the_form_of_oauth(amanat: Server) -> None:
    refused = await App(amanat).register(client_uri="http://evil.example/")
    assert (refused.status, refused.json["error"]) == (400, "invalid_client_metadata")
    assert refused.json["error_description"]


async def test_an_address_registers_some_new_apps_and_then_waits(serving: Server) -> None:
    app = App(serving)
    replies = [await app.register(client_name=f"App {number}") for number in range(11)]
    assert [reply.status for reply in replies] == [201] * 10 + [429]
    # The one that everybody has is not new.
    assert (await app.register(client_name="App 3")).status == 201


async def test_when_there_are_too_many_the_longest_unused_gives_way(
    amanat: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, _, given = await let_in(amanat)
    monkeypatch.setattr(clients, "MAX_CLIENTS", 2)
    old, new = App(amanat), App(amanat)
    await old.register(client_name="Old")
    await new.register(client_name="New")
    assert (await old.refresh("x")).json["error"] == "invalid_client"
    assert (await new.refresh("x")).json["error"] == "invalid_grant"
    assert (await app.refresh(given["refresh_token"])).status == 200


async def test_when_all_are_in_use_a_new_one_waits(amanat: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    await let_in(amanat)
    monkeypatch.setattr(clients, "MAX_CLIENTS", 1)
    assert (await App(amanat).register(client_name="Other")).status == 429


async def test_an_app_that_nobody_uses_is_forgotten_and_one_in_use_is_not(on_both: Server) -> None:
    used, _, given = await let_in(on_both)
    unused = App(on_both)
    await unused.register(client_name="Nobody's")
    on_both.clock.pass_ms(UNUSED_MS)
    await on_both.amanat.oauth.clients.sweep()
    assert (await unused.refresh("x")).json["error"] == "invalid_client"
    assert (await used.refresh(given["refresh_token"])).status == 200


async def test_an_app_that_comes_back_is_kept_for_another_day(amanat: Server) -> None:
    app = App(amanat)
    await app.register()
    amanat.clock.pass_ms(UNUSED_MS // 2)
    await app.register()
    amanat.clock.pass_ms(UNUSED_MS // 2)
    await amanat.amanat.oauth.clients.sweep()
    assert (await app.refresh("x")).json["error"] == "invalid_grant"


async def test_it_is_known_which_app_a_device_signed_in_with(amanat: Server) -> None:
    app, _, given = await let_in(amanat)
    user_id = (await app.whoami(given["access_token"])).json["user_id"]
    apps = await amanat.amanat.oauth.clients.of_devices(user_id)
    assert {device_id: client.name for device_id, client in apps.items()} == {app.device_id: "Rindu"}
