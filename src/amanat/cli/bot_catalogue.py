"""What `amanat bot catalog` does: hand a file to the gateway that runs, and say what came of it."""

import argparse
from pathlib import Path
from typing import Final

from amanat.cli.admin_socket import AdminClient
from amanat.cli.bot_folder import bot_folder
from amanat.cli.failure import Exit, Failure
from amanat.gateway.cloud_api.catalogue_files import LARGEST
from amanat.gateway.service.own_socket import SOCKET

PATIENCE_S: Final = 3_600.0
"""For pictures, which are fetched before anything is taken."""


def act(arguments: argparse.Namespace) -> Exit:
    """Take a file into a bot's catalogue, whole or not at all."""
    name, path = arguments.name, Path(arguments.file)
    bot_folder(arguments)
    client = AdminClient(arguments.data / SOCKET, patience_s=PATIENCE_S)
    if not client.is_answered():
        raise Failure("The gateway does not run: a catalogue's pictures go to the homeserver from there.")
    told = client.post(f"/bots/{name}/catalogue", {"file": _read(path), "dry_run": arguments.dry_run})
    if told["wrong"]:
        lines = [_line(path, each) for each in told["wrong"]]
        left = told["wrong_in_all"] - len(lines)
        raise Failure("\n".join([*lines, *([f"and {left} more"] if left else []), "Nothing was changed."]))
    print(f"{told['products']} products {'would be' if arguments.dry_run else 'were'} taken from {path.name}.")
    return Exit.OK


def _line(path: Path, wrong: dict[str, object]) -> str:
    about = f" {wrong['id']}:" if wrong["id"] else ""
    return f"{path.name}:{wrong['line']}:{about} {wrong['message']}"


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise Failure(f"{path} has more than {LARGEST} bytes.", code=Exit.WRONG_DATA)
        return path.read_text("utf-8")
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror}.", code=Exit.WRONG_DATA) from None
    except UnicodeDecodeError:
        raise Failure(f"{path} is not UTF-8: save it so.", code=Exit.WRONG_DATA) from None
