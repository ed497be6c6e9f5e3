"""The flags of every command that reads the configuration."""

import argparse
import os
from pathlib import Path

from amanat.config import Config, load


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Declare where the configuration is, and what overrides it."""
    parser.add_argument("--config", metavar="FILE", type=Path, help="TOML file; docs/config.md lists the settings")
    parser.add_argument("--data", metavar="DIR", help="folder of the data (default: ./data)")


def settings(arguments: argparse.Namespace) -> Config:
    """Read the configuration: flags, else `AMANAT_...` variables, else the file; raises `ConfigError`."""
    return load(arguments.config, environment=os.environ, flags={"data": arguments.data})
