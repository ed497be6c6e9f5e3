"""A data folder is somebody's from its first start on, and its keys are made once and missed later."""

import stat
from pathlib import Path

import pytest

from amanat.config import Config
from amanat.db.database import DataInUse
from amanat.db.files import write_durably
from amanat.store.data_folder import DataFolder, ServerKeys
from amanat.store.stamp import Stamp, WrongData

SERVED = Stamp(server_name="localhost", mode="serve")


def folder(path: Path, **settings: str) -> DataFolder:
    return DataFolder(Config(data=str(path / "data"), **settings))  # type: ignore[arg-type]  # each is text


def prepared(path: Path, stamp: Stamp = SERVED) -> DataFolder:
    made = folder(path)
    made.prepare(stamp, now_ms=1)
    return made


def test_a_new_folder_is_closed_to_others(tmp_path: Path) -> None:
    made = prepared(tmp_path)
    made.keys(first_start=True)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in made.path.iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (Stamp(server_name="localhost", mode="lab"), "made by `amanat serve`; `amanat lab` does not touch it"),
        (Stamp(server_name="elsewhere", mode="serve"), "of the server 'localhost', not 'elsewhere'"),
    ],
)
def test_it_is_refused_to_another_server_or_command(tmp_path: Path, other: Stamp, told: str) -> None:
    prepared(tmp_path).let_go()
    with pytest.raises(WrongData, match=told):
        prepared(tmp_path, other)


def test_a_folder_of_other_files_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "letter.txt").write_text("mine")
    with pytest.raises(WrongData, match="not Amanat's"):
        prepared(tmp_path)
    assert not folder(tmp_path).secret_key.exists()


def test_only_one_process_has_it(tmp_path: Path) -> None:
    first = prepared(tmp_path)
    with pytest.raises(DataInUse):
        prepared(tmp_path)
    first.let_go()
    prepared(tmp_path).let_go()


def test_keys_stay_what_they_were_made(tmp_path: Path) -> None:
    made = prepared(tmp_path)
    keys = made.keys(first_start=True)
    assert (len(keys.secret), len(keys.signing_seed)) == (32, 32)
    assert keys.signing_key_id.startswith("ed25519:a_")
    assert made.keys(first_start=False) == made.keys(first_start=True) == keys


def test_a_key_that_is_missing_later_is_not_made_again(tmp_path: Path) -> None:
    made = prepared(tmp_path)
    made.keys(first_start=True)
    made.secret_key.unlink()
    with pytest.raises(WrongData, match=r"secret\.key is missing"):
        made.keys(first_start=False)


def test_the_operator_may_keep_the_secret_elsewhere(tmp_path: Path) -> None:
    secret = tmp_path / "elsewhere.key"
    write_durably(secret, b"A" * 43 + b"=\n", mode=0o600)
    made = folder(tmp_path, secret_key_file=str(secret))
    made.prepare(SERVED, now_ms=1)
    assert made.keys(first_start=True).secret == bytes(32)
    assert not (made.path / "secret.key").exists()


@pytest.mark.parametrize("content", ["", "short", "!" * 44])
def test_a_damaged_key_is_named(tmp_path: Path, content: str) -> None:
    made = prepared(tmp_path)
    made.keys(first_start=True)
    made.secret_key.write_text(content)
    with pytest.raises(WrongData, match=r"secret\.key holds no key"):
        made.keys(first_start=False)


def test_a_damaged_stamp_opens_nothing(tmp_path: Path) -> None:
    made = prepared(tmp_path)
    made.let_go()
    (made.path / "stamp.json").write_text("{")
    with pytest.raises(WrongData, match="damaged"):
        prepared(tmp_path)


def test_restored_keys_never_replace_others(tmp_path: Path) -> None:
    made = prepared(tmp_path)
    other = ServerKeys(secret=bytes(32), signing_key_id="ed25519:a_1", signing_seed=bytes(32))
    made.write_keys(other)
    assert made.keys(first_start=False) == other
    with pytest.raises(WrongData, match="never replace"):
        made.write_keys(other)


def test_keys_are_not_shown_in_a_log() -> None:
    keys = ServerKeys(secret=b"s" * 32, signing_key_id="ed25519:a_1", signing_seed=b"t" * 32)
    assert repr(keys) == "ServerKeys(ed25519:a_1)"
