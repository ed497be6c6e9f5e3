"""The server's keys in a file of their own, encrypted with a passphrase.

The file is JSON: the parameters and salt of scrypt, which makes a 32-byte key from the passphrase (UTF-8); a nonce; and
what ChaCha20-Poly1305 makes with them of the keys (JSON too), with the value of `format` as associated data. Bytes are
base64. So any language with those two can open it without this program.
"""

import secrets
from base64 import b64decode, b64encode
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from msgspec import DecodeError, Struct, json

from amanat.store.data_folder import ServerKeys

FORMAT: Final = "amanat-keys-1"
MIN_PASSPHRASE: Final = 12
# OWASP's choice for scrypt: 128 MiB, about half a second.
_N, _R, _P = 2**17, 8, 1
_MOST_N: Final = 2**20  # 1 GiB: a forged file cannot ask for more memory than that.
_SALT_BYTES, _NONCE_BYTES = 16, 12


class SealedKeysRefused(Exception):
    """The passphrase is not that of the file, or the file is not as it was written."""


class _Scrypt(Struct, frozen=True, kw_only=True):
    n: int
    r: int
    p: int
    salt: str


class _Sealed(Struct, frozen=True, kw_only=True):
    format: str
    scrypt: _Scrypt
    nonce: str
    ciphertext: str


class _Plain(Struct, frozen=True, kw_only=True):
    server_name: str
    secret: str
    signing_key_id: str
    signing_seed: str


def seal(keys: ServerKeys, *, server_name: str, passphrase: str) -> bytes:
    """Encrypt the keys of a server; raises `SealedKeysRefused` for a passphrase that is too short."""
    if len(passphrase) < MIN_PASSPHRASE:
        raise SealedKeysRefused(f"A passphrase has at least {MIN_PASSPHRASE} characters.")
    plain = _Plain(
        server_name=server_name,
        secret=_text(keys.secret),
        signing_key_id=keys.signing_key_id,
        signing_seed=_text(keys.signing_seed),
    )
    scrypt = _Scrypt(n=_N, r=_R, p=_P, salt=_text(secrets.token_bytes(_SALT_BYTES)))
    nonce = secrets.token_bytes(_NONCE_BYTES)
    ciphertext = _cipher(scrypt, passphrase).encrypt(nonce, json.encode(plain), FORMAT.encode())
    sealed = _Sealed(format=FORMAT, scrypt=scrypt, nonce=_text(nonce), ciphertext=_text(ciphertext))
    return json.format(json.encode(sealed)) + b"\n"


def unseal(content: bytes, *, server_name: str, passphrase: str) -> ServerKeys:
    """Decrypt the keys of this server; raises `SealedKeysRefused`."""
    try:
        sealed = json.decode(content, type=_Sealed)
        if sealed.format != FORMAT or not 1 < sealed.scrypt.n <= _MOST_N:
            raise SealedKeysRefused("This is no file of keys that this release knows.")
        cipher = _cipher(sealed.scrypt, passphrase)
        plain = json.decode(
            cipher.decrypt(b64decode(sealed.nonce), b64decode(sealed.ciphertext), FORMAT.encode()), type=_Plain
        )
    except InvalidTag:
        raise SealedKeysRefused("That is not the passphrase, or the file of keys is damaged.") from None
    except (DecodeError, ValueError) as error:
        raise SealedKeysRefused(f"This is no file of keys: {error}.") from None
    if plain.server_name != server_name:
        raise SealedKeysRefused(f"These are the keys of {plain.server_name!r}, and the backup is of {server_name!r}.")
    return ServerKeys(
        secret=b64decode(plain.secret),
        signing_key_id=plain.signing_key_id,
        signing_seed=b64decode(plain.signing_seed),
    )


def _cipher(scrypt: _Scrypt, passphrase: str) -> ChaCha20Poly1305:
    kdf = Scrypt(salt=b64decode(scrypt.salt), length=32, n=scrypt.n, r=scrypt.r, p=scrypt.p)
    return ChaCha20Poly1305(kdf.derive(passphrase.encode()))


def _text(data: bytes) -> str:
    return b64encode(data).decode()
