"""Who is of the staff stands in a file that counts at once, whoever writes it."""

import stat
from pathlib import Path

import pytest

from amanat.gateway.desk.errors import LastLead
from amanat.gateway.desk.staff import FILE, MAX_MEMBERS, Member, Staff, WrongStaff

BUDI, CITRA = "@budi:localhost", "@citra:localhost"


def test_a_role_counts_at_once_for_whoever_looks(tmp_path: Path) -> None:
    written, read = Staff(tmp_path), Staff(tmp_path)
    assert read.role_of(BUDI) is None
    written.put(BUDI, "lead")
    written.put(CITRA, "agent")
    assert (read.role_of(BUDI), read.role_of(CITRA)) == ("lead", "agent")
    written.put(CITRA, "editor")
    assert read.members() == [Member(user_id=BUDI, role="lead"), Member(user_id=CITRA, role="editor")]
    assert written.remove(CITRA)
    assert not written.remove(CITRA)
    assert read.role_of(CITRA) is None
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    (tmp_path / FILE).unlink()
    assert read.role_of(BUDI) is None


def test_somebody_stays_lead_where_that_is_asked(tmp_path: Path) -> None:
    staff = Staff(tmp_path)
    staff.put(BUDI, "lead")
    with pytest.raises(LastLead):
        staff.remove(BUDI, keeps_lead=True)
    with pytest.raises(LastLead):
        staff.put(BUDI, "agent", keeps_lead=True)
    assert staff.role_of(BUDI) == "lead"
    staff.put(CITRA, "lead", keeps_lead=True)
    assert staff.remove(BUDI, keeps_lead=True)
    assert staff.remove(CITRA)


def test_what_somebody_is_called_stays_when_their_role_changes(tmp_path: Path) -> None:
    staff = Staff(tmp_path)
    staff.put(BUDI, "agent")
    staff.call(BUDI, "Budi Santoso")
    written = (tmp_path / FILE).stat().st_ino
    staff.call(BUDI, "Budi Santoso")
    staff.call(CITRA, "Citra")
    assert (tmp_path / FILE).stat().st_ino == written
    staff.put(BUDI, "lead")
    assert Staff(tmp_path).members() == [Member(user_id=BUDI, role="lead", name="Budi Santoso")]


@pytest.mark.parametrize("user_id", ["budi", "@budi", "@:localhost", "", "@" + "b" * 300 + ":localhost"])
def test_only_people_are_of_the_staff(tmp_path: Path, user_id: str) -> None:
    with pytest.raises(WrongStaff):
        Staff(tmp_path).put(user_id, "agent")
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("content", ["", "{", '{"staff": [{"user_id": "@a:b", "role": "king"}]}', "[]"])
def test_while_the_file_is_damaged_nobody_has_a_role_and_nothing_is_written_over_it(
    tmp_path: Path, content: str
) -> None:
    staff = Staff(tmp_path)
    staff.put(BUDI, "lead")
    (tmp_path / FILE).write_text(content)
    assert staff.role_of(BUDI) is None
    with pytest.raises(WrongStaff, match="damaged"):
        staff.put(CITRA, "lead")
    assert (tmp_path / FILE).read_text() == content


def test_there_are_not_too_many(tmp_path: Path) -> None:
    members = ",".join(f'{{"user_id":"@p{number}:localhost","role":"agent"}}' for number in range(MAX_MEMBERS))
    (tmp_path / FILE).write_text(f'{{"staff":[{members}]}}')
    with pytest.raises(WrongStaff, match="at most"):
        Staff(tmp_path).put(BUDI, "agent")
