"""A place in a Flow JSON: what stands there, read as what it should be, and what is wrong is written down. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from amanat.gateway.cloud_api.flows.issues import Issue


class At:
    """One value and its path. What is not as it should be becomes an issue, and something harmless is returned."""

    def __init__(self, value: Any, path: str, *, issues: list[Issue]) -> None:
        self.value = value
        self.path = path
        self.issues = issues

    def wrong(self, message: str, *, error: str = "INVALID_PROPERTY_VALUE", is_dynamic: bool = False) -> None:
        """Write down what is wrong here."""
        self.issues.append(Issue(error=error, message=message, path=self.path, is_dynamic=is_dynamic))

    def __getitem__(self, name: str) -> "At":
        """Return what stands under a name; nothing where there is none."""
        fields = self.value if isinstance(self.value, Mapping) else {}
        return At(fields.get(name), f"{self.path}.{name}".lstrip("."), issues=self.issues)

    def __contains__(self, name: str) -> bool:
        return isinstance(self.value, Mapping) and self.value.get(name) is not None

    def fields(self) -> Mapping[str, Any]:
        """Return an object; an empty one where there is nothing."""
        if self.value is None:
            return {}
        if not isinstance(self.value, Mapping):
            self.wrong("An object is expected.", error="INVALID_PROPERTY_TYPE")
            return {}
        return self.value

    def items(self, *, most: int) -> Iterator["At"]:
        """Yield what stands in a list."""
        if not isinstance(self.value, list):
            self.wrong("A list is expected.", error="INVALID_PROPERTY_TYPE")
            return
        if len(self.value) > most:
            self.wrong(f"At most {most} are offered here, and there are {len(self.value)}.")
        for index, value in enumerate(self.value[:most]):
            yield At(value, f"{self.path}[{index}]", issues=self.issues)

    def text(self, *, most: int) -> str:
        """Return words that must be there."""
        if self.value is None:
            self.wrong("This is required.", error="MISSING_REQUIRED_PROPERTY")
        elif not isinstance(self.value, str):
            self.wrong("A text is expected.", error="INVALID_PROPERTY_TYPE")
        elif not self.value.strip() or len(self.value) > most:
            self.wrong(f"A text of 1 to {most} characters is expected.")
        else:
            return self.value
        return ""
