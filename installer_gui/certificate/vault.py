"""Keeps a private key: always encrypted on disk, the wrapping key elsewhere.

Where that is, in this order: a passphrase, if one is given; the system's keychain; else, where the system knows file
permissions, a file that only its owner can read. The last protects no better than those permissions do, and every
place that tells of an identity says so (docs/decisions).
"""

from __future__ import annotations

import base64
import contextlib
import importlib
import json
import os
import secrets
import sys
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from .. import files
from ..domain.plain import Mismatch, from_plain, to_plain
from ..errors import BadInput
from . import memory

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Driftklar"
_SCRYPT = {"n": 2**16, "r": 8, "p": 1}  # 64 MB and about 0.2 s
_BACKENDS = {
    "win32": ("Windows.WinVaultKeyring",),
    "darwin": ("macOS.Keyring",),
    "linux": ("SecretService.Keyring", "kwallet.DBusKeyring"),
}


class Protection(StrEnum):
    """Where the wrapping key is."""

    KEYCHAIN = "keychain"
    PASSPHRASE = "passphrase"
    FILE = "file"
    TOKEN = "token"  # the key itself is in a card or a module, and nothing of it is here


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encrypted key as it lies on disk: AES-256-GCM, bound to its public key. Fields are base64."""

    protection: Protection
    nonce: str
    data: str
    salt: str = ""


def seal(secret: bytes, key_id: str, keys: Path, passphrase: str | None) -> bytes:
    """Encrypt a key; the wrapping key goes where it is safest here. Raises BadInput where no such place exists."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    if passphrase:
        protection, wrapping = Protection.PASSPHRASE, _derive(passphrase, salt)
    else:
        wrapping = secrets.token_bytes(32)
        protection = _store(wrapping, key_id, keys)
    data = AESGCM(wrapping).encrypt(nonce, secret, key_id.encode())
    sealed = Sealed(protection, _text(nonce), _text(data), _text(salt) if passphrase else "")
    return json.dumps(to_plain(sealed), indent=1).encode()


def unseal(raw: bytes, key_id: str, keys: Path, passphrase: str | None) -> bytes:
    """The key in clear, for the moment of signing. Raises BadInput: no or wrong passphrase, keychain, damage."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    sealed = read(raw)
    memory.forbid_dumps()
    wrapping = _wrapping(sealed, key_id, keys, passphrase)
    try:
        return AESGCM(wrapping).decrypt(_bytes(sealed.nonce), _bytes(sealed.data), key_id.encode())
    except (InvalidTag, ValueError):
        wrong = sealed.protection is Protection.PASSPHRASE
        raise BadInput("identity.wrong-passphrase" if wrong else "identity.damaged") from None


def forget(key_id: str, keys: Path) -> None:
    """Destroy the wrapping key, wherever it is: what was sealed with it stays sealed for ever."""
    from keyring.errors import KeyringError

    if (chain := keychain()) is not None:
        with contextlib.suppress(KeyringError):
            chain.delete_password(SERVICE, key_id)
    _file(keys, key_id).unlink(missing_ok=True)


def read(raw: bytes) -> Sealed:
    """What lies on disk. Raises BadInput when it is damaged."""
    try:
        return from_plain(Sealed, json.loads(raw))
    except (ValueError, Mismatch):
        raise BadInput("identity.damaged") from None


def keychain() -> KeyringBackend | None:
    """The system's keychain, if it works here. Named backends only: a plain text one must never be picked."""
    for name in _BACKENDS.get(sys.platform, ()):
        module, _, kind = name.partition(".")
        backend = getattr(importlib.import_module(f"keyring.backends.{module}"), kind)
        if backend.viable:
            found: KeyringBackend = backend()
            return found
    return None


def _store(wrapping: bytes, key_id: str, keys: Path) -> Protection:
    from keyring.errors import KeyringError

    if (chain := keychain()) is not None:
        try:
            chain.set_password(SERVICE, key_id, _text(wrapping))
        except KeyringError:
            chain = None
    if chain is not None:
        return Protection.KEYCHAIN
    if os.name != "posix":
        raise BadInput("identity.passphrase-needed")
    files.write(_file(keys, key_id), _text(wrapping).encode())  # mkstemp's mode 0600 stays
    return Protection.FILE


def _wrapping(sealed: Sealed, key_id: str, keys: Path, passphrase: str | None) -> bytes:
    match sealed.protection:
        case Protection.PASSPHRASE:
            if not passphrase:
                raise BadInput("identity.passphrase-needed")
            return _derive(passphrase, _bytes(sealed.salt))
        case Protection.KEYCHAIN:
            return _from_keychain(key_id)
        case Protection.FILE:
            return _from_file(_file(keys, key_id))
        case Protection.TOKEN:
            raise BadInput("identity.damaged")


def _from_keychain(key_id: str) -> bytes:
    from keyring.errors import KeyringError

    chain = keychain()
    try:
        kept = chain.get_password(SERVICE, key_id) if chain else None
    except KeyringError:
        kept = None
    if kept is None:
        raise BadInput("identity.keychain-refused")
    return _bytes(kept)


def _from_file(path: Path) -> bytes:
    if path.is_file() and path.stat().st_mode & 0o077:
        raise BadInput("identity.open-to-others", file=str(path))
    return _bytes(files.read(path).decode("ascii", "replace"))


def _file(keys: Path, key_id: str) -> Path:
    return keys / f"{key_id[:16]}.key"


def _derive(passphrase: str, salt: bytes) -> bytes:
    """The same passphrase typed on another keyboard must give the same key, hence NFKC."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    text = unicodedata.normalize("NFKC", passphrase).encode()
    return Scrypt(salt=salt, length=32, **_SCRYPT).derive(text)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise BadInput("identity.damaged") from None
