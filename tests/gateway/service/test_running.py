"""A gateway runs what lies in its folder. What becomes of its services is told in `test_joining` and `test_killed`."""

from pathlib import Path

from amanat.gateway.service.opened_folder import CREDENTIALS
from amanat.gateway.service.running import services_in


def test_every_folder_that_holds_a_service_is_run(tmp_path: Path) -> None:
    assert services_in(tmp_path / "gateway") == []
    for name in ("toko", "kedai"):
        (tmp_path / name).mkdir()
        (tmp_path / name / CREDENTIALS).touch()
    (tmp_path / "owners").mkdir()
    (tmp_path / "host.json").touch()
    assert services_in(tmp_path) == [tmp_path / "kedai", tmp_path / "toko"]
