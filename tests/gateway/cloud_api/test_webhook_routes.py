"""Where webhooks go, on three levels; and that what is delivered again is the same to the byte."""

from tests.gateway.cloud_api.hook import VERIFY_TOKEN, Hook
from tests.gateway.cloud_api.stand import TOKEN, Stand


async def test_the_phone_goes_before_the_business_and_the_business_before_the_app(cloud: Stand, bot_hook: Hook) -> None:
    held = cloud.held
    wrong = {"client_id": held["app_id"], "client_secret": "x"}
    assert (await cloud.ask("GET", "/v23.0/oauth/access_token", params=wrong)).status_code == 401
    right = {"grant_type": "client_credentials", "client_id": held["app_id"], "client_secret": held["app_secret"]}
    app = (await cloud.ask("GET", "/v23.0/oauth/access_token", params=right, token=None)).json()["access_token"]

    path = f"/v23.0/{held['app_id']}/subscriptions"
    asked = {"object": "whatsapp_business_account", "verify_token": VERIFY_TOKEN, "fields": "messages"}
    url = f"{bot_hook.url}?of=app"
    set_ = await cloud.ask("POST", path, params=asked | {"callback_url": url, "access_token": app}, token=None)
    assert set_.json() == {"success": True}
    webhook = await cloud.line.webhook()
    assert webhook is not None
    assert (webhook.url, webhook.secret) == (url, held["app_secret"])
    assert (await cloud.ask("GET", path, token=app)).json()["data"][0]["callback_url"] == url

    over = f"/v23.0/{cloud.business}/subscribed_apps"
    override = {"override_callback_uri": f"{bot_hook.url}?of=waba", "verify_token": VERIFY_TOKEN}
    await cloud.ask("POST", over, json=override)
    phone = {"webhook_configuration": override | {"override_callback_uri": f"{bot_hook.url}?of=phone"}}
    await cloud.ask("POST", f"/v23.0/{cloud.phone}/", json=phone)
    shown = (await cloud.ask("GET", f"/v23.0/{cloud.phone}?fields=webhook_configuration")).json()
    assert shown["webhook_configuration"] == {
        "application": url,
        "whatsapp_business_account": f"{bot_hook.url}?of=waba",
        "phone_number": f"{bot_hook.url}?of=phone",
    }
    webhook = await cloud.line.webhook()
    assert webhook is not None
    assert webhook.url.endswith("phone")
    await cloud.ask("POST", f"/v23.0/{cloud.phone}/", json={"webhook_configuration": {"override_callback_uri": ""}})
    await cloud.ask("POST", over)
    webhook = await cloud.line.webhook()
    assert webhook is not None
    assert webhook.url == url
    assert (await cloud.ask("DELETE", over)).json() == {"success": True}
    assert (await cloud.ask("GET", over)).json() == {"data": []}
    assert await cloud.line.webhook() is None
    assert (await cloud.ask("DELETE", path, token=app)).json() == {"success": True}


async def test_what_is_not_taken_is_delivered_again_byte_for_byte_and_in_order(cloud: Stand, bot_hook: Hook) -> None:
    bot_hook.fails = 2
    override = {"override_callback_uri": bot_hook.url, "verify_token": VERIFY_TOKEN}
    await cloud.ask("POST", f"/v23.0/{cloud.business}/subscribed_apps", json=override)
    visitor = await cloud.visitor()
    for word in ("satu", "dua"):
        await visitor.writes(word)
    await bot_hook.takes(2)
    texts = [value["messages"][0]["text"]["body"] for value in bot_hook.told]
    assert texts == ["satu", "satu", "satu", "dua"]
    assert len(set(bot_hook.bodies[:3])) == 1
    assert bot_hook.is_signed_by(cloud.held["app_secret"])


async def test_whose_a_token_is(cloud: Stand) -> None:
    told = (await cloud.ask("GET", f"/v23.0/debug_token?input_token={TOKEN}")).json()["data"]
    assert (told["app_id"], told["is_valid"]) == (cloud.held["app_id"], True)
    other = (await cloud.ask("GET", "/v23.0/debug_token?input_token=x")).json()["data"]
    assert not other["is_valid"]
