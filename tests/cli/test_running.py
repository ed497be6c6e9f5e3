"""The address is taken first, so that everything knows the port that it really has."""

import socket

import pytest

from amanat.cli.failure import Failure
from amanat.cli.running import listening, require_loopback
from amanat.config import Config, ConfigError, address_of


def test_a_free_port_becomes_part_of_the_configuration() -> None:
    with listening(Config(listen="127.0.0.1:0")) as (config, bound):
        assert address_of(config.listen) == ("127.0.0.1", bound.getsockname()[1])


def test_an_address_in_use_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(Failure, match=f"Cannot listen on {listen}"), listening(Config(listen=listen)):
            pass


@pytest.mark.parametrize("listen", ["127.0.0.1:1", "127.8.8.8:1", "[::1]:1"])
def test_loopback_has_many_addresses(listen: str) -> None:
    require_loopback(Config(listen=listen), command="lab")


def test_every_address_is_not_loopback() -> None:
    with pytest.raises(ConfigError):
        require_loopback(Config(listen="0.0.0.0:1"), command="lab")
