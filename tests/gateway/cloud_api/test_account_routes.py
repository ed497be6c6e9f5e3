from tests.gateway.cloud_api.stand import Stand


async def test_a_bot_is_a_business_with_one_phone_and_a_profile(cloud: Stand) -> None:
    (phone,) = (await cloud.ask("GET", f"/v22.0/{cloud.business}/phone_numbers")).json()["data"]
    assert (phone["id"], phone["verified_name"]) == (cloud.phone, "Bot")
    chosen = (await cloud.ask("GET", f"/v22.0/{cloud.phone}?fields=display_phone_number,unknown")).json()
    assert chosen == {"id": cloud.phone, "display_phone_number": cloud.held["display_phone_number"]}
    path = f"/v22.0/{cloud.phone}/whatsapp_business_profile"
    changed = {
        "messaging_product": "whatsapp",
        "about": "Kantor",
        "vertical": "GOVT",
        "websites": ["https://a.example"],
    }
    assert (await cloud.ask("POST", path, json=changed)).json() == {"success": True}
    assert (await cloud.ask("POST", path, json={"email": "a@b.example"})).json() == {"success": True}
    (profile,) = (await cloud.ask("GET", f"{path}?fields=about,email,vertical")).json()["data"]
    assert profile == {"about": "Kantor", "email": "a@b.example", "vertical": "GOVT"}
    for wrong in ({"about": "x" * 140}, {"websites": ["a", "b", "c"]}, {"about": 3}):
        assert (await cloud.ask("POST", path, json=wrong)).status_code == 400
    for edge in ("register", "deregister", "request_code", "verify_code"):
        answer = await cloud.ask("POST", f"/v22.0/{cloud.phone}/{edge}", json={"pin": "123456"})
        assert answer.json() == {"success": True}
