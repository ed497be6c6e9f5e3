"""Metrics are for the operator alone, and tell of everything that memory is taken for."""

from pathlib import Path

from tests.edge.asking import ask
from tests.server import start


async def test_they_are_on_the_admin_socket_and_nowhere_else(tmp_path: Path) -> None:
    amanat = (await start(tmp_path)).amanat
    answer = await ask(amanat.admin_app, "GET", "/metrics")
    assert "amanat_db_units_total" in answer.body.decode()
    assert answer.headers["content-type"].startswith("text/plain")
    assert (await ask(amanat.client_app, "GET", "/metrics", headers={"Host": "localhost"})).status == 404
    await amanat.close()


async def test_what_is_kept_in_memory_is_counted(tmp_path: Path) -> None:
    server = await start(tmp_path)

    async def entries(metric: str) -> float:
        answer = await ask(server.amanat.admin_app, "GET", "/metrics")
        (line,) = [each for each in answer.body.decode().splitlines() if each.startswith(metric)]
        return float(line.split()[-1])

    ani = await server.user("ani")
    before = await entries("amanat_handlers_presence_entries")
    await ani.put(f"/presence/{ani.user_id}/status", {"presence": "online"})
    assert await entries("amanat_handlers_presence_entries") == before + 1
    made = await ani.post(f"/user/{ani.user_id}/filter", {"room": {"timeline": {"limit": 3}}})
    assert await entries("amanat_handlers_filters_entries") == 0
    await ani.get(f"/sync?filter={made.json['filter_id']}")
    assert await entries("amanat_handlers_filters_entries") == 1
    for metric in ("badges", "interactive_auth", "rendezvous"):
        assert await entries(f"amanat_handlers_{metric}_entries") == 0
    await server.amanat.close()
