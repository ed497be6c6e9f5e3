"""Whoever runs a gateway for others: a name and a key of their own, by which they can be held to what they signed.

`host.json` in the gateway's folder holds both, for all its services. `hosted.json` in a service's folder says that the
service is run for somebody, where and for what; without it whoever runs the gateway is the service's owner.
"""

import os
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Final, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import DecodeError, Struct, json

from amanat.core.key_statements import Operator
from amanat.core.signed_json import public_key_of
from amanat.db.files import write_durably
from amanat.gateway.service.holders import Terms

HOST: Final = "host.json"
HOSTED: Final = "hosted.json"


class NoHost(Exception):
    """The host's file is missing, damaged or another's: its sentence says which."""


class _Kept(Struct, frozen=True):
    name: str
    seed: str


class Hosted(Struct, frozen=True, kw_only=True):
    """That a service is run for somebody; `identity` says who keeps its identity."""

    identity: Literal["owner", "operator"]
    country: str
    purpose: str


class Host:
    """A host, who can sign."""

    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        self.name = name
        self.key = key
        self.public = public_key_of(key)

    def __repr__(self) -> str:
        return f"Host({self.name}, {self.public})"

    def terms(self, hosted: Hosted) -> Terms:
        """Return what this host says of a device that it runs."""
        operator = Operator(name=self.name, key=self.public)
        return Terms(operator=operator, country=hosted.country, purpose=hosted.purpose)


def read_host(gateway: Path) -> Host:
    """Read who runs a gateway for others; raises `NoHost`."""
    file = gateway / HOST
    try:
        kept = json.decode(file.read_bytes(), type=_Kept)
        return Host(kept.name, Ed25519PrivateKey.from_private_bytes(b64decode(kept.seed, validate=True)))
    except FileNotFoundError:
        raise NoHost(f"{file} is missing, and services of this gateway were signed with the key in it.") from None
    except (DecodeError, ValueError):
        raise NoHost(f"{file} is damaged: restore it from a backup.") from None


def make_host(gateway: Path, name: str) -> Host:
    """Return who runs a gateway for others, made the first time; raises `NoHost` if that is somebody else."""
    file = gateway / HOST
    if not file.exists():
        gateway.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_durably(file, json.encode(_Kept(name, b64encode(os.urandom(32)).decode())), mode=0o600)
    host = read_host(gateway)
    if host.name != name:
        raise NoHost(f"{file} is of {host.name}: a host has one name, which people have seen.")
    return host


def read_hosted(service: Path) -> Hosted | None:
    """Return how a service is run for somebody; None if its owner runs it. Raises `NoHost` if that is damaged."""
    file = service / HOSTED
    try:
        return json.decode(file.read_bytes(), type=Hosted)
    except FileNotFoundError:
        return None
    except DecodeError as error:
        raise NoHost(f"{file} is damaged: {error}.") from None


def host_of(service: Path) -> str:
    """Return what whoever runs a service for somebody is called; empty where its owner runs it. Raises `NoHost`."""
    return "" if read_hosted(service) is None else read_host(service.parent).name


def write_hosted(service: Path, hosted: Hosted) -> None:
    """Say that a service is run for somebody."""
    write_durably(service / HOSTED, json.encode(hosted), mode=0o600)
