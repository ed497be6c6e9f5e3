from tests.server import Server

PATH = "/_matrix/client/v1/register/m.login.registration_token/validity"


async def _is_valid(serving: Server, token: str) -> bool:
    reply = await serving.request("GET", PATH, query={"token": token})
    assert reply.status == 200
    valid: bool = reply.json["valid"]
    return valid


async def test_a_client_can_ask_whether_a_token_is_good(serving: Server) -> None:
    token = await serving.amanat.registration_tokens.new(uses_allowed=None, expires_ts=None)
    assert await _is_valid(serving, token)
    assert not await _is_valid(serving, "another")


async def test_a_token_expires_and_is_swept(serving: Server) -> None:
    soon = serving.clock.now_ms() + 60_000
    token = await serving.amanat.registration_tokens.new(uses_allowed=None, expires_ts=soon)
    await serving.amanat.registration_tokens.sweep()
    assert await _is_valid(serving, token)
    serving.clock.pass_ms(60_000)
    assert not await _is_valid(serving, token)
    await serving.amanat.registration_tokens.sweep()
    assert not await _is_valid(serving, token)


async def test_the_token_must_be_given(serving: Server) -> None:
    reply = await serving.request("GET", PATH)
    assert (reply.status, reply.errcode) == (400, "M_MISSING_PARAM")
