from typing import Any

from tests.gateway.cloud_api.stand import TOKEN, Stand

BODY = {"type": "BODY", "text": "Janji Anda pindah ke {{1}} ya."}


def asked(name: str, **changed: Any) -> dict[str, Any]:
    return {"name": name, "language": "id", "category": "UTILITY", "components": [BODY], **changed}


async def test_the_life_of_a_template(cloud: Stand) -> None:
    path = f"/v20.0/{cloud.business}/message_templates"
    made = (await cloud.ask("POST", path, json=asked("satu"))).json()
    assert (made["status"], made["category"]) == ("APPROVED", "UTILITY")
    again = await cloud.ask("POST", path, json=asked("satu"))
    assert again.json()["error"]["error_subcode"] == 2388024
    await cloud.ask("POST", path, json=asked("satu", language="en_US"))
    bad = {"components": [{"type": "BODY", "text": "{{1}}"}]}
    assert (await cloud.ask("POST", path, json=asked("dua", **bad))).json()["status"] == "REJECTED"

    first = (await cloud.ask("GET", f"{path}?limit=2&access_token={TOKEN}", token=None)).json()
    rest = await cloud.ask("GET", first["paging"]["next"].removeprefix(cloud.url), token=None)
    names = [(each["name"], each["language"]) for each in first["data"] + rest.json()["data"]]
    assert names == [("satu", "id"), ("satu", "en_US"), ("dua", "id")]
    assert "next" not in rest.json()["paging"]
    found = (await cloud.ask("GET", f"{path}?status=REJECTED&fields=name")).json()["data"]
    assert [set(each) for each in found] == [{"id", "name"}]

    edited = await cloud.ask(
        "POST", f"/v20.0/{made['id']}", json={"components": [BODY, {"type": "FOOTER", "text": "K"}]}
    )
    assert edited.json()["success"]
    shown = (await cloud.ask("GET", f"/v20.0/{made['id']}")).json()
    assert [part["type"] for part in shown["components"]] == ["BODY", "FOOTER"]
    assert (await cloud.ask("DELETE", f"{path}?name=satu&hsm_id={made['id']}")).json() == {"success": True}
    assert (await cloud.ask("DELETE", f"{path}?name=satu")).json() == {"success": True}
    assert (await cloud.ask("DELETE", f"{path}?name=satu")).status_code == 400
    assert (await cloud.ask("GET", f"/v20.0/{made['id']}")).status_code == 400


async def test_marketing_goes_to_who_wants_it_and_what_is_rejected_is_not_sent(cloud: Stand) -> None:
    visitor, who = await cloud.guest()
    path = f"/v20.0/{cloud.business}/message_templates"
    offer = {"category": "MARKETING", "components": [{"type": "BODY", "text": "Diskon hari ini."}]}
    await cloud.ask("POST", path, json=asked("iklan", **offer))
    await cloud.ask("POST", path, json=asked("buruk", components=[{"type": "BODY", "text": "{{1}}"}]))
    template = {"name": "iklan", "language": {"code": "id"}}
    # In answer to who wrote lately it may be sent, unless they have said no.
    assert (await cloud.send(who, "template", template)).status_code == 200
    await visitor.hears("Berhenti terima penawaran / Stop offers")
    await visitor.writes("1")
    await visitor.hears("You get no offers from here.")
    assert (await cloud.send(who, "template", template)).json()["error"]["code"] == 131050
    await visitor.writes("penawaran ya")
    await visitor.hears("You get offers from here.")
    cloud.ahead_ms = 25 * 3_600_000
    assert (await cloud.send(who, "template", template)).status_code == 200
    await visitor.hears("Berhenti terima penawaran / Stop offers", after=len(visitor.heard) - 1)
    # Two a day go to who writes nothing, and no more, while other templates do.
    assert (await cloud.send(who, "template", template)).status_code == 200
    refused = (await cloud.send(who, "template", template)).json()["error"]
    assert (refused["code"], "24 hours" in refused["error_data"]["details"]) == (131049, True)
    assert (await cloud.send(who, "template", template | {"name": "buruk"})).json()["error"]["code"] == 132016
