"""Many products at once: what fits is done, of the rest it is said why, and both can be asked for later."""

from typing import Any

from tests.gateway.cloud_api.stand import Stand
from tests.outbound.answering import answering

WEBP = b"RIFF\x10\x00\x00\x00WEBPVP8 not quite"
COFFEE = {"id": "KOPI", "title": "Kopi", "price": "15000 IDR", "availability": "in stock", "brand": "Warung"}


def _asks(*requests: tuple[str, dict[str, Any]], **more: Any) -> dict[str, Any]:
    made = [{"method": method, "data": data} for method, data in requests]
    return {"item_type": "PRODUCT_ITEM", "requests": made, **more}


async def test_a_batch_is_done_as_far_as_it_fits(cloud: Stand) -> None:
    listed = (await cloud.ask("GET", f"/v23.0/{cloud.business}/product_catalogs")).json()
    at = f"/v23.0/{listed['data'][0]['id']}"
    async with answering() as web:
        web.body, web.headers = WEBP, "content-type: image/webp\r\n"
        pictured = COFFEE | {"image_link": f"{web.url}/kopi.webp"}
        asked = _asks(
            ("CREATE", pictured),
            ("UPDATE", {"id": "TEH", "title": "Teh", "price": "9.5 USD"}),
            ("UPDATE", {"id": "SUSU", "title": "Susu"}),
            ("CREATE", {"id": "AIR", "title": "Air", "price": "murah"}),
            ("CREATE", COFFEE | {"id": "X", "image_link": "file:///etc/passwd"}),
            ("MOVE", COFFEE),
        )
        answer = (await cloud.ask("POST", f"{at}/items_batch", json=asked)).json()
    refused = {each["retailer_id"]: each["errors"][0]["message"] for each in answer["validation_status"]}
    assert list(refused) == ["SUSU", "AIR", "KOPI", "X"]
    assert "price is required" in refused["SUSU"]
    products = (await cloud.ask("GET", f"{at}/products")).json()["data"]
    assert [(each["retailer_id"], each["price"]) for each in products] == [("KOPI", "IDR 15000"), ("TEH", "USD 9.50")]
    (held,) = (await cloud.line.goods.of(["KOPI"])).values()
    assert held.picture is not None
    assert held.picture.mimetype == "image/webp"

    # What came of it can be asked for; nothing that is not named changes.
    query = f"handle={answer['handles'][0]}&load_ids_of_invalid_requests=true"
    (status,) = (await cloud.ask("GET", f"{at}/check_batch_request_status?{query}")).json()["data"]
    assert (status["status"], status["errors_total_count"]) == ("finished", 4)
    assert status["ids_of_invalid_requests"] == list(refused)
    assert [each["line"] for each in status["errors"]] == [2, 3, 5, 4]
    asked = _asks(("UPDATE", {"id": "KOPI", "availability": "out of stock"}), ("DELETE", {"id": "TEH"}))
    answer = (await cloud.ask("POST", f"{at}/items_batch", json=asked)).json()
    assert list(answer) == ["handles"]
    (changed,) = await cloud.line.goods.all(after=0, most=9)
    assert (changed.number, changed.title, changed.available) == (held.number, "Kopi", False)
    assert changed.picture == held.picture

    new = _asks(("UPDATE", COFFEE | {"id": "BARU"}), allow_upsert=False)
    answer = (await cloud.ask("POST", f"{at}/items_batch", json=new)).json()
    assert answer["validation_status"][0]["retailer_id"] == "BARU"
    for wrong in (_asks(), _asks(*[("DELETE", {"id": "a"})] * 5_001), _asks(("DELETE", {})) | {"item_type": "HOTEL"}):
        assert (await cloud.ask("POST", f"{at}/items_batch", json=wrong)).json()["error"]["code"] == 100
    assert (await cloud.ask("GET", f"{at}/check_batch_request_status?handle=x")).json()["error"]["code"] == 100


async def test_a_large_batch_is_done_some_at_a_time(cloud: Stand) -> None:
    listed = (await cloud.ask("GET", f"/v23.0/{cloud.business}/product_catalogs")).json()
    at = f"/v23.0/{listed['data'][0]['id']}"
    items = [COFFEE | {"id": f"SKU{place}", "description": "x" * 300} for place in range(4_999)]
    asked = _asks(*[("CREATE", item) for item in items], ("DELETE", {"id": "SKU7"}))
    answer = (await cloud.ask("POST", f"{at}/items_batch", json=asked)).json()
    assert list(answer) == ["handles"]
    held = await cloud.line.goods.all(after=0, most=5_001)
    assert [each.id for each in held] == [f"SKU{place}" for place in range(4_999) if place != 7]

    # What is full takes changes still, and says of the rest that it is.
    more = [("CREATE", COFFEE | {"id": f"BARU{place}"}) for place in range(3)]
    asked = _asks(*more, ("UPDATE", {"id": "SKU1", "title": "Kopi susu"}))
    answer = (await cloud.ask("POST", f"{at}/items_batch", json=asked)).json()
    refused = {each["retailer_id"]: each["errors"][0]["message"] for each in answer["validation_status"]}
    assert list(refused) == ["BARU2"]
    assert "full" in refused["BARU2"]
    assert (await cloud.line.goods.of(["SKU1"]))["SKU1"].title == "Kopi susu"


async def test_what_feeds_say_of_a_product_is_kept_and_told_back(cloud: Stand) -> None:
    listed = (await cloud.ask("GET", f"/v23.0/{cloud.business}/product_catalogs")).json()
    at = f"/v23.0/{listed['data'][0]['id']}"
    said = COFFEE | {"condition": "Used", "color": "hitam", "sale_price": "1 IDR"}
    asked = _asks(("CREATE", said), ("CREATE", said | {"id": "TEH", "condition": "bagus"}))
    answer = (await cloud.ask("POST", f"{at}/items_batch", json=asked)).json()
    assert [each["retailer_id"] for each in answer["validation_status"]] == ["TEH"]
    await cloud.ask("POST", f"{at}/items_batch", json=_asks(("UPDATE", {"id": "KOPI", "color": "putih"})))
    (product,) = (await cloud.ask("GET", f"{at}/products")).json()["data"]
    assert {name: product.get(name) for name in ("brand", "condition", "color", "sale_price")} == {
        "brand": "Warung", "condition": "used", "color": "putih", "sale_price": None,
    }  # fmt: skip
