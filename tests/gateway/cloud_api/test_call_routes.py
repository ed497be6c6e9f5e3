"""Whether somebody lets the business ring: asked of pywa, until they take it back or it lapses."""

from pywa_async import WhatsApp as AsyncWhatsApp
from pywa_async.types.calls import CallPermissions

from amanat.compat import pywa_async_session
from tests.gateway.cloud_api.stand import TOKEN, Stand
from tests.gateway.device.town import until

ASK = {"type": "call_permission_request", "body": {"text": "Boleh?"}, "action": {"name": "call_permission_request"}}


async def test_who_may_be_rung(cloud: Stand) -> None:
    visitor, who = await cloud.guest()
    async with pywa_async_session(cloud.url, verify=False) as session:
        wa = AsyncWhatsApp(phone_id=cloud.phone, token=TOKEN, session=session)

        async def state() -> tuple[str, bool]:
            # What `wa.get_call_permissions` does, which passes too little on to it in 4.5.
            told = await wa.api.get_call_permissions(cloud.phone, user_wa_id=None, recipient=who)
            held = CallPermissions.from_dict(told)
            assert [each.can_perform_action for each in held.actions] == [True, False]
            return held.permission.status.value, held.permission.expiration_time is not None

        async def allowed() -> bool:
            return (await state())[1]

        assert await state() == ("no_permission", False)
        await cloud.send(who, "interactive", ASK)
        await visitor.hears("1. Boleh menelepon / You may call")
        await visitor.writes("1")
        await until(allowed)
        assert await state() == ("temporary", True)
        cloud.ahead_ms = 8 * 24 * 3_600_000
        assert await state() == ("no_permission", False)
    nobody = await cloud.ask("GET", f"/v23.0/{cloud.phone}/call_permissions?user_wa_id=62811")
    assert nobody.json()["error"]["code"] == 131026
    unnamed = await cloud.ask("GET", f"/v23.0/{cloud.phone}/call_permissions")
    assert unnamed.json()["error"]["code"] == 131008
