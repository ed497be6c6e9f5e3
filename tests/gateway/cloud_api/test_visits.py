from amanat.gateway.cloud_api.access import app_token, proof
from tests.gateway.cloud_api.stand import TOKEN, Stand


async def test_who_may_ask(cloud: Stand) -> None:
    path = f"/v23.0/{cloud.phone}"
    secret = cloud.line.secret
    good = [
        await cloud.ask("GET", path),
        await cloud.ask("GET", f"{path}?access_token={TOKEN}", token=None),
        await cloud.ask("GET", f"{path}?access_token=other"),
        await cloud.ask("GET", f"{path}?appsecret_proof={proof(TOKEN, secret=secret)}"),
        await cloud.ask("GET", path.replace("v23.0", "v1.0")),
    ]
    assert [answer.status_code for answer in good] == [200] * len(good)
    app = app_token(cloud.line.me, secret=secret)
    refused = [
        (190, await cloud.ask("GET", path, token=None)),
        (190, await cloud.ask("GET", path, token="other")),
        (190, await cloud.ask("GET", path, token="377|wrong")),
        (190, await cloud.ask("GET", path, token="3999|wrong")),
        (190, await cloud.ask("GET", path, token="|")),
        (10, await cloud.ask("GET", path, token=app)),
        (100, await cloud.ask("GET", f"{path}?appsecret_proof=wrong")),
    ]
    assert [answer.json()["error"]["code"] for _, answer in refused] == [code for code, _ in refused]
    cloud.bot.tokens.revoke("test", now_ms=1)
    assert (await cloud.ask("GET", path)).status_code == 401, "a token that is revoked lets nobody in"


async def test_fields_stand_anywhere(cloud: Stand) -> None:
    visitor, who = await cloud.guest()
    path = f"/v23.0/{cloud.phone}/messages"
    form = {"messaging_product": "whatsapp", "to": who, "type": "text"}
    text = '{"body": "Halo"}'
    assert (await cloud.ask("POST", path, data=form)).json()["error"]["code"] == 131008
    assert (await cloud.ask("POST", f"{path}?to={who}", json={**form, "text": {"body": "Halo"}})).status_code == 200
    await visitor.hears("Halo")
    for body in (b"{", b"[]", b"\xff", text.encode()):
        assert (await cloud.ask("POST", path, content=body)).status_code == 400
