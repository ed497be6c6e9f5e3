"""`POLICY=accepted` or `POLICY=refused`: labs publish a policy, and each person of the client tests chooses so.

    for choice in accepted refused; do POLICY=$choice make test ARGS=tests/clients; done

Both must pass: refusing takes no function away. Without the variable there is no policy, as in most runs.
"""

import os
from pathlib import Path
from typing import Final

import httpx

VARIABLE: Final = "POLICY"
NAME: Final = "suggestions"
CHOICES: Final = ("accepted", "refused")


def choice() -> str | None:
    """Return what everybody chooses in this run; `None` where there is nothing to choose."""
    wanted = os.environ.get(VARIABLE)
    assert wanted in (None, *CHOICES), f"{VARIABLE} is one of {CHOICES}."
    return wanted


def options(folder: Path) -> list[str]:
    """Return what makes a lab publish the policy."""
    if choice() is None:
        return []
    place = folder / "policies" / NAME
    place.mkdir(parents=True, exist_ok=True)
    (place / "1.toml").write_text('effective = 2020-01-01\nfeature = "suggestions"\n')
    for language in ("id", "en"):
        (place / f"1.{language}.md").write_text("# Suggestions\n\nStrangers find you by your name.\n")
    return ["--policies", str(folder / "policies")]


async def choose(url: str, token: str, *, wanted: str | None = None) -> None:
    """Let somebody choose what everybody chooses, or something else."""
    wanted = wanted or choice()
    if wanted is not None:
        body = {"policy": NAME, "version": 1, "choice": wanted}
        async with httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"}, timeout=60) as client:
            answer = await client.put(f"{url}/_amanat/v1/policies/choices", json=body)
            assert answer.status_code == 200, answer.text
