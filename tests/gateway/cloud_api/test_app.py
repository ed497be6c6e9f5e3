from tests.gateway.cloud_api.stand import Stand


async def test_errors_of_the_edge_have_the_graph_s_form(cloud: Stand) -> None:
    large = await cloud.ask("POST", f"/v23.0/{cloud.phone}/messages", content=b"x" * 1_100_000)
    assert large.json()["error"]["type"] == "OAuthException"
    other = await cloud.ask("PUT", f"/v23.0/{cloud.phone}/messages")
    assert (other.status_code, other.json()["error"]["code"]) == (400, 100)
