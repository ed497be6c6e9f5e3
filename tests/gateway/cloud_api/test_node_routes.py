from tests.gateway.cloud_api.stand import Stand


async def test_an_id_is_what_it_says_it_is_and_the_rest_is_not_offered(cloud: Stand) -> None:
    assert (await cloud.ask("GET", f"/v23.0/{cloud.business}")).json()["name"] == "Bot"
    answers = {
        "someone else's phone": await cloud.ask("GET", "/v23.0/1999"),
        "no id": await cloud.ask("GET", "/v23.0/abc"),
        "no file": await cloud.ask("DELETE", "/v23.0/4999"),
        "no template": await cloud.ask("POST", "/v23.0/5999", json={}),
        "a business": await cloud.ask("DELETE", f"/v23.0/{cloud.business}"),
    }
    assert {answer.json()["error"]["error_subcode"] for answer in answers.values()} == {33}
    for method, edge in (("POST", "calls"), ("GET", "username"), ("POST", "flows/1"), ("DELETE", "message_qrdls/1/2")):
        refused = await cloud.ask(method, f"/v23.0/{cloud.phone}/{edge}")
        assert (refused.status_code, refused.json()["error"]["code"]) == (400, 3)

    for path in ("/", "/messages", "/23.0/177", "/v23/177/messages", "/v23.0"):
        lost = await cloud.ask("POST", path, json={})
        assert (lost.status_code, lost.json()["error"]["code"]) == (400, 2500)
