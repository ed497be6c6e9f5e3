"""A desk is served where nobody on the way reads what citizens wrote."""

import asyncio

import httpx
import pytest

from amanat.gateway.service.serving import ListenAddress, WrongAddress, listen_address, serve_desk, take
from tests.gateway.desk.conftest import desk_office
from tests.gateway.desk.office import DeskOffice

__all__ = ["desk_office"]


@pytest.mark.parametrize(
    ("listen", "url", "reached"),
    [
        ("127.0.0.1:8010", None, "http://127.0.0.1:8010"),
        ("localhost:8010", None, "http://localhost:8010"),
        ("[::1]:8010", None, "http://[::1]:8010"),
        ("127.0.0.1:8010", "https://desk.example/", "https://desk.example"),
        ("10.0.0.5:8010", "https://desk.example", "https://desk.example"),
    ],
)
def test_browsers_reach_it_here_or_over_https(listen: str, url: str | None, reached: str) -> None:
    assert listen_address(listen, url).url_at(8010) == reached


@pytest.mark.parametrize(
    ("listen", "url"),
    [
        ("8010", None),
        ("127.0.0.1", None),
        ("127.0.0.1:x", None),
        ("127.0.0.1:70000", None),
        ("0.0.0.0:8010", None),
        ("desk.example:8010", None),
        ("127.0.0.1:8010", "http://desk.example"),
        ("127.0.0.1:8010", "https://desk.example/desk"),
    ],
)
def test_another_place_is_refused_with_a_sentence(listen: str, url: str | None) -> None:
    with pytest.raises(WrongAddress):
        listen_address(listen, url)


async def test_it_answers_until_it_is_to_stop_and_an_address_is_taken_once(desk_office: DeskOffice) -> None:
    bound = take(listen_address("127.0.0.1:0", None))
    port = bound.getsockname()[1]
    with pytest.raises(WrongAddress, match="Cannot listen"):
        take(listen_address(f"127.0.0.1:{port}", None))
    serving = asyncio.create_task(serve_desk([desk_office.office], bound, url=f"http://127.0.0.1:{port}"))
    async with httpx.AsyncClient(trust_env=False) as http:
        assert (await http.get(f"http://127.0.0.1:{port}/desk/v1/me")).status_code == 401
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving


def test_where_somebody_has_a_port_it_is_another_if_any_will_do() -> None:
    with take(ListenAddress(host="127.0.0.1", port=0)) as first:
        port = first.getsockname()[1]
        with pytest.raises(WrongAddress):
            take(ListenAddress(host="127.0.0.1", port=port))
        with take(ListenAddress(host="127.0.0.1", port=port, or_any=True)) as second:
            assert second.getsockname()[1] not in (0, port)
