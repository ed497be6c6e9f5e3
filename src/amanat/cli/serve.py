"""`amanat serve`: the server of an organisation."""

import argparse

import structlog

import amanat
from amanat import logs
from amanat.app import Amanat, Mode
from amanat.cli.failure import Exit
from amanat.cli.loop import run
from amanat.cli.running import listening, run_server
from amanat.cli.settings import add_settings, settings

HELP = "start the server"
DESCRIPTION = """\
Start the server. Without any configuration it answers on http://127.0.0.1:8008 and keeps everything in ./data; put a
reverse proxy that ends TLS before it. People register with tokens: make one with `amanat user token`.

It stops on SIGTERM or SIGINT once everybody has been answered, after ten seconds at most. A second one does not wait.
"""

log = structlog.get_logger()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags."""
    add_settings(parser)


def main(arguments: argparse.Namespace) -> Exit:
    """Run until SIGTERM or SIGINT."""
    config = settings(arguments)
    logs.configure(config.log_format)

    with listening(config) as (config, bound):
        server = Amanat(config, mode=Mode.SERVE)
        run(run_server(server, bound, ready=lambda url: log.info("started", url=url, version=amanat.__version__)))
    log.info("stopped")
    return Exit.OK
