"""Folders of policies for tests."""

from pathlib import Path


def publish(
    folder: Path, policy: str = "suggestions", version: int = 1, *, effective: str = "2023-11-01", feature: str = ""
) -> None:
    """Write a version of a policy, as an operator would; the fake clock begins on 2023-11-14."""
    place = folder / policy
    place.mkdir(parents=True, exist_ok=True)
    about = f'feature = "{feature}"\n' if feature else ""
    (place / f"{version}.toml").write_text(f"effective = {effective}\n{about}")
    (place / f"{version}.id.md").write_text(f"# Saran kontak\n\nYang tetap.\n\nVersi {version}.\n")
    (place / f"{version}.en.md").write_text(f"# Suggestions\n\nWhat stays.\n\nVersion {version}.\n")
