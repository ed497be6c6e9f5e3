"""How a command ends: its exit codes, and failures that are a sentence for the person at the keyboard."""

from enum import IntEnum
from typing import Final

from amanat.config import ConfigError
from amanat.db.database import DataInUse, UnusableData
from amanat.store.backup_file import DamagedBackup
from amanat.store.sealed_keys import SealedKeysRefused
from amanat.store.stamp import WrongData


class Exit(IntEnum):
    """What the exit code of a command says."""

    OK = 0
    FAILED = 1
    USAGE = 2
    DATA_IN_USE = 3
    WRONG_DATA = 4
    INTERRUPTED = 130


MEANINGS: Final = {
    Exit.OK: "Done; a server that was asked to stop has stopped cleanly.",
    Exit.FAILED: "It could not be done, and the last line says why. `doctor` found something wrong.",
    Exit.USAGE: "The command line or the configuration is wrong; nothing was touched.",
    Exit.DATA_IN_USE: "Another process is using the data: stop it first.",
    Exit.WRONG_DATA: "The data is of another server, command or newer release, or damaged; nothing was changed.",
    Exit.INTERRUPTED: "Interrupted at the keyboard.",
}


class Failure(Exception):
    """A command that cannot go on; its text is a sentence that says what to do."""

    def __init__(self, sentence: str, *, code: Exit = Exit.FAILED) -> None:
        super().__init__(sentence)
        self.code = code


def failure_of(error: Exception) -> Failure | None:
    """Return the failure that an error of the layers below is, or `None` for a bug."""
    if isinstance(error, Failure):
        return error
    for kind, code in _CODES.items():
        if isinstance(error, kind):
            return Failure(str(error), code=code)
    if isinstance(error, OSError):
        return Failure(_of_system(error))
    return None


_CODES: Final[dict[type[Exception], Exit]] = {
    DamagedBackup: Exit.WRONG_DATA,
    SealedKeysRefused: Exit.WRONG_DATA,
    ConfigError: Exit.USAGE,
    DataInUse: Exit.DATA_IN_USE,
    UnusableData: Exit.WRONG_DATA,
    WrongData: Exit.WRONG_DATA,
}


def _of_system(error: OSError) -> str:
    what = error.strerror or str(error) or "It took too long"
    return f"{error.filename}: {what}." if error.filename else f"{what}."
