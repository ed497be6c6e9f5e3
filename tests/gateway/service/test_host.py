"""A host has one name and one key, kept closed; a service says whether it is run for somebody."""

from pathlib import Path

import pytest

from amanat.gateway.service.host import HOST, HOSTED, Hosted, NoHost, make_host, read_host, read_hosted, write_hosted


def test_it_is_made_once_and_keeps_its_name(tmp_path: Path) -> None:
    gateway = tmp_path / "gateway"
    with pytest.raises(NoHost, match="missing"):
        read_host(gateway)
    host = make_host(gateway, "PT Contoh")
    assert make_host(gateway, "PT Contoh").public == host.public
    assert (gateway / HOST).stat().st_mode & 0o777 == 0o600
    with pytest.raises(NoHost, match="one name"):
        make_host(gateway, "PT Lain")
    (gateway / HOST).write_text("{}")
    with pytest.raises(NoHost, match="damaged"):
        read_host(gateway)


def test_a_service_says_for_whom_it_is_run(tmp_path: Path) -> None:
    assert read_hosted(tmp_path) is None
    hosted = Hosted(identity="owner", country="SG", purpose="Menjawab pesan")
    write_hosted(tmp_path, hosted)
    assert read_hosted(tmp_path) == hosted
    (tmp_path / HOSTED).write_text('{"identity": "nobody"}')
    with pytest.raises(NoHost, match="damaged"):
        read_hosted(tmp_path)
