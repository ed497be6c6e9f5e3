"""Metrics are for the operator alone."""

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
