"""`amanat migrate`: bring the data's schema up to date without starting the server."""

import argparse

from amanat.app import Amanat, Mode
from amanat.cli.failure import Exit, Failure
from amanat.cli.loop import run
from amanat.cli.settings import add_settings, settings
from amanat.config import Config
from amanat.db.migrations import migrations_of
from amanat.store.stamp import Stamp

HELP = "bring the data's schema up to date"
DESCRIPTION = """\
Apply what is missing of the schema, each step in a transaction of its own, and say what was applied. The server does
the same when it starts; do it beforehand where that would take long. There is no way back but a backup.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags."""
    add_settings(parser)


def main(arguments: argparse.Namespace) -> Exit:
    """Migrate, and say from where to where."""
    print(run(migrate(settings(arguments))))
    return Exit.OK


async def migrate(config: Config) -> str:
    """Apply what is missing and return a sentence about it; raises `Failure` where there is no data."""
    amanat = Amanat(config, mode=Mode.SERVE)
    wanted = Stamp(server_name=config.server_name, mode=Mode.SERVE)
    amanat.folder.check(wanted)
    if amanat.folder.stamp() is None:
        raise Failure(f"There is no data in {amanat.folder.path}. `amanat serve` makes it, with the newest schema.")
    database = amanat.store.database
    await database.open()
    try:
        before = await database.schema_version()
        if before:
            wanted.check(await amanat.store.meta())
        applied = await database.migrate(migrations := migrations_of("amanat.store"))
    finally:
        await database.close()
    if not applied:
        return f"The schema is up to date: {before}."
    names = ", ".join(f"{step.number} {step.name}" for step in migrations if step.number in applied)
    return f"The schema was {before} and is {applied[-1]} now. Applied: {names}."
