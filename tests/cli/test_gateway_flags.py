"""Services and bots are made with the same flags."""

import argparse

from amanat.cli import bot, service

SHARED = ("homeserver", "data", "owner", "country", "run_by", "registration_token", "database")


def _flags(command: str) -> dict[str, object]:
    parser = argparse.ArgumentParser()
    module = {"bot": bot, "service": service}[command]
    module.add_arguments(parser)
    own = {"bot": ["--api", "cloud"], "service": ["--flow", "."]}[command]
    return vars(parser.parse_args(["create", "toko", "--homeserver", "http://localhost", *own]))


def test_services_and_bots_are_made_with_the_same_flags() -> None:
    of_bot, of_service = _flags("bot"), _flags("service")
    assert {name: of_bot[name] for name in SHARED} == {name: of_service[name] for name in SHARED}
