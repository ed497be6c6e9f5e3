"""A drill writes a notice for each person, in both languages, and sends nothing."""

from pathlib import Path

from msgspec import json

from tests.cli.conftest import Call


def test_each_person_gets_a_notice_that_says_it_is_a_drill(call: Call, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "drill"
    done = call("breach", "drill", "--since", "2026-01-31", "--kind", "database", "--out", out, "--data", data)
    assert (done.code, f"in {out}: 1." in done.out) == (0, True)
    (file,) = (out / "notices").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    notice = json.decode(file.read_bytes())
    assert notice["drill"] is True
    assert notice["text_id"].startswith("LATIHAN.")
    assert notice["text_en"].startswith("DRILL.")
    assert {"id": "Akun", "en": "Account"} in notice["data"]
    summary = json.decode((out / "summary.json").read_bytes())
    assert (summary["drill"], summary["people"], summary["since"][:10]) == (True, 1, "2026-01-31")


def test_nothing_is_written_over(call: Call, data: Path, tmp_path: Path) -> None:
    done = call("breach", "drill", "--since", "2026-01-31", "--kind", "media", "--out", tmp_path, "--data", data)
    assert (done.code, "name a folder that is new" in done.err) == (1, True)


def test_a_day_that_is_none_is_refused(call: Call, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "drill"
    done = call("breach", "drill", "--since", "last week", "--kind", "media", "--out", out, "--data", data)
    assert done.code == 2
    partner = call("breach", "drill", "--since", "2026-01-31", "--kind", "partner", "--out", out, "--data", data)
    assert (partner.code, "Name the partner" in partner.err) == (1, True)
    assert not out.exists()
