"""Policies are told with their dates and hashes, ahead of time; what was published stays as it was."""

from hashlib import sha256
from pathlib import Path

import pytest

from amanat.product.consent.documents import PolicyRefused
from tests.product.consent.conftest import Start
from tests.product.consent.folder import publish


async def test_what_was_published_is_never_changed(folder: Path, start_anew: Start) -> None:
    publish(folder, feature="suggestions")
    await start_anew()
    publish(folder, version=2, effective="2026-01-01", feature="suggestions")
    await start_anew()
    text = folder / "suggestions" / "1.en.md"
    before = text.read_text()
    text.write_text(before + "And your firstborn.\n")
    with pytest.raises(PolicyRefused, match=r"suggestions/1.en.md has changed since it was published"):
        await start_anew()
    text.write_text(before)
    await start_anew()


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("2.toml", 'effective = 2027-01-01\nfeature = "suggestions"\n', "2.toml has changed"),
        ("2.toml", None, "2.id.md"),
        ("2.en.md", None, "There is no"),
    ],
)
async def test_neither_is_its_date_nor_taken_away(
    folder: Path, start_anew: Start, file: str, content: str | None, says: str
) -> None:
    for version in (1, 2):
        publish(folder, version=version, effective=f"2026-0{version}-01", feature="suggestions")
    await start_anew()
    changed = folder / "suggestions" / file
    if content is None:
        changed.unlink()
    else:
        changed.write_text(content)
    with pytest.raises(PolicyRefused, match=says):
        await start_anew()


async def test_a_server_that_refuses_its_policies_lets_its_data_go(folder: Path, start_anew: Start) -> None:
    (folder / "Terms").mkdir()
    for _ in range(2):
        with pytest.raises(PolicyRefused):
            await start_anew()
    (folder / "Terms").rmdir()
    assert (await (await start_anew()).request("GET", "/_amanat/v1/policies")).json == {"policies": []}


async def test_anybody_reads_what_holds_and_what_is_announced(folder: Path, start_anew: Start) -> None:
    publish(folder, feature="suggestions")
    publish(folder, version=2, effective="2023-11-16", feature="suggestions")
    publish(folder, "privacy")
    amanat = await start_anew()
    told = {
        policy["policy"]: policy for policy in (await amanat.request("GET", "/_amanat/v1/policies")).json["policies"]
    }
    assert (told["privacy"]["feature"], told["suggestions"]["feature"]) == (None, "suggestions")
    assert [version["state"] for version in told["suggestions"]["versions"]] == ["current", "announced"]
    hashed = sha256((folder / "suggestions" / "2.id.md").read_bytes()).hexdigest()
    assert told["suggestions"]["versions"][1]["texts"]["id"] == {"title": "Saran kontak", "sha256": hashed}
    amanat.clock.pass_ms(2 * 86_400_000)
    (_, later) = (await amanat.request("GET", "/_amanat/v1/policies")).json["policies"]
    assert (later["current"], [version["state"] for version in later["versions"]]) == (2, ["past", "current"])
