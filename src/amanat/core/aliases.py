"""What a room says of its own aliases. Pure; spec: client-server-api#mroomcanonical_alias."""

from collections.abc import Mapping
from typing import Any

from amanat.core.errors import InvalidParam
from amanat.core.identifiers import is_alias


def aliases_named(content: Mapping[str, Any]) -> list[str]:
    """Return the aliases in an `m.room.canonical_alias`, the main one first; raises if one is malformed."""
    main, others = content.get("alias"), content.get("alt_aliases")
    listed = [] if others is None else others
    if not isinstance(listed, list):
        raise InvalidParam("`alt_aliases` is a list of room aliases.")
    named = [*([] if main in (None, "") else [main]), *listed]
    if not all(isinstance(alias, str) and is_alias(alias) for alias in named):
        raise InvalidParam("A room alias is of the form #name:server.")
    return list(dict.fromkeys(named))


def without_alias(content: Mapping[str, Any], alias: str) -> dict[str, Any]:
    """Return the content less an alias that has been deleted."""
    kept = {key: value for key, value in content.items() if not (key == "alias" and value == alias)}
    others = kept.get("alt_aliases")
    if isinstance(others, list):
        kept["alt_aliases"] = [each for each in others if each != alias]
    return kept
