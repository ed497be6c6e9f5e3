"""Pages lead to each other by whole addresses, which have all that was asked for."""

from tests.gateway.cloud_api.stand import TOKEN, Stand


async def test_pages_lead_to_each_other(cloud: Stand) -> None:
    listed = (await cloud.ask("GET", f"/v23.0/{cloud.business}/product_catalogs")).json()
    at = f"/v23.0/{listed['data'][0]['id']}"
    products = [{"method": "CREATE", "data": {"id": f"p{n}", "title": "x", "price": "1 IDR"}} for n in range(5)]
    await cloud.ask("POST", f"{at}/items_batch", json={"requests": products})
    for name in ("satu", "dua", "tiga"):
        made = {"name": name, "categories": ["OTHER"]}
        assert (await cloud.ask("POST", f"/v23.0/{cloud.business}/flows", json=made)).status_code == 200
    for path, count in ((f"{at}/products", 5), (f"/v23.0/{cloud.business}/flows", 3)):
        found, url = 0, f"{path}?limit=2"
        while url:
            page = (await cloud.ask("GET", url)).json()
            found += len(page["data"])
            url = page["paging"].get("next", "").removeprefix(cloud.url)
        assert found == count
    # Who came with the token in the address goes on so.
    first = (await cloud.ask("GET", f"{at}/products?access_token={TOKEN}&limit=4", token=None)).json()
    rest = await cloud.ask("GET", first["paging"]["next"].removeprefix(cloud.url), token=None)
    assert len(rest.json()["data"]) == 1
