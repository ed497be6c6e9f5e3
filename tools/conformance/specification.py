"""The specification's OpenAPI files, merged in memory into one document that `schemathesis` understands."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml
from msgspec import Struct

from tools.conformance.names import FIELDS, PARAMETERS, format_of

FOLDER: Final = Path("data/api/client-server")
_DROPPED: Final = frozenset({"example", "examples", "security", "description", "summary"})
"""What says nothing about shapes; the files of examples do not come with the schemas."""
_NAMED: Final = frozenset({"properties", "patternProperties"})
"""Keywords whose keys are names that the schema chooses, not keywords."""


class Operation(Struct, frozen=True, kw_only=True):
    """One operation: where it stands, and how the merged document writes it."""

    operation_id: str
    method: str
    path: str
    key: str
    """The path in the document: a space at its end tells apart two operations that share an address."""
    statuses: frozenset[int]

    @property
    def parts(self) -> list[str]:
        """The segments of the path."""
        return self.path.split("/")

    def matches(self, parts: list[str]) -> bool:
        """Whether a request went here; only the last parameter, a state key, may be empty."""
        mine = self.parts
        return len(mine) == len(parts) and all(
            (part != "" or index == len(mine) - 1) if own.startswith("{") else own == part
            for index, (own, part) in enumerate(zip(mine, parts, strict=True))
        )


class Specification:
    """The merged document, and the operations in it."""

    def __init__(self, folder: Path, own: Mapping[str, Any] | None = None) -> None:
        """Read the files below the folder of the specification; add the description of our own API, if there is one."""
        merge = _Merge(folder / "data")
        for file in sorted((folder / FOLDER).glob("*.yaml")):
            merge.add(file)
        if own is not None:
            merge.add_own(own)
        self.document = merge.document
        self.operations = list(self._operations())
        # A literal segment goes before a parameter; of two operations at one address, the first is meant.
        self._in_order = sorted(self.operations, key=lambda operation: operation.path.count("{"))

    def _operations(self) -> Iterator[Operation]:
        for path, item in self.document["paths"].items():
            for method, found in item.items():
                yield Operation(
                    operation_id=found["operationId"],
                    method=method.upper(),
                    path=path.strip(),
                    key=path,
                    statuses=frozenset(int(status) for status in found["responses"] if status.isdigit()),
                )

    def find(self, method: str, path: str) -> Operation | None:
        """Find whose address a request went to."""
        parts = path.split("/")
        fitting = (one for one in self._in_order if one.method == method and one.matches(parts))
        return next(fitting, None)


class _Merge:
    """Turns references between files into references inside one document."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._files: dict[Path, Any] = {}
        self._components: dict[str, dict[str, Any]] = {}
        self._paths: dict[str, Any] = {}
        self.document: dict[str, Any] = {
            "openapi": "3.1.0",
            "info": {"title": "Client-Server API", "version": "1"},
            "paths": self._paths,
            "components": self._components,
        }

    def add(self, file: Path) -> None:
        """Add the operations of one file."""
        file = file.resolve()
        content = self._read(file)
        prefix = content["servers"][0]["variables"]["basePath"]["default"]
        for path, item in content["paths"].items():
            self._paths.setdefault(prefix + path, {}).update(self._merged(item, file))

    def add_own(self, document: Mapping[str, Any]) -> None:
        """Add a whole document, whose refusals are judged as the specification's are."""
        for path, item in document["paths"].items():
            self._paths[path] = {method: _without_credentials(operation) for method, operation in item.items()}
        for kind in ("schemas", "responses"):
            self._components.setdefault(kind, {}).update(document["components"][kind])

    def _read(self, file: Path) -> Any:
        if file not in self._files:
            self._files[file] = yaml.load(file.read_text(), Loader=yaml.CSafeLoader)
        return self._files[file]

    def _merged(self, node: Any, here: Path, *, names: bool = False) -> Any:
        """Return a part of a file as it stands in the document; `names` says that its keys are no keywords."""
        if isinstance(node, list):
            return [self._merged(item, here) for item in node]
        if not isinstance(node, dict):
            return node
        if not names and isinstance(node.get("$ref"), str):
            return self._referred(node, here)
        merged = {
            key: self._merged(value, here, names=not names and key in _NAMED)
            for key, value in node.items()
            if names or key not in _DROPPED
        }
        if names:
            return {key: _drawn(value, kind="field", name=key) for key, value in merged.items()}
        if merged.get("in") in ("path", "query"):
            merged["schema"] = _drawn(merged["schema"], kind="parameter", name=merged["name"])
        return merged

    def _referred(self, node: dict[str, Any], here: Path) -> Any:
        file, _, fragment = node["$ref"].partition("#")
        target = (here.parent / file).resolve() if file else here
        if not target.exists():
            # Schemas of APIs that are not ours, bridges' and identity servers': the copy lacks them.
            return {}
        kind, *names = fragment.split("/")[2:] if fragment else ["schemas"]
        name = ".".join([target.relative_to(self._root).as_posix().removesuffix(".yaml").replace("/", "."), *names])
        known = self._components.setdefault(kind, {})
        if name not in known:
            known[name] = {}  # A schema may refer to itself.
            whole = self._read(target)
            known[name] = self._merged(whole["components"][kind][names[0]] if names else whole, target)
        beside = {key: value for key, value in node.items() if key != "$ref" and key not in _DROPPED}
        return {**self._merged(beside, here), "$ref": f"#/components/{kind}/{name}"}


def _without_credentials(operation: dict[str, Any]) -> dict[str, Any]:
    """Drop what says who may ask, and how refusals look: tokens are the sender's affair, refusals the judge's."""
    shown = {key: value for key, value in operation.items() if key != "security"}
    parameters = [
        {**parameter, "schema": _drawn(parameter["schema"], kind="parameter", name=parameter["name"])}
        for parameter in operation["parameters"]
    ]
    return shown | {"parameters": parameters}


def _drawn(schema: Any, *, kind: str, name: str) -> Any:
    """Have a plain string of a known name drawn from the prepared world."""
    known = PARAMETERS if kind == "parameter" else FIELDS
    plain = isinstance(schema, dict) and schema.get("type") == "string" and not schema.keys() & {"format", "enum"}
    return {**schema, "format": format_of(kind, name)} if plain and name in known else schema
