from tests.server import Server


async def test_a_token_says_whose_it_is_for_an_hour_and_opens_nothing(amanat: Server) -> None:
    ani = await amanat.user("ani")
    given = (await ani.post(f"/user/{ani.user_id}/openid/request_token", {})).json
    token = given.pop("access_token")
    assert given == {"token_type": "Bearer", "matrix_server_name": "localhost", "expires_in": 3600}
    assert await amanat.amanat.openid.owner(token) == ani.user_id
    assert (await amanat.request("GET", "/account/whoami", token=token)).status == 401
    await amanat.amanat.openid.sweep()
    amanat.clock.pass_ms(3_600_000)
    assert await amanat.amanat.openid.owner(token) is None
    await amanat.amanat.openid.sweep()
    assert await amanat.amanat.openid.owner(token) is None


async def test_nobody_gets_a_token_for_another(amanat: Server) -> None:
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    refused = await ani.post(f"/user/{budi.user_id}/openid/request_token", {})
    assert (refused.status, refused.errcode) == (403, "M_FORBIDDEN")
