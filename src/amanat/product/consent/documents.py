"""Reading the operator's folder of policies: `NAME/VERSION.toml`, `NAME/VERSION.id.md` and `NAME/VERSION.en.md`.

The TOML says `effective = 2026-01-31` and, where the policy is about an optional feature, `feature = "…"`.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from amanat.config import ConfigError
from amanat.core.policies import LANGUAGES, Version, problem_of

MAX_TEXT_BYTES: Final = 256 * 1024
_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,49}")
_RESERVED: Final = "choices"
"""What stands in an address where a policy's name would."""


class PolicyRefused(ConfigError):
    """A policy cannot be published as it is; the sentence says which, and why."""


def load(folder: Path) -> Mapping[str, Sequence[Version]]:
    """Return the versions of every policy, in order; raises PolicyRefused. Blocks: it is called at the start."""
    if not folder.is_dir():
        raise PolicyRefused(f"policies_folder: there is no folder {folder}.")
    policies = {}
    for place in sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")):
        if not _NAME.fullmatch(place.name) or place.name == _RESERVED:
            raise PolicyRefused(f"{place}: a policy's name has a-z, 0-9 and '-', and is not {_RESERVED!r}.")
        versions = sorted((_version(file) for file in place.glob("*.toml")), key=lambda version: version.number)
        problem = problem_of(versions) or _forgotten(place, versions)
        if problem is not None:
            raise PolicyRefused(f"policies_folder: {problem}")
        if versions:
            policies[place.name] = versions
    return policies


def _version(file: Path) -> Version:
    if not (file.stem.isascii() and file.stem.isdigit() and not file.stem.startswith("0")):
        raise PolicyRefused(f"{file}: a version is a number, as 1.toml.")
    described = _toml(file)
    unknown = set(described) - {"effective", "feature"}
    effective, feature = described.get("effective"), described.get("feature")
    if unknown or not isinstance(effective, date) or isinstance(effective, datetime):
        raise PolicyRefused(f"{file} must say `effective = 2026-01-31` and may name a `feature`, and nothing else.")
    if feature is not None and not isinstance(feature, str):
        raise PolicyRefused(f"{file}: `feature` is text in quotes.")
    texts = {language: _text(file.with_suffix(f".{language}.md")) for language in LANGUAGES}
    return Version(policy=file.parent.name, number=int(file.stem), effective=effective, feature=feature, texts=texts)


def _forgotten(place: Path, versions: Sequence[Version]) -> str | None:
    """Say which text has no version that it is of: a typing error, or a date that is still missing."""
    known = {f"{version.number}.{language}.md" for version in versions for language in LANGUAGES}
    strange = sorted(file.name for file in place.glob("*.md") if file.name not in known)
    return f"{place.name} has {', '.join(strange)}, for which there is no version with a date." if strange else None


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(file))
    except tomllib.TOMLDecodeError as error:
        raise PolicyRefused(f"{file} is not TOML: {error}.") from None


def _text(file: Path) -> str:
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise PolicyRefused(f"There is no {file}: each version is in {' and '.join(LANGUAGES)}.") from None
    if len(content) > MAX_TEXT_BYTES:
        raise PolicyRefused(f"{file} has more than {MAX_TEXT_BYTES} bytes.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise PolicyRefused(f"{file} is not UTF-8.") from None
