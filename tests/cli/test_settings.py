"""What overrides what: flags, then the environment, then the file."""

import argparse
from pathlib import Path

import pytest

from amanat.cli.settings import add_settings, settings
from amanat.config import Config


def parse(*arguments: str) -> Config:
    parser = argparse.ArgumentParser()
    add_settings(parser)
    return settings(parser.parse_args(arguments))


def test_a_flag_overrides_a_variable_and_that_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "amanat.toml"
    file.write_text('data = "of the file"\n')
    assert parse("--config", str(file)).data == "of the file"
    monkeypatch.setenv("AMANAT_DATA", "of the environment")
    assert parse("--config", str(file)).data == "of the environment"
    assert parse("--config", str(file), "--data", "of the flag").data == "of the flag"
