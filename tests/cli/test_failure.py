"""Which failure an error is, and that every exit code is told."""

import errno

import pytest

from amanat.cli.failure import MEANINGS, Exit, Failure, failure_of
from amanat.config import ConfigError
from amanat.db.database import DataInUse, UnusableData
from amanat.store.backup_file import DamagedBackup
from amanat.store.sealed_keys import SealedKeysRefused
from amanat.store.stamp import WrongData


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Failure("no"), Exit.FAILED),
        (OSError(errno.ENOSPC, "No space left on device"), Exit.FAILED),
        (ConfigError("no"), Exit.USAGE),
        (DataInUse("no"), Exit.DATA_IN_USE),
        (UnusableData("no"), Exit.WRONG_DATA),
        (WrongData("no"), Exit.WRONG_DATA),
        (DamagedBackup("no"), Exit.WRONG_DATA),
        (SealedKeysRefused("no"), Exit.WRONG_DATA),
    ],
)
def test_what_the_layers_below_raise_has_a_code(error: Exception, code: Exit) -> None:
    failure = failure_of(error)
    assert failure is not None
    assert failure.code is code


def test_a_bug_is_no_failure() -> None:
    assert failure_of(KeyError("x")) is None


def test_a_system_s_error_names_the_file() -> None:
    failure = failure_of(PermissionError(errno.EACCES, "Permission denied", "secret.key"))
    assert str(failure) == "secret.key: Permission denied."


def test_every_exit_code_is_explained() -> None:
    assert set(MEANINGS) == set(Exit)
